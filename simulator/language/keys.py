"""The words that cannot be ids: keys of nodes, choices and cases, so that a slip of indentation is caught as one.

The four verbs are left out on purpose: `wait` is the natural id of a silence.
"""

from typing import Final

KEYS: Final = frozenset(
    """
    again because choices cue effects ending fixed-order go harm keeps leave lines makes minutes next nodes
    otherwise out-of-time recalls reply scene scores tags tells tempts tests text title to unsafe when
    """.split()
)

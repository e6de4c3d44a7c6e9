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

# every key of scenarios and rubrics
FORMAT: Final = KEYS | frozenset(
    """
    age authors bands bedside bedside-rubric by called cast chart citation competencies content-note criteria criterion
    do doi domains draws-on endings facilitator facts feeling flags from goal language learner-role level licence limits
    line looks-like max means meters met-by min name not notice objectives on only outcomes own-words part-of
    patient-says promises pronouns reflect reviewed role rubrics rules say source sources start summary topics try
    unless variants visits wait weight where
    noticed kept-back will-do
    """.split()
)

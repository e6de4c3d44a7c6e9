"""The events of a session log: their fields, and the order in which they may follow one another."""

from __future__ import annotations

from typing import Any, Final

FORMAT = 1
MODES: Final = ("practice", "assessment")

# event → its fields, each with the types it may have; fields ending in ? may be left out
FIELDS: Final[dict[str, dict[str, tuple[type, ...]]]] = {
    "session-started": {
        "format": (int,),
        "app": (str,),
        "session": (str,),
        "scenario": (dict,),
        "rubrics": (list,),
        "learner": (str,),
        "mode": (str,),
        "seed": (int,),
        "time": (str,),
        "parent?": (dict,),
    },
    "choice-made": {"choice": (str,), "shown": (list,), "ms": (int,), "words?": (str,)},
    "rewound": {"to": (int,)},
    "resumed": {"time": (str,), "app": (str,), "discarded": (int,)},
    "encounter-ended": {
        "session": (str,),
        "scenario": (str,),
        "learner": (str,),
        "mode": (str,),
        "seed": (int,),
        "started": (str,),
        "time": (str,),
        "choices": (int,),
        "rewound": (bool,),
        "ending": (str,),
        "meters": (dict,),
        "scores": (dict,),
        "gates": (list,),
    },
    "landed": {"word": (str,)},
    "marked": {"as": (str,), "decision": (int,)},
    "predicted": {"question": (str,), "answer": (int,)},
    "reflection": {"prompt": (int,), "text": (str,)},
    "intention": {"text": (str,)},
    "disputed": {"decision": (int,), "criterion": (str,), "text": (str,)},
    "session-ended": {"time": (str,)},
}

PLAYING: Final = frozenset({"choice-made", "rewound"})
REFLECTING: Final = frozenset({"landed", "marked", "predicted", "reflection", "intention", "disputed"})
VARYING: Final = frozenset({"time", "started", "ms", "learner", "session", "app", "parent", "h"})


def fault(event: dict[str, Any]) -> str:
    """What is wrong with the fields of an event, or nothing."""
    name = event.get("event")
    fields = FIELDS.get(name) if isinstance(name, str) else None
    if fields is None:
        return f"there is no event “{name}”"
    allowed = {key.rstrip("?"): types for key, types in fields.items()}
    for key, types in fields.items():
        if key not in event and not key.endswith("?"):
            return f"“{key}” is missing"
        value = event.get(key.rstrip("?"))
        if key.rstrip("?") in event and (
            not isinstance(value, types) or (isinstance(value, bool) and bool not in types)
        ):
            return f"“{key.rstrip('?')}” is not what it should be"
    extra = set(event) - set(allowed) - {"event"}
    return f"“{min(extra)}” does not belong there" if extra else ""


def order_fault(events: list[dict[str, Any]]) -> tuple[int, str]:
    """The index and the reason of the first event that cannot stand where it stands; (-1, "") if all can."""
    stage = "new"
    for index, event in enumerate(events):
        name = event["event"]
        follows = {
            "new": name == "session-started",
            "playing": name in PLAYING or name in ("encounter-ended", "resumed"),
            "reflecting": name in REFLECTING or name in ("resumed", "session-ended"),
            "ended": name == "disputed",
        }[stage]
        if not follows:
            return index, f"“{name}” cannot stand here"
        stage = {"session-started": "playing", "encounter-ended": "reflecting", "session-ended": "ended"}.get(
            name, stage
        )
    return -1, ""

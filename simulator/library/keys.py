"""Every key of the app: an id, its usual keys, and what it does. Settings can give an id other keys."""

from typing import Final

# id → (usual keys, what it does)
KEYS: Final[dict[str, tuple[str, str]]] = {
    "go-on": ("enter", "go on"),
    "go-back": ("escape", "back"),
    "help": ("question_mark", "help"),
    "quit": ("q", "leave"),
    "chart": ("c", "chart"),
    "transcript": ("t", "transcript"),
    "rewind": ("b", "back one"),
    "why": ("w", "why"),
    "search": ("slash", "search"),
    "filter-level": ("l", "level"),
    "filter-criterion": ("f", "what it trains"),
    "show-sessions": ("s", "sessions"),
    "assessment": ("a", "mode"),
    "step-on": ("right,n", "next"),
    "step-back": ("left,p", "previous"),
    "save": ("s", "save"),
    "lens": ("l", "another rubric"),
    "dispute": ("x", "see it differently"),
    "open-moment": ("o", "open it"),
    "behind": ("tab", "behind it"),
    "go-to": ("g", "go to"),
    "problems": ("e", "problems"),
    "restart": ("r", "restart"),
    "item-up": ("up,k", "up"),
    "item-down": ("down,j", "down"),
    "item-take": ("enter", "choose"),
}

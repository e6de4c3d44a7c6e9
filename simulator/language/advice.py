"""What to write instead, shown with the author's own words, where a list, a group or a text stands for another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from simulator.language.prose import short
from simulator.language.text import UNSEEN, with_minus
from simulator.language.tree import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from simulator.language.tree import Value

# what word processors make of the hyphen before an item; and a hyphen without its space
_BULLET = re.compile(
    r"(?P<sign>[–—−‒•·‣▪◦●○*]) *(?P<rest>\S.*)?|(?P<glued>-)"
    rf"{UNSEEN.pattern}*(?P<words>[^\W\d_].*)"
)
_AMOUNT = re.compile(r"(?P<id>[a-zA-Z][\w-]*) *[:=]? *(?P<sign>[-+]?) *(?P<number>[0-9]{1,3}|true|false)")

INDENT = "Write the keys on lines of their own, indented by two spaces."


def bullet_cause(line: str) -> tuple[str, str] | None:
    """Message and help for a line that begins as a list item would, but for its hyphen."""
    found = _BULLET.match(line.lstrip())
    if found is None:
        return None
    rest = short(found["rest"] or found["words"] or "…", 60)
    if found["glued"]:
        return "There is no plain space after the hyphen.", f"Write `- {rest}`."
    message = f"An item of a list begins with a hyphen from the keyboard, and this is “{found['sign']}”."
    return message, f"Write `- {rest}`: a hyphen, a space, and the item."


def bullet_of(value: Value) -> tuple[str, str] | None:
    """The same for a value that should have been a list."""
    if isinstance(value, Sequence) or (isinstance(value, Scalar) and value.style):
        return None
    return bullet_cause(value.place.source.line(value.place.line)[value.place.column - 1 :])


def group_help(value: Value, field: str = "", main: str = "") -> str:
    """How to make the group of keys that is needed; `field` is its key, `main` the first key that belongs in it."""
    if isinstance(value, Sequence):
        return _without_hyphens(value, field)
    if not isinstance(value, Scalar) or value.is_null:
        return INDENT
    if amounts := _amounts(value, is_change=field == "effects"):
        return f"Write `{field + ': ' if field else ''}{{{amounts}}}`."
    if main:
        text = short(value, 60)
        is_item = value.place.source.line(value.place.line)[: value.place.column - 1].rstrip().endswith("-")
        return f"Write `- {main}: {text}`." if is_item else f"Write `{{{main}: {_quoted(text)}}}`."
    return INDENT


def list_help(value: Value) -> str:
    """How to make the list that is needed."""
    if isinstance(value, Mapping) and value and all(isinstance(one, Scalar) for one in value.values()):
        return f"Write `[{short(', '.join(value), 60)}]`, or each item on a line of its own, after “- ”."
    return "Write each item on a line of its own, after “- ”."


def _quoted(text: str) -> str:
    """A text as it stands in braces."""
    return f'"{text}"' if re.search(r"[,:#\[\]{}]", text) else text


def _without_hyphens(items: Sequence, field: str) -> str:
    place = items.place
    group = f" under `{field}`" if field else ""
    if place.source.line(place.line)[place.column - 1 : place.column] == "[":
        first = next((item for item in items if isinstance(item, Scalar)), "name")
        return f"Leave out the brackets, and give each its own line{group}: `{short(first)}: …`."
    if all(isinstance(item, Mapping) and len(item) == 1 for item in items):
        return f"Leave out the “-”: each name{group} begins a line, with a colon after it."
    group_of = next((item for item in items if isinstance(item, Mapping)), Mapping())
    for name, value in list(group_of.items())[:1]:
        if isinstance(value, Scalar) and value.is_null:
            return f"Leave out the “-”, and indent what belongs to `{short(name)}:` by two spaces more."
    where = f", such as `{field.removesuffix('s')}-1:`," if field else ""
    return f"Leave out the “-”. Give each a name{group}{where} on a line of its own, its keys below and further in."


def _amounts(text: Scalar, *, is_change: bool) -> str:
    """`trust +1, brave true` as the inside of a group, or nothing if it is not that."""
    found = [_AMOUNT.fullmatch(part.strip()) for part in with_minus(text).split(",")]
    if text.style or not all(found):
        return ""
    return ", ".join(_amount(one, is_change=is_change) for one in found if one)


def _amount(found: re.Match[str], *, is_change: bool) -> str:
    is_number = found["number"].isdigit()
    sign = found["sign"] or ("+" if is_change else "")
    return f"{found['id']}: {sign if is_number else ''}{found['number']}"

"""Prose that YAML cuts short, at a comma inside brackets or at a space and a #; and lines that it takes for prose."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from simulator.language.diagnostics import Place, Problems
from simulator.language.keys import FORMAT
from simulator.language.tree import Scalar

if TYPE_CHECKING:
    from simulator.language.tree import Mapping, Sequence, Value


_GLUED = re.compile(r"(?P<key>[a-z][a-z0-9-]*):(?P<value>\S.*)")
_NEXT = re.compile(r"\s*(\S?)")
_HASH = re.compile(r" +#\S| #")
_ITEM = re.compile(r"\s*(?P<item>-) ")
_KEY = re.compile(r"\s*(?P<item>- +)?(?P<key>[a-z][a-z-]+):(?: |$)")
# nobody in a cast is called by these, so that a line which begins with one is no speech
_UNSPOKEN = FORMAT - {"by", "do", "from", "line", "max", "name", "on", "only", "role", "say", "wait"}
MOST_SHOWN = 200  # characters of a text that is put together again to show it


def has_no_colon(key: Scalar, value: Scalar) -> bool:
    """Whether there is no colon after a key: in a { } group it is the part of a text behind its comma."""
    if value or value.style or value.broken:
        return False
    end = key.place
    follows = _NEXT.match(end.source.line(end.end_line), end.end_column - 1)
    sign = follows.group(1) if follows else ""
    return sign != ":" and (sign in ("}", ",", "") or bool(key.style))


def report_cut(top: Mapping, rest: Scalar, problems: Problems) -> None:
    """Tell that `rest` was cut off the last value of `top`, and show the line as it should be."""
    if glued := _GLUED.fullmatch(rest):
        _report_glued(top, rest, glued, problems)
        return
    place = top.place
    if not top or place.source.line(place.line)[place.column - 1 : place.column] != "{":
        problems.report("BED113", f"There is no colon after “{short(rest)}”.", rest.place, help=_with_colon(rest))
        return
    before = next(reversed(top), None)
    text = top[before] if before is not None else None
    help_ = "Put quotes around the whole text."
    if before is not None and isinstance(text, Scalar) and not text.style and len(text) < MOST_SHOWN:
        top[before] = Scalar.at(f"{text}, {rest}", text.place)  # what was meant, for what comes after it
        help_ = f'Put quotes around the whole text: {before}: "{short(top[before], 80)}".'
    problems.report(
        "BED114", f"The comma before “{short(rest)}” ends the text, and the rest is lost.", rest.place, help=help_
    )


def _report_glued(top: Mapping, rest: Scalar, glued: re.Match[str], problems: Problems) -> None:
    """Tell of `trust:+1`, where YAML needs a space to see the key; and read it as what was meant."""
    key, value = glued["key"], glued["value"]
    at = rest.within(len(key) + 1, len(glued.group()))
    problems.report(
        "BED113", f"There is no space after “{key}:”.", at.point(), help=f"Write {key}: {short(value)}, with a space."
    )
    top[Scalar.at(key, rest.within(0, len(key)))] = Scalar.at(value, at)


def _with_colon(text: str) -> str:
    amount = re.fullmatch(r"([a-z][a-z0-9-]*) *([-+]?[0-9]+|true|false)", text)
    return f"Write {amount[1]}: {amount[2]}." if amount else f"Write {short(text)}: and its value."


def in_brackets(items: Sequence, problems: Problems) -> None:
    """Tell of an item of a [ ] list that reads like prose cut at a comma."""
    for before, item in zip([None, *items], items, strict=False):
        if isinstance(item, Scalar) and not item.style and _is_cut(before, item):
            part = before if item[:1].islower() and isinstance(before, Scalar) else item
            others = [str(one) for one in items[items.index(part) + 1 :][:1] if isinstance(one, Scalar)]
            problems.report(
                "BED114",
                f"Is “{short(item)}” an item of its own, or was it cut at a comma?",
                item.place,
                note="In [ ], every comma begins another item.",
                help=f'Put quotes around each whole item: ["{short(", ".join([part, *others]), 80)}"], if that is one.',
            )
            return


def _is_cut(before: Value | None, item: Scalar) -> bool:
    """Whether an unquoted item reads like prose, or like the rest of a sentence begun in the item before it."""
    begun = isinstance(before, Scalar) and not before.style and before[:1].isupper() and " " in before
    return len(item.split()) >= 5 or (begun and item[:1].islower())


def cut_by_hash(value: Scalar, problems: Problems) -> None:
    """Tell of a # that may have been meant as part of a text; one set apart, `words   # why`, is a comment."""
    source, line, column = value.place.source, value.place.end_line, value.place.end_column
    text = source.line(line)
    if _HASH.match(text, column - 1):
        problems.report(
            "BED115",
            "Everything from the # on is a comment and will not be seen.",
            Place(source, line, text.index("#", column - 1) + 1, line, len(text) + 1),
            help="If it belongs to the text, put quotes around the whole text; "
            "if it is a comment, set it off with two spaces and one after the #.",
        )


def swallowed(value: Scalar, problems: Problems) -> None:
    """Tell of a line that looks like a key or an item, and stands so far in that it belongs to the text above it."""
    source, line, last, end = value.place.source, value.place.line, value.place.end_line, value.place.end_column
    for number in range(line + 1, last + (end > 1)):  # a block ends where the line after it begins
        found = (_KEY if value.style else _ITEM).match(source.line(number))
        if found is None or (value.style and found["key"] not in (FORMAT if found["item"] else _UNSPOKEN)):
            continue
        key = "key" if value.style else "item"
        what = f"“{found[key]}:” looks like a key" if value.style else "This looks like an item of a list"
        problems.report(
            "BED118",
            f"{what}, and is read as part of the text above it.",
            Place(source, number, found.start(key) + 1, number, found.end(key) + 1),
            help=f"Begin the line further left, in the same column as the other {key}s; "
            "or, if it is prose, begin it with another word.",
        )


def short(text: object, length: int = 40) -> str:
    """The beginning of a text, on one line."""
    plain = " ".join(str(text).split())
    return plain if len(plain) <= length else plain[: length - 1] + "…"

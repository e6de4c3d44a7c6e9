"""Slips of typing that can be told from the lines around an error: dashes for hyphens, odd spaces, speech."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from simulator.language.advice import bullet_cause
from simulator.language.diagnostics import Place, Source
from simulator.language.keys import FORMAT
from simulator.language.prose import short
from simulator.language.speakers import Speakers
from simulator.language.text import UNSEEN, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

Spot = tuple[int, int]


class Cause(NamedTuple):
    """What is said of a file that is not well-formed: message, place, help, and other lines that may be at fault."""

    message: str
    place: Place
    help: str
    related: tuple[tuple[str, Place], ...] = ()


MOST_LOOKED_BACK = 2_000  # lines in which the beginning of a group is looked for

_ITEM_KEY = re.compile(r"\s*(?:- +)?")
_BULLETED = re.compile(rf"\s*(?:[–—−‒•·‣▪◦●○*] *|-{UNSEEN.pattern}*)(?:[a-z][a-z-]*:(?= |$)|[^\W\d_].*$)")
_UNSEEN_AT_COLON = re.compile(rf"\s*(?:- )?[a-z][a-z-]*(?:{UNSEEN.pattern}*:(?={UNSEEN.pattern})|{UNSEEN.pattern}+:)")
_OPENED = re.compile(
    r"\s*(?:- +)*(?:[a-z][\w-]*: +|- +)(?P<open>[\[{])(?P<inside>[^\]}]*)[\]}] *(?![a-z-]+:)[^\s,\]}#:]"
)
_ITEM_ON_KEY_LINE = re.compile(r"\s*(?:- +)?(?P<key>[a-z][a-z-]*): +- +(?P<item>\S.*)")
_HEADER = re.compile(r"[|>][-+0-9]{0,2}\s*(?:#.*)?$")
_KEY_LINE = re.compile(r"\s*(?P<key>[a-z][a-z0-9-]*):(?= |$)")
_NO_COLON = re.compile(r"\s*(?:- +)?(?P<key>[a-z][a-z-]*) +(?P<words>[^\s:].*)")
_QUOTE_OPENS = re.compile(r"\s*(?:- +)?(?:[a-z][a-z0-9-]*: +)?(?P<quote>[\"'])(?P<rest>.*)")
_ITEM_OR_KEY = re.compile(r"\s*(?:- |[a-z][a-z0-9-]*:(?: |$))")
_OPENING = re.compile(r"\s*(?:- +)?(?P<key>[^\s:#]+):\s*(?:#.*)?$")


def point(source: Source, spot: Spot) -> Place:
    """One character of a source."""
    return Place(source, spot[0], spot[1], spot[0], spot[1] + 1)


def depth(line: str) -> int:
    """How far a line is indented."""
    return len(line) - len(line.lstrip())


def opener(source: Source, number: int) -> int:
    """The nearest line above that is indented less, 0 if there is none."""
    own = depth(source.line(number))
    for above in range(number - 1, max(0, number - MOST_LOOKED_BACK), -1):
        line = source.line(above)
        if line.strip() and depth(line) < own:
            return above
    return 0


def _is_in_block(source: Source, number: int) -> bool:
    return _HEADER.search(source.line(opener(source, number))) is not None


def _near(source: Source, at: Spot, opened: Spot) -> Iterator[tuple[int, str]]:
    """The lines in which the slip may be: that of the error, the one above it, and where the group begins."""
    above = next((n for n in range(at[0] - 1, max(0, at[0] - 20), -1) if source.line(n).strip()), 0)
    for number in dict.fromkeys((at[0], above, opened[0])):
        if 0 < number <= len(source.lines):
            yield number, source.line(number)


def bullet(source: Source, problem: str, at: Spot, opened: Spot) -> Cause | None:
    """A list whose items begin with a dash, a dot or a star, or with a hyphen and no space."""
    for number, line in _near(source, at, opened):
        if _BULLETED.match(line) and not line.lstrip().startswith("---") and not _is_in_block(source, number):
            cause = bullet_cause(line)
            if cause:
                return Cause(cause[0], point(source, (number, depth(line) + 1)), cause[1])
    return None


def unseen(source: Source, problem: str, at: Spot, opened: Spot) -> Cause | None:
    """A space of another kind beside the colon of a key."""
    for number, line in _near(source, at, opened):
        found = _UNSEEN_AT_COLON.match(line)
        if found and not _is_in_block(source, number):
            there = UNSEEN.search(line, _ITEM_KEY.match(line).end())  # type: ignore[union-attr]
            assert there is not None  # the pattern holds one
            key = UNSEEN.sub("", found.group().strip().removeprefix("- "))
            return Cause(
                f"Beside “{key}” stands a character that looks like a space and is none ({name_of(there.group())}).",
                point(source, (number, there.start() + 1)),
                f"Delete it, and type `{key}` and a space again.",
            )
    return None


def bracket_first(source: Source, problem: str, at: Spot, opened: Spot) -> Cause | None:
    """A text that begins with [words] or {words}, which is a list or a group to YAML."""
    found = _OPENED.match(source.line(at[0]))
    if found is None or found.end() < at[1] or (found["open"] == "{" and ": " in found["inside"]):
        return None
    sign = found["open"]
    return Cause(
        f"A text cannot begin with {sign} unless it is quoted.",
        point(source, (at[0], found.start("open") + 1)),
        "Put quotes around the whole text, or write it as a block: a | after the key, the text on the next line.",
    )


def item_on_key_line(source: Source, problem: str, at: Spot, opened: Spot) -> Cause | None:
    """`objectives: - Ask …`: a list begins below its key."""
    found = _ITEM_ON_KEY_LINE.match(source.line(at[0]))
    if found is None or "block sequence entries" not in problem:
        return None
    item = short(found["item"], 60)
    item = f"text: {item}" if found["key"] in ("objectives", "criteria") and not item.startswith("text:") else item
    return Cause(
        f"The list of “{found['key']}” begins on the next line.",
        point(source, (at[0], at[1])),
        f"Write `- {item}` on a line of its own, indented by two spaces.",
    )


def in_block(source: Source, problem: str, at: Spot, opened: Spot) -> Cause | None:
    """A line of a block that stands less far in than the first one, so that it belongs to nothing."""
    for number, line in _near(source, at, opened):
        above = opener(source, number)
        first = next((n for n in range(above + 1, number) if source.line(n).strip()), 0) if above else 0
        key = _KEY_LINE.match(line)
        if key and key["key"] in FORMAT:  # the block is over; it is its own key that stands too far left
            continue
        if first and _HEADER.search(source.line(above)) and depth(source.line(first)) > depth(line):
            return Cause(
                "The lines of a block stand as far in as its first one, or further.",
                point(source, (number, depth(line) + 1)),
                f"Begin this line and line {first} in the same column.",
            )
    return None


def speech(source: Source, problem: str, at: Spot, opened: Spot) -> Cause | None:
    """A line of speech that stands in no block."""
    line = source.line(at[0])
    key = re.match(r"\s*(?:- +)?(?:(?P<key>lines|reply|scene): +|- +)?", line)
    assert key is not None  # it fits everything
    speakers = Speakers.of_source(source)
    found = speakers.at_start(line[key.end() :])
    above = source.line(opener(source, at[0]))
    if found is None or _is_key_of_cast(source, at[0]):
        return None
    name = key["key"] or (_OPENING.match(above) or {"key": ""})["key"]
    if name not in ("lines", "reply", "scene"):
        return None
    words = short(line[key.end() :], 60)
    return Cause(speech_message(found.who), point(source, (at[0], key.end() + 1)), speech_help(name, words))


def speech_message(who: str) -> str:
    """What is said of speech that YAML takes for a key."""
    return f"Speech needs a block: without one, “{who}:” is taken for a key."


def speech_help(key: str, words: str) -> str:
    """How speech is written."""
    return f"Write `{key}: |`, and on the next line, two spaces further in, `{words}`."


def _is_key_of_cast(source: Source, number: int) -> bool:
    return source.line(opener(source, number)).startswith("cast:")


def dedented(source: Source, number: int) -> tuple[int, str, int] | None:
    """The line above that is likelier too far left than this one too far right: its number, key, and its column now.

    It belongs beside this line if both are keys of the format, or neither. Then what stands in it is two spaces
    further in than this line; or it follows a line of this column, or one that has nothing in it yet.
    """
    own, above = depth(source.line(number)), opener(source, number)
    key = _KEY_LINE.match(source.line(above)) if above else None
    other = _KEY_LINE.match(source.line(number))
    if key is None or other is None or (key["key"] in FORMAT) != (other["key"] in FORMAT):
        return None
    if key["key"] == "cue" and other["key"] in ("feeling", "line", "met-by"):  # these stand in a cue alone
        return None
    left = depth(source.line(above))
    inner = next((depth(line) for line in source.lines[above:number] if line.strip()), own)
    is_empty = _OPENING.match(source.line(above)) is not None
    is_between = inner - own == 2 and inner - left != 2
    follows = (inner - own == 2 or not is_empty) and _follows_in_column(source, above, own)
    return (above, key["key"], left + 1) if (is_empty and is_between) or follows else None


def line_above(source: Source, number: int) -> int:
    """The nearest line above that holds anything, 0 if there is none."""
    return next((n for n in range(number - 1, max(0, number - 50), -1) if source.line(n).strip()), 0)


def no_colon_above(source: Source, problem: str, at: Spot, opened: Spot) -> Cause | None:
    """`title The door`: a key without its colon is a text, in which the next key cannot stand."""
    number = line_above(source, at[0])
    found = _NO_COLON.match(source.line(number))
    if found is None or found["key"] not in FORMAT or depth(source.line(number)) != depth(source.line(at[0])):
        return None
    key, words = found["key"], found["words"]
    return Cause(
        f"There is no colon after “{key}”.",
        point(source, (number, found.end("key") + 1)),
        f"Write `{key}: {short(words, 60)}`.",
    )


def open_quote(source: Source, problem: str, at: Spot, opened: Spot) -> Cause | None:
    """A quotation mark that was not closed on its line, so that the next one in the file closed it."""
    for number in range(at[0] - 1, max(0, at[0] - MOST_LOOKED_BACK), -1):
        found = _QUOTE_OPENS.match(source.line(number))
        if found is None or found["quote"] not in source.line(at[0]) or not _is_open(found["quote"], found["rest"]):
            continue
        below = next((line for line in source.lines[number : at[0]] if line.strip()), "")
        if depth(below) > depth(source.line(number)) and not _ITEM_OR_KEY.match(below):
            continue  # a text over several lines
        if not _is_in_block(source, number):
            return Cause(
                "A quotation mark opens here and is not closed.",
                point(source, (number, found.start("quote") + 1)),
                f"Close it at the end of the line, or wherever the text ends. The next {found['quote']} in the file, "
                f"in line {at[0]}, was taken for its end.",
                (("it was closed here", point(source, at)),),
            )
    return None


def _is_open(quote: str, rest: str) -> bool:
    """Whether a quotation mark is not closed in the rest of its line."""
    return quote not in (rest.replace("''", "") if quote == "'" else re.sub(r"\\\\.", "", rest))


def _follows_in_column(source: Source, number: int, column: int) -> bool:
    """Whether the lines above this one lead to a key in a column, or to a key with nothing in it."""
    nearest = next((n for n in range(number - 1, max(0, number - 20), -1) if source.line(n).strip()), 0)
    left = depth(source.line(number))
    if nearest and _OPENING.match(source.line(nearest)):
        outer = depth(source.line(nearest))
        return left <= outer < column or (column - outer == 2 and left - outer != 2)
    for above in range(number - 1, max(0, number - MOST_LOOKED_BACK), -1):
        line = source.line(above)
        if line.strip() and depth(line) <= column:
            return depth(line) == column and _KEY_LINE.match(line) is not None and not _is_in_block(source, above)
    return False


def between(source: Source, number: int) -> tuple[int, int, int, int] | None:
    """The two groups between whose columns a line stands: line and column of the inner, then of the outer."""
    above, own = opener(source, number), depth(source.line(number))
    first = next((n for n in range(above + 1, number) if source.line(n).strip()), 0) if above else 0
    inner = depth(source.line(first))
    if not first or inner <= own or not _OPENING.match(source.line(above)):
        return None
    return first, inner + 1, above, depth(source.line(above)) + 1

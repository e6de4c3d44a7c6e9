"""What most likely went wrong in a file that is not well-formed YAML, in an educator's words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from simulator.language import slips
from simulator.language.diagnostics import Place, Source
from simulator.language.slips import Cause, Spot
from simulator.language.slips import point as _point
from simulator.language.text import name_of

if TYPE_CHECKING:
    from collections.abc import Callable

    import yaml

_KEY = re.compile(r"^(\s*(?:- +)?)([^\s:#'\"\[{][^:#]*?|\"[^\"]*\"|'[^']*'):(?= |$)")

_ALIGN = (
    "Align it with the keys beside it. If it goes on with the text above, write that text as a block: "
    "a | after the key, the text on the next line."
)
Related = tuple[tuple[str, Place], ...]
Advice = tuple[str, Related]  # help, and other lines that may be at fault

_GLUED = re.compile(r"\s*(?:- )?([a-z][a-z0-9-]*):\S")


def likely_cause(source: Source, error: yaml.YAMLError) -> Cause:
    """One sentence, the place, and the fix for a YAML error; the first guess that fits is given."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    context_mark = getattr(error, "context_mark", None) or mark
    line = min(mark.line + 1 if mark else 1, len(source.lines))
    column = mark.column + 1 if mark else 1
    problem = str(getattr(error, "problem", "") or error)
    opened = (context_mark.line + 1, context_mark.column + 1) if context_mark else (line, column)
    for guess in _GUESSES:
        found = guess(source, problem, (line, column), opened)
        if found:
            return found
    place = Place(source, line, column, line, column + 1)
    return Cause(
        f"The file stops making sense here ({problem}).",
        place,
        "Compare how far this line is indented with the lines above it.",
    )


def _tab(source: Source, problem: str, at: Spot, opened: Spot) -> Cause | None:
    for number in (at[0], at[0] - 1):
        other = re.match(r" *([^\S ])", source.line(number))
        if other:
            space = "a tab" if other.group(1) == "\t" else f"spaces of another kind ({name_of(other.group(1))})"
            return Cause(
                f"This line is indented with {space}.",
                _point(source, (number, other.end())),
                "Use plain spaces: two for each level. Most editors can do that for you (“insert spaces”).",
            )
    return None


def _quote(source: Source, problem: str, at: Spot, opened: Spot) -> Cause | None:
    if "quoted scalar" in problem or "unexpected end of stream" in problem or "document indicator" in problem:
        return Cause(
            "A quotation mark opens here and is not closed.",
            _point(source, opened),
            "Close it, or write the text as a block: a | after the key, the text indented on the next line.",
        )
    for number in (at[0], at[0] - 1):
        text = source.line(number)
        key = _KEY.match(text)
        rest = text[key.end() :] if key else re.sub(r"^\s*- ", "", text)
        start = len(text) - len(rest.lstrip())
        value = rest.strip()
        closed = re.match(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'", value)
        if closed and value[closed.end() :].strip() and not value[closed.end() :].lstrip().startswith(("#", ":", ",")):
            return Cause(
                "The quotation mark closes before the text ends.",
                _point(source, (number, start + closed.end())),
                "Write the text as a block (a | after the key, the text on the next line): no quotes are needed there.",
            )
    return None


def _colon(source: Source, problem: str, at: Spot, opened: Spot) -> Cause | None:
    if "mapping values are not allowed" not in problem:
        return None
    glued = _GLUED.match(source.line(at[0] - 1))
    if glued:
        return _glued(source, at[0] - 1, glued)
    text = source.line(at[0])
    if text[at[1] - 1 : at[1]] == ":" and _KEY.match(text) and len(_KEY.match(text).group(0)) >= at[1]:  # type: ignore[union-attr]
        return Cause(
            "This line is indented further than the line above allows.",
            _point(source, (at[0], at[1])),
            *(_moved(source, at[0]) or (_ALIGN, _line_above(source, at[0]))),
        )
    return Cause(
        "A colon inside a text makes YAML take the words before it for a key.",
        _point(source, at),
        "Put quotes around the whole text, or write it as a block: a | after the key, the text on the next line.",
    )


def _bracket(source: Source, problem: str, at: Spot, opened: Spot) -> Cause | None:
    if "',' or" not in problem and "flow" not in problem:
        return None
    bracket = source.line(opened[0])[opened[1] - 1 : opened[1]]
    closing = {"[": "]", "{": "}"}.get(bracket)
    if closing is None:
        return None
    comment = re.compile(r"\s#").search(source.line(opened[0]), opened[1])
    if comment:
        return Cause(
            f"Everything from the # on is a comment, so the bracket {bracket} before it is not closed.",
            _point(source, (opened[0], comment.end())),
            "Put quotes around the text that holds the #.",
        )
    return Cause(
        f"The bracket {bracket} that opens here is not closed as it should be.",
        _point(source, opened),
        f"Close it with {closing}, and put quotes around prose inside it (commas, colons and brackets end it).",
    )


def _character(source: Source, problem: str, at: Spot, opened: Spot) -> Cause | None:
    special = "cannot start any token" in problem or "alphabetic or numeric" in problem or "tag" in problem
    if not special:
        return None
    text = source.line(at[0])
    spot = at if "cannot start" in problem else opened
    character = source.line(spot[0])[spot[1] - 1 : spot[1]] or text[:1]
    return Cause(
        f"A text cannot begin with {character} unless it is quoted.",
        _point(source, spot),
        "Put quotes around the whole text, or write it as a block: a | after the key, the text on the next line.",
    )


def _glued(source: Source, number: int, found: re.Match[str]) -> Cause:
    return Cause(
        f"There is no space after “{found.group(1)}:”.",
        _point(source, (number, found.end(1) + 1)),
        "Put a space after the colon.",
    )


def _no_colon(source: Source, problem: str, at: Spot, opened: Spot) -> Cause | None:
    if "could not find expected ':'" not in problem:
        return None
    number = opened[0]
    glued = _GLUED.match(source.line(number))
    if glued:
        return _glued(source, number, glued)
    return Cause(
        "This line is neither a key with a colon nor part of a text.",
        _point(source, opened),
        "Give it a key, or indent it further so that it belongs to the text above.",
    )


def _indentation(source: Source, problem: str, at: Spot, opened: Spot) -> Cause | None:
    if (
        "did not find expected key" in problem
        or "expected '-' indicator" in problem
        or "expected <block end>" in problem
    ):
        if source.line(at[0])[at[1] - 1 : at[1]] in ("]", "}"):
            return Cause(
                f"This {source.line(at[0])[at[1] - 1]} closes nothing that is open.",
                _point(source, at),
                "Delete it, or put quotes around the text it belongs to.",
            )
        message = "This line does not line up with the ones it belongs to."
        return Cause(message, _point(source, at), *_where(source, at, opened))
    return None


def _moved(source: Source, number: int) -> Advice | None:
    """Which line above stands too far left, if that is likelier than that this one stands too far right."""
    found = slips.dedented(source, number)
    if found is None:
        return None
    above, key, column = found
    own = slips.depth(source.line(number)) + 1
    return (
        f"Line {above}, `{key}:`, stands too far left: let it begin in column {own}, like this line. "
        f"Or, if that line is right, begin this one in column {column}.",
        (("this line may stand too far left", _start_of(source, above)),),
    )


def _where(source: Source, at: Spot, opened: Spot) -> Advice:
    """How far a line should be indented; or that it is another line that stands in the wrong place."""
    if moved := _moved(source, at[0]):
        return moved
    if between := slips.between(source, at[0]):
        return _between(source, at[0], *between)
    above = slips.line_above(source, at[0])
    if slips.depth(source.line(above)) < at[1] - 1:
        return _ALIGN, _line_above(source, at[0])
    item = re.compile(r"- +(?=\S)").match(source.line(opened[0]), opened[1] - 1)
    column = item.end() + 1 if item else opened[1]
    return (
        f"The group it seems to belong to begins at line {opened[0]}, column {column}: "
        "indent it exactly as far as the other keys there.",
        (),
    )


def _between(source: Source, number: int, first: int, inner: int, above: int, outer: int) -> Advice:
    """How to mend a line that stands between the column of a group and that of what stands first in it."""
    own = slips.depth(source.line(number)) + 1
    if own == outer + 2:
        help_ = (
            f"Line {first} stands too far in: let it begin in column {own}, like this line, and what belongs to it two "
            f"spaces further in. Or, if that line is right, begin this one in column {inner}."
        )
        return help_, (("this line may stand too far in", _start_of(source, first)),)
    help_ = (
        f"It stands between two groups. Begin it in column {inner}, like line {first}; "
        f"or in column {outer}, like line {above}; whichever it belongs to."
    )
    return help_, (("the inner group begins here", _start_of(source, first)),)


def _line_above(source: Source, number: int) -> Related:
    above = slips.line_above(source, number)
    return (("the line above", _start_of(source, above)),) if above else ()


def _start_of(source: Source, number: int) -> Place:
    return _point(source, (number, slips.depth(source.line(number)) + 1))


_GUESSES: tuple[Callable[[Source, str, Spot, Spot], Cause | None], ...] = (
    _tab,
    slips.unseen,
    slips.bullet,
    slips.item_on_key_line,
    slips.in_block,
    slips.speech,
    slips.bracket_first,
    _character,
    slips.open_quote,
    _quote,
    _bracket,
    slips.no_colon_above,
    _colon,
    _no_colon,
    _indentation,
)

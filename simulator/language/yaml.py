"""Authored YAML read into a tree of values with positions, refusing what strangers could do harm with.

PyYAML's events are used, not its loaders: `safe_load` loses positions and duplicate keys, expands merge keys
without bound, and recurses. The stack here is a list, so depth costs nothing until it is refused.
"""

from __future__ import annotations

from typing import Any

import yaml

from simulator.language import prose
from simulator.language.decode import MOST_BYTES, refuse_characters
from simulator.language.diagnostics import Place, Problems, Source
from simulator.language.likely import likely_cause
from simulator.language.text import FORBIDDEN, name_of
from simulator.language.tree import Mapping, Scalar, Sequence, Value

__all__ = ["MOST_BYTES", "MOST_LEVELS", "MOST_VALUES", "read_yaml"]

MOST_LEVELS = 32
MOST_VALUES = 300_000

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(source: Source, problems: Problems) -> Value | None:
    """The tree of one document; None if the file is not well-formed or holds what is refused outright."""
    if FORBIDDEN.search(source.text):
        refuse_characters(source, problems)
        return None
    found = Problems()
    reader = _Reader(source, found)
    try:
        is_whole = all(map(reader.take, yaml.parse(source.text, Loader=_Loader)))
    except yaml.YAMLError as error:
        _report_cause(source, error, found, problems)
        return None
    problems.adopt(found)
    if not is_whole:
        return None
    if reader.root is None:
        problems.report(
            "BED116",
            "There is nothing in this file.",
            Place(source, 1, 1, 1, 2),
            help="`docs/format.md` shows what a scenario looks like.",
        )
    return reader.root


def _report_cause(source: Source, error: yaml.YAMLError, found: Problems, problems: Problems) -> None:
    """One error for a file that is not well-formed: text that begins with * & or ! was told of just before it."""
    cause = likely_cause(source, error)
    for one in found:
        if one.code in ("BED108", "BED109") and one.place and one.place.line == cause.place.line:
            problems.report(one.code, one.message, one.place, help=one.help)
            return
    problems.report("BED105", cause.message, cause.place, help=cause.help, related=cause.related)


def _word_at(place: Place) -> str:
    return prose.short(place.source.line(place.line)[place.column - 1 :].split(maxsplit=1)[0])


class _Reader:
    """Builds the tree from events; `take` says whether to go on."""

    def __init__(self, source: Source, problems: Problems) -> None:
        self.source, self.problems = source, problems
        self.length = len(source.lines)
        self.root: Value | None = None
        self.stack: list[Mapping | Sequence] = []
        self.keys: list[Scalar | None] = []  # the key awaiting its value, one for each level
        self.firsts: list[dict[str, Scalar]] = []  # the keys of each level so far
        self.count = 0
        self.documents = 0

    def take(self, event: yaml.Event) -> bool:
        match event:
            case yaml.ScalarEvent():
                place = self._place(event)
                style = "" if event.style is None else event.style
                if event.anchor is not None or event.tag is not None:
                    self._decorations(event, place)
                return self._add(self._scalar(event.value, place, style))
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                return self._open(event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._close(event)
            case yaml.AliasEvent():
                place = self._place(event)
                self.problems.report(
                    "BED108",
                    f"“*{event.anchor}” refers to another place in the file.",
                    place,
                    help="Write the text out. If it should begin with *, put quotes around it.",
                )
                return self._add(Scalar.stand_in(place))
            case yaml.DocumentStartEvent():
                return self._document(event)
        return True

    def _scalar(self, text: str, place: Place, style: str) -> Scalar:
        scalar = Scalar.at(text, place, style)
        if style == '"' and (found := FORBIDDEN.search(text)):  # written as an escape, such as \e
            self.problems.report(
                "BED104",
                f"The character {name_of(found.group())} may not stand in a text.",
                place,
                note="It is invisible, and could change what a reader or a terminal shows.",
                help="Take the part that begins with \\ away.",
            )
            return Scalar.stand_in(place)
        if not style and (" " in text or text[:1].isupper()):
            prose.cut_by_hash(scalar, self.problems)
        if place.line != place.end_line and style not in ("'", '"'):
            prose.swallowed(scalar, self.problems)
        return scalar

    def _place(self, event: yaml.Event) -> Place:
        start, end = event.start_mark, event.end_mark
        assert start is not None and end is not None  # a parser always marks its events
        if end.line < self.length:
            return Place(self.source, start.line + 1, start.column + 1, end.line + 1, end.column + 1)
        last = len(self.source.lines[-1]) + 1  # a parser sees a line behind the last one
        line, column = (start.line + 1, start.column + 1) if start.line < self.length else (self.length, last)
        return Place(self.source, line, column, self.length, last)

    def _document(self, event: yaml.DocumentStartEvent) -> bool:
        self.documents += 1
        place = self._place(event)
        if event.tags:
            self.problems.report("BED109", "A %TAG line is not used here.", place.point(), help="Delete the line.")
        if self.documents > 1:
            self.problems.report(
                "BED111",
                "A second document begins here.",
                place,
                help="Keep one scenario or rubric in a file, and delete the line ---.",
            )
            return False
        return True

    def _decorations(self, event: Any, place: Place) -> None:
        if event.anchor is not None:
            self.problems.report(
                "BED108",
                f"“&{event.anchor}” names this place for use elsewhere.",
                place.point(),
                help="Delete it. If the text should begin with &, put quotes around it.",
            )
        if event.tag is not None:
            self.problems.report(
                "BED109",
                f"“{_word_at(place)}” is a tag.",
                place.point(),
                help="Delete it. If the text should begin with !, put quotes around it.",
            )

    def _open(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> bool:
        place = self._place(event)
        self._decorations(event, place)
        if len(self.stack) >= MOST_LEVELS:
            self.problems.report(
                "BED106",
                f"This is nested more than {MOST_LEVELS} levels deep.",
                place.point(),
                help="A scenario needs about ten levels; a bracket may have been left open.",
            )
            return False
        opened: Mapping | Sequence
        opened = Mapping.at(place) if isinstance(event, yaml.MappingStartEvent) else Sequence.at(place)
        if not self._add(opened, is_open=True):
            return False
        self.stack.append(opened)
        self.keys.append(None)
        self.firsts.append({})
        return True

    def _close(self, event: yaml.Event) -> None:
        closed = self.stack.pop()
        self.keys.pop()
        self.firsts.pop()
        start, end = closed.place, self._place(event)
        closed.place = Place(self.source, start.line, start.column, end.end_line, end.end_column)
        is_flow = self.source.line(start.line)[start.column - 1 : start.column] == "["
        if isinstance(closed, Sequence) and is_flow and len(closed) > 1:
            prose.in_brackets(closed, self.problems)

    def _add(self, value: Value, *, is_open: bool = False) -> bool:
        self.count += 1
        if self.count > MOST_VALUES:
            self.problems.report(
                "BED107",
                f"There are more than {MOST_VALUES:,} values in this file.",
                value.place.point(),
                help="Split the file.",
            )
            return False
        if not self.stack:
            self.root = value
            return True
        top = self.stack[-1]
        if isinstance(top, Sequence):
            top.append(value)
            return True
        key = self.keys[-1]
        if key is None:
            return self._key(value, is_open=is_open)
        self.keys[-1] = None
        self._value(top, key, value)
        return True

    def _key(self, key: Value, *, is_open: bool) -> bool:
        if is_open or not isinstance(key, Scalar):
            self.problems.report(
                "BED113",
                "A list or a group cannot be a key.",
                key.place.point(),
                help="If this is prose, put quotes around it.",
            )
            return False
        self.keys[-1] = key
        return True

    def _value(self, top: Mapping, key: Scalar, value: Value) -> None:
        if key == "<<" and not key.style:
            self.problems.report(
                "BED110",
                "“<<” copies keys from elsewhere, which is not used here.",
                key.place,
                help="Write the keys out.",
            )
            return
        if isinstance(value, Scalar) and prose.has_no_colon(key, value):
            prose.report_cut(top, key, self.problems)
            return
        first = self.firsts[-1].setdefault(key, key)
        if first is not key:
            self.problems.report(
                "BED112",
                f"“{prose.short(key)}” stands here a second time.",
                key.place,
                help="Rename one of the two, or put them together.",
                related=(("the first is here", first.place),),
            )
            return
        top[key] = value

"""Authored YAML read into a tree of values with positions, refusing what strangers could do harm with.

PyYAML's events are used, not its loaders: `safe_load` loses positions and duplicate keys, expands merge keys
without bound, and recurses. The stack here is a list, so depth costs nothing until it is refused.
"""

from __future__ import annotations

from typing import Any

import yaml

from simulator.language import prose
from simulator.language.diagnostics import Place, Problems, Source
from simulator.language.likely import likely_cause
from simulator.language.text import FORBIDDEN, name_of
from simulator.language.tree import Mapping, Scalar, Sequence, Value

MOST_BYTES = 2_000_000
MOST_LEVELS = 32
MOST_VALUES = 300_000

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def decode(data: bytes, name: str, problems: Problems) -> Source | None:
    """Bytes as a source: UTF-8 with any line ends, no more than 2 MB; None if the bytes are refused."""
    if len(data) > MOST_BYTES:
        problems.report(
            "BED102",
            f"This file has {len(data):,} bytes; {MOST_BYTES:,} is the most that is read.",
            None,
            file=name,
            help="Split it, or move long texts out of it.",
        )
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        shown = Source(name, data.decode("utf-8", "replace").replace("\r\n", "\n"))
        problems.report(
            "BED103",
            "This byte is not UTF-8 text.",
            Place(shown, line, column, line, column + 1),
            help="Save the file again with the encoding UTF-8.",
        )
        return None
    return Source(name, text.replace("\r\n", "\n"))


def read_yaml(source: Source, problems: Problems) -> Value | None:
    """The tree of one document; None if the file is not well-formed or holds what is refused outright."""
    before = len(problems.errors)
    _refuse_characters(source, problems)
    if len(problems.errors) > before:
        return None
    reader = _Reader(source, problems)
    try:
        for event in yaml.parse(source.text, Loader=_Loader):
            if not reader.take(event):
                return None
    except yaml.YAMLError as error:
        message, place, help_ = likely_cause(source, error)
        problems.report("BED105", message, place, help=help_)
        return None
    if reader.root is None:
        problems.report(
            "BED116",
            "There is nothing in this file.",
            Place(source, 1, 1, 1, 2),
            help="`docs/format.md` shows what a scenario looks like.",
        )
    return reader.root


def _refuse_characters(source: Source, problems: Problems) -> None:
    for number, line in enumerate(source.lines, start=1):
        for match in FORBIDDEN.finditer(line):
            column = match.start() + 1
            problems.report(
                "BED104",
                f"The character {name_of(match.group())} may not stand in a text file.",
                Place(source, number, column, number, column + 1),
                note="It is invisible, and could change what a reader or a terminal shows.",
                help="Delete it, and type the text again around it.",
            )


class _Reader:
    """Builds the tree from events; `take` says whether to go on."""

    def __init__(self, source: Source, problems: Problems) -> None:
        self.source, self.problems = source, problems
        self.root: Value | None = None
        self.stack: list[Mapping | Sequence] = []
        self.keys: list[Scalar | None] = []  # the key awaiting its value, one for each level
        self.count = 0
        self.documents = 0

    def take(self, event: yaml.Event) -> bool:
        match event:
            case yaml.ScalarEvent():
                place = self._place(event)
                style = "" if event.style is None else event.style
                self._decorations(event, place)
                return self._add(Scalar.at(event.value, place, style))
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

    def _place(self, event: yaml.Event) -> Place:
        start, end = event.start_mark, event.end_mark
        assert start is not None and end is not None  # a parser always marks its events
        return Place(self.source, start.line + 1, start.column + 1, end.line + 1, end.column + 1)

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
                f"“{event.tag}” is a tag.",
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
        return True

    def _close(self, event: yaml.Event) -> None:
        closed = self.stack.pop()
        self.keys.pop()
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
        if isinstance(value, Scalar) and prose.was_cut_at_comma(key, value):
            prose.report_cut(top, key, self.problems)
            return
        if key in top:
            first = next(k for k in top if k == key)
            self.problems.report(
                "BED112",
                f"“{prose.short(key)}” stands here a second time.",
                key.place,
                help="Rename one of the two, or put them together.",
                related=(("the first is here", first.place),),
            )
            return
        if isinstance(value, Scalar) and not value.style and " " in value:
            prose.cut_by_hash(value, self.problems)
        top[key] = value

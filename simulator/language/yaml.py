"""Authored YAML read into a tree of values with positions, refusing what strangers could do harm with.

PyYAML's events are used, not its loaders: `safe_load` loses positions and duplicate keys, expands merge keys
without bound, and recurses. The stack here is a list, so depth costs nothing until it is refused.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from simulator.language.diagnostics import Place, Problems, Source
from simulator.language.likely import likely_cause
from simulator.language.text import FORBIDDEN, name_of
from simulator.language.tree import Mapping, Scalar, Sequence, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES = 2_000_000
MOST_LEVELS = 32
MOST_VALUES = 300_000

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def decode(data: bytes, name: str, problems: Problems) -> Source | None:
    """Bytes as a source: UTF-8 with any line ends, no more than 2 MB; None if the bytes are refused."""
    if len(data) > MOST_BYTES:
        problems.report("BED102", f"This file has {len(data):,} bytes; {MOST_BYTES:,} is the most that is read.", None,
                        file=name, help="Split it, or move long texts out of it.")  # fmt: skip
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        shown = Source(name, data.decode("utf-8", "replace").replace("\r\n", "\n"))
        problems.report("BED103", "This byte is not UTF-8 text.", Place(shown, line, column, line, column + 1),
                        help="Save the file again with the encoding UTF-8.")  # fmt: skip
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
        problems.report("BED116", "There is nothing in this file.", Place(source, 1, 1, 1, 2),
                        help="`docs/format.md` shows what a scenario looks like.")  # fmt: skip
    return reader.root


def _refuse_characters(source: Source, problems: Problems) -> None:
    for number, line in enumerate(source.lines, start=1):
        for match in FORBIDDEN.finditer(line):
            column = match.start() + 1
            problems.report("BED104", f"The character {name_of(match.group())} may not stand in a text file.",
                            Place(source, number, column, number, column + 1),
                            note="It is invisible, and could change what a reader or a terminal shows.",
                            help="Delete it, and type the text again around it.")  # fmt: skip


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
                self.problems.report("BED108", f"“*{event.anchor}” refers to another place in the file.", place,
                                     help="Write the text out. If it should begin with *, put quotes around it.")  # fmt: skip
                return self._add(Scalar.stand_in(place))
            case yaml.DocumentStartEvent():
                return self._document(event)
        return True

    def _place(self, event: yaml.Event) -> Place:
        start, end = event.start_mark, event.end_mark
        return Place(self.source, start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def _document(self, event: yaml.DocumentStartEvent) -> bool:
        self.documents += 1
        place = self._place(event)
        if event.tags:
            self.problems.report("BED109", "A %TAG line is not used here.", place.point(), help="Delete the line.")
        if self.documents > 1:
            self.problems.report("BED111", "A second document begins here.", place,
                                 help="Keep one scenario or rubric in a file, and delete the line ---.")  # fmt: skip
            return False
        return True

    def _decorations(self, event: Any, place: Place) -> None:
        if event.anchor is not None:
            self.problems.report("BED108", f"“&{event.anchor}” names this place for use elsewhere.", place.point(),
                                 help="Delete it. If the text should begin with &, put quotes around it.")  # fmt: skip
        if event.tag is not None:
            self.problems.report("BED109", f"“{event.tag}” is a tag.", place.point(),
                                 help="Delete it. If the text should begin with !, put quotes around it.")  # fmt: skip

    def _open(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> bool:
        place = self._place(event)
        self._decorations(event, place)
        if len(self.stack) >= MOST_LEVELS:
            self.problems.report("BED106", f"This is nested more than {MOST_LEVELS} levels deep.", place.point(),
                                 help="A scenario needs about ten levels; a bracket may have been left open.")  # fmt: skip
            return False
        opened: Mapping | Sequence
        if isinstance(event, yaml.MappingStartEvent):
            opened = Mapping.at(place)
        else:
            opened = Sequence.at(place)
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
            self._prose_in_brackets(closed)

    def _add(self, value: Value, *, is_open: bool = False) -> bool:
        self.count += 1
        if self.count > MOST_VALUES:
            self.problems.report("BED107", f"There are more than {MOST_VALUES:,} values in this file.",
                                 value.place.point(), help="Split the file.")  # fmt: skip
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
            self.problems.report("BED113", "A list or a group cannot be a key.", key.place.point(),
                                 help="If this is prose, put quotes around it.")  # fmt: skip
            return False
        self.keys[-1] = key
        return True

    def _value(self, top: Mapping, key: Scalar, value: Value) -> None:
        if key == "<<" and not key.style:
            self.problems.report("BED110", "“<<” copies keys from elsewhere, which is not used here.", key.place,
                                 help="Write the keys out.")  # fmt: skip
            return
        if isinstance(value, Scalar) and self._was_cut_at_comma(key, value):
            before = next(reversed(top), None)
            self.problems.report("BED114", f"The comma before “{_short(key)}” ends the text, and the rest is lost.",
                                 key.place, help=_quoting_help(top, before, key))  # fmt: skip
            return
        if key in top:
            first = next(k for k in top if k == key)
            self.problems.report("BED112", f"“{_short(key)}” stands here a second time.", key.place,
                                 help="Rename one of the two, or put them together.",
                                 related=(("the first is here", first.place),))  # fmt: skip
            return
        if isinstance(value, Scalar) and not value.style and " " in value:
            self._prose_cut_by_hash(value)
        top[key] = value

    def _was_cut_at_comma(self, key: Scalar, value: Scalar) -> bool:
        """Whether a key of a { } group has no colon after it: the part of a prose text behind its comma."""
        if value or value.style or value.broken:
            return False
        end = key.place
        rest = self.source.line(end.end_line)[end.end_column - 1 :].lstrip()
        return not rest.startswith(":") and (rest[:1] in ("}", ",", "") or bool(key.style))

    def _prose_in_brackets(self, items: Sequence) -> None:
        for before, item in zip([None, *items], items, strict=False):
            if isinstance(item, Scalar) and not item.style and _is_cut(before, item):
                self.problems.report("BED114", f"Is “{_short(item)}” an item of its own, or was it cut at a comma?",
                                     item.place, note="In [ ], every comma begins another item.",
                                     help=f'Put quotes around each whole item: ["{_short(items[0])}", …].')  # fmt: skip
                return

    def _prose_cut_by_hash(self, value: Scalar) -> None:
        place = value.place
        rest = self.source.line(place.end_line)[place.end_column - 1 :]
        # a comment set apart, as in `key: some words   # why`, is meant; ` #4` or one blank is prose
        if re.match(r" +#\S", rest) or re.match(r" #", rest):
            self.problems.report("BED115", "Everything from the # on is a comment and will not be seen.",
                                 Place(self.source, place.end_line, place.end_column + rest.index("#"),
                                       place.end_line, place.end_column + len(rest)),
                                 help="If it belongs to the text, put quotes around the whole text; "
                                      "if it is a comment, set it off with two blanks and one after the #.")  # fmt: skip


def _is_cut(before: Value | None, item: Scalar) -> bool:
    """Whether an unquoted item of a [ ] list reads like prose, or like the rest of a sentence begun before it."""
    begun = isinstance(before, Scalar) and not before.style and before[:1].isupper() and " " in before
    return len(item.split()) >= 5 or (begun and item[:1].islower())


def _short(text: object, length: int = 40) -> str:
    plain = " ".join(str(text).split())
    return plain if len(plain) <= length else plain[: length - 1] + "…"


def _quoting_help(top: Mapping, before: Scalar | None, rest: Scalar) -> str:
    if before is None:
        return "Put quotes around the whole text."
    begun = top[before]
    return f'Put quotes around the whole text: {before}: "{_short(begun)}, {_short(rest)}".'


def walk(value: Value) -> Iterator[Value]:
    """Every value of a tree, itself first."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        yield one
        if isinstance(one, Mapping):
            waiting.extend(one.values())
        elif isinstance(one, Sequence):
            waiting.extend(one)

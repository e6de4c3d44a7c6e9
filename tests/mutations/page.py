"""A shipped file with the places at which mistakes can be planted in it."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from random import Random
from typing import NamedTuple

import yaml

# under these stand ids of the author's, not keys of the format
GROUPS = set("cast meters facts promises variants visits nodes choices endings domains criteria outcomes".split())
CODED = {"when", "because", "harm", "unsafe"}  # the keys among the criteria and the meters


class Planted(NamedTuple):
    """A file with a mistake in it, and the lines (from 1) of which `check` must name one."""

    text: str
    lines: frozenset[int]


class Entry(NamedTuple):
    """A key with its value, or an item of a list; lines from 1, columns from 0."""

    path: str  # its keys from the top, with / between, # for an item of a list
    key: yaml.ScalarNode | None
    value: yaml.Node
    above: Entry | None
    in_braces: bool

    @property
    def name(self) -> str:
        return self.path.rsplit("/", 1)[-1]

    @property
    def line(self) -> int:
        return (self.key or self.value).start_mark.line + 1

    @property
    def column(self) -> int:
        return (self.key or self.value).start_mark.column

    @property
    def text(self) -> str:
        """What is written, if it is one value."""
        return self.value.value if isinstance(self.value, yaml.ScalarNode) else ""

    @property
    def style(self) -> str:
        """The quote or the sign of a block; nothing for plain text, and for what is no text."""
        return getattr(self.value, "style", None) or ""

    @property
    def is_on_one_line(self) -> bool:
        return self.value.start_mark.line == self.value.end_mark.line == self.line - 1

    @property
    def is_key(self) -> bool:
        """Whether it is a key of the format, not an id of the author's."""
        above = self.above.path if self.above else ""
        if self.key is None:
            return False
        if re.search(r"/(scores|effects)(/#)?$", above):
            return self.name in CODED
        return above.rsplit("/", 1)[-1] not in GROUPS

    @property
    def inside(self) -> list[str]:
        """The keys of a group."""
        return [key.value for key, _ in self.value.value] if isinstance(self.value, yaml.MappingNode) else []


class Page:
    """One file, its lines and everything that stands in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = path.read_text(encoding="utf-8")
        self.lines = self.text.split("\n")
        self.entries: list[Entry] = []
        self._walk(yaml.compose(self.text, Loader=yaml.CSafeLoader), None, "", in_braces=False)

    @property
    def is_rubric(self) -> bool:
        return self.path.parent.name == "rubrics"

    def _walk(self, node: yaml.Node, above: Entry | None, path: str, *, in_braces: bool) -> None:
        in_braces = in_braces or bool(getattr(node, "flow_style", False))
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        items = node.value if isinstance(node, yaml.SequenceNode) else []
        for key, value in [*pairs, *((None, item) for item in items)]:
            name = "#" if key is None else key.value.replace("/", "|")
            entry = Entry(f"{path}/{name}".lstrip("/"), key, value, above, in_braces)
            self.entries.append(entry)
            self._walk(value, entry, entry.path, in_braces=in_braces)

    def find(self, pattern: str) -> list[Entry]:
        """The entries whose whole path fits; * is any one key, #? an item or none."""
        expression = re.compile(pattern.replace("/#?", "(?:/#)?").replace("*", "[^/]+"))
        return [entry for entry in self.entries if expression.fullmatch(entry.path)]

    def ids(self, pattern: str) -> list[str]:
        return [entry.name for entry in self.find(pattern)]

    @cached_property
    def conditions(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.name == "when" and entry.text]

    @cached_property
    def prose(self) -> list[Entry]:
        """Plain texts of some words that stand on the line of their key or hyphen, outside braces."""
        return [
            one
            for one in self.entries
            if one.name != "when" and not one.style and not one.in_braces and one.is_on_one_line and " " in one.text
        ]

    @cached_property
    def spoken(self) -> list[tuple[int, str, str]]:
        """Lines of speech in blocks: line, speaker, words."""
        cast = "|".join(self.ids("cast/*")) or "-"
        found = []
        for entry in self.entries:
            if entry.style == "|":
                for number in range(entry.value.start_mark.line + 2, self.extent(entry) + 1):
                    speech = re.match(rf" *({cast}): (.+)", self.lines[number - 1])
                    if speech:
                        found.append((number, speech[1], speech[2]))
        return found

    def extent(self, entry: Entry) -> int:
        """The last line of a key that stands on a line of its own, with all that is in it."""
        last = entry.line
        for number in range(entry.line + 1, len(self.lines) + 1):
            line = self.lines[number - 1]
            if line.strip() and len(line) - len(line.lstrip()) <= entry.column:
                break
            last = number if line.strip() else last
        return last

    def starts_line(self, entry: Entry) -> bool:
        """Whether nothing but blanks stands before it."""
        return not self.lines[entry.line - 1][: entry.column].strip()

    def head(self, entry: Entry) -> frozenset[int]:
        """The line of a group's name, and of the first key in it: where it is said what is missing in the group."""
        assert isinstance(entry.value, yaml.MappingNode)
        return frozenset({entry.line, entry.value.start_mark.line + 1})

    # edits

    def offset(self, line: int, column: int = 0) -> int:
        return sum(len(one) + 1 for one in self.lines[: line - 1]) + column

    def write(self, line: int, column: int, end: int, words: str) -> Planted:
        """Words in the place of those from `column` to `end` of a line; the line counts."""
        at = self.offset(line)
        return Planted(self.text[: at + column] + words + self.text[at + end :], frozenset({line}))

    def put_value(self, entry: Entry, words: str) -> Planted:
        """Another value, as it is to be written."""
        start, end = entry.value.start_mark, entry.value.end_mark
        text = self.text[: self.offset(start.line + 1, start.column)] + words
        return Planted(text + self.text[self.offset(end.line + 1, end.column) :], frozenset({start.line + 1}))

    def put_key(self, entry: Entry, words: str) -> Planted:
        """Another key, as it is to be written."""
        assert entry.key is not None
        return self.write(entry.line, entry.column, entry.key.end_mark.column, words)

    def without(self, *entries: Entry) -> str:
        """The text without some keys, each of which stands on a line of its own, and what is in them."""
        gone = {number for one in entries for number in range(one.line, self.extent(one) + 1)}
        return "\n".join(line for number, line in enumerate(self.lines, 1) if number not in gone)

    def insert(self, line: int, words: str) -> Planted:
        """A line of its own before another; it counts."""
        return Planted("\n".join([*self.lines[: line - 1], words, *self.lines[line - 1 :]]), frozenset({line}))

    def moved(self, first: int, last: int, by: int) -> str:
        """The text with some lines moved to the right, or to the left where `by` is negative."""
        rows = list(self.lines)
        for number in range(first - 1, last):
            rows[number] = " " * by + rows[number] if by > 0 else rows[number][-by:]
        return "\n".join(rows)


def misspelt(word: str, chance: Random, known: set[str]) -> str:
    """A word with a letter left out, doubled, exchanged with the next, or another; never one that is known."""
    while True:
        at = chance.randrange(1, len(word))
        how = chance.randrange(4)
        if how == 0:
            made = word[:at] + word[at + 1 :]
        elif how == 1:
            made = word[:at] + word[at] + word[at:]
        elif how == 2:
            made = word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
        else:
            made = word[:at] + chance.choice("abcdefghijklmnopqrstuvwxyz") + word[at + 1 :]
        if made != word and made not in known and not made.endswith("-") and len(made) > 1:
            return made

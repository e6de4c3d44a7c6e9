"""Who an author may mean by the words before a colon: a member of the cast, by id or by name, in any letters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, Self

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulator.language.diagnostics import Source

_WORD = r"[^\W_][\w.'’-]{0,40}"
# words, perhaps a manner, and a colon; an author may leave out the space behind it, or put one before it
_WHO = rf"(?P<who>{_WORD}(?: {_WORD}){{0,3}})(?: ?\([^()\n]{{0,200}}\))? ?:"
LABEL = re.compile(_WHO)
_AFTER_SENTENCE = re.compile(rf"(?<=[.!?…)\"'”’*]) +{_WHO}(?= |$)")
_TITLES = frozenset("mr mrs ms miss mx dr prof professor nurse sister father sir the".split())
MOST_NAMED = 500  # members of a cast that are looked for by name
MOST_SEARCHED = 200_000  # characters of a broken file in which the cast is looked for

_CAST = re.compile(r"^cast:.*(?:\n(?:[ #].*)?)*", re.MULTILINE)
_PAIR = re.compile(r"(?P<key>[a-z][a-z0-9-]*):(?= |$) *(?P<value>[^,{}\n#]*)", re.MULTILINE)


class Found(NamedTuple):
    """A label of speech in a text: the words before the colon, where they stand, and the ids they may mean."""

    who: str
    start: int
    ids: tuple[str, ...]


class Speakers:
    """The members of a cast, found by what authors call them: the id, a name or part of one, in any letters."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.ids = frozenset(names)
        self._found: dict[str, tuple[str, ...]] = {}  # what was asked already
        self._called: dict[str, list[str]] = {}
        for id_, name in list(names.items())[:MOST_NAMED]:
            words = [word for word in name.split() if _plain(word) not in _TITLES]
            words = [word for word in words if not word[0].islower()] or words
            for word in {_plain(word) for word in (id_, *words)}:
                self._called.setdefault(word, []).append(id_)

    @classmethod
    def of_source(cls, source: Source) -> Self:
        """The cast as far as it can be told from the lines of a file that may not be well-formed."""
        return cls(dict(_cast_of(source.text[:MOST_SEARCHED])))

    def who(self, words: str) -> tuple[str, ...]:
        """The ids that these words may mean, the first few."""
        if words in self.ids:
            return (words,)
        if words not in self._found:
            self._found[words] = self._meant(words)
        return self._found[words]

    def _meant(self, words: str) -> tuple[str, ...]:
        parts = [_plain(word) for word in words.split()]
        parts = [part for part in parts if part not in _TITLES] if len(parts) > 1 else parts
        if not parts:
            return ()
        meant = self._called.get(parts[0], [])
        return tuple(id_ for id_ in meant if all(id_ in self._called.get(part, ()) for part in parts[1:]))[:3]

    def at_start(self, line: str) -> Found | None:
        """The label that a line begins with, if it means a member of the cast."""
        start = len(line) - len(line.lstrip())
        label = LABEL.match(line, start)
        ids = self.who(label["who"]) if label else ()
        return Found(label["who"], start, ids) if label and ids else None

    def inside(self, line: str) -> Iterator[Found]:
        """The labels that follow the end of a sentence within a line."""
        if ":" not in line:
            return
        for label in _AFTER_SENTENCE.finditer(line):
            if ids := self.who(label["who"]):
                yield Found(label["who"], label.start("who"), ids)


def _plain(word: str) -> str:
    return word.rstrip(".").casefold()


def _cast_of(text: str) -> Iterator[tuple[str, str]]:
    """Each id under `cast:`, and then again with its name."""
    section, id_ = _CAST.search(text), ""
    for found in _PAIR.finditer(section[0], 5) if section else ():
        if found["key"] == "name" and id_:
            yield id_, found["value"].strip("\"' ")
        elif found["key"] not in ("name", "role", "age", "pronouns", "called"):
            id_ = found["key"]
            yield id_, ""

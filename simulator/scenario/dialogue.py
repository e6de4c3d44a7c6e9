"""Authored lines as paragraphs: who speaks, how, and what."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from simulator.language.keys import KEYS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from simulator.language.speakers import Found, Speakers

_SPEECH = re.compile(r"(?P<speaker>[a-z][a-z0-9-]*)(?: \((?P<manner>[^()]*)\))?:(?: +(?P<text>.*)|$)")


class Paragraph(NamedTuple):
    """One paragraph; `speaker` is a cast id, or None for narration. `line` counts from 0 within the text."""

    speaker: str | None
    manner: str | None
    text: str
    line: int


def paragraphs(text: str, cast: Collection[str]) -> tuple[Paragraph, ...]:
    """The paragraphs of a text: one a line, an indented line going on with the one before, empty lines skipped."""
    found: list[Paragraph] = []
    for number, line in enumerate(text.split("\n")):
        words = line.strip()
        if not words:
            continue
        if line[0].isspace() and found:
            found[-1] = found[-1]._replace(text=f"{found[-1].text} {words}".strip())
            continue
        speech = _SPEECH.fullmatch(words)
        if speech and speech["speaker"] in cast:
            found.append(Paragraph(speech["speaker"], speech["manner"], speech["text"] or "", number))
        else:
            found.append(Paragraph(None, None, words, number))
    return tuple(found)


class Lost(NamedTuple):
    """A speaker of whom no speech comes: the words before the colon, their offset, and whom they may mean."""

    who: str
    offset: int
    ids: tuple[str, ...]
    is_inside: bool  # within a paragraph, not at the start of one


def lost_speakers(text: str, speakers: Speakers) -> Iterator[Lost]:
    """What looks like speech and will not be played as it: not in the cast, by another name, or inside a paragraph."""
    start, is_first = 0, True
    for line in text.split("\n"):
        if words := line.strip():
            goes_on = line[0].isspace() and not is_first
            is_first = False
            yield from (_lost(found, start, is_inside=True) for found in speakers.inside(line))
            speech = _SPEECH.fullmatch(words)
            found = speakers.at_start(line)
            if found and (goes_on or not (speech and speech["speaker"] in speakers.ids)):
                yield _lost(found, start, is_inside=goes_on)
            elif speech and not found and not goes_on and speech["speaker"] not in KEYS:  # a key was told of already
                yield Lost(speech["speaker"], start, (), False)
        start += len(line) + 1


def _lost(found: Found, start: int, *, is_inside: bool) -> Lost:
    return Lost(found.who, start + found.start, found.ids, is_inside)

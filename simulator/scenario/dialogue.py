"""Authored lines as paragraphs: who speaks, how, and what."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection

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


def unknown_speakers(text: str, cast: Collection[str]) -> list[tuple[str, int]]:
    """What looks like a speaker and is not in the cast, with its offset in the text."""
    found = []
    start = 0
    for line in text.split("\n"):
        speech = _SPEECH.fullmatch(line.strip()) if line[:1].strip() else None
        if speech and speech["speaker"] not in cast:
            found.append((speech["speaker"], start))
        start += len(line) + 1
    return found

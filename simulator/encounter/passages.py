"""Authored texts made ready to be played: templates read, dialogue parted into paragraphs, lost speech reported."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from simulator.encounter.program import Filled, Passage
from simulator.language.speakers import Speakers
from simulator.language.templates import is_template, read_template
from simulator.language.tree import Scalar
from simulator.scenario import dialogue

if TYPE_CHECKING:
    from collections.abc import Collection

    from simulator.encounter.program import Test
    from simulator.language.diagnostics import Place, Problems
    from simulator.language.templates import Template, TextScope
    from simulator.scenario.shapes import Scenario

# a text that is one `if` from its beginning to its end
_ONLY_IF = re.compile(r"\s*\{%-?\s*if\b.*\{%-?\s*endif\s*-?%\}\s*", re.DOTALL)


class Wording:
    """Reads the texts of one scenario."""

    def __init__(self, scenario: Scenario, problems: Problems) -> None:
        self.cast, self.problems = scenario.cast, problems
        # who would be in a cast that cannot be read is not known: to report a speaker missing would be an echo
        names = {str(id_): str(person.name) for id_, person in scenario.cast.items()}
        self.speakers = None if scenario.failed("cast") else Speakers(names)

    def words(self, text: Scalar, scope: TextScope) -> str | Template:
        """A text as it stands, or the template it is."""
        if not is_template(text):
            return str(text).rstrip("\n")
        return read_template(text, scope, self.problems) or ""

    def act(self, text: Scalar | None, scope: TextScope) -> str | Template:
        """The words or the act of a choice, as one paragraph."""
        if text is None:
            return ""
        words = self.words(text, scope)
        if isinstance(words, str):
            return " ".join(words.split())
        if (
            re.match(r"\s*\{%-?\s*if\b", text)
            and re.search(r"\{%-?\s*endif\s*-?%\}\s*$", text)
            and "{% else" not in text
        ):
            self.problems.report(
                "BED207",
                "This could leave the choice without words.",
                text.place,
                help="Add {% else %} with other words, or put the condition under `when`.",
            )
        return self.words(Scalar.at(" ".join(text.split()), text.place), scope)

    def passages(self, text: Scalar | None, scope: TextScope, when: Test | None = None) -> tuple[Passage, ...]:
        """One block of lines; templates are split into paragraphs only when they are played."""
        if text is None or text.broken:
            return ()
        if self.speakers is not None and ":" in text:
            for one in dialogue.lost_speakers(text, self.speakers):
                self._report(text, one)
        words = self.words(text, scope)
        if not isinstance(words, str) and ("{%" in text or _spans_lines(text) or _fills_manner(text, self.cast)):
            return (Passage(when, (), words, False),)
        is_ready = isinstance(words, str)
        sound = words if isinstance(words, str) else text  # a template with mistakes has become an empty text
        lines = tuple(self._line(one, text.place, scope) for one in dialogue.paragraphs(sound, self.cast))
        return (Passage(when, lines, None, is_ready),)

    def _line(self, one: dialogue.Paragraph, place: Place, scope: TextScope) -> dialogue.Paragraph | Filled:
        """A paragraph, with a template of its own if it asks for one (the whole text has passed already)."""
        words = self.words(Scalar.at(one.text, place), scope)
        return one if isinstance(words, str) else Filled(one.speaker, one.manner, words)

    def _report(self, text: Scalar, lost: dialogue.Lost) -> None:
        """Tell of speech that will not be played as speech."""
        ids = " or ".join(f"`{id_}:`" for id_ in lost.ids)
        if lost.is_inside:
            code, message = "BED802", f"“{lost.who}:” stands inside a paragraph, so it is not heard as speech."
            help_ = _how_to_part(text, lost, ids)
        elif lost.who in lost.ids:
            code, message = "BED802", f"“{lost.who}” is not followed as a speaker is, so this is played as narration."
            help_ = (
                f"Write `{lost.who}: …` or `{lost.who} (manner): …`: no space before the colon, and a plain one after."
            )
        else:
            code, message = "BED801", f"“{lost.who}” is not in the cast, so this is played as narration."
            help_ = f"Add {lost.who} to `cast`, or begin the line with another word."
            if lost.ids:
                message = f"“{lost.who}” is not an id of the cast, so this is played as narration."
                help_ = f"Write {ids}: speech begins with the id."
        self.problems.report(code, message, text.within(lost.offset, lost.offset + len(lost.who)), help=help_)


def _how_to_part(text: Scalar, lost: dialogue.Lost, ids: str) -> str:
    if text.style == ">":
        return "Begin the block with | in place of >: then each line is a paragraph of its own."
    if text.style == "|" and not text[text.rfind("\n", 0, lost.offset) + 1 : lost.offset].strip():
        return f"Begin the line in the same column as the lines above it, with {ids}."
    return f"Begin a line of its own with {ids}, in a block (|)."


def _fills_manner(text: str, cast: Collection[str]) -> bool:
    """Whether something is to be filled in in the way a line is said, `ann ({{ mood }}): …`."""
    return any("{{" in (one.manner or "") for one in dialogue.paragraphs(text, cast))


def _spans_lines(text: str) -> bool:
    """Whether a {{ … }} begins on one line and ends on another."""
    return any(line.count("{{") != line.count("}}") for line in text.split("\n"))

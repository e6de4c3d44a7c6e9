"""A second coding as text: the moments a coder reads, and the YAML file of what they answered."""

from __future__ import annotations

import json
import textwrap
from itertools import groupby
from typing import TYPE_CHECKING, Final

from simulator.report.text import plain_markdown, turn_text
from simulator.workshop.coding import SKIPPED
from simulator.workshop.sheet import UnitId

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from simulator.workshop.coding import Coding
    from simulator.workshop.sheet import Moment, Option, Sheet, Way

LEVELS: Final = "-2 harmful, -1 unhelpful, 0 neutral, 1 helpful, 2 healing"
_WIDTH: Final = 96
_HISTORY: Final = 20  # choices of the way that are told, the last ones

_HOW: Final = {
    "full": (
        f"Write a level behind each criterion: {LEVELS}.",
        "Write s to skip one. What is left empty counts as not coded yet.",
        "Judge what the choice does for this patient at this moment. Look at nobody else's coding before you are done.",
        "When you are done, write `status: final` above.",
    ),
    "stem-blind": (
        "Behind each moment write the id of the choice that you guess is the best one, or s to skip it.",
        "You see the choices only, and nothing of what the patient says. That is meant: guess by how they sound.",
        "When you are done, write `status: final` above.",
    ),
}


def moment_paragraphs(moment: Moment) -> Iterator[str]:
    """What a coder reads of a moment before its choices."""
    yield f"— {moment.visit} —"
    if moment.way is None:
        yield "How play comes here was not found; it takes a history that is seldom."
    else:
        yield from _way(moment.way)
    yield "The moment:"
    yield from moment.lines or ("(Nothing is said.)",)


def _way(way: Way) -> Iterator[str]:
    if way.choices:
        left_out = max(0, len(way.choices) - _HISTORY)
        yield "One way here. What the learner chose:" if not left_out else f"One way here. After {left_out} choices:"
        for visit, group in groupby(way.choices[left_out:], key=lambda one: one[0]):
            yield "\n".join([f"{visit}:", *(f"- {words}" for _, words in group)])
    if latest := [turn_text(turn) for turn in way.latest if turn.text]:
        yield "What came then:" if way.choices else "What came first:"
        yield from latest
    if way.standings:
        told = ", ".join(f"{one.meter} {one.value} (of {one.lo} to {one.hi})" for one in way.standings)
        yield f"On this way the author's meters stand at: {told}. On others they may stand elsewhere."


def option_text(option: Option) -> str:
    """A choice, with the condition under which it is there."""
    return f"{option.verb}: {option.text}{f' (There only if {option.offered}.)' if option.offered else ''}"


def criteria_paragraphs(moment: Moment) -> Iterator[str]:
    """What is looked for at a moment."""
    yield "Looked for here:"
    for criterion in moment.criteria:
        yield f"- {criterion.title}: {criterion.means}"


def coding_yaml(coding: Coding, sheet: Sheet, *, is_form: bool = False) -> str:
    """The file of a coding. A form names everything there is to answer, with what to read above it as comments."""
    rows = [
        "bedside-coding: 1",
        f"scenario: {{id: {json.dumps(coding.scenario, ensure_ascii=False)}, sha256: {coding.sha256}}}",
        f"rater: {coding.rater}",
        f"date: {coding.date.isoformat()}",
        f"kind: {coding.kind}",
        f"status: {coding.status}",
    ]
    if is_form:
        role = " ".join(sheet.learner_role.split())
        rows += ["", *_comments([f"{sheet.title}. The learner is: {role}", *_HOW[coding.kind]], "")]
        if sheet.chart and coding.kind == "full":
            rows += ["", *_comments(["The chart:", plain_markdown(sheet.chart)], "")]
    name, entries = ("guesses", _guesses) if coding.kind == "stem-blind" else ("levels", _levels)
    body = [row for moment in sheet.moments for row in entries(coding, moment, is_form)]
    return "\n".join([*rows, f"{name}:" if body else f"{name}: {{}}", *body, ""])


def _levels(coding: Coding, moment: Moment, is_form: bool) -> Iterator[str]:
    if is_form:
        yield ""
        yield from _comments((line for one in moment_paragraphs(moment) for line in (one, "")), "  ")
        yield from _comments(criteria_paragraphs(moment), "  ")
    for number, option in enumerate(moment.options, start=1):
        if is_form:
            yield ""
            yield from _comments([f"[{number}] {option_text(option)}"], "  ")
        for case in option.cases:
            units = [UnitId(case.id, criterion.name) for criterion in moment.criteria]
            if is_form and case.condition:
                yield from _comments([f"If {case.condition}:"], "  ")
            if is_form or any(unit in coding.levels for unit in units):
                yield f"  {case.id}:"
            for unit in units:
                if is_form or unit in coding.levels:
                    level = _written(coding.levels[unit]) if unit in coding.levels else ""
                    yield f"    {unit.criterion}: {level}".rstrip()


def _guesses(coding: Coding, moment: Moment, is_form: bool) -> Iterator[str]:
    if is_form:
        yield ""
        for option in moment.options:
            yield from _comments([f"{option.id.rsplit('/', 1)[1]}: {option.verb}: {option.text}"], "  ")
    if is_form or moment.id in coding.guesses:
        guess = coding.guesses.get(moment.id, "")
        yield f"  {moment.id}: {SKIPPED if guess is None else guess.rsplit('/', 1)[-1]}".rstrip()


def _written(level: int | None) -> str:
    return SKIPPED if level is None else str(level)


def _comments(paragraphs: Iterable[str], indent: str) -> Iterator[str]:
    """Paragraphs as comments; whatever they hold, no line of them is anything else."""
    for paragraph in paragraphs:
        for line in paragraph.splitlines() or [""]:
            yield from textwrap.wrap(
                line, _WIDTH, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}# ", break_long_words=False
            ) or [f"{indent}#"]

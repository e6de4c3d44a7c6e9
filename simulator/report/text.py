"""A debrief and a transcript as plain text: append-only lines, no colour, no column that must line up."""

from __future__ import annotations

import json
import re
import textwrap
from dataclasses import asdict
from fractions import Fraction
from functools import lru_cache
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from simulator.debrief.value import GATE_HERE, GATE_SOMEWHERE
from simulator.encounter.speech import prose
from simulator.rubric.gates import gates_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.debrief.value import Bend, ClosedDoor, Curve, Debrief, Moment, Proof
    from simulator.encounter.transcript import Turn
    from simulator.rubric.shapes import ScoreCase

# the pages in the order in which they are told
PAGES: Final = (
    "ending",
    "patient",
    "moments",
    "prediction",
    "intention",
    "curves",
    "cues",
    "ledger",
    "evidence",
    "scores",
)
WIDTH: Final = 78

_SIGN = {2: "+2 healing", 1: "+1 helpful", 0: "0 neutral", -1: "-1 unhelpful", -2: "-2 harmful"}


def wrapped(text: str, width: int = WIDTH, indent: str = "", *, hang: int = 0) -> str:
    """Paragraphs filled to `width` columns, line breaks kept, no word broken; `hang` indents all but the first."""
    filled = (
        textwrap.fill(
            line,
            width,
            initial_indent=indent,
            subsequent_indent=indent + " " * hang,
            break_long_words=False,
            break_on_hyphens=False,
        )
        if line.strip()
        else ""
        for line in text.split("\n")
    )
    return "\n".join(filled)


def plain_markdown(text: str) -> str:
    """A chart as plain text: no stars, lines of a paragraph flowing together, list items kept apart."""
    rows: list[str] = []
    for line in text.replace("**", "").split("\n"):
        goes_on = rows and rows[-1] and line.strip() and not re.match(r"\s*([-*|#]|\d+\.) ?", line)
        if line.startswith("#"):
            rows += [line.lstrip("# "), ""]
        elif goes_on and not rows[-1].startswith("|"):
            rows[-1] += f" {line.strip()}"
        else:
            rows.append(line.rstrip())
    return "\n".join(rows)


def turn_text(turn: Turn) -> str:
    """One turn of the transcript, as one paragraph; a beat is an empty line."""
    match turn.kind:
        case "speech":
            return f"{turn.who}{f' ({turn.manner})' if turn.manner else ''}: {turn.text}"
        case "learner":
            return f"You ({turn.who}): {turn.text}"
        case "visit":
            return f"— {turn.text} —"
        case "ending":
            return f"— {turn.who} —\n\n{turn.text}"
        case _:
            return turn.text


def transcript_text(turns: Iterable[Turn], width: int = WIDTH) -> str:
    """A whole transcript, a blank line between turns."""
    return "\n\n".join(wrapped(turn_text(turn), width) for turn in turns if turn.text or turn.who)


def page(name: str, debrief: Debrief, width: int = WIDTH) -> str:
    """One page of a debrief."""
    template = environment(width).get_template(f"{name}.txt.j2")
    return template.render(d=debrief).strip("\n")


def moment_text(debrief: Debrief, moment: Moment, width: int = WIDTH) -> str:
    """One moment on its own."""
    template = environment(width).get_template("moment.txt.j2")
    return template.render(d=debrief, m=moment, label="").strip("\n")


def debrief_markdown(debrief: Debrief) -> str:
    """The whole debrief as Markdown: headings are headings, and all else is literal."""
    rows = []
    for line in debrief_text(debrief, 10_000).split("\n"):
        if line.startswith("— ") and line.endswith(" —"):
            rows.append(f"## {escaped(line.strip('— '))}")
        else:
            rows.append(escaped(line.strip()))
    return re.sub(r"(?<=[^\n])\n(?=[^\n])", "\n\n", "\n".join(rows))


def escaped(text: str) -> str:
    """Text in which nothing is Markdown."""
    literal = re.sub(r"([\\`*_{}\[\]<>#|~&])", r"\\\1", text)
    return re.sub(r"^(\s*)(?:([-+])|(\d+)([.)]))(?= )", lambda m: f"{m[1]}{m[3] or ''}\\{m[2] or m[4]}", literal)


def debrief_text(debrief: Debrief, width: int = WIDTH) -> str:
    """The whole debrief, page after page."""
    return "\n\n".join(text for name in PAGES if (text := page(name, debrief, width)))


def debrief_json(debrief: Debrief) -> str:
    """The whole debrief as JSON."""
    return json.dumps(asdict(debrief), ensure_ascii=False, indent=2)


def by_decision(curves: Iterable[Curve]) -> list[tuple[int, list[Bend]]]:
    """The bends of all curves together, choice by choice; what a node changed stands apart from its choice."""
    bends = sorted((bend for curve in curves for bend in curve.bends), key=lambda one: (one.decision, not one.because))
    return [(key[0], list(group)) for key, group in groupby(bends, key=lambda one: (one.decision, one.id))]


def by_source(proofs: Iterable[Proof]) -> list[tuple[str, list[Proof]]]:
    """Pieces of evidence of one choice, or of one rule, together."""
    groups = groupby(proofs, key=lambda one: (one.decision, one.choice, one.file, one.line, one.held))
    return [(str(key), list(group)) for key, group in groups]


def percent(share: str | float) -> str:
    """A share, exact as "7/12" or as a float, rounded for reading: 58 %. Halves go up, of a float as it is written."""
    return f"{int(Fraction(str(share)) * 100 + Fraction(1, 2))} %"


_BEHIND: Final = {
    "goal": "what {} wants to be able to do again",
    "fact": "something that {} might have told you",
    "promise": "the promise you had made to {}",
    "ending": "another way for this to end",
}


def door_sentence(door: ClosedDoor, patient: str) -> str:
    """What lay behind a door that closed, and when it did."""
    behind = _BEHIND[door.what].format(patient) + (f" ({door.text.rstrip('.')})" if door.text else "")
    return f"A door that closed: {behind} was within reach until choice {door.decision}, “{door.choice}”"


def levels_text(case: ScoreCase) -> str:
    """The levels of a rule with its gates: “caring-actions -2, harm”."""
    levels = [f"{key} {level:+d}" for key, level in case.levels.items()]
    return ", ".join([*levels, *gates_of(case)])


def where(proof: Proof) -> str:
    """Where in the encounter a piece of evidence comes from."""
    return f"choice {proof.decision}" if proof.decision else "on the whole"


def sentence(text: str) -> str:
    """The text with a capital letter."""
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=8)
def environment(width: int) -> Environment:
    """The templates, for pages of a width."""
    environment = Environment(
        loader=PackageLoader("simulator.report"),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        autoescape=False,
    )
    filters: dict[str, Any] = {
        "wrap": lambda text, indent="": wrapped(str(text), width, indent),
        "by_decision": by_decision,
        "by_source": by_source,
        "prose": prose,
        "gate_here": GATE_HERE.__getitem__,
        "gate_somewhere": GATE_SOMEWHERE.__getitem__,
        "door_sentence": door_sentence,
        "item": lambda text, indent="": wrapped(f"- {text}", width, indent, hang=2),
        "levels": levels_text,
        "pairs": lambda left, right: zip_longest(left, right, fillvalue=""),
        "percent": percent,
        "sentence": sentence,
        "sign": _SIGN.__getitem__,
        "where": where,
    }
    environment.filters.update(filters)
    return environment

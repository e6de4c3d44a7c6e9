"""Scores with their proof, and an encounter read through a rubric, as text and as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from simulator.report.text import WIDTH, environment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from simulator.debrief.lens import Lens
    from simulator.debrief.value import Debrief, Proof, RubricResult


def lens_text(lens: Lens, width: int = WIDTH) -> str:
    """An encounter read through one rubric."""
    return environment(width).get_template("lens.txt.j2").render(lens=lens).strip("\n")


def score_text(debrief: Debrief, results: Iterable[RubricResult], lenses: Iterable[Lens], width: int = WIDTH) -> str:
    """Scores with every figure and the proof of each piece; then what is only read."""
    template = environment(width).get_template("score.txt.j2")
    parts = [template.render(d=debrief, r=one, proofs=proofs_of(debrief, one)).strip("\n") for one in results]
    return "\n\n\n".join([*parts, *(lens_text(one, width) for one in lenses)])


def score_json(
    debrief: Debrief, results: Sequence[RubricResult], lenses: Iterable[Lens], rescored: Sequence[dict[str, Any]]
) -> str:
    """The same as JSON, with the scores that were written down beside the log."""
    keys = ("session", "scenario", "learner", "mode", "attempt", "ending", "reach", "claim")
    value = {
        **{key: getattr(debrief, key) for key in keys},
        "gates": debrief.gates,
        "scores": [{**asdict(one), "evidence": [asdict(p) for p in proofs_of(debrief, one)]} for one in results],
        "lenses": [asdict(one) for one in lenses],
        "rescored": rescored,
    }
    return json.dumps(value, ensure_ascii=False, indent=2)


def proofs_of(debrief: Debrief, result: RubricResult) -> list[Proof]:
    """The evidence for one rubric."""
    return [one for one in debrief.evidence if one.rubric == result.rubric]

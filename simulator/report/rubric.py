"""A rubric as a reader wants it: text, Markdown, JSON."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from simulator.report.text import WIDTH, environment, escaped
from simulator.rubric.gates import gates_of
from simulator.rubric.weights import weights

if TYPE_CHECKING:
    from fractions import Fraction

    from simulator.rubric.shapes import Criterion, Rubric


def rubric_text(id_: str, rubric: Rubric, width: int = WIDTH) -> str:
    """Everything a rubric says, as plain lines."""
    template = environment(width).get_template("rubric.txt.j2")
    return template.render(id=id_, r=rubric, weights=_shown(rubric)).strip("\n")


def rubric_markdown(id_: str, rubric: Rubric) -> str:
    """The same as Markdown; what an author wrote is literal."""
    text = environment(WIDTH).get_template("rubric.md.j2").render(id=id_, r=rubric, weights=_shown(rubric), md=_flat)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")


def rubric_json(id_: str, rubric: Rubric) -> str:
    """The same as JSON, with each criterion's exact share of the weight."""
    shares = weights(rubric)
    value = {
        "id": id_,
        "title": str(rubric.title),
        "source": _source(rubric),
        "limits": str(rubric.limits).strip(),
        "outcomes": {str(key): str(text) for key, text in rubric.outcomes.items()},
        "domains": [
            {
                "id": str(key),
                "title": str(one.title),
                "weight": str(one.weight),
                "criteria": [_criterion(str(c), found, shares[str(c)]) for c, found in one.criteria.items()],
            }
            for key, one in rubric.domains.items()
        ],
        "rules": [
            {
                "on": rule.on,
                "when": None if rule.when is None else str(rule.when),
                "scores": dict(rule.scores.levels),
                "gates": list(gates_of(rule.scores)),
                "because": str(rule.because),
            }
            for rule in rubric.rules
        ],
        "bands": [
            {"from": band.from_, "title": str(band.title), "text": str(band.text), "unless": list(band.unless)}
            for band in rubric.bands
        ],
    }
    return json.dumps(value, ensure_ascii=False, indent=2)


def _source(rubric: Rubric) -> dict[str, str | None] | None:
    source = rubric.source
    if source is None:
        return None
    return {key: None if (text := getattr(source, key)) is None else str(text) for key in ("citation", "doi", "where")}


def _criterion(id_: str, one: Criterion, share: Fraction) -> dict[str, Any]:
    return {
        "id": id_,
        "title": str(one.title),
        "part-of": None if one.part_of is None else str(one.part_of),
        "means": str(one.means),
        "looks-like": [str(line) for line in one.looks_like],
        "not": [str(line) for line in one.not_],
        "weight": str(share),
        "source": None if one.source is None else str(one.source),
        "draws-on": [
            {"criterion": str(link.criterion), "only": link.only, "because": str(link.because)} for link in one.draws_on
        ],
        "try": str(one.try_),
    }


def _shown(rubric: Rubric) -> dict[str, str]:
    """The share of each criterion, where they are not all alike."""
    found = weights(rubric)
    return {key: str(share) for key, share in found.items()} if len(set(found.values())) > 1 else {}


def _flat(text: object) -> str:
    """A text on one line, with nothing in it that is Markdown."""
    return escaped(" ".join(str(text).split()))

"""A rubric file read into a `Rubric`, with every problem of its shape and its own consistency."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from simulator.language.nearest import did_you_mean
from simulator.language.shape import as_mapping
from simulator.language.yaml import decode, read_yaml
from simulator.rubric.shapes import Rubric, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from simulator.language.diagnostics import Problems


def read_rubric(data: bytes, name: str, problems: Problems) -> Rubric | None:
    """The rubric in `data`; None only if it is not YAML that can be read or not a rubric at all."""
    source = decode(data, name, problems)
    tree = read_yaml(source, problems) if source else None
    if tree is None:
        return None
    before = len(problems)
    top = as_mapping(tree, problems)
    if len(problems) > before:
        return None
    if "bedside-rubric" not in top:
        help_ = (
            "This is a scenario; it belongs among the scenarios."
            if "bedside" in top
            else ("Begin the file with the line `bedside-rubric: 1`.")
        )
        problems.report("BED211", "This file does not say that it is a Bedside rubric.", top.place.point(), help=help_)
        return None
    rubric = Rubric.model_validate(top, context=problems)
    _check_criteria(rubric, problems)
    _check_bands(rubric, problems)
    known = rubric.criteria()
    for rule in rubric.rules:
        check_rule(rule, problems)
        check_known(rule.scores.levels, known, rule, problems)
    return rubric


def check_rule(rule: Rule, problems: Problems) -> None:
    """A rule has one occasion."""
    if rule.has("on") == rule.has("when"):
        problems.report(
            "BED208",
            "A rule has exactly one of `on` and `when`.",
            rule.place.point(),
            help="Write `on: promise-kept`, or `when:` with a condition.",
        )


def check_known(named: Iterable[str], known: Mapping[str, object], rule: Rule, problems: Problems) -> None:
    """A rubric's own rules name its own criteria."""
    for criterion in named:
        if criterion not in known:
            problems.report(
                "BED402",
                f"This rubric has no criterion “{criterion}”.",
                rule.scores.place_of(criterion),
                help=did_you_mean(criterion, known),
            )


def _check_criteria(rubric: Rubric, problems: Problems) -> None:
    known = rubric.criteria()
    seen: set[str] = set()
    for domain in rubric.domains.values():
        for key, criterion in domain.criteria.items():
            if key in seen:
                problems.report(
                    "BED406",
                    f"“{key}” is the id of a criterion already.",
                    key.place,
                    help="Criteria of one rubric need different ids, in whatever domain they stand.",
                )
            seen.add(str(key))
            whole = criterion.part_of
            if whole is None or whole.broken:
                continue
            if whole not in domain.criteria or known[str(whole)].part_of is not None:
                problems.report(
                    "BED402",
                    f"“{whole}” is not a criterion of this domain that can have facets.",
                    whole.place,
                    help=did_you_mean(whole, domain.criteria),
                )


def _check_bands(rubric: Rubric, problems: Problems) -> None:
    bands = rubric.bands
    for higher, lower in itertools.pairwise(bands):
        if lower.from_ >= higher.from_:
            problems.report(
                "BED604",
                "Bands stand with the highest first.",
                lower.place_of("from"),
                help=f"This one must begin below {higher.from_}.",
            )
    if bands and bands[-1].from_ != 0:
        problems.report(
            "BED604",
            "The last band must begin at 0.",
            bands[-1].place_of("from"),
            help="Write `from: 0`, or add a band below.",
        )

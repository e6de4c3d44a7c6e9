"""A rubric file read into a `Rubric`, with every problem of its shape and its own consistency."""

from __future__ import annotations

import itertools
import re
from functools import partial
from typing import TYPE_CHECKING

from simulator.language.decode import decode
from simulator.language.expressions import read_condition
from simulator.language.nearest import did_you_mean
from simulator.language.prose import short
from simulator.language.shape import as_mapping, refuse_templates
from simulator.language.terms import Function, Scope
from simulator.language.tree import Scalar
from simulator.language.yaml import read_yaml
from simulator.rubric.shapes import Rubric, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from simulator.language.diagnostics import Problems
    from simulator.language.terms import Name
    from simulator.language.tree import Value
    from simulator.rubric.shapes import Domain


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
    if not reads_version(top, "bedside-rubric", problems):
        return None
    rubric = Rubric.model_validate(top, context=problems)
    refuse_templates(rubric, (), problems)
    _check_criteria(rubric, problems)
    _check_bands(rubric, problems)
    known = rubric.criteria()
    for rule in rubric.rules:
        check_rule(rule, problems)
        if not rubric.is_partial:
            check_known(rule.scores.levels, known, rule, problems)
        if rule.when is not None:
            read_condition(rule.when, rubric_scope(), problems)
    return rubric


def reads_version(top: Mapping[Scalar, Value], key: str, problems: Problems) -> bool:
    """Whether a file is of the version that is read here; whatever else it holds would be misread."""
    version = top[Scalar(key)]
    if not isinstance(version, Scalar) or version.style or version == "1" or not re.fullmatch("[0-9]+", version):
        return True  # what is no version at all is told with the rest
    problems.report(
        "BED211",
        f"This file is of version {short(version)} of the format, and this Bedside reads version 1.",
        version.place,
        help="Look for a newer Bedside; or, if the number is a slip, write 1.",
    )
    return False


def rubric_scope(tags: Mapping[str, Name] | None = None) -> Scope:
    """What the rules of a rubric may ask: how often a tag was chosen. Meters and facts belong to a scenario."""
    count = Function("tags", tags or {}, lenient=True)
    return Scope(
        functions={"count": count}, only="A rubric's rules ask count('tag'); those of a scenario may ask more."
    )


def check_rule(rule: Rule, problems: Problems) -> None:
    """A rule has one occasion, and one reason."""
    for key in ("when", "because"):
        if rule.scores.has(key):
            problems.report(
                "BED208",
                f"In a rule, `{key}` stands beside `scores`, not in it.",
                rule.scores.place_of(key),
                help="Move it out of the braces.",
            )
    if rule.has("on") == rule.has("when") and not rule.is_stand_in:
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
                help=partial(did_you_mean, criterion, known),
            )


def _check_criteria(rubric: Rubric, problems: Problems) -> None:
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
            _check_whole(key, whole, domain, problems)
            if criterion.weight != 1:
                problems.report(
                    "BED606",
                    "A facet has no weight of its own: it shares that of its whole.",
                    criterion.place_of("weight"),
                    help=f"Take it out, or change the weight of “{short(whole)}”.",
                )
        if not domain.criteria and isinstance(domain.written("criteria"), dict) and not domain.is_stand_in:
            problems.report("BED207", "A domain needs a criterion.", domain.place_of("criteria"), help="Add one.")


def _check_whole(facet: str, whole: Scalar, domain: Domain, problems: Problems) -> None:
    """A facet is part of a criterion of its domain that is no facet itself."""
    usable = [str(key) for key, one in domain.criteria.items() if one.part_of is None and key != facet]
    if whole not in usable:
        is_facet = whole in domain.criteria
        problems.report(
            "BED402",
            f"“{short(whole)}” is a facet itself, so it has no facets."
            if is_facet
            else f"“{short(whole)}” is not a criterion of this domain.",
            whole.place,
            help=lambda: did_you_mean("" if is_facet else whole, usable),
        )


def _check_bands(rubric: Rubric, problems: Problems) -> None:
    bands = [band for band in rubric.bands if band.holds("from", band.from_)]
    for higher, lower in itertools.pairwise(bands):
        if lower.from_ >= higher.from_:
            problems.report(
                "BED604",
                "Bands stand with the highest first.",
                lower.place_of("from"),
                help="Sort them by `from`, the highest first; no two begin at the same figure.",
            )
    if bands and bands[-1] is rubric.bands[-1] and bands[-1].from_ != 0:
        problems.report(
            "BED604",
            "The last band must begin at 0.",
            bands[-1].place_of("from"),
            help="Write `from: 0`, or add a band below.",
        )

"""An `Exploration` as plain text for educators, and as JSON."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from simulator.report.text import WIDTH, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from simulator.explore.exploration import ByRubric, Earned, Exploration, Figure, Offered, Path, Span

STRATEGIES: Final = {
    "random": "any choice, each with the same chance",
    "first": "always the first in the file (learners see another order, unless it is fixed)",
    "longest": "always the longest text",
    "shortest": "always the shortest text",
    "warmest": "always the one with the most warm words, such as “that sounds” or “tell me more”",
    "greedy": "always the one that is worth most now, knowing the codes",
}
BECAME: Final = {
    "promise-kept": "kept",
    "promise-broken": "broken",
    "open": "left open, with no chance to keep it",
    "not-made": "never made",
}
SELDOM: Final = Fraction(1, 20)
FIRST_WORDS: Final = 48  # characters of a choice's text that are shown


def exploration_text(found: Exploration, width: int = WIDTH) -> str:
    """The whole report, as append-only lines."""
    environment = Environment(
        loader=PackageLoader("simulator.report"),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        autoescape=False,
    )
    environment.filters.update(
        wrap=lambda text, indent="", hang=0: wrapped(str(text), width, indent, hang=hang),
        percent=percent,
        figure=figure,
        number=number,
        words=first_words,
        by_node=by_node,
        became=BECAME.__getitem__,
        quartiles=quartiles,
    )
    environment.globals.update(strategies=STRATEGIES, seldom=SELDOM, texts={one.id: one.text for one in found.choices})
    return environment.get_template("exploration.txt.j2").render(x=found).strip("\n")


def percent(share: Fraction) -> str:
    """A share for reading: `66 %`, `0.3 %`, and never a 0 or a 100 that is not quite one."""
    if share in (0, 1):
        return f"{int(share) * 100} %"
    for digits in (0, 1):
        shown = f"{float(share * 100):.{digits}f}"
        if shown not in ("0", "100", "0.0", "100.0") and (digits or share * 100 >= 1):
            return f"{shown.removesuffix('.0')} %"
    return "under 0.1 %" if share < Fraction(1, 2) else "over 99.9 %"


def figure(of: Figure) -> str:
    """A share, with its bounds if it comes from a sample."""
    return percent(of.value) + _bounds(of, percent)


def number(value: Fraction | Figure) -> str:
    """A value with two decimals at most."""
    if not isinstance(value, Fraction):
        return number(value.value) + _bounds(value, number)
    shown = f"{float(value):.2f}".rstrip("0").rstrip(".")
    return "0" if shown in ("-0", "") else shown


def _bounds(of: Figure, show: Callable[[Fraction], str]) -> str:
    """The bounds of a figure from a sample, unless they are too near each other to be shown."""
    low, high = (show(Fraction(bound)) for bound in of.interval or (0, 0))
    return f" (between {low} and {high})" if low != high else ""


def quartiles(of: Earned) -> tuple[Fraction, Fraction]:
    """The Σ values that a quarter, and three quarters, of a strategy's learners do not go beyond."""
    below, found = Fraction(0), []
    bounds = [Fraction(1, 4), Fraction(3, 4)]
    for value, share in of.distribution:
        below += share
        while bounds and below >= bounds[0]:
            found.append(value)
            bounds.pop(0)
    return found[0], found[1]


def first_words(text: str) -> str:
    """The beginning of a text, in quotation marks, cut between words."""
    whole = " ".join(text.split())
    if len(whole) <= FIRST_WORDS:
        return f"“{whole}”"
    cut = whole[:FIRST_WORDS].rpartition(" ")[0] or whole[:FIRST_WORDS]
    return f"“{cut.rstrip(',;:.')}…”"


def by_node(choices: Iterable[Offered]) -> list[tuple[str, list[tuple[Figure, list[str]]]]]:
    """For each node, the choices that are offered to the same part of learners, together."""
    nodes = groupby(choices, key=lambda one: one.id.rpartition("/")[0])
    found = []
    for node, group in nodes:
        shares: dict[Fraction, tuple[Figure, list[str]]] = {}
        for one in group:
            shares.setdefault(one.offered.value, (one.offered, []))[1].append(one.id.rpartition("/")[2])
        found.append((node, list(shares.values())))
    return found


def exploration_json(found: Exploration) -> str:
    """All figures as JSON: exact ones as fractions (texts), beside the number nearest to them."""
    return json.dumps(
        {
            "scenario": found.id,
            "title": found.title,
            "is-exact": found.is_exact,
            "cap": found.cap,
            "seed": found.seed,
            "drawn": found.drawn,
            "states": found.states,
            "steps": found.steps,
            "playthroughs": found.playthroughs,
            "most-choices": found.most_choices,
            "endings": [{"id": one.id, "title": one.title, "share": _figure(one.share)} for one in found.endings],
            "choices": [
                {"id": one.id, "text": one.text, "offered": _figure(one.offered), "taken": _figure(one.taken)}
                for one in found.choices
            ],
            "promises": [{"id": id_, "outcomes": list(outcomes)} for id_, outcomes in found.promises],
            "rubrics": [_rubric(one) for one in found.rubrics],
        },
        ensure_ascii=False,
        indent=2,
    )


def _rubric(one: ByRubric) -> dict[str, Any]:
    return {
        **_span(one.overall),
        "criteria": [_span(criterion) for criterion in one.criteria],
        "strategies": [_earned(earned) for earned in one.strategies],
    }


def _span(one: Span) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "least": _path(one.worst),
        "greatest": _path(one.best),
        "mean": _figure(one.mean),
        "opportunities": {
            "worst": one.on_worst,
            "best": one.on_best,
            "random": None if one.at_random is None else _exact(one.at_random),
        },
    }


def _path(one: Path) -> dict[str, Any]:
    return {"value": _exact(one.value), "choices": list(one.choices)}


def _earned(one: Earned) -> dict[str, Any]:
    return {
        "strategy": one.strategy,
        "mean": _figure(one.mean),
        "place": None if one.place is None else _exact(one.place),
        "distribution": [{"value": _exact(value), "share": _exact(share)} for value, share in one.distribution],
    }


def _figure(one: Figure) -> dict[str, Any]:
    return {**_exact(one.value), "interval": None if one.interval is None else list(one.interval)}


def _exact(value: Fraction) -> dict[str, Any]:
    return {"exact": str(value), "about": float(value)}

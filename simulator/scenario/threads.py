"""Promises and facts followed through a scenario: one that is taken up somewhere must be begun somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.language.diagnostics import Problems
    from simulator.language.tree import Scalar
    from simulator.scenario.shapes import Scenario


def check_threads(scenario: Scenario, problems: Problems) -> None:
    """Warn of promises that are kept and never made, or made and never kept; of facts brought up and never told."""
    made, kept = _first(scenario, "makes"), _first(scenario, "keeps")
    told, recalled = _first(scenario, "tells"), _first(scenario, "recalls")
    for id_, at in kept.items():
        if id_ not in made:
            problems.report(
                "BED506",
                f"No choice makes the promise “{id_}”, so this choice is never offered.",
                at.place,
                help=f"Write `makes: {id_}` on the choice by which it is promised.",
            )
    for id_, at in made.items():
        if id_ not in kept:
            problems.report(
                "BED506",
                f"No choice keeps the promise “{id_}”, so it stays open however the learner plays.",
                at.place,
                help=f"Offer a choice with `keeps: {id_}` later on.",
            )
    for id_, at in recalled.items():
        if id_ not in told:
            problems.report(
                "BED507",
                f"Nothing tells the fact “{id_}”, so this choice is never offered.",
                at.place,
                help=f"Write `tells: {id_}` on the node or the choice where the patient says it.",
            )


def _first(scenario: Scenario, key: str) -> dict[str, Scalar]:
    """Each id that stands under a key of a choice (or under `tells` of a node), where it stands first."""
    found: dict[str, Scalar] = {}
    for node in scenario.every_node():
        for owner in (*(node.choices or {}).values(), *([node] if key == "tells" else [])):
            id_: Scalar | None = getattr(owner, key)
            if id_ is not None:
                found.setdefault(str(id_), id_)
    return found

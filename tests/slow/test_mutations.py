"""Mistakes planted in the shipped files: `check` names the line in at least 95 of 100, and the docs tell the truth."""

from __future__ import annotations

import pytest

from tests.mutations import measure
from tests.mutations.kinds import KINDS

LEAST, LEAST_OF_A_KIND = 0.95, 0.8


@pytest.fixture(scope="module")
def found() -> dict[str, list[measure.Outcome]]:
    return {kind: measure.outcomes(kind) for kind in KINDS}


@pytest.mark.slow
def test_the_planted_line_is_named(found):
    every = [one for mine in found.values() for one in mine]
    assert len(KINDS) >= 40 and len(every) == len(KINDS) * measure.SEEDS
    assert sum(one.named is not None for one in every) >= LEAST * len(every)


@pytest.mark.slow
def test_no_kind_is_missed_often(found):
    named = {kind: sum(one.named is not None for one in mine) / len(mine) for kind, mine in found.items()}
    assert not {kind: share for kind, share in named.items() if share < LEAST_OF_A_KIND}


@pytest.mark.slow
def test_the_page_shows_what_was_measured(found):
    assert measure.told() == measure.table(found), "run `python -m tests.mutations.measure`"

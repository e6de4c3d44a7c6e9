"""The proof of one whole playthrough, piece by piece; and three of its criteria worked out by hand."""

from __future__ import annotations

import os
from fractions import Fraction

import pytest

from simulator.debrief.build import debrief
from simulator.debrief.lens import read_through
from simulator.language.diagnostics import Problems
from simulator.library.find import Shelf
from simulator.library.load import all_rubrics, load
from simulator.report.scores import lens_text, score_text
from tests.golden.test_golden import HERE, STARTED, played
from tests.support import ROOT


@pytest.fixture(scope="module")
def middle():
    loaded = load(ROOT / "scenarios" / "third-appointment.yaml", Shelf((ROOT,)), Problems())
    assert loaded is not None and loaded[1] is not None
    return debrief(played(loaded[1], "middle"), STARTED, ())


def accepted(name: str, text: str) -> bool:
    golden = HERE / name
    if os.environ.get("BEDSIDE_GOLDEN") == "accept":
        golden.write_text(text + "\n", encoding="utf-8")
    return text + "\n" == golden.read_text(encoding="utf-8")


def test_the_proof_of_a_whole_playthrough(middle):
    assert accepted("third-appointment-middle-proof.txt", score_text(middle, middle.scores, ()))


@pytest.mark.parametrize("id_", ["healing-skills", "healing-in-primary-care"])
def test_the_same_playthrough_read_through_the_other_rubrics(middle, id_):
    rubric = all_rubrics(Shelf((ROOT,)))[id_]
    assert accepted(f"third-appointment-middle-{id_}.txt", lens_text(read_through(middle, id_, rubric)))


# Each row is one opportunity, read off the scenario: the level of what was taken, and the levels of all that was on
# offer then. The weight is 1, but a quarter for a facet of presence, which has three.
BY_HAND = {
    "full-attention": (
        Fraction(1, 4),
        [
            # tuesday/door: number; sheet, keys, greet, sorry, number
            (-1, [1, 1, 0, 0, -1]),
            # october/alone: good-labs; what-since, glad, good-labs (nothing was promised, and the foot never told)
            (0, [1, 0, 0]),
            # the rule on three interruptions, worth -2, did not hold, and there were interruptions on offer
            (0, [-2, 0]),
        ],
    ),
    "caring-actions": (
        Fraction(1),
        [
            # tuesday/parting: christmas; thursday 1, boots 0 (the foot was never told), christmas -1, portal 0
            (-1, [1, 0, -1, 0]),
            # empty-chair/fifteen: ring; ring, ear, ring-ana. Nothing was promised, so no rule comes in.
            (1, [1, -1, 0]),
        ],
    ),
    "pushing": (
        Fraction(1),
        [
            # october/january: summer; not-january -1 (trust is 2), summer, break-check, fine-january, sample
            (1, [-1, 1, 0, -1, 0]),
            # december/two-days: who-else; who-else, deal, call-district (the last day was never told)
            (1, [1, -1, -2]),
        ],
    ),
}


@pytest.mark.parametrize("id_", BY_HAND)
def test_by_hand(middle, id_):
    weight, rows = BY_HAND[id_]
    lows = [min(0, *offered) for _, offered in rows]
    highs = [max(offered) for _, offered in rows]
    earned = sum(taken - lo for (taken, _), lo in zip(rows, lows, strict=True)) * weight
    possible = sum(hi - lo for lo, hi in zip(lows, highs, strict=True)) * weight
    found = next(one for one in middle.scores[0].criteria if one.id == id_)
    assert (Fraction(found.earned), Fraction(found.possible)) == (earned, possible)
    assert [(Fraction(o.value), Fraction(o.lo), Fraction(o.hi)) for o in found.opportunities] == [
        (taken * weight, lo * weight, hi * weight) for (taken, _), lo, hi in zip(rows, lows, highs, strict=True)
    ]

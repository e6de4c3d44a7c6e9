"""Agreement and chance: published examples, examples by hand, and laws."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.statistics.agreement import ordinal_alpha, share_within, weighted_kappa
from simulator.statistics.chance import binomial_tail, hits_tail, wilson_interval

LEVELS = st.integers(-2, 2)
PAIRS = st.lists(st.tuples(LEVELS, LEVELS), max_size=30)
UNITS = st.lists(st.lists(LEVELS, max_size=4), max_size=20)

# Krippendorff 2011, the data of his section D: four observers, twelve units, some not rated
A = [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None]
B = [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3]
C = [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None]
D = [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None]
KRIPPENDORFF = [[level for level in unit if level is not None] for unit in zip(A, B, C, D, strict=True)]


def test_krippendorffs_own_example_comes_to_his_figure():
    assert ordinal_alpha(KRIPPENDORFF) == pytest.approx(0.815, abs=0.0005)


def test_alpha_by_hand():
    # coincidences: 0-0 2, 0-1 1 + 1, 1-1 2; n_0 = n_1 = 3; every distance between 0 and 1 is 3² = 9
    # observed 2 · 9 = 18, expected 2 · 3 · 3 · 9 / 5 = 32.4, alpha = 1 - 18 / 32.4
    assert ordinal_alpha([[0, 0], [0, 1], [1, 1]]) == pytest.approx(1 - 18 / 32.4)


def test_kappa_by_hand():
    # differences 0, 1, 0: 1 / 3 observed; by chance (0-0 0-1 0-1 | 0-0 0-1 0-1 | 1-0 1-1 1-1): 5 / 9
    assert weighted_kappa([(0, 0), (0, 1), (1, 1)]) == pytest.approx(1 - (1 / 3) / (5 / 9))


def test_where_nothing_varies_or_nothing_is_there_no_figure_is_given():
    assert weighted_kappa([]) is None
    assert weighted_kappa([(1, 1), (1, 1)]) is None
    assert ordinal_alpha([]) is None
    assert ordinal_alpha([[1], [2], []]) is None, "no two levels can be paired"
    assert ordinal_alpha([[1, 1], [1, 1]]) is None
    assert share_within([]) is None
    assert wilson_interval(0, 0) is None


def test_shares_exact_and_within_one():
    pairs = [(0, 0), (1, 0), (2, 0), (-1, -2)]
    assert (share_within(pairs), share_within(pairs, 1)) == (0.25, 0.75)


@given(PAIRS)
def test_kappa_is_what_its_definition_says(pairs):
    n = len(pairs)
    by_chance = [(a - b) ** 2 for (a, _), (_, b) in product(pairs, pairs)]
    if not any(by_chance):
        assert weighted_kappa(pairs) is None
        return
    expected = 1 - (sum((a - b) ** 2 for a, b in pairs) / n) / (sum(by_chance) / n**2)
    assert weighted_kappa(pairs) == pytest.approx(expected)


@given(UNITS)
def test_alpha_is_what_its_definition_says(units):
    assert ordinal_alpha(units) == pytest.approx(_alpha(units))


def _alpha(units):
    """By the definition, level by level and pair by pair, in floating point."""
    pairable = [unit for unit in units if len(unit) > 1]
    every = [level for unit in pairable for level in unit]
    if len(set(every)) < 2:
        return None

    def apart(c, k):
        lo, hi = min(c, k), max(c, k)
        return (sum(lo <= one <= hi for one in every) - (every.count(c) + every.count(k)) / 2) ** 2

    observed = sum(
        apart(unit[i], unit[j]) / (len(unit) - 1)
        for unit in pairable
        for i in range(len(unit))
        for j in range(len(unit))
        if i != j
    )
    expected = sum(apart(c, k) for i, c in enumerate(every) for j, k in enumerate(every) if i != j)
    return 1 - (observed / len(every)) / (expected / (len(every) * (len(every) - 1)))


@given(PAIRS)
def test_kappa_is_that_of_scikit_learn(pairs):
    metrics = pytest.importorskip("sklearn.metrics")
    found = weighted_kappa(pairs)
    if found is not None:
        theirs = metrics.cohen_kappa_score(*zip(*pairs, strict=True), labels=[-2, -1, 0, 1, 2], weights="quadratic")
        assert found == pytest.approx(theirs)


@given(PAIRS, st.randoms(use_true_random=False))
def test_agreement_is_symmetric_and_no_order_changes_it(pairs, random):
    mixed = random.sample(pairs, len(pairs))
    turned = [(b, a) for a, b in pairs]
    for figure in (weighted_kappa, share_within, ordinal_alpha):
        assert figure(pairs) == figure(mixed) == figure(turned)


@given(UNITS, st.randoms(use_true_random=False))
def test_no_order_of_units_or_of_raters_changes_alpha(units, random):
    mixed = [random.sample(unit, len(unit)) for unit in random.sample(units, len(units))]
    assert ordinal_alpha(mixed) == ordinal_alpha(units)


@given(st.lists(LEVELS, min_size=2, max_size=20).filter(lambda levels: len(set(levels)) > 1))
def test_perfect_agreement_is_one(levels):
    pairs = [(level, level) for level in levels]
    assert (weighted_kappa(pairs), ordinal_alpha(pairs), share_within(pairs)) == (1, 1, 1)


@given(PAIRS)
def test_no_figure_is_above_one(pairs):
    for figure in (weighted_kappa(pairs), ordinal_alpha(pairs)):
        assert figure is None or figure <= 1


def test_binomial_tails_by_hand():
    third = Fraction(1, 3)
    assert binomial_tail(0, 5, third) == 1
    assert binomial_tail(5, 5, third) == pytest.approx(1 / 3**5)
    assert binomial_tail(8, 10, Fraction(1, 2)) == pytest.approx(56 / 1024)
    assert binomial_tail(8, 10, Fraction(1, 2), two_sided=True) == pytest.approx(112 / 1024)
    # R: binom.test(682, 925, p = 0.75) gives p-value = 0.3825 (its own example, from Conover)
    assert binomial_tail(682, 925, Fraction(3, 4), two_sided=True) == pytest.approx(0.3825, abs=0.00005)
    with pytest.raises(ValueError):
        binomial_tail(6, 5, third)


@given(st.integers(0, 12), st.integers(0, 12), st.fractions(0, 1, max_denominator=9))
def test_the_tail_of_equal_chances_is_the_binomial_tail(hits, trials, chance):
    hits = min(hits, trials)
    assert hits_tail(hits, [chance] * trials) == pytest.approx(binomial_tail(hits, trials, chance))


@given(st.lists(st.fractions(0, 1, max_denominator=5), max_size=7), st.integers(0, 7))
def test_the_tail_of_unequal_chances_is_that_of_every_outcome(chances, hits):
    hits = min(hits, len(chances))
    total = Fraction(0)
    for outcome in product((0, 1), repeat=len(chances)):
        if sum(outcome) >= hits:
            weight = Fraction(1)
            for is_hit, chance in zip(outcome, chances, strict=True):
                weight *= chance if is_hit else 1 - chance
            total += weight
    assert hits_tail(hits, chances) == pytest.approx(float(total))


def test_wilsons_interval_of_a_published_example():
    # Newcombe, Statistics in Medicine 1998;17:857-872, table I: 81/263 and 0/20, method 3
    assert wilson_interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=0.00005)
    assert wilson_interval(0, 20) == pytest.approx((0.0, 0.1611), abs=0.00005)


@given(st.integers(0, 40), st.integers(1, 40))
def test_wilsons_interval_holds_the_share(hits, trials):
    hits = min(hits, trials)
    lo, hi = wilson_interval(hits, trials)
    assert 0 <= lo <= hits / trials + 1e-12
    assert hits / trials - 1e-12 <= hi <= 1
    other = wilson_interval(trials - hits, trials)
    assert other == pytest.approx((1 - hi, 1 - lo))


def test_a_binomial_tail_sums_what_it_says():
    assert binomial_tail(3, 6, Fraction(1, 4)) == pytest.approx(
        sum(comb(6, i) * 3 ** (6 - i) for i in range(3, 7)) / 4**6
    )

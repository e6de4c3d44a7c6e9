"""How far two people, or several, agree on ordered levels. All of it is exact arithmetic until the last division."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Pair = tuple[int, int]  # what two people gave to the same thing


def share_within(pairs: Sequence[Pair], distance: int = 0) -> float | None:
    """The share of pairs that differ by `distance` at most, from 0 to 1; None without a pair.

    With distance 0 this is percent agreement. It takes no account of chance.
    """
    if not pairs:
        return None
    return sum(abs(a - b) <= distance for a, b in pairs) / len(pairs)


def weighted_kappa(pairs: Sequence[Pair]) -> float | None:
    """Cohen's kappa with quadratic weights (Cohen, Psychological Bulletin 1968;70:213-220), from -1 to 1.

    kappa = 1 - Σ (a_i - b_i)² / n  ÷  Σ_i Σ_j (a_i - b_j)² / n²

    The lower sum is what two people would come to who give the same levels as these two, each by chance. Levels are
    whole numbers with the same step between them. None where there is no pair, or where neither ever gave another
    level than the other's one: without variation there is nothing to agree on.
    """
    n = len(pairs)
    sum_a, sum_b = sum(a for a, _ in pairs), sum(b for _, b in pairs)
    squares = sum(a * a + b * b for a, b in pairs)
    by_chance = n * squares - 2 * sum_a * sum_b  # n² times the mean over all pairs (i, j)
    if by_chance == 0:
        return None
    return float(1 - Fraction(n * sum((a - b) ** 2 for a, b in pairs), by_chance))


def ordinal_alpha(units: Iterable[Sequence[int]]) -> float | None:
    """Krippendorff's alpha with the ordinal metric, for any number of people; 1 is perfect, 0 is chance.

    `units` holds, for each thing that was rated, the levels it was given: who did not rate it is left out, and a unit
    with fewer than two levels tells nothing. With o_ck the coincidences of levels c and k, each unit of m levels
    counting 1 / (m - 1) a pair; n_c their sums; and n the sum of those:

    alpha = 1 - (n - 1) Σ o_ck δ_ck  ÷  Σ n_c n_k δ_ck,   δ_ck = (n_c + … + n_k - (n_c + n_k) / 2)²

    (Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011.) None where fewer than two levels can be paired,
    or where all of them are the same: without variation there is nothing to agree on.
    """
    pairable = [Counter(unit) for unit in units if len(unit) > 1]
    totals: Counter[int] = sum(pairable, Counter())
    levels = sorted(totals)
    if len(levels) < 2:
        return None
    apart = _ordinal_distances(levels, totals)
    observed = sum((_disagreement(unit, apart) / (unit.total() - 1) for unit in pairable), Fraction(0))
    expected = _disagreement(totals, apart)
    return float(1 - (totals.total() - 1) * observed / expected)


def _ordinal_distances(levels: Sequence[int], totals: Counter[int]) -> dict[Pair, Fraction]:
    """δ of each two levels: how many ratings lie between them, the two themselves counting half, squared."""
    below = dict(zip(levels, accumulate(totals[level] for level in levels), strict=True))
    middle = {level: below[level] - Fraction(totals[level], 2) for level in levels}
    return {(c, k): (middle[c] - middle[k]) ** 2 for c in levels for k in levels}


def _disagreement(counts: Counter[int], apart: dict[Pair, Fraction]) -> Fraction:
    """Σ n_c n_k δ_ck of the levels counted."""
    return sum((n * m * apart[c, k] for c, n in counts.items() for k, m in counts.items()), Fraction(0))

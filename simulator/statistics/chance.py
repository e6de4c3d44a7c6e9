"""What chance alone would do: exact tails, and an interval for a share."""

from __future__ import annotations

from fractions import Fraction
from math import comb, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def binomial_tail(hits: int, trials: int, chance: Fraction, *, two_sided: bool = False) -> float:
    """The probability of `hits` or more in `trials` that each succeed with `chance`; exact, 0 to 1.

    P(X ≥ k) = Σ_{i ≥ k} C(n, i) pⁱ (1 - p)ⁿ⁻ⁱ. With `two_sided`, the sum is over every outcome that is no more
    likely than this one (the method of small p values, as `binom.test` of R does it). 0 ≤ hits ≤
    trials; ValueError otherwise, or if the chance is not between 0 and 1.
    """
    if not 0 <= hits <= trials or not 0 <= chance <= 1:
        raise ValueError("hits lie between 0 and trials, and a chance between 0 and 1")
    p, q = chance.numerator, chance.denominator - chance.numerator
    weights = [comb(trials, i) * p**i * q ** (trials - i) for i in range(trials + 1)]
    found = [w for w in weights if w <= weights[hits]] if two_sided else weights[hits:]
    return float(Fraction(sum(found), chance.denominator**trials))


def hits_tail(hits: int, chances: Sequence[Fraction]) -> float:
    """The probability of `hits` or more where each trial has a chance of its own; exact, 0 to 1.

    The distribution is built trial by trial (the Poisson binomial; Wang, Statistica Sinica 1993;3:295-312). Where all
    chances are the same it is `binomial_tail`. ValueError if hits do not lie between 0 and the number of trials.
    """
    if not 0 <= hits <= len(chances):
        raise ValueError("hits lie between 0 and the number of trials")
    weights, whole = [1], 1  # weights[i] of whole: the probability of i hits so far
    for chance in chances:
        p, q = chance.numerator, chance.denominator - chance.numerator
        weights = [a * q + b * p for a, b in zip([*weights, 0], [0, *weights], strict=True)]
        whole *= chance.denominator
    return float(Fraction(sum(weights[hits:]), whole))


def wilson_interval(hits: int, trials: int, confidence: float = 0.95) -> tuple[float, float] | None:
    """Wilson's interval for a share, `hits` of `trials` (Wilson, JASA 1927;22:209-212); None without a trial.

    (p + z²/2n ± z √(p (1 - p) / n + z²/4n²)) ÷ (1 + z²/n), with z the normal quantile of the confidence.
    """
    if trials == 0:
        return None
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, square = hits / trials, z * z / trials
    middle = share + square / 2
    half = sqrt(share * (1 - share) * square + square * square / 4)
    return max(0.0, (middle - half) / (1 + square)), min(1.0, (middle + half) / (1 + square))

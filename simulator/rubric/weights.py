"""How much each criterion counts, exactly."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

    from simulator.rubric.shapes import Rubric


def weights(rubric: Rubric) -> dict[str, Fraction]:
    """The weight of each criterion: domain weight × criterion weight, shared equally between a whole and its facets."""
    found: dict[str, Fraction] = {}
    for domain in rubric.domains.values():
        facets = Counter(str(one.part_of) for one in domain.criteria.values() if one.part_of)
        for key, one in domain.criteria.items():
            whole = str(one.part_of) if one.part_of else str(key)
            owner = domain.criteria.get(one.part_of, one) if one.part_of else one
            found[str(key)] = domain.weight * owner.weight / (facets[whole] + 1)
    return found

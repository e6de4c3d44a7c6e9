"""A debrief read through a rubric: its direct evidence, and what it draws on in others. Linked evidence is no score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from simulator.debrief.value import Debrief, Proof
    from simulator.rubric.shapes import Criterion, Link, Rubric

LINKED = "Linked evidence is a reading, by someone's judgement. It is never scored."


@dataclass(frozen=True)
class Linked:
    """The evidence for another rubric's criterion, with its title, and why it can be read here."""

    title: str
    because: str
    proofs: tuple[Proof, ...]


@dataclass(frozen=True)
class LensCriterion:
    """One criterion with what speaks to it: coded for it directly, and linked from others."""

    id: str
    domain: str
    title: str
    direct: tuple[Proof, ...]
    linked: tuple[Linked, ...]


@dataclass(frozen=True)
class Lens:
    """One encounter read through one rubric. `domains` holds id and title; `is_coded`: the encounter codes it."""

    rubric: str
    title: str
    is_coded: bool
    domains: tuple[tuple[str, str], ...]
    criteria: tuple[LensCriterion, ...]
    limits: str
    about_links: str = LINKED

    @property
    def has_links(self) -> bool:
        """Whether anything is read here from elsewhere."""
        return any(one.linked for one in self.criteria)


def read_through(debrief: Debrief, id_: str, rubric: Rubric) -> Lens:
    """The evidence of a debrief read through a rubric. One step only: links are not followed from linked evidence.

    Evidence is what was coded and happened: neither what counts 0 for want of a code, nor a rule that did not hold.
    """
    pieces = [one for one in debrief.evidence if one.is_coded and one.held]
    return Lens(
        rubric=id_,
        title=str(rubric.title),
        is_coded=any(one.rubric == id_ for one in debrief.scores),
        domains=tuple((str(key), str(one.title)) for key, one in rubric.domains.items()),
        criteria=tuple(
            _criterion(id_, str(domain), str(key), one, pieces)
            for domain, group in rubric.domains.items()
            for key, one in group.criteria.items()
        ),
        limits=str(rubric.limits),
    )


def lenses(debrief: Debrief, rubrics: Mapping[str, Rubric]) -> tuple[Lens, ...]:
    """A debrief read through each of several rubrics, those left out that have nothing to show."""
    found = (read_through(debrief, id_, rubric) for id_, rubric in rubrics.items())
    return tuple(one for one in found if one.is_coded or one.has_links)


def _criterion(rubric: str, domain: str, id_: str, one: Criterion, pieces: Sequence[Proof]) -> LensCriterion:
    direct = tuple(piece for piece in pieces if (piece.rubric, piece.criterion) == (rubric, id_))
    linked = tuple(found for link in one.draws_on if (found := _linked(link, pieces)).proofs)
    return LensCriterion(id_, domain, str(one.title), direct, linked)


def _linked(link: Link, pieces: Iterable[Proof]) -> Linked:
    def is_meant(piece: Proof) -> bool:
        return link.only is None or (piece.at_cue if link.only == "at-a-cue" else piece.verb == link.only)

    found = tuple(one for one in pieces if link.criterion == f"{one.rubric}/{one.criterion}" and is_meant(one))
    return Linked(found[0].title if found else "", str(link.because), found)

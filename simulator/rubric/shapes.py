"""The rubric format, version 1: every key an author may write, declared once."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field

from simulator.language.fields import (
    Group,
    Id,
    Items,
    Level,
    OneOrItems,
    StrictReference,
    Text,
    Truth,
    Weight,
    one_of,
    whole,
)
from simulator.language.shape import Shape


class ScoreCase(Shape):
    """What a choice is evidence of, criterion by criterion, from -2 harmful to +2 healing."""

    model_config = ConfigDict(extra="allow")
    open_keys: ClassVar[str] = "A criterion: -2 harmful, -1 unhelpful, 0 neutral, 1 helpful, 2 healing."
    __pydantic_extra__: dict[str, Level] = Field(init=False)

    when: Text | None = Field(None, description="The case applies only if this holds; the first that holds counts.")
    because: Text | None = Field(None, description="The reason, in terms of what this patient needed now.")
    harm: Truth = Field(False, description="A relational harm; it is named in the debrief and bars a band.")
    unsafe: Truth = Field(False, description="A clinical risk; it is named in the debrief and bars a band.")

    @property
    def levels(self) -> dict[str, int]:
        """The level for each criterion, as written (`criterion` or `rubric/criterion`)."""
        return self.__pydantic_extra__


class Rule(Shape):
    """Evidence from the whole playthrough: from a condition on its final state, or from what became of promises."""

    on: Annotated[str | None, one_of("promise-kept", "promise-broken")] = Field(
        None, description="It counts for each promise that was kept, or broken."
    )
    when: Text | None = Field(None, description="A condition on the final state.")
    scores: ScoreCase = Field(description="A level for each criterion.")
    because: Text = Field(description="The reason, in one sentence to the learner.")


class Link(Shape):
    """A criterion of another rubric whose evidence can be read here too."""

    criterion: StrictReference = Field(description="As rubric/criterion.")
    only: Annotated[str | None, one_of("at-a-cue", "notice")] = Field(
        None, description="Only evidence from moments with a cue, or from choices that notice."
    )
    because: Text = Field(description="Why, in one line.")


class Criterion(Shape):
    """One thing to look for."""

    title: Text = Field(description="A name for it, in a few words.")
    means: Text = Field(description="One sentence, in our own words.")
    looks_like: Annotated[tuple[Text, ...], OneOrItems] = Field(description="Behaviours that earn +1 or +2.")
    not_: Annotated[tuple[Text, ...], OneOrItems] = Field(alias="not", description="Behaviours that earn -1 or -2.")
    weight: Weight = Field(Fraction(1), description="How much it counts within its domain.")
    part_of: StrictReference | None = Field(None, description="The criterion of which it is a facet.")
    source: Text | None = Field(None, description="Paper, table and row.")
    draws_on: Annotated[tuple[Link, ...], Items] = Field((), description="Evidence that can be read here too.")
    try_: Text = Field(alias="try", description="One concrete thing to do next time, to the learner.")


class Domain(Shape):
    """A group of criteria."""

    title: Text = Field(description="A name for it, in a few words.")
    weight: Weight = Field(Fraction(1), description="How much it counts within the rubric.")
    criteria: Annotated[dict[Id, Criterion], Group] = Field(description="What is looked for.")


class Source(Shape):
    """The work a rubric rests on."""

    citation: Text = Field(description="Authors, journal, year.")
    doi: Text | None = Field(None, description="Without the address.")
    where: Text | None = Field(None, description="The table or the page.")


class Band(Shape):
    """A word for a range of the overall figure."""

    from_: Annotated[int, whole(0, 100)] = Field(alias="from", description="The least figure, 0 to 100.")
    title: Text = Field(description="A name for it, in a few words.")
    text: Text = Field(description="What it says to the learner.")
    unless: Annotated[tuple[Annotated[str, one_of("harm", "unsafe")], ...], OneOrItems] = Field(
        (), description="What bars this band whatever the figure."
    )


class Rubric(Shape):
    """What is looked for, as its author wrote it; its id is the file's name without .yaml."""

    bedside_rubric: Annotated[int, whole(1, 1)] = Field(description="The format version: 1.")
    title: Text = Field(description="A name for it, in a few words.")
    source: Source | None = Field(None, description="The work it rests on.")
    limits: Text = Field(description="What a score by it cannot say; printed with every score.")
    outcomes: Annotated[dict[Id, Text], Group] = Field({}, description="Meters read as outcomes, and what each means.")
    domains: Annotated[dict[Id, Domain], Group] = Field(description="Groups of criteria.")
    rules: Annotated[tuple[Rule, ...], Items] = Field((), description="Evidence from the whole playthrough.")
    bands: Annotated[tuple[Band, ...], Items] = Field((), description="Highest first; the last is from 0.")

    @property
    def is_partial(self) -> bool:
        """Whether some of its criteria could not be read, so that none can be said to be missing."""
        return self.failed("domains") or any(one.failed("criteria") or one.is_stand_in for one in self.domains.values())

    def criteria(self) -> dict[str, Criterion]:
        """Every criterion by id, in the order written."""
        return {str(key): one for domain in self.domains.values() for key, one in domain.criteria.items()}

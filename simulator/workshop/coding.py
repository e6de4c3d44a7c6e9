"""A second coding as its file holds it: read, and held against the scenario it is of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import Field

from simulator.language.decode import decode
from simulator.language.fields import Date, Group, StrictReference, Text, one_of, whole
from simulator.language.nearest import did_you_mean
from simulator.language.readers import Reader
from simulator.language.shape import Shape, as_mapping, as_scalar
from simulator.language.yaml import read_yaml
from simulator.workshop.sheet import UnitId

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Mapping

    from simulator.encounter.program import Program
    from simulator.language.diagnostics import Place, Problems

SKIPPED: Final = "s"
KINDS: Final = ("full", "stem-blind")
STATUSES: Final = ("draft", "final")
_LEVEL: Final = whole(-2, 2)


def _rating(value: Any, problems: Problems) -> int | str | None:
    """A level from -2 to 2, `s` for skipped, or nothing as yet."""
    scalar = as_scalar(value, "A level from -2 to 2", problems)
    if scalar.broken or scalar.is_null:
        return None
    if scalar == SKIPPED and not scalar.style:
        return SKIPPED
    level: int = _LEVEL.read(scalar, problems)
    return level


def _guess(value: Any, problems: Problems) -> Any:
    """The last part of a choice's id, `s` for skipped, or nothing as yet."""
    scalar = as_scalar(value, "The id of a choice", problems)
    return None if scalar.broken or scalar.is_null else scalar


Rating = Annotated[int | str | None, Reader(_rating, {"enum": [-2, -1, 0, 1, 2, SKIPPED, None]})]
Guess = Annotated[Any, Reader(_guess, {"type": ["string", "null"]})]


class Of(Shape):
    """Which text was coded."""

    main_key = "id"

    id: Text = Field(description="The scenario's id.")
    sha256: Text = Field(description="The SHA-256 of its file.")


class CodingFile(Shape):
    """What a second coder wrote."""

    bedside_coding: Annotated[int, whole(1, 1)] = Field(description="The format version: 1.")
    scenario: Of = Field(description="What was coded.")
    rater: StrictReference = Field(description="A pseudonym.")
    date: Date = Field(description="When it was last worked on.")
    kind: Annotated[str, one_of(*KINDS)] = Field(description="With the patient's lines, or without.")
    status: Annotated[str, one_of(*STATUSES)] = Field(description="Whether the coder is done.")
    levels: Annotated[dict[StrictReference, Annotated[dict[StrictReference, Rating], Group]], Group] = Field(
        {}, description="For each choice, with its case if it has several, a level for each criterion."
    )
    guesses: Annotated[dict[StrictReference, Guess], Group] = Field(
        {}, description="For each node, the choice that was guessed to be the best (stem-blind only)."
    )


@dataclass
class Coding:
    """One coder's answers so far. In `levels` and `guesses`, None is what the coder chose to skip.

    `gone` names what was answered and is not in the scenario as it now stands.
    """

    scenario: str
    sha256: str
    rater: str
    date: datetime.date
    kind: str = "full"
    status: str = "draft"
    levels: dict[UnitId, int | None] = field(default_factory=dict)
    guesses: dict[str, str | None] = field(default_factory=dict)  # by node, the whole id of a choice
    gone: list[str] = field(default_factory=list)

    @property
    def answers(self) -> Mapping[UnitId, int | None] | Mapping[str, str | None]:
        """The levels, or the guesses."""
        return self.guesses if self.kind == "stem-blind" else self.levels


def read_coding(
    data: bytes, name: str, program: Program, sha256: str, units: Collection[UnitId], problems: Problems
) -> Coding | None:
    """The coding in `data`, held against the scenario of `program`, whose file has `sha256`; None if it is none of it.

    `units` are those of the scenario's sheet. What a coding of another version has that this one has not is `gone`;
    in a coding of this version it is an error.
    """
    source = decode(data, name, problems)
    tree = read_yaml(source, problems) if source else None
    if tree is None:
        return None
    before = len(problems.errors)
    top = as_mapping(tree, problems)
    if "bedside-coding" not in top:
        if len(problems.errors) == before:
            problems.report(
                "BED211",
                "This file does not say that it is a coding.",
                top.place.point(),
                help="A coding is written by `bedside code`, and begins with the line `bedside-coding: 1`.",
            )
        return None
    file = CodingFile.model_validate(top, context=problems)
    if len(problems.errors) > before or not _is_of(file, program, problems):
        return None
    coding = Coding(program.id, str(file.scenario.sha256), str(file.rater), file.date, str(file.kind), str(file.status))
    held = _Held(program, units, coding, None if coding.sha256 != sha256 else problems)
    held.levels(file)
    held.guesses(file)
    return None if len(problems.errors) > before else coding


def _is_of(file: CodingFile, program: Program, problems: Problems) -> bool:
    """Whether a coding is of this scenario, and holds nothing that does not belong to its kind."""
    if file.scenario.id != program.id:
        problems.report(
            "BED221",
            f"This is a coding of “{file.scenario.id}”, not of “{program.id}”.",
            file.scenario.id.place,
            help=f"Name the scenario {file.scenario.id}, or another coding.",
        )
        return False
    other = "levels" if file.kind == "stem-blind" else "guesses"
    if file.has(other):
        right = "guesses" if other == "levels" else "levels"
        problems.report(
            "BED222",
            f"A coding of the kind {file.kind} holds {right}, not {other}.",
            file.place_of(other),
            help=f"Take `{other}` out, or mend `kind`.",
        )
        return False
    return True


class _Held:
    """Puts what is in the file into a coding; what the scenario does not have is reported, or (no problems) `gone`."""

    def __init__(self, program: Program, units: Collection[UnitId], coding: Coding, problems: Problems | None) -> None:
        self.program, self.coding, self.problems = program, coding, problems
        self.units: dict[str, set[str]] = {}
        for unit in units:
            self.units.setdefault(unit.choice, set()).add(unit.criterion)

    def levels(self, file: CodingFile) -> None:
        for choice, ratings in file.levels.items():
            if choice not in self.units:
                self._missing(str(choice), choice.place, self.units)
                continue
            for criterion, rating in ratings.items():
                if criterion not in self.units[choice]:
                    self._missing(f"{choice}: {criterion}", criterion.place, self.units[choice], str(criterion))
                elif rating is not None:
                    unit = UnitId(str(choice), str(criterion))
                    self.coding.levels[unit] = rating if isinstance(rating, int) else None

    def guesses(self, file: CodingFile) -> None:
        nodes = {node.id: [choice.id for choice in node.choices] for node in self.program.nodes if node.choices}
        for node, guess in file.guesses.items():
            if node not in nodes:
                self._missing(str(node), node.place, nodes)
            elif guess is not None and guess != SKIPPED and f"{node}/{guess}" not in nodes[node]:
                ends = [one.rsplit("/", 1)[1] for one in nodes[node]]
                self._missing(f"{node}: {guess}", guess.place, ends, str(guess))
            elif guess is not None:
                self.coding.guesses[str(node)] = None if guess == SKIPPED else f"{node}/{guess}"

    def _missing(self, name: str, place: Place, known: Collection[str], word: str = "") -> None:
        if self.problems is None:
            self.coding.gone.append(name)
            return
        self.problems.report(
            "BED223",
            f"There is no “{word or name}” to be coded {'here' if word else 'in this scenario'}.",
            place,
            help=lambda: did_you_mean(word or name, known),
        )

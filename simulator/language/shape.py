"""The base of every authored shape: pydantic models over a tree with positions.

Nothing raises. A validator that meets a mistake reports it and puts a stand-in in its place, so that one reading
finds every mistake in a file, and later checks can go on with what is sound.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, PrivateAttr, ValidationInfo, model_validator

from simulator.language.diagnostics import Place, Problems
from simulator.language.nearest import did_you_mean
from simulator.language.tree import Mapping, Scalar, Sequence, Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic_core import core_schema


class Shape(BaseModel):
    """A group of keys as an author writes it; unknown and missing keys are reported with their place."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, arbitrary_types_allowed=True, alias_generator=lambda name: name.replace("_", "-")
    )

    open_keys: ClassVar[bool] = False  # whether other keys may follow (criteria, meters)

    _place: Place = PrivateAttr()
    _keys: dict[str, Place] = PrivateAttr()

    @property
    def place(self) -> Place:
        """Where the group stands."""
        return self._place

    def place_of(self, key: str) -> Place:
        """Where `key` of this group stands, or the group if it was left out."""
        return self._keys.get(key, self._place)

    def has(self, key: str) -> bool:
        """Whether the author wrote `key`."""
        return key in self._keys

    @classmethod
    @cache
    def keys(cls) -> dict[str, bool]:
        """The keys of this shape, each with whether it must be there."""
        return {field.alias or name: field.is_required() for name, field in cls.model_fields.items()}

    @model_validator(mode="wrap")
    @classmethod
    def _positioned(cls, data: Any, handler: Callable[[Any], Self], info: ValidationInfo) -> Self:
        problems = problems_of(info)
        tree = as_mapping(data, problems)
        known = cls.keys()
        given: dict[str, Value] = {}
        for key, value in tree.items():
            if key in known or cls.open_keys:
                given[str(key)] = value
            else:
                problems.report(
                    "BED201", f"“{key}” is not a key that can stand here.", key.place, help=did_you_mean(key, known)
                )
        missing = [key for key, needed in known.items() if needed and key not in given]
        for name in missing:
            given[name] = Scalar.stand_in(tree.place)
        if missing and not tree.broken:
            names = " and ".join(f"“{key}”" for key in missing)
            problems.report(
                "BED202",
                f"{names} {'is' if len(missing) == 1 else 'are'} missing here.",
                tree.place.point(),
                help=f"Add a line `{missing[0]}: …` to this group.",
            )
        self = handler(given)
        self._place = tree.place
        self._keys = {str(key): key.place for key in tree}
        return self


def problems_of(info: ValidationInfo | core_schema.ValidationInfo) -> Problems:
    """Where the validators of one reading report."""
    problems: Problems | None = info.context
    assert problems is not None  # every reader hands one down
    return problems


def kind_of(value: Value) -> str:
    """What an author would call a value."""
    if isinstance(value, Mapping):
        return "a group of keys"
    if isinstance(value, Sequence):
        return "a list"
    return "nothing" if value.is_null else f"“{value[:40]}”"


def as_mapping(value: Any, problems: Problems) -> Mapping:
    """A group of keys; anything else is reported and becomes an empty one."""
    if isinstance(value, Mapping):
        return value
    if not (isinstance(value, Scalar) and value.broken):
        problems.report(
            "BED203",
            f"A group of keys is needed here, and this is {kind_of(value)}.",
            value.place,
            help="Write the keys on lines of their own, indented by two blanks.",
        )
    return Mapping.at(value.place, broken=True)


def as_list(value: Any, problems: Problems) -> Sequence:
    """A list; anything else is reported and becomes an empty one."""
    if isinstance(value, Sequence):
        return value
    if not (isinstance(value, Scalar) and value.broken):
        problems.report(
            "BED203",
            f"A list is needed here, and this is {kind_of(value)}.",
            value.place,
            help="Write each item on a line of its own, after “- ”.",
        )
    return Sequence.at(value.place)


def as_scalar(value: Any, what: str, problems: Problems) -> Scalar:
    """One value; a group or a list is reported and becomes a stand-in."""
    if isinstance(value, Scalar):
        return value
    problems.report(
        "BED203",
        f"{what} is needed here, and this is {kind_of(value)}.",
        value.place,
        help="If this is prose with a colon or brackets, put quotes around it.",
    )
    return Scalar.stand_in(value.place)

"""The base of every authored shape: pydantic models over a tree with positions.

Nothing raises. A validator that meets a mistake reports it and puts a stand-in in its place, so that one reading
finds every mistake in a file, and later checks can go on with what is sound.
"""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, ValidationInfo, model_validator

from simulator.language.advice import bullet_of, group_help, list_help
from simulator.language.nearest import did_you_mean, nearest
from simulator.language.prose import short
from simulator.language.text import UNSEEN, name_of
from simulator.language.tree import Mapping, Scalar, Sequence, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator

    from pydantic import GetJsonSchemaHandler
    from pydantic_core import core_schema

    from simulator.language.diagnostics import Place, Problems


_TEMPLATE = re.compile(r"\{\{|\{%")


class _Written(NamedTuple):
    """What a shape was read from."""

    place: Place
    keys: dict[str, Place]
    tree: Mapping
    slips: dict[str, Value]  # what stands under misspelt keys


class Shape(BaseModel):
    """A group of keys as an author writes it; unknown and missing keys are reported with their place."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, arbitrary_types_allowed=True, alias_generator=lambda name: name.replace("_", "-")
    )

    open_keys: ClassVar[str] = ""  # where other keys may follow: what they are (criteria, meters)
    main_key: ClassVar[str] = ""  # what an author means who writes a text for the whole group

    __slots__ = ("_written",)  # a private attribute of pydantic's takes as long to set as a field to validate

    if TYPE_CHECKING:
        _written: _Written

    @property
    def place(self) -> Place:
        """Where the group stands."""
        return self._written.place

    def place_of(self, key: str) -> Place:
        """Where `key` of this group stands, or the group if it was left out."""
        return self._written.keys.get(key, self._written.place)

    def has(self, key: str) -> bool:
        """Whether the author wrote `key`."""
        return key in self._written.keys

    def written(self, key: str) -> Value | None:
        """What the author wrote under `key`, before it was read."""
        return self._written.slips.get(key, self._written.tree.get(Scalar(key)))

    def failed(self, key: str) -> bool:
        """Whether something else than the group that is needed stands under `key`: what it would hold is not known."""
        return self.has(key) and not isinstance(self.written(key), Mapping)

    def holds(self, key: str, number: int) -> bool:
        """Whether `number` is what the author wrote under `key`, not a stand-in for something reported already."""
        text = self.written(key)
        return isinstance(text, Scalar) and re.fullmatch(r"[-+]?[0-9]{1,9}", text) is not None and int(text) == number

    @property
    def is_stand_in(self) -> bool:
        """Whether something else was written here, which is reported already."""
        return self._written.tree.broken

    @classmethod
    @cache
    def keys(cls) -> dict[str, bool]:
        """The keys of this shape, each with whether it must be there."""
        return {field.alias or name: field.is_required() for name, field in cls.model_fields.items()}

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        found: dict[str, Any] = handler(schema)
        if cls.open_keys:
            handler.resolve_ref_schema(found)["additionalProperties"]["description"] = cls.open_keys
        return found

    @model_validator(mode="wrap")
    @classmethod
    def _positioned(cls, data: Any, handler: Callable[[Any], Self], info: ValidationInfo) -> Self:
        problems = problems_of(info)
        tree = as_mapping(data, problems, lambda: group_help(data, main=cls.main_key))
        known = cls.keys()
        given, slips = cls._sorted(tree, problems)
        given |= {name: tree[key] for name, key in slips.items()}  # so that what follows is no echo of the slip
        missing = [key for key, needed in known.items() if needed and key not in given]
        for name in missing:
            given[name] = Scalar.stand_in(tree.place)
        if missing and not tree.broken:
            names = ", ".join(f"“{key}”" for key in missing[:-1])
            names = f"{names} and “{missing[-1]}”" if names else f"“{missing[0]}”"
            problems.report(
                "BED202",
                f"{names} {'is' if len(missing) == 1 else 'are'} missing here.",
                tree.place.point(),
                help=f"Add a line `{missing[0]}: …` to this group.",
            )
        self = handler(given)
        places = {str(key): key.place for key in tree} | {name: key.place for name, key in slips.items()}
        written = _Written(tree.place, places, tree, {name: tree[key] for name, key in slips.items()})
        object.__setattr__(self, "_written", written)  # a shape is frozen once it is read
        return self

    @classmethod
    def _sorted(cls, tree: Mapping, problems: Problems) -> tuple[dict[str, Value], dict[str, Scalar]]:
        """What stands under known keys; and the misspelt ones, which are reported, by the known ones meant by them."""
        known, given = cls.keys(), {}
        meant: dict[str | None, Scalar] = {}
        for key, value in tree.items():
            may_guess = len(problems) < problems.HELPED
            if key in known or (cls.open_keys and not (may_guess and _is_slip(key, value, known))):
                given[str(key)] = value
            else:
                if may_guess:
                    meant[nearest(UNSEEN.sub("", key), known)] = key
                _report_key(key, value, known, problems)
                if key in problems.stray:  # what should stand in it has fallen out, and seems to stand here twice
                    problems.withdraw("BED112", tree.place.since(key.place))
        return given, {name: key for name, key in meant.items() if name is not None and name not in given}


def _is_slip(key: str, value: Value, known: Iterable[str]) -> bool:
    """Whether a key that could be a criterion or a meter is a misspelt other one: what it holds is neither's."""
    is_amount = isinstance(value, Scalar) and re.fullmatch(r"[-+]?[0-9]+|true|false", value.lower())
    return not is_amount and nearest(key, known) is not None


def _report_key(key: Scalar, value: Value, known: Iterable[str], problems: Problems) -> None:
    """A key that cannot stand here: misspelt, or an id that stands in the wrong column."""
    message = f"“{short(key)}” is not a key that can stand here."
    help_: str | Callable[[], str] = partial(did_you_mean, key, known)
    if unseen := UNSEEN.search(key):
        plain = nearest(UNSEEN.sub("", key), known) or short(UNSEEN.sub("", key))
        message = f"“{plain}” holds a character that cannot be seen: {name_of(unseen.group())}."
        help_ = f"Delete it: type {plain}: again."
    elif _is_stray(key, value, known):
        problems.stray.add(str(key))
        help_ = (
            f"If “{short(key)}” is an id of yours, it stands too far in or not far enough: "
            "let it begin in the same column as the ids beside it."
        )
    problems.report("BED201", message, key.place, help=help_)


def _is_stray(key: Scalar, value: Value, known: Iterable[str]) -> bool:
    """Whether an unknown key is most likely an id: a group stands under it, or should."""
    is_group = isinstance(value, Mapping) or (isinstance(value, Scalar) and value.is_null)
    return is_group and nearest(key, known) is None


def texts_of(shape: Shape) -> Iterator[tuple[type[Shape], str, Scalar]]:
    """Every text of a shape and of the shapes within it, with the shape and the field it stands in."""
    waiting: list[tuple[type[Shape], str, Any]] = [(type(shape), "", shape)]
    while waiting:
        owner, name, value = waiting.pop()
        if isinstance(value, Scalar):
            yield owner, name, value
        elif isinstance(value, Shape):
            waiting += [(type(value), field, one) for field, one in vars(value).items()]
        elif isinstance(value, (dict, tuple)):
            waiting += [(owner, name, one) for one in (value.values() if isinstance(value, dict) else value)]


def refuse_templates(shape: Shape, but: Container[tuple[type[Shape], str]], problems: Problems) -> None:
    """Report what looks like a template in a text that is shown as it stands."""
    if not _TEMPLATE.search(shape.place.source.text):
        return
    for owner, name, text in texts_of(shape):
        opening = _TEMPLATE.search(text)
        if opening and name != "when" and (owner, name) not in but:
            problems.report(
                "BED308",
                "Nothing is filled in here: this text is shown as it stands.",
                text.within(opening.start(), opening.end()),
                help="Write the words themselves. Templates stand in lines, replies, choices, scenes, the chart, "
                "endings and what the patient says.",
            )


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
    return "nothing" if value.is_null else f"“{short(value)}”"


def as_mapping(value: Any, problems: Problems, help: Callable[[], str] | None = None) -> Mapping:
    """A group of keys; anything else is reported and becomes an empty one."""
    if isinstance(value, Mapping):
        return value
    if not (isinstance(value, Scalar) and value.broken):
        problems.report(
            "BED203",
            f"A group of keys is needed here, and this is {kind_of(value)}.",
            value.place,
            help=help or partial(group_help, value),
        )
    return Mapping.at(value.place, broken=True)


def as_list(value: Any, problems: Problems) -> Sequence:
    """A list; anything else is reported and becomes an empty one."""
    if isinstance(value, Sequence):
        return value
    if not (isinstance(value, Scalar) and value.broken):
        message, help_ = bullet_of(value) or (f"A list is needed here, and this is {kind_of(value)}.", list_help(value))
        problems.report("BED203", message, value.place, help=help_)
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

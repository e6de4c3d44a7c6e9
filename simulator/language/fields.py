"""The kinds of field an author can write: texts, words, lists, groups, cases; each reader reports and goes on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, ValidationInfo

from simulator.language.advice import bullet_of, group_help
from simulator.language.ids import Id, Reference, StrictReference, split_ids
from simulator.language.nearest import did_you_mean
from simulator.language.numbers import Change, Date, Level, Minutes, Truth, Weight, whole
from simulator.language.readers import Reader, read_text
from simulator.language.shape import as_list, as_mapping, as_scalar, kind_of, problems_of
from simulator.language.tree import Mapping, Scalar, Sequence, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.language.diagnostics import Problems

__all__ = [
    "Change",
    "Date",
    "Group",
    "Id",
    "Items",
    "Level",
    "Minutes",
    "OneOrIds",
    "OneOrItems",
    "Reference",
    "StrictReference",
    "Text",
    "Truth",
    "Weight",
    "cases",
    "one_of",
    "short_form",
    "whole",
]


def one_of(*words: str) -> Reader:
    """One of a few words."""

    def read(value: Any, problems: Problems) -> str:
        scalar = as_scalar(value, "A word", problems)
        if scalar in words:
            return str(scalar)
        if not scalar.broken:
            problems.report(
                "BED205",
                f"{kind_of(scalar)} is not one of {', '.join(words)}.",
                scalar.place,
                help=partial(did_you_mean, scalar, words),
            )
        return words[0]

    return Reader(read, {"enum": list(words)})


Text = Annotated[Scalar, Reader(read_text, {"type": "string"})]


def _key_of(info: ValidationInfo) -> str:
    """The key under which a value stands."""
    return (info.field_name or "").rstrip("_").replace("_", "-")


def _group(value: Any, info: ValidationInfo) -> Mapping:
    return as_mapping(value, problems_of(info), lambda: group_help(value, _key_of(info)))


def _items(value: Any, info: ValidationInfo) -> Sequence:
    return as_list(value, problems_of(info))


def _one_or_items(value: Any, info: ValidationInfo) -> Sequence:
    if isinstance(value, Scalar) and not value.is_null and not value.broken:
        if bullet := bullet_of(value):
            problems_of(info).report("BED203", bullet[0], value.place, help=bullet[1])
        alone = Sequence.at(value.place)
        alone.append(value)
        return alone
    return as_list(value, problems_of(info))


def _one_or_ids(value: Any, info: ValidationInfo) -> Sequence:
    return _one_or_items(split_ids(value, problems_of(info)), info)


Group = BeforeValidator(_group)  # Annotated[dict[Id, X], Group]
Items = BeforeValidator(_items)  # Annotated[tuple[X, ...], Items]
OneOrItems = BeforeValidator(_one_or_items)  # a single text stands for a list of one
OneOrIds = BeforeValidator(_one_or_ids)  # the same for ids, which authors also part by commas


def _wrapped(value: Value, key: str) -> Mapping:
    group = Mapping.at(value.place)
    group[Scalar.at(key, value.place)] = value
    return group


def cases(key: str | None) -> BeforeValidator:
    """Cases in the short forms authors write: one text for `{key: text}`, one group for a list of one.

    With `key` None a bare text is not a case.
    """

    def read(value: Any, info: ValidationInfo) -> Sequence:
        problems = problems_of(info)
        if isinstance(value, Scalar) and value.broken:
            return Sequence.at(value.place)
        items: Iterable[Value] = value if isinstance(value, Sequence) else [value]
        found = Sequence.at(value.place)
        for item in items:
            if isinstance(item, Scalar) and key is not None:
                found.append(_wrapped(item, key))
            else:
                found.append(as_mapping(item, problems, partial(group_help, item, _key_of(info))))
        if not found:
            problems.report("BED207", "This list is empty.", value.place, help="Add a case, or leave the key out.")
        return found

    return BeforeValidator(read)


def short_form(key: str) -> BeforeValidator:
    """`id: value` for `id: {key: value}`."""

    def read(value: Any, info: ValidationInfo) -> Any:
        return _wrapped(value, key) if isinstance(value, Scalar) and not value.broken else value

    return BeforeValidator(read)

"""The kinds of field an author can write: texts, words, lists, groups, cases; each reader reports and goes on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from simulator.language.advice import bullet_of, group_help
from simulator.language.ids import Id, Reference, StrictReference, split_ids
from simulator.language.nearest import did_you_mean
from simulator.language.numbers import Change, Date, Level, Minutes, Truth, Weight, whole
from simulator.language.readers import Forms, Reader, read_text
from simulator.language.shape import as_list, as_mapping, as_scalar, kind_of, problems_of
from simulator.language.tree import Mapping, Scalar, Sequence, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic import GetJsonSchemaHandler, ValidationInfo

    from simulator.language.diagnostics import Problems
    from simulator.language.readers import JsonSchema

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


# an editor takes 3 for a number and 3:30 for a text; here both are the text that stands there
Text = Annotated[Scalar, Reader(read_text, {"type": ["string", "number"]})]


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


def _or_alone(schema: JsonSchema, _handler: GetJsonSchemaHandler) -> JsonSchema:
    return {"anyOf": [schema["items"], schema]}


def _closed(schema: JsonSchema, _handler: GetJsonSchemaHandler) -> JsonSchema:
    return {**schema, "additionalProperties": False}  # what is no id is no key


Group = Forms(_group, written=_closed)  # Annotated[dict[Id, X], Group]
Items = Forms(_items)  # Annotated[tuple[X, ...], Items]
OneOrItems = Forms(_one_or_items, written=_or_alone)  # a single text stands for a list of one
OneOrIds = Forms(_one_or_ids, written=_or_alone)  # the same for ids, which authors also part by commas


def _wrapped(value: Value, key: str) -> Mapping:
    group = Mapping.at(value.place)
    group[Scalar.at(key, value.place)] = value
    return group


def cases(key: str | None) -> Forms:
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

    def written(schema: JsonSchema, handler: GetJsonSchemaHandler) -> JsonSchema:
        case = schema["items"]
        forms = [case] if key is None else [_short(case, key, handler), case]
        return {"anyOf": [*forms, {"type": "array", "items": {"anyOf": forms} if key else case, "minItems": 1}]}

    return Forms(read, written=written)


def short_form(key: str) -> Forms:
    """`id: value` for `id: {key: value}`."""

    def read(value: Any, info: ValidationInfo) -> Any:
        return _wrapped(value, key) if isinstance(value, Scalar) and not value.broken else value

    return Forms(read, written=lambda schema, handler: {"anyOf": [_short(schema, key, handler), schema]})


def _short(shape: JsonSchema, key: str, handler: GetJsonSchemaHandler) -> JsonSchema:
    """What may stand in the place of a whole group: the value of its one key."""
    found: JsonSchema = handler.resolve_ref_schema(shape)["properties"][key]
    return {name: value for name, value in found.items() if name != "description"}  # the group has its own

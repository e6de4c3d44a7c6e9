"""The kinds of field an author can write: texts, whole numbers, ids, dates, cases; each reader reports and goes on."""

from __future__ import annotations

import datetime
import re
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, ValidationInfo
from pydantic_core import core_schema

from simulator.language.ids import KEYS
from simulator.language.nearest import did_you_mean
from simulator.language.prose import short
from simulator.language.shape import as_list, as_mapping, as_scalar, kind_of, problems_of
from simulator.language.tree import Mapping, Scalar, Sequence, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from simulator.language.diagnostics import Problems

_INT = re.compile(r"[-+]?[0-9]+")


class _Field:
    """A pydantic annotation made of a reader `(value, problems) → T` and its JSON Schema."""

    def __init__(self, read: Callable[[Any, Problems], Any], schema: dict[str, Any]) -> None:
        self.read, self.schema = read, schema

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        read, schema = self.read, self.schema

        def validate(value: Any, info: core_schema.ValidationInfo) -> Any:
            return read(value, problems_of(info))

        plain = core_schema.with_info_plain_validator_function(validate)
        plain["metadata"] = {"pydantic_js_functions": [lambda _schema, _handler: dict(schema)]}
        return plain


def _text(value: Any, problems: Problems) -> Scalar:
    scalar = as_scalar(value, "A text", problems)
    if scalar.broken:
        return scalar
    if scalar.is_null or not scalar.strip():
        problems.report("BED207", "There is no text here.", scalar.place, help="Write it, or leave the key out.")
        return Scalar.stand_in(scalar.place)
    return scalar


def _whole(lo: int, hi: int) -> Callable[[Any, Problems], int]:
    def read(value: Any, problems: Problems) -> int:
        scalar = as_scalar(value, "A whole number", problems)
        if scalar.broken:
            return lo
        if scalar.style or not _INT.fullmatch(scalar):
            problems.report(
                "BED203",
                f"A whole number is needed here, and this is {kind_of(scalar)}.",
                scalar.place,
                help="Write digits only, without quotes.",
            )
            return lo
        number = int(scalar) if len(scalar) <= 10 else hi + 1
        if not lo <= number <= hi:
            problems.report(
                "BED204",
                f"{scalar[:12]} is not between {lo} and {hi}.",
                scalar.place,
                help=f"Write a whole number from {lo} to {hi}.",
            )
            return lo
        return number

    return read


def whole(lo: int, hi: int) -> _Field:
    """A whole number from `lo` to `hi`."""
    return _Field(_whole(lo, hi), {"type": "integer", "minimum": lo, "maximum": hi})


def _truth(value: Any, problems: Problems) -> bool:
    scalar = as_scalar(value, "`true` or `false`", problems)
    if not scalar.broken and (scalar.style or scalar.lower() not in ("true", "false")):
        problems.report(
            "BED203",
            f"`true` or `false` is needed here, and this is {kind_of(scalar)}.",
            scalar.place,
            help="Write true or false, without quotes.",
        )
    return scalar.lower() == "true"


def _change(value: Any, problems: Problems) -> int | bool:
    scalar = as_scalar(value, "A change", problems)
    if scalar.broken:
        return 0
    if not scalar.style and scalar.lower() in ("true", "false"):
        return scalar.lower() == "true"
    if not scalar.style and re.fullmatch(r"[-+][0-9]{1,9}", scalar):
        return int(scalar)
    amount = re.fullmatch(r"([-+]?)([0-9]+)", scalar)
    if amount and amount[1] and len(amount[2]) > 9:
        problems.report("BED204", "This number has more than 9 digits.", scalar.place, help="Use a smaller number.")
        return 0
    help_ = "Write +1 or -2, say."
    if amount:
        sign = amount[1] or "+"
        help_ = f"Write {sign}{short(amount[2])}{', without quotes' if scalar.style else ''}."
    problems.report(
        "BED209",
        f"A meter is changed by +1 or -2, say, a flag is set to true or false, and this is {kind_of(scalar)}.",
        scalar.place,
        help=help_ if amount is None or amount[1] else f"{help_[:-1]} to add, or -{amount[2]} to take away.",
    )
    return 0


def _weight(value: Any, problems: Problems) -> Fraction:
    scalar = as_scalar(value, "A weight", problems)
    if scalar.broken:
        return Fraction(1)
    if scalar.style or not re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,4})?", scalar) or Fraction(scalar) <= 0:
        problems.report(
            "BED204",
            f"A weight is a number above 0, and this is {kind_of(scalar)}.",
            scalar.place,
            help="Write 1, 2 or 0.5, say.",
        )
        return Fraction(1)
    return Fraction(scalar)


def _date(value: Any, problems: Problems) -> datetime.date:
    scalar = as_scalar(value, "A date", problems)
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", scalar):  # Python takes 20261120 and week dates too
            return datetime.date.fromisoformat(scalar)
    except ValueError:
        pass  # no such day: reported below
    if not scalar.broken:
        problems.report(
            "BED210",
            f"A date is needed here, and this is {kind_of(scalar)}.",
            scalar.place,
            help="Write it as year-month-day: 2026-11-20.",
        )
    return datetime.date.min


def _id(value: Any, problems: Problems) -> Scalar:
    scalar = as_scalar(value, "An id", problems)
    if scalar.broken:
        return scalar
    if not re.fullmatch(r"[a-z][a-z0-9-]*", scalar) or len(scalar) > 60:
        made = re.sub(r"[^a-z0-9]+", "-", scalar.lower()).strip("-") or "an-id"
        problems.report(
            "BED206",
            f"{kind_of(scalar)} cannot be an id.",
            scalar.place,
            note="An id has small letters, digits and hyphens, at most 60, and begins with a letter.",
            help=f"Write {made[:60] if made[0].isalpha() else 'n' + made[:59]}.",
        )
    elif scalar in KEYS:
        problems.report(
            "BED206",
            f"“{scalar}” is a key of the format, so it cannot be an id.",
            scalar.place,
            help=f"Write {scalar}-1, or a word that says more.",
        )
    return scalar


def _reference(value: Any, problems: Problems) -> Scalar:
    scalar = _text(value, problems)
    if not scalar.broken and not re.fullmatch(r"[a-z0-9][a-z0-9/-]*", scalar):
        problems.report(
            "BED206",
            f"{kind_of(scalar)} cannot be the id of anything.",
            scalar.place,
            help="Write the id as it stands where the thing is declared.",
        )
        return Scalar.stand_in(scalar.place)
    return scalar


def one_of(*words: str) -> _Field:
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

    return _Field(read, {"enum": list(words)})


Text = Annotated[Scalar, _Field(_text, {"type": "string"})]
Id = Annotated[Scalar, _Field(_id, {"type": "string", "pattern": "^[a-z][a-z0-9-]*$"})]
Reference = Annotated[Scalar, _Field(_reference, {"type": "string", "pattern": "^[a-z0-9][a-z0-9/-]*$"})]
Level = Annotated[int, whole(-2, 2)]
Minutes = Annotated[int, whole(0, 999)]
Truth = Annotated[bool, _Field(_truth, {"type": "boolean"})]
Change = Annotated[int | bool, _Field(_change, {"type": ["integer", "boolean"]})]
Weight = Annotated[Fraction, _Field(_weight, {"type": "number", "exclusiveMinimum": 0})]
Date = Annotated[datetime.date, _Field(_date, {"type": "string", "format": "date"})]


def _group(value: Any, info: ValidationInfo) -> Mapping:
    return as_mapping(value, problems_of(info))


def _items(value: Any, info: ValidationInfo) -> Sequence:
    return as_list(value, problems_of(info))


def _one_or_items(value: Any, info: ValidationInfo) -> Sequence:
    if isinstance(value, Scalar) and not value.is_null and not value.broken:
        alone = Sequence.at(value.place)
        alone.append(value)
        return alone
    return as_list(value, problems_of(info))


Group = BeforeValidator(_group)  # Annotated[dict[Id, X], Group]
Items = BeforeValidator(_items)  # Annotated[tuple[X, ...], Items]
OneOrItems = BeforeValidator(_one_or_items)  # a single text stands for a list of one


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
                found.append(as_mapping(item, problems))
        if not found:
            problems.report("BED207", "This list is empty.", value.place, help="Add a case, or leave the key out.")
        return found

    return BeforeValidator(read)


def short_form(key: str) -> BeforeValidator:
    """`id: value` for `id: {key: value}`."""

    def read(value: Any, info: ValidationInfo) -> Any:
        return _wrapped(value, key) if isinstance(value, Scalar) and not value.broken else value

    return BeforeValidator(read)

"""The fields that hold an amount: whole numbers, changes, weights, dates, true and false."""

from __future__ import annotations

import datetime
import re
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any

from simulator.language.prose import short
from simulator.language.readers import Reader
from simulator.language.shape import as_scalar, kind_of
from simulator.language.text import with_minus

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.language.diagnostics import Problems
    from simulator.language.tree import Scalar

_INT = re.compile(r"[-+]?[0-9]+")
_TRUTHS = dict.fromkeys(("yes", "on", "y"), "true") | dict.fromkeys(("no", "off", "n"), "false")


def _is_dashed(scalar: Scalar, code: str, problems: Problems) -> bool:
    """Whether this would be a number but for its minus, which is reported."""
    meant = with_minus(scalar)
    if meant == scalar or not re.fullmatch(r"-[0-9]{1,9}", meant):
        return False
    problems.report(
        code,
        f"“{scalar[0]}” is a dash, not the minus of the keyboard.",
        scalar.place,
        note="Word processors put it in the place of a hyphen.",
        help=f"Type {meant}.",
    )
    return True


def _whole(lo: int, hi: int) -> Callable[[Any, Problems], int]:
    def read(value: Any, problems: Problems) -> int:
        scalar = as_scalar(value, "A whole number", problems)
        if scalar.broken or _is_dashed(scalar, "BED203", problems):
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


def whole(lo: int, hi: int) -> Reader:
    """A whole number from `lo` to `hi`."""
    return Reader(_whole(lo, hi), {"type": "integer", "minimum": lo, "maximum": hi})


def _truth(value: Any, problems: Problems) -> bool:
    scalar = as_scalar(value, "`true` or `false`", problems)
    if not scalar.broken and (scalar.style or scalar.lower() not in ("true", "false")):
        problems.report(
            "BED203",
            f"`true` or `false` is needed here, and this is {kind_of(scalar)}.",
            scalar.place,
            help=f"Write {_TRUTHS.get(scalar.lower(), 'true or false')}, without quotes.",
        )
    return scalar.lower() == "true"


def _change(value: Any, problems: Problems) -> int | bool | None:
    """A signed amount, true or false; None where a problem was reported instead."""
    scalar = as_scalar(value, "A change", problems)
    if scalar.broken or _is_dashed(scalar, "BED209", problems):
        return None
    if not scalar.style and scalar.lower() in ("true", "false"):
        return scalar.lower() == "true"
    if not scalar.style and re.fullmatch(r"[-+][0-9]{1,9}", scalar):
        return int(scalar)
    amount = re.fullmatch(r"([-+]?)([0-9]+)", scalar)
    if amount and amount[1] and len(amount[2]) > 9:
        problems.report("BED204", "This number has more than 9 digits.", scalar.place, help="Use a smaller number.")
        return None
    problems.report(
        "BED209",
        f"A meter is changed by +1 or -2, say, a flag is set to true or false, and this is {kind_of(scalar)}.",
        scalar.place,
        help=_change_help(scalar, amount),
    )
    return None


def _change_help(scalar: Scalar, amount: re.Match[str] | None) -> str:
    if amount is None:
        truth = _TRUTHS.get(scalar.lower())
        return f"Write {truth}." if truth else "Write +1 or -2, say."
    plain = f"Write {amount[1] or '+'}{short(amount[2])}{', without quotes' if scalar.style else ''}"
    return f"{plain}." if amount[1] else f"{plain} to add, or -{short(amount[2])} to take away."


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


_CHANGE_SCHEMA = {"type": ["integer", "boolean"], "minimum": -999_999_999, "maximum": 999_999_999}
_DATE_SCHEMA = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}

Level = Annotated[int, whole(-2, 2)]
Minutes = Annotated[int, whole(0, 999)]
Truth = Annotated[bool, Reader(_truth, {"type": "boolean"})]
Change = Annotated[int | bool | None, Reader(_change, _CHANGE_SCHEMA)]
Weight = Annotated[Fraction, Reader(_weight, {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 10_000})]
Date = Annotated[datetime.date, Reader(_date, _DATE_SCHEMA)]

"""Ids and references to them: what an author may call things, and what is said where another form is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

from simulator.language.keys import KEYS
from simulator.language.nearest import nearest
from simulator.language.prose import short
from simulator.language.readers import Reader, read_text
from simulator.language.shape import as_scalar, kind_of
from simulator.language.text import UNSEEN, name_of, with_minus
from simulator.language.tree import Scalar, Sequence, Value

if TYPE_CHECKING:
    from collections.abc import Collection

    from simulator.language.diagnostics import Problems

MOST_LETTERS = 60

_ID = re.compile(r"[a-z][a-z0-9-]*")
_REFERENCE = re.compile(r"[a-z0-9][a-z0-9/-]*")
_CURLY = re.compile("[“”„‘’‚«»]")
_PART = re.compile(r"[^\s,;][^,;]*")


def as_id(text: str) -> str:
    """The id that was most likely meant by another form."""
    seen = UNSEEN.sub(lambda found: " " if found.group().isspace() else "", with_minus(text))
    return re.sub(r"[^a-z0-9/]+", "-", seen.lower()).strip("-/")


def is_id(text: str) -> bool:
    """Whether a text can be an id."""
    return _ID.fullmatch(text) is not None and len(text) <= MOST_LETTERS and text not in KEYS


def nearest_id(text: str) -> str:
    """An id that can be used in the place of a text that is none."""
    made = as_id(text).replace("/", "-")[:MOST_LETTERS].rstrip("-") or "an-id"
    made = made if "a" <= made[0] <= "z" else f"n{made[: MOST_LETTERS - 1]}"
    return f"{made}-1" if made in KEYS else made


def form_cause(text: Scalar, what: str) -> tuple[str, str]:
    """Why a text cannot be an id, and what to write: the message, and the help where it can be told from the form."""
    meant = as_id(text)
    if found := UNSEEN.search(text):
        message = f"“{short(meant)}” holds a character that cannot be seen: {name_of(found.group())}."
        return message, f"Delete it: type {short(meant)} again."
    if _CURLY.search(text):
        return "These quotation marks are curly.", f"Write {short(meant)} without them, or in straight quotation marks."
    ending = re.fullmatch(r"(.+)\.(ya?ml)", text)
    if ending:
        return f"{kind_of(text)} cannot be {what}.", f"Write {short(as_id(ending[1]))}, without .{ending[2]}."
    return f"{kind_of(text)} cannot be {what}.", ""


def _id(value: Any, problems: Problems) -> Scalar:
    """An id; one of another form is reported and becomes the one that was meant, so that references to it hold."""
    scalar = as_scalar(value, "An id", problems)
    if scalar.broken:
        return scalar
    if not is_id(scalar) and scalar not in KEYS:
        made = nearest_id(scalar)
        message, help_ = form_cause(scalar, "an id")
        problems.report(
            "BED206",
            message,
            scalar.place,
            note="An id has small letters, digits and hyphens, at most 60, and begins with a letter.",
            help=help_ or f"Write {made}.",
        )
        return Scalar.at(made, scalar.place)
    if scalar in KEYS:
        problems.report(
            "BED206",
            f"“{scalar}” is a key of the format, so it cannot be an id.",
            scalar.place,
            help=f"If it is the key, indent it further, to where it belongs. If it is an id, write {scalar}-1, say.",
        )
    return scalar


def is_reference(text: str) -> bool:
    """Whether a text could be the id of something."""
    return _REFERENCE.fullmatch(text) is not None


def report_reference(text: Scalar, known: Collection[str], problems: Problems) -> None:
    """Report a reference that could be the id of nothing, with the nearest of what is known."""
    message, help_ = form_cause(text, "the id of anything")
    problems.report("BED206", message, text.place, help=help_ or (lambda: _meant(text, known)))


def _meant(text: str, known: Collection[str]) -> str:
    meant = as_id(text)
    found = meant if meant in known else nearest(meant, known)
    return f"Did you mean “{found}”?" if found else "Write the id as it stands where the thing is declared."


def _strict(value: Any, problems: Problems) -> Scalar:
    scalar = read_text(value, problems)
    if scalar.broken or is_reference(scalar):
        return scalar
    message, help_ = form_cause(scalar, "the id of anything")
    problems.report("BED206", message, scalar.place, help=help_ or f"Write {short(as_id(scalar)) or 'its id'}.")
    return Scalar.stand_in(scalar.place)


def split_ids(value: Value, problems: Problems) -> Value:
    """Several ids that an author wrote as one text with commas: reported, and made the list they stand for."""
    if not isinstance(value, Scalar) or value.style or not re.search("[,;]", value):
        return value
    parts = [(match.group().strip(), match.start()) for match in _PART.finditer(value)]
    if len(parts) > 20 or not all(re.fullmatch(r"[\w./-]+", part) for part, _ in parts):
        return value
    names = ", ".join(as_id(part) for part, _ in parts)
    problems.report(
        "BED206", "Several ids in a row need square brackets.", value.place, help=f"Write [{short(names, 80)}]."
    )
    found = Sequence.at(value.place)
    found += [Scalar.at(part, value.within(start, start + len(part))) for part, start in parts]
    return found


_SCHEMA = {
    "type": "string",
    "pattern": f"^{_REFERENCE.pattern}$",
    "patternErrorMessage": "An id has small letters, digits and hyphens.",
}

_ID_SCHEMA = {
    "type": "string",
    "pattern": f"^(?!(?:{'|'.join(sorted(KEYS))})$)[a-z][a-z0-9-]{{0,{MOST_LETTERS - 1}}}$",
    # what the YAML language server says in place of the pattern
    "patternErrorMessage": "An id has small letters, digits and hyphens, begins with a letter, and is no key.",
}

Id = Annotated[Scalar, Reader(_id, _ID_SCHEMA)]
Reference = Annotated[Scalar, Reader(read_text, _SCHEMA)]  # its form is looked at where it is looked up
# its form is looked at here; a rubric's file may be called 2026.yaml
StrictReference = Annotated[Scalar, Reader(_strict, {**_SCHEMA, "type": ["string", "integer"]})]

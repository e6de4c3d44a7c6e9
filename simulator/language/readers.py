"""What every kind of field is made of: a reader that reports and goes on, with its JSON Schema; the reader of texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BeforeValidator
from pydantic_core import core_schema

from simulator.language.shape import as_scalar, problems_of
from simulator.language.tree import Scalar

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import GetJsonSchemaHandler

    from simulator.language.diagnostics import Problems

    JsonSchema = dict[str, Any]


class Reader:
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


def _as_read(schema: JsonSchema, _handler: GetJsonSchemaHandler) -> JsonSchema:
    return schema


@dataclass(frozen=True, slots=True)
class Forms(BeforeValidator):
    """A reader that makes one form of several that authors may write, before pydantic looks at it; and their schema.

    `written` makes the JSON Schema of what may be written from that of the one form.
    """

    written: Callable[[JsonSchema, GetJsonSchemaHandler], JsonSchema] = _as_read

    def __get_pydantic_json_schema__(self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchema:
        return self.written(handler(schema), handler)


def read_text(value: Any, problems: Problems) -> Scalar:
    """A text that is there; nothing, or only spaces, is reported."""
    scalar = as_scalar(value, "A text", problems)
    if scalar.broken:
        return scalar
    if scalar.is_null or not scalar.strip():
        is_block = scalar.style in ("|", ">")  # its text may stand below, and not far enough in to belong to it
        help_ = "Write it, or leave the key out."
        problems.report(
            "BED207",
            "There is no text here.",
            scalar.place,
            help="Begin its lines on the next line, two spaces further in than the key." if is_block else help_,
        )
        return Scalar.stand_in(scalar.place)
    return scalar

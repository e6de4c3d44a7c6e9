"""The JSON Schema of a shape, for editors: what they complete, explain and underline.

It is made from the fields alone, so it says less than the readers: what goes together, what refers to what, and whether
a change has its sign, only `check` can tell. A file that has no mistake never breaks its schema, with one exception: a
text that is nothing but `true` or `false` has to stand in quotes for an editor.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from pydantic.json_schema import GenerateJsonSchema

if TYPE_CHECKING:
    from pydantic_core import core_schema

    from simulator.language.shape import Shape


class _ForEditors(GenerateJsonSchema):
    """Pydantic's schema without what no author can write or wants to read."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> dict[str, Any]:
        return self.generate_inner(schema["schema"])  # a key is left out; it is never there without a value

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> dict[str, Any]:
        found = self.generate_inner(schema["schema"])
        default = schema.get("default")
        if isinstance(default, Fraction):
            default = int(default) if default.denominator == 1 else float(default)
        return found if default is None or default in ((), {}) else {**found, "default": default}

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def schema_of(shape: type[Shape], title: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a file that holds one such shape."""
    made = shape.model_json_schema(by_alias=True, schema_generator=_ForEditors)
    for definition in made.get("$defs", {}).values():
        definition.pop("title", None)
    return {"$schema": _ForEditors.schema_dialect, **made, "title": title}

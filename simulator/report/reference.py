"""The reference of the formats: every key of every shape, as tables in Markdown, made from the JSON Schemas."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from simulator.language.schema import schema_of
from simulator.rubric.shapes import Rubric
from simulator.scenario.shapes import Scenario

if TYPE_CHECKING:
    from collections.abc import Iterator

Schema = dict[str, Any]

_HEAD: Final = """\
# Every key of the formats

<!-- Written by `python docs/generate.py` from the shapes in simulator/; change the descriptions there. -->

All keys that may be written, shape by shape. What they mean in play, with examples, is told in [Writing a
scenario](format.md) and [Writing a rubric](rubrics.md). An editor shows the same while you type: [completion and
hover](editors.md).

- A *text* may hold anything. On one line, put quotes around one with a colon, or around `true`; see [the traps to
  avoid](format.md#the-file).
- An *id* has small letters, digits and hyphens, begins with a letter, and has at most 60 characters. It is none of the
  keys [listed here](format.md#ids).
- A *reference* is the id of something that stands elsewhere.
- *By id* means a group: each id is followed by a colon and what it stands for.
- A *case* is a group with a condition. Of a list of cases, the first that holds is used; of a list of blocks, every one
  that holds is played.
"""


def reference_page() -> str:
    """The whole page, as `docs/reference.md`."""
    scenario, rubric = schema_of(Scenario, "Scenario"), schema_of(Rubric, "Rubric")
    parts = [_HEAD, "## A scenario file\n", *_shape("Scenario", scenario)]
    told = set()
    for name in _in_order(scenario):
        parts += _shape(name, scenario["$defs"][name])
        told.add(name)
    parts += ["## A rubric file\n", *_shape("Rubric", rubric)]
    for name in _in_order(rubric):
        if name not in told:
            parts += _shape(name, rubric["$defs"][name])
    return "\n".join(parts)


def _shape(name: str, shape: Schema) -> Iterator[str]:
    yield f"### {_title(name)}\n\n{shape['description']}\n"
    yield "| key | needed | kind | default | what it is |\n|---|---|---|---|---|"
    for key, field in shape["properties"].items():
        needed = "yes" if key in shape.get("required", ()) else ""
        kind = "[expression](format.md#expressions)" if key == "when" else _kind(field)
        yield f"| `{key}` | {needed} | {kind} | {_default(field)} | {field['description']} |"
    if shape["additionalProperties"]:
        more = shape["additionalProperties"]
        yield f"| *any other* | | {_kind(more)} | | {more['description']} |"
    yield ""


def _in_order(schema: Schema) -> list[str]:
    """The names of the shapes within a schema, as a reader meets them: each after the one that first holds it."""
    found: list[str] = []

    def meet(one: Schema) -> None:
        for field in chain(one["properties"].values(), [one["additionalProperties"] or {}]):
            for name in re.findall(r"'\$ref': '#/\$defs/(\w+)'", str(field)):
                if name not in found:
                    found.append(name)
                    meet(schema["$defs"][name])

    meet(schema)
    return found


def _title(name: str) -> str:
    """The name of a shape as a heading: “Score case”."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).capitalize()


def _default(field: Schema) -> str:
    if "default" not in field:
        return ""
    value = field["default"]
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _kind(field: Schema, *, several: bool = False) -> str:
    """What may be written, in words."""
    match field:
        case {"anyOf": forms}:
            return (" or " if several else ", or ").join(_kind(form, several=several) for form in forms)
        case {"$ref": name}:
            title = _title(name.rpartition("/")[2]).lower()
            return f"[{title}{'s' if several else ''}](#{title.replace(' ', '-')})"
        case {"type": "array", "items": items}:
            return f"list of {_kind(items, several=True)}"
        case {"patternProperties": properties}:
            (value,) = properties.values()
            return f"by id: {_kind(value)}"
        case {"enum": words}:
            return ", ".join(f"`{word}`" for word in words[:-1]) + f" or `{words[-1]}`"
    return f"{_plain_kind(field)}{'s' if several else ''}"


def _plain_kind(field: Schema) -> str:
    match field:
        case {"type": "integer", "minimum": lo, "maximum": hi}:
            return f"`{lo}`" if lo == hi else f"whole number from {lo} to {hi}"
        case {"type": ["integer", "boolean"]}:
            return "signed whole number, or `true`, or `false`"
        case {"type": "number"}:
            return "number above 0, with at most four decimals"
        case {"type": "boolean"}:
            return "`true` or `false`"
        case {"format": "date"}:
            return "date, as 2026-11-20"
        case {"pattern": pattern}:
            return "id" if pattern.startswith("^(?!") else "reference"
    return "text"

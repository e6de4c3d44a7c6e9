"""YAML as editors read it (1.2, core schema) and the schemas held against it."""

from __future__ import annotations

import json
import re
from typing import ClassVar

import jsonschema
import yaml

from simulator.language.schema import schema_of
from simulator.rubric.shapes import Rubric
from simulator.scenario.shapes import Scenario

SCHEMAS = {kind: schema_of(shape, f"A Bedside {kind}") for kind, shape in (("scenario", Scenario), ("rubric", Rubric))}
VALIDATORS = {
    # through JSON, as editors get them
    kind: jsonschema.Draft202012Validator(json.loads(json.dumps(found)))
    for kind, found in SCHEMAS.items()
}


class Core(yaml.SafeLoader):
    """PyYAML reads YAML 1.1, in which `no` is false and 3:30 is 210."""

    yaml_implicit_resolvers: ClassVar[dict] = {}


for _tag, _form, _first in (
    ("null", "~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", "true|True|TRUE|false|False|FALSE", [*"tTfF"]),
    ("int", "[-+]?[0-9]+", [*"-+0123456789"]),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", [*"-+.0123456789"]),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_form})$"), _first)
Core.add_constructor("tag:yaml.org,2002:int", lambda _loader, node: int(node.value))


def underlined(text: str | bytes) -> list[str]:
    """What an editor would underline: the place and the reason."""
    value = yaml.load(text, Core)
    kind = "rubric" if isinstance(value, dict) and "bedside-rubric" in value else "scenario"
    return [f"{'/'.join(map(str, one.path))}: {one.message}" for one in VALIDATORS[kind].iter_errors(value)]

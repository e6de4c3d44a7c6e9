"""The settings file as it is written: read like any other file of Bedside, only where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from simulator.language.decode import decode
from simulator.language.fields import Group, Id, Text, Truth, one_of
from simulator.language.nearest import did_you_mean
from simulator.language.shape import Shape, as_mapping
from simulator.language.tree import Mapping
from simulator.language.yaml import read_yaml
from simulator.library.load import read_file
from simulator.library.settings import THEME_NAMES, Settings

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from simulator.language.diagnostics import Problems

DIGITS = frozenset("123456789")


class SettingsFile(Shape):
    """What a learner may set."""

    theme: Annotated[str, one_of(*THEME_NAMES)] = Field("dark", description="The colours.")
    motion: Truth = Field(True, description="Whether a silence is given a moment before the reply.")
    explain: Truth = Field(False, description="In practice, whether each choice is explained at once.")
    overall: Truth = Field(False, description="Whether the debrief gives a figure for the whole, beside the moments.")
    learner: Text | None = Field(None, description="The pseudonym under which sessions are kept.")
    keys_: Annotated[dict[Id, Text], Group] = Field(
        {}, alias="keys", description="Another key for an action, by the action's id."
    )


def read_file_at(path: Path, actions: Collection[str], problems: Problems) -> Settings:
    """The settings at `path`, or the usual ones where they have mistakes."""
    usual = Settings()
    data = read_file(path, problems)
    source = decode(data, str(path), problems) if data is not None else None
    if source is None or not source.text.strip():
        return usual
    tree = read_yaml(source, problems)
    if tree is None:
        return usual
    group = as_mapping(tree, problems)
    found = SettingsFile.model_validate(group if isinstance(group, Mapping) else {}, context=problems)
    for id_, keys in found.keys_.items():
        if id_ not in actions:
            problems.report("BED901", f"There is no action “{id_}”.", id_.place, help=did_you_mean(id_, actions))
        elif any(key.strip() in DIGITS for key in keys.split(",")):
            problems.report("BED901", f"“{keys}” holds a number, and numbers choose.", id_.place, help="Take a letter.")
    if problems.errors:
        return usual
    learner = str(found.learner) if found.learner else None
    keys_ = {str(id_): str(keys) for id_, keys in found.keys_.items()}
    switches = (bool(found.motion), bool(found.explain), bool(found.overall))
    return Settings(str(found.theme), *switches, learner, keys_)

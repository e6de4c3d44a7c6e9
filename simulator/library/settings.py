"""A learner's settings: one small YAML file, whose mistakes are told like those of any other file."""

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

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from simulator.language.diagnostics import Problems

THEME_NAMES = ("dark", "light", "contrast", "colour-blind")


class Settings(Shape):
    """What a learner may set."""

    theme: Annotated[str, one_of(*THEME_NAMES)] = Field("dark", description="The colours.")
    motion: Truth = Field(True, description="Whether a silence is given a moment before the reply.")
    explain: Truth = Field(False, description="In practice, whether each choice is explained at once.")
    learner: Text | None = Field(None, description="The pseudonym under which sessions are kept.")
    keys_: Annotated[dict[Id, Text], Group] = Field(
        {}, alias="keys", description="Another key for an action, by the action's id."
    )


def read_settings(path: Path, actions: Collection[str], problems: Problems) -> Settings:
    """The settings at `path`, or the usual ones where there is no file or it has mistakes."""
    usual = Settings.model_construct()
    if not path.is_file():
        return usual
    data = read_file(path, problems)
    source = decode(data, str(path), problems) if data is not None else None
    if source is None or not source.text.strip():
        return usual
    tree = read_yaml(source, problems)
    if tree is None:
        return usual
    group = as_mapping(tree, problems)
    settings = Settings.model_validate(group if isinstance(group, Mapping) else {}, context=problems)
    for id_ in settings.keys_:
        if id_ not in actions:
            problems.report("BED901", f"There is no action “{id_}”.", id_.place, help=did_you_mean(id_, actions))
    return usual if problems.errors else settings

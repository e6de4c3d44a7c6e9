"""A scenario file and the rubrics it lists, read from disk and compiled."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from simulator.encounter.compile import compile_encounter
from simulator.language.diagnostics import Problems
from simulator.language.nearest import did_you_mean
from simulator.language.yaml import MOST_BYTES
from simulator.rubric.read import read_rubric
from simulator.scenario.read import read_scenario

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from simulator.encounter.program import Program
    from simulator.library.find import Shelf
    from simulator.rubric.shapes import Rubric
    from simulator.scenario.shapes import Scenario


def digest(data: bytes) -> str:
    """The SHA-256 by which a text is known."""
    return sha256(data).hexdigest()


@dataclass(frozen=True)
class Texts:
    """The files one program is made of, as bytes; `rubrics` in the order the scenario lists them."""

    id: str
    scenario: bytes
    rubrics: Mapping[str, bytes] = field(default_factory=dict)


def read_file(path: Path, problems: Problems) -> bytes | None:
    """The bytes of a file; None with a problem reported if it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)  # one more than allowed is enough to refuse it
    except OSError as error:
        problems.report(
            "BED101",
            f"This file cannot be read: {error.strerror or error}.",
            None,
            file=str(path),
            help="Check the name and the permissions.",
        )
        return None


def load(path: Path, shelf: Shelf, problems: Problems) -> tuple[Texts, Program | None] | None:
    """The texts of the scenario at `path` with its rubrics, and the program if nothing is wrong with them."""
    data = read_file(path, problems)
    if data is None:
        return None
    scenario = read_scenario(data, str(path), problems)
    return None if scenario is None else assembled(path, data, scenario, shelf, problems)


def assembled(
    path: Path, data: bytes, scenario: Scenario, shelf: Shelf, problems: Problems
) -> tuple[Texts, Program | None]:
    """The same for a scenario that was read already: its rubrics found and read, and all of it compiled."""
    rubrics, shapes = _rubrics(scenario, path, shelf, problems)
    texts = Texts(path.stem, data, rubrics)
    return texts, compile_encounter(path.stem, scenario, shapes, problems)


def find_rubric(name: str, path: Path, shelf: Shelf) -> Path | None:
    """The file of a rubric that the scenario at `path` lists."""
    folder = path.resolve().parent
    # an educator's own rubric may lie beside the scenario, or in a folder `rubrics` beside its folder
    found = shelf.find("rubrics", name, beside=(folder, folder.parent / "rubrics"))
    if found and found.resolve() == path.resolve():  # a scenario of the same name as its rubric
        found = shelf.find("rubrics", name, beside=(folder.parent / "rubrics",))
    return found


def _rubrics(
    scenario: Scenario, path: Path, shelf: Shelf, problems: Problems
) -> tuple[dict[str, bytes], dict[str, Rubric]]:
    texts, shapes = {}, {}
    for name in scenario.rubrics:
        if name.broken:
            continue
        found = find_rubric(name, path, shelf)
        data = read_file(found, problems) if found else None
        if data is None or found is None:
            known = [*shelf.all("rubrics"), *_rubrics_beside(path.resolve().parent)]
            problems.report("BED404", f"There is no rubric “{name}”.", name.place, help=did_you_mean(name, known))
            continue
        shape = read_rubric(data, str(found), problems)
        if shape is not None:
            texts[str(name)], shapes[str(name)] = data, shape
    return texts, shapes


def all_rubrics(shelf: Shelf) -> dict[str, Rubric]:
    """Every rubric on the shelf that has no mistakes, by id."""
    found = {}
    for id_, path in shelf.all("rubrics").items():
        problems = Problems()
        data = read_file(path, problems)
        rubric = read_rubric(data, str(path), problems) if data is not None else None
        if rubric is not None and not problems.errors:
            found[id_] = rubric
    return found


def _rubrics_beside(folder: Path) -> list[str]:
    """The ids of the rubrics that lie beside a scenario, or in a folder `rubrics` beside its folder."""
    paths = [*folder.glob("*.y*ml"), *(folder.parent / "rubrics").glob("*.y*ml")]
    return [path.stem for path in paths if b"\nbedside-rubric:" in b"\n" + (read_file(path, Problems()) or b"")]


def rebuild(texts: Texts, problems: Problems) -> Program | None:
    """The program of texts that were kept, for replaying."""
    scenario = read_scenario(texts.scenario, f"{texts.id}.yaml", problems)
    if scenario is None:
        return None
    shapes = {}
    for name, data in texts.rubrics.items():
        shape = read_rubric(data, f"{name}.yaml", problems)
        if shape is not None:
            shapes[name] = shape
    return compile_encounter(texts.id, scenario, shapes, problems)

"""The command that holds codings against the author's key."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from simulator.cli.commands import find_program
from simulator.cli.exits import Exit
from simulator.cli.out import err, out, out_json, stop
from simulator.cli.page import page_width
from simulator.language.diagnostics import Problems
from simulator.library.load import digest, read_file
from simulator.report.agreement import agreement_json, agreement_text
from simulator.report.problems import problems_text
from simulator.workshop.agreement import agreement as agree
from simulator.workshop.coding import read_coding
from simulator.workshop.key import key

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.encounter.program import Program
    from simulator.workshop.coding import Coding


def agreement(name: str, files: tuple[Path, ...], *, as_json: bool) -> None:
    """Tell how far codings agree."""
    _, texts, program = find_program(name)
    sha256 = digest(texts.scenario)
    codings = _codings(program, sha256, files)
    shared = [who for who, times in Counter((one.rater, one.kind) for one in codings).items() if times > 1]
    if shared:
        raise stop(f"Two of these codings are by {shared[0][0]}; name one of them, or mend `rater`.", Exit.USAGE)
    for one in codings:
        if one.sha256 != sha256:
            err(f"The coding by {one.rater} is of another version of {program.id}.")
    found = agree(program, sha256, codings)
    if as_json:
        out_json(agreement_json(found))
    else:
        out(agreement_text(found, page_width()))


def _codings(program: Program, sha256: str, files: tuple[Path, ...]) -> list[Coding]:
    problems = Problems()
    units = key(program).keys()
    found = []
    for file in files:
        data = read_file(file, problems)
        coding = None if data is None else read_coding(data, str(file), program, sha256, units, problems)
        if coding is not None:
            found.append(coding)
    if problems:
        err(problems_text(problems, problems.left_out))
    if problems.errors:
        raise stop("\nNothing is compared until this is mended.", Exit.PROBLEMS)
    return found

"""Every command of the documentation, typed as it stands there, page by page; the guide has tests of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import ROOT

BLOCK = re.compile(r'^```(?:yaml title="(?P<name>[^"]+)"|(?P<kind>\w+))\n(?P<text>.*?)^```', re.MULTILINE | re.DOTALL)
# the guide is run by test_guide, and the examples of diagnostics by test_explain
PAGES = [page for page in sorted((ROOT / "docs").glob("*.md")) if page.stem not in ("guide", "diagnostics")]
UNPLAYED = {"sessions"}  # this page plays for itself
TYPED = {"playing": "\n1\n"}  # there a session is left and gone on with
WITH_COMMANDS = [page for page in PAGES if "```console" in page.read_text(encoding="utf-8")]


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """A data folder in which the third appointment was played."""
    home = tmp_path_factory.mktemp("home")
    typed = "\n" + "1\n" * 80
    _run("bedside play third-appointment --plain --seed 3 --learner heron", home, home, typed)
    assert len(list((home / "sessions").iterdir())) == 1
    return home


def _run(command: str, folder: Path, home: Path, typed: str) -> tuple[int, str]:
    """The exit code of a line in a shell, with what it said."""
    tools = folder / ".tools"
    tools.mkdir(exist_ok=True)
    tool = tools / "bedside"
    tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m simulator "$@"\n', encoding="utf-8")
    tool.chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "BEDSIDE_HOME": str(home),
    }
    done = subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env=environment,
        input=typed,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("page", WITH_COMMANDS, ids=lambda page: page.stem)
def test_every_command_does_what_the_page_says(page, played, tmp_path):
    work, home = tmp_path / "work", tmp_path / "home"
    for folder in ("scenarios", "rubrics"):  # a folder of a school's own, with files in it
        shutil.copytree(ROOT / folder, work / folder)
    if page.stem not in UNPLAYED:
        shutil.copytree(played, home)
    (work / "class-of-may").symlink_to(home)
    for found in BLOCK.finditer(page.read_text(encoding="utf-8")):
        if found["name"]:
            folder = "rubrics" if found["text"].startswith("bedside-rubric") else "scenarios"
            for place in (work, work / folder):
                (place / found["name"]).write_text(found["text"], encoding="utf-8")
        elif found["kind"] == "console" and "bedside preview" not in found["text"]:  # which needs a terminal
            for part in re.split(r"^\$ ", found["text"], flags=re.MULTILINE)[1:]:
                command, _, printed = part.partition("\n")
                code, said = _run(command, work, home, TYPED.get(page.stem, "\n" + "1\n" * 80))
                assert "Traceback" not in said
                assert not printed.strip() or said.strip() == printed.strip(), command
                assert code == (1 if " error " in printed else 0), f"{command}\n{said[-600:]}"

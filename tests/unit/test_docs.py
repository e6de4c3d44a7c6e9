"""Every example in the documentation is what it says: scenarios and rubrics pass `check`, links lead somewhere."""

from __future__ import annotations

import re
import tomllib

import pytest

from simulator.cli.commands import check_file
from simulator.cli.main import bedside as commands
from simulator.language.codes import CODES
from simulator.library.find import Shelf
from tests.support import DAY, ROOT

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
EXAMPLE = re.compile(r'^```yaml title="([^"]+)"\n(.*?)^```', re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_examples_pass_check(page, tmp_path):
    examples = EXAMPLE.findall(page.read_text(encoding="utf-8"))
    for name, text in examples:
        (tmp_path / name).write_text(text, encoding="utf-8")
    for name, _ in examples:
        found = check_file(tmp_path / name, Shelf((tmp_path,)), DAY)
        assert not found, [f"{p.place}: {p.message}" for p in found]


def test_there_are_examples_of_both_formats():
    names = [name for page in PAGES for name, _ in EXAMPLE.findall(page.read_text(encoding="utf-8"))]
    assert len(names) >= 2


def test_the_readme_names_every_command():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert all(f"`bedside {name}" in readme for name in commands.commands)


def test_every_code_that_is_used_is_listed_and_every_listed_one_is_used():
    used = set()
    for path in (ROOT / "simulator").rglob("*.py"):
        if path.name != "codes.py":
            used |= set(re.findall(r"BED\d{3}", path.read_text(encoding="utf-8")))
    assert used == set(CODES)


def test_the_version_is_one():
    import simulator

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == simulator.__version__

"""`bedside preview`, as an author types it where there is no terminal; what it paints is in `tests/tui`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.test_cli import SMALL


def test_without_a_terminal_it_is_said_what_works_instead(bedside, home):
    Path("visit.yaml").write_text(SMALL, encoding="utf-8")
    for more in ((), ("--plain",)):
        code, out, err = bedside("preview", "visit.yaml", *more)
        assert (code, out) == (2, "")
        assert "needs a terminal" in err
        assert "`bedside check visit.yaml`" in err
        assert "`bedside map visit.yaml`" in err
    assert not home.exists()


@pytest.mark.parametrize("name", ["nothing.yaml", "nothing", "."])
def test_a_file_that_is_not_there_is_wrong_usage(bedside, name):
    code, _, err = bedside("preview", name)
    assert code == 2
    assert f"There is no file {name} here." in err


def test_the_file_and_the_seed_reach_the_screen(bedside, monkeypatch):
    Path("visit.yaml").write_text("not a scenario", encoding="utf-8")  # it may be anything: it is there to be mended
    opened = []
    monkeypatch.setattr("simulator.cli.screen.is_possible", lambda: True)
    monkeypatch.setattr("simulator.cli.screen.preview", lambda watch, seed: opened.append((watch.path, seed)))
    assert bedside("preview", "visit.yaml", "--seed", "5")[0] == 0
    assert opened == [(Path("visit.yaml"), 5)]

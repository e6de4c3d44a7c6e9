"""A home with a shelf of its own: what ships with Bedside changes, and these tests do not."""

import pytest

from tests.tui import world


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A data folder with the two small encounters; nothing else is on the shelf."""
    folder = tmp_path / "home"
    monkeypatch.setenv("BEDSIDE_HOME", str(folder))
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setattr("simulator.library.find.shipped", lambda what: tmp_path / "nothing" / what)
    return world.shelf(folder)

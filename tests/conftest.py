"""Hypothesis draws the same examples on every run; `BEDSIDE_DEEP=1` draws many more, and new ones each time."""

import io
import os
import sys

import pytest
from hypothesis import HealthCheck, settings

from simulator.cli.main import run

settings.register_profile("same", max_examples=120, deadline=None, derandomize=True,
                          suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])  # fmt: skip
settings.register_profile("deep", max_examples=1000, deadline=None)
settings.load_profile("deep" if os.environ.get("BEDSIDE_DEEP") else "same")


@pytest.fixture
def home(tmp_path, monkeypatch):
    """An empty data folder, and an empty working directory."""
    folder = tmp_path / "home"
    monkeypatch.setenv("BEDSIDE_HOME", str(folder))
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return folder


@pytest.fixture
def bedside(home, capsys, monkeypatch):
    """Runs a command line in this process: `bedside("play", "x", typed="1\\n")` → (exit code, stdout, stderr)."""

    def run_(*arguments: str, typed: str = ""):
        monkeypatch.setattr(sys, "argv", ["bedside", *arguments])
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        capsys.readouterr()
        code = run()
        out, err = capsys.readouterr()
        return int(code), out, err

    return run_

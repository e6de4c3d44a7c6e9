"""The wheel, installed where nothing else is: it plays, and finds what is shipped in it."""

from __future__ import annotations

import os
import subprocess
import sys
import venv

import pytest

from tests.support import ROOT

pytestmark = pytest.mark.slow


def run(*command: object, **options):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True, **options)


def test_a_built_wheel_plays_in_a_fresh_environment(tmp_path):
    run(sys.executable, "-m", "pip", "wheel", "--no-deps", "--quiet", "--wheel-dir", tmp_path, ROOT)
    (wheel,) = tmp_path.glob("bedside-*.whl")
    venv.create(tmp_path / "env", with_pip=True)
    folder = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin")
    run(folder / "python", "-m", "pip", "install", "--quiet", wheel)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    environment = {**os.environ, "BEDSIDE_HOME": str(tmp_path / "home")}
    environment.pop("PYTHONPATH", None)
    options = {"cwd": elsewhere, "env": environment}
    assert "third-appointment" in run(folder / "bedside", "list", **options).stdout
    played = run(folder / "bedside", "play", "third-appointment", "--plain", input="1\n" * 200, **options)
    assert "Saved. `bedside show" in played.stdout
    assert "every figure the same" in run(folder / "bedside", "verify", "third", **options).stdout
    assert "— How it ends —" in run(folder / "bedside", "explore", "third-appointment", **options).stdout
    assert "third-appointment" in run(folder / "python", "-m", "simulator", "list", **options).stdout
    assert run(folder / "bedside", "new", "my-visit", **options).stdout == "my-visit.yaml\n"
    assert run(folder / "bedside", "new", "--kind", "rubric", "my-rubric", **options).stdout == "my-rubric.yaml\n"
    assert "0 errors" in run(folder / "bedside", "check", "--strict", elsewhere, **options).stdout
    assert "Wrong, in a choice" in run(folder / "bedside", "explain", "402", **options).stdout

"""The README's picture is what the app paints today."""

from __future__ import annotations

import importlib.util

from tests.support import ROOT


async def test_the_picture_is_current(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)  # the shipped encounter, whatever lies in the working directory
    spec = importlib.util.spec_from_file_location("picture", ROOT / "docs" / "picture.py")
    assert spec is not None
    assert spec.loader is not None
    picture = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(picture)
    current = picture.PICTURE.read_text(encoding="utf-8")
    assert await picture.drawn() == current, "python docs/picture.py draws it anew"

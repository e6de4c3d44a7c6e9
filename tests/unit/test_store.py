"""The folder, the texts and their names: missing, read-only, spoilt, and never half-written."""

from __future__ import annotations

import errno
import os
import re

import pytest

from simulator.sessions import folders, writer
from simulator.sessions.folders import make_folder, sync_folder, write_whole
from simulator.sessions.store import Store
from tests.unit.logs import finished, start, texts

FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def fails(error=FULL):
    def call(*_, **__):
        raise error

    return call


def test_a_text_that_cannot_be_kept_leaves_no_draft_and_no_log(tmp_path, monkeypatch):
    monkeypatch.setattr(folders.os, "fsync", fails())
    (tmp_path / "texts").mkdir()
    with pytest.raises(OSError, match="No space left"):
        start(tmp_path)
    assert list((tmp_path / "texts").iterdir()) == []
    assert Store(tmp_path).logs() == []


def test_every_name_on_the_way_to_a_log_is_synced(tmp_path, monkeypatch):
    synced = []
    for module in (folders, writer):
        monkeypatch.setattr(module, "sync_folder", synced.append)
    start(tmp_path / "a" / "b")[1].leave()
    home = tmp_path / "a" / "b"
    assert {tmp_path, tmp_path / "a", home, home / "texts", home / "sessions"} == set(synced)
    assert synced[-1] == home / "sessions", "the log's own name comes last"


def test_a_home_that_is_a_file(tmp_path):
    home = tmp_path / "home"
    home.write_text("not a folder")
    with pytest.raises(NotADirectoryError, match="Not a directory") as told:
        start(home)
    assert told.value.filename == str(home)
    assert home.read_text() == "not a folder"
    assert Store(home).logs() == []
    with pytest.raises(NotADirectoryError):
        make_folder(home / "deeper" / "still")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_home_that_may_only_be_read(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(PermissionError):
        start(tmp_path / "home")
    tmp_path.chmod(0o700)
    assert list(tmp_path.iterdir()) == []


def test_file_systems_that_cannot_sync_a_name_are_used_all_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(folders.os, "fsync", fails(OSError(errno.EINVAL, "Invalid argument")))
    sync_folder(tmp_path)
    monkeypatch.setattr(folders.os, "fsync", fails(OSError(errno.EIO, "Input/output error")))
    with pytest.raises(OSError, match="Input/output"):
        sync_folder(tmp_path)


def test_texts_are_kept_once_and_mended_if_someone_spoilt_them(tmp_path):
    store = Store(tmp_path)
    named = store.keep(texts())
    kept = {path: path.stat().st_ino for path in store.texts.iterdir()}
    assert len(kept) == 2
    assert all(re.fullmatch("[0-9a-f]{64}.yaml", path.name) for path in kept)
    assert store.keep(texts()) == named
    assert {path: path.stat().st_ino for path in store.texts.iterdir()} == kept, "not written again"
    for path in kept:
        path.write_bytes(path.read_bytes()[:10])
    assert store.keep(texts()) == named
    assert store.kept(named).scenario == texts().scenario
    assert set(store.texts.iterdir()) == set(kept)


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "text.yaml"
    write_whole(path, b"one")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folders.os, "fsync", fails(KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            write_whole(path, b"two")
    assert path.read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [path]


def test_a_name_finds_a_path_an_id_or_a_part_of_one(tmp_path):
    store, path = finished(tmp_path)
    other = path.with_name(f"{path.stem}-copy.jsonl")
    other.write_bytes(path.read_bytes())
    assert store.find(str(other)) == [other]
    assert store.find(path.stem) == [path], "an id in full is that one, whatever else begins so"
    assert set(store.find(path.stem[-6:])) == {path, other}
    assert set(store.find("")) == {path, other}
    for name in ("nothing", "../sessions/" + path.stem, "a\0b", "x" * 5000, "x" * 5000 + ".jsonl", "\ud800", "*"):
        assert store.find(name) == []

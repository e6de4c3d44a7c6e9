"""Files under edit: a save is met once it has come to rest, whatever way an editor takes."""

from __future__ import annotations

import os

import pytest

from simulator.library.find import Shelf
from simulator.library.watch import Watch
from tests.support import RUBRIC
from tests.unit.test_cli import SMALL


@pytest.fixture
def path(tmp_path, monkeypatch):
    monkeypatch.setattr("simulator.library.find.shipped", lambda what: tmp_path / "nothing")
    (tmp_path / "small.yaml").write_text(RUBRIC, encoding="utf-8")
    found = tmp_path / "visit.yaml"
    found.write_text(SMALL, encoding="utf-8")
    return found


@pytest.fixture
def watch(path):
    return Watch(path, Shelf((path.parent,)))


def due(watch: Watch) -> list[bool]:
    """What three looks find."""
    return [watch.is_due() for _ in range(3)]


def codes(watch: Watch) -> list[str]:
    return sorted({one.code for one in watch.read().problems})


def test_nothing_is_due_before_something_was_saved(watch):
    assert watch.read().program is not None
    assert due(watch) == [False, False, False]


def test_a_save_is_due_at_the_second_look_until_it_is_read(watch, path):
    watch.read()
    path.write_text(SMALL.replace("She leaves.", "She goes."), encoding="utf-8")
    assert due(watch) == [False, True, True]
    watch.read()
    assert due(watch) == [False, False, False]


def test_a_file_that_is_still_being_written_is_left_alone(watch, path):
    watch.read()
    for part in ("", SMALL[:100], SMALL[:900]):
        path.write_text(part, encoding="utf-8")
        assert not watch.is_due()
    path.write_text(SMALL, encoding="utf-8")
    assert due(watch) == [False, False, False]  # it is what was read


def test_a_file_of_the_same_size_put_in_its_place_is_met(watch, path):
    watch.read()
    other = path.with_suffix(".tmp")
    other.write_text(SMALL.replace("She leaves.", "She enters."), encoding="utf-8")
    assert other.stat().st_size == path.stat().st_size
    os.utime(other, ns=(path.stat().st_mtime_ns, path.stat().st_mtime_ns))
    other.replace(path)
    assert due(watch) == [False, True, True]


def test_a_file_that_was_only_touched_is_no_save(watch, path):
    watch.read()
    os.utime(path, ns=(1, 1))
    assert due(watch) == [False, False, False]


def test_a_file_that_is_gone_is_told_and_comes_back(watch, path):
    watch.read()
    path.unlink()
    assert due(watch) == [False, True, True]
    assert codes(watch) == ["BED101"]
    assert due(watch) == [False, False, False]
    path.write_text(SMALL, encoding="utf-8")
    assert due(watch) == [False, True, True]
    assert watch.read().program is not None


def test_the_rubrics_it_lists_are_watched_even_while_something_is_wrong(watch, path):
    rubric = path.with_name("small.yaml")
    rubric.write_text(RUBRIC.replace("limits: It is small.\n", ""), encoding="utf-8")
    assert watch.read().program is None
    rubric.write_text(RUBRIC, encoding="utf-8")
    assert due(watch) == [False, True, True]
    assert watch.read().program is not None
    rubric.unlink()
    assert due(watch) == [False, True, True]
    assert codes(watch) == ["BED404"]
    rubric.write_text(RUBRIC, encoding="utf-8")
    assert due(watch) == [False, True, True]


def test_the_rubrics_of_a_file_that_cannot_be_read_are_those_it_listed_before(watch, path):
    watch.read()
    path.write_text("bedside: [", encoding="utf-8")
    assert due(watch) == [False, True, True]
    watch.read()
    path.with_name("small.yaml").write_text(RUBRIC + "# more\n", encoding="utf-8")
    assert due(watch) == [False, True, True]

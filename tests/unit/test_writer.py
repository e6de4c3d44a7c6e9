"""A log being written: on a full disk, by two at once, and never half a line."""

from __future__ import annotations

import errno
import multiprocessing
import os

import pytest

from simulator.sessions import writer
from simulator.sessions.chain import read_log
from simulator.sessions.session import Session
from simulator.sessions.store import Store
from simulator.sessions.verify import verify
from simulator.sessions.writer import LogBusy, LogWriter
from tests.unit.logs import choose, descriptors, names, start, texts

FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def fails(error=FULL):
    def call(*_, **__):
        raise error

    return call


def short_write(monkeypatch):
    """A disk that takes half of the next line."""
    real = os.write
    monkeypatch.setattr(writer.os, "write", lambda fd, data: real(fd, data[: len(data) // 2]))


# a disk that is full


@pytest.mark.parametrize("how", ["short", "none", "late"])
def test_a_full_disk_leaves_the_log_as_it_was_and_the_answer_can_be_given_again(tmp_path, how):
    store, session = start(tmp_path)
    choose(session, "sit")
    path = session.writer.path
    before = path.read_bytes()
    with pytest.MonkeyPatch.context() as patch:
        if how == "short":
            short_write(patch)
        elif how == "none":
            patch.setattr(writer.os, "write", fails())
        else:  # a file system that finds out only when it is asked to make sure
            patch.setattr(writer, "_sync", fails())
        for _ in range(2):
            with pytest.raises(OSError, match="No space left on device") as told:
                choose(session, "wait")
            assert told.value.filename == str(path)
            assert path.read_bytes() == before
    assert session.node.id == "one/talk", "what is not on disk does not count"
    choose(session, "wait", "call")
    session.end()
    assert names(path).count("choice-made") == 3
    assert verify(store, path).status == "finished"


def test_where_not_even_the_half_line_can_be_taken_back_nothing_more_is_written(tmp_path, monkeypatch):
    store, session = start(tmp_path)
    choose(session, "sit")
    path = session.writer.path
    before = path.read_bytes()
    with pytest.MonkeyPatch.context() as patch:
        short_write(patch)
        patch.setattr(writer.os, "ftruncate", fails(OSError(errno.EIO, "I/O error")))
        with pytest.raises(OSError, match="No space left"):
            choose(session, "wait")
    with pytest.raises(OSError):
        choose(session, "wait")
    assert path.read_bytes().startswith(before)
    assert verify(store, path).status == "torn"
    again = Session.resume(store, path)
    assert again.node.id == "one/talk"
    again.leave()
    assert verify(store, path).is_sound


def test_an_interrupt_in_the_middle_of_writing_leaves_a_whole_log(tmp_path, monkeypatch):
    store, session = start(tmp_path)
    path = session.writer.path
    before = path.read_bytes()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writer, "_sync", fails(KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            choose(session, "sit")
    assert path.read_bytes() == before
    choose(session, "sit", "wait", "call")
    session.end()
    assert verify(store, path).status == "finished"


@pytest.mark.parametrize("how", ["short", "none", "late"])
def test_a_session_that_cannot_begin_leaves_no_log(tmp_path, monkeypatch, how):
    before = descriptors()
    start(tmp_path)[1].leave()
    with pytest.MonkeyPatch.context() as patch:
        if how == "short":
            short_write(patch)
        elif how == "none":
            patch.setattr(writer.os, "write", fails())
        else:
            patch.setattr(writer, "sync_folder", fails())
        with pytest.raises(OSError, match="No space left"):
            start(tmp_path)
    assert len(Store(tmp_path).logs()) == 1
    assert descriptors() == before


@pytest.mark.parametrize("learner", ["", " \n", "\x1b\x07", "\ud800"])
def test_a_learner_without_a_name_is_called_the_learner(tmp_path, learner):
    _, session = start(tmp_path, learner=learner)
    assert session.started["learner"] == "learner"


@pytest.mark.parametrize("wrong", [{"seed": -1}, {"seed": 2**60}, {"mode": "exam"}])
def test_a_session_that_could_not_be_verified_is_not_begun(tmp_path, wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        start(tmp_path, **wrong)
    assert Store(tmp_path).logs() == []


@pytest.mark.parametrize("name", ["a b", "\x1b[2J", "caf\udce9", "x" * 300, "🙂" * 60, "..", "a\nb", "\ud800"])
def test_a_scenario_file_may_be_called_anything(tmp_path, name):
    from dataclasses import replace

    from tests.unit.logs import tiny

    store = Store(tmp_path)
    odd = replace(texts(), id=name)
    session = Session.start(store, odd, tiny(), learner="kim", mode="practice", seed=1)
    choose(session, "sit", "wait", "call")
    session.end()
    (path,) = store.logs()
    assert verify(store, path).status == "finished"


# one writer at a time


def _tries(home, path, queue):
    try:
        Session.resume(Store(home), path)
        queue.put("resumed")
    except LogBusy:
        queue.put("busy")


def test_of_two_processes_one_gets_the_log(tmp_path):
    _, session = start(tmp_path)
    choose(session, "sit")
    path = session.writer.path
    before = path.read_bytes()
    processes = multiprocessing.get_context("spawn")
    for expected in ("busy", "resumed"):
        queue = processes.Queue()
        other = processes.Process(target=_tries, args=(tmp_path, path, queue))
        other.start()
        assert queue.get(timeout=60) == expected
        other.join()
        assert (path.read_bytes() == before) == (expected == "busy")
        session.leave()


def test_a_log_that_is_open_is_not_resumed_here_either(tmp_path):
    store, session = start(tmp_path)
    before = descriptors()
    for _ in range(3):
        with pytest.raises(LogBusy):
            Session.resume(store, session.writer.path)
    assert descriptors() == before


def test_where_there_are_no_locks_one_still_plays_and_a_second_writer_is_noticed(tmp_path, monkeypatch):
    monkeypatch.setattr(writer.fcntl, "flock", fails(OSError(errno.ENOLCK, "No locks available")))
    store, first = start(tmp_path)
    choose(first, "sit")
    second = Session.resume(store, first.writer.path)
    before = first.writer.path.read_bytes()
    with pytest.raises(OSError, match="Another program has changed the log"):
        choose(first, "wait")
    assert first.writer.path.read_bytes() == before
    choose(second, "wait", "call")
    second.end()
    assert verify(store, first.writer.path).status == "finished"


def test_a_log_that_someone_lengthens_meanwhile_is_left_alone(tmp_path):
    _, session = start(tmp_path)
    path = session.writer.path
    with path.open("ab") as file:
        file.write(b"\n")
    before = path.read_bytes()
    with pytest.raises(OSError, match="Another program"):
        choose(session, "sit")
    assert path.read_bytes() == before


def test_a_log_is_begun_once(tmp_path):
    path = tmp_path / "logs" / "one.jsonl"
    LogWriter.begin(path, {"event": "a"}).close()
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        LogWriter.begin(path, {"event": "b"})
    assert path.read_bytes() == before
    assert path.stat().st_mode & 0o777 == 0o600
    closed, log = LogWriter.reopen(path)
    closed.close()
    closed.close()
    with pytest.raises(OSError):
        closed.append({"event": "c"})
    assert read_log(path.read_bytes()) == log

"""A session come back to: after an answer, after a kill, after its end."""

from __future__ import annotations

import pytest

from simulator.sessions.replay import Unreadable
from simulator.sessions.session import Session
from simulator.sessions.verify import verify
from tests.unit.logs import choose, descriptors, events, finished, names, reflect, start


def lines(path):
    return path.read_bytes().splitlines(keepends=True)


def resumed(store, path):
    session = Session.resume(store, path)
    session.leave()
    return session


def test_resume_stands_after_the_last_answer(tmp_path):
    store, session = start(tmp_path)
    choose(session, "sit")
    session.leave()
    session = Session.resume(store, session.writer.path)
    assert session.node.id == "one/talk"
    choose(session, "wait", "call")
    session.leave()
    session = Session.resume(store, session.writer.path)
    reflect(session)
    session.end()
    assert names(session.writer.path)[:7] == [
        "session-started", "choice-made", "resumed", "choice-made", "choice-made", "encounter-ended", "resumed",
    ]  # fmt: skip
    assert verify(store, session.writer.path).status == "finished"


def test_an_ending_lost_between_the_choice_and_its_line_is_written_on_resume_and_once(tmp_path):
    store, path = finished(tmp_path)
    path.write_bytes(b"".join(lines(path)[:4]))
    assert names(path)[-1] == "choice-made"
    assert verify(store, path).status == "unfinished"
    for _ in range(3):
        assert resumed(store, path).playthrough.is_over
    assert names(path)[4:] == ["resumed", "encounter-ended", "resumed", "resumed"]
    session = Session.resume(store, path)
    reflect(session)
    session.end()
    assert verify(store, path).status == "finished"


def test_a_kill_between_resumed_and_the_ending_is_mended_too(tmp_path):
    store, path = finished(tmp_path)
    path.write_bytes(b"".join(lines(path)[:4]))
    resumed(store, path)
    path.write_bytes(b"".join(lines(path)[:5]))
    resumed(store, path)
    assert names(path)[4:] == ["resumed", "resumed", "encounter-ended"]
    assert verify(store, path).is_sound


def test_a_finished_session_is_left_as_it_is(tmp_path):
    store, path = finished(tmp_path)
    for torn in (b"", b'{"event":"dispu'):
        before = path.read_bytes() + torn
        path.write_bytes(before)
        assert resumed(store, path).is_closed
        assert path.read_bytes() == before


def test_a_dispute_may_come_after_the_end_and_over_what_was_torn(tmp_path):
    store, path = finished(tmp_path)
    path.write_bytes(path.read_bytes() + b'{"event":"dispu')
    session = Session.resume(store, path)
    session.answer("disputed", decision=1, criterion="small/presence", text="I sat.")
    session.leave()
    assert names(path)[-2:] == ["session-ended", "disputed"]
    assert verify(store, path).status == "finished"


def test_going_back_is_kept_and_the_branch_that_remains_counts(tmp_path):
    store, session = start(tmp_path)
    choose(session, "stand", "cut")
    session.rewind(0)
    choose(session, "sit", "wait")
    session.rewind(1)
    path = session.writer.path
    session.leave()
    path.write_bytes(path.read_bytes() + b'{"event":"choice-m')  # killed while the next was written
    session = Session.resume(store, path)
    assert [one.id for one in session.playthrough.made] == ["one/door/sit"]
    assert session.is_rewound
    choose(session, "wait", "call")
    session.end()
    ended = next(one for one in events(path) if one["event"] == "encounter-ended")
    assert (ended["choices"], ended["rewound"], ended["ending"]) == (3, True, "well")
    assert next(one for one in events(path) if one["event"] == "resumed")["discarded"] == 18
    assert verify(store, path).status == "finished"


def test_a_log_that_is_no_file(tmp_path):
    store, path = finished(tmp_path)
    with pytest.raises(Unreadable, match="cannot be opened: No such file"):
        Session.resume(store, path.with_name("nothing.jsonl"))
    assert verify(store, tmp_path).status == "damaged"


def test_no_descriptor_is_left_open_by_what_goes_wrong(tmp_path):
    store, path = finished(tmp_path)
    whole = path.read_bytes()
    before = descriptors()
    for data in (b"", whole[:40], whole.replace(b"kim", b"lou"), b"\n", whole[: whole.index(b"\n") + 1]):
        for _ in range(5):
            path.write_bytes(data)
            try:
                Session.resume(store, path).leave()
            except Unreadable:
                assert path.read_bytes() == data
    assert descriptors() == before

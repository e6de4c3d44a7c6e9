"""What a list shows of logs, and which attempt a session is."""

from __future__ import annotations

from simulator.sessions.summary import attempt, summary
from tests.unit.logs import choose, events, finished, forge, start


def test_a_list_shows_what_a_log_says(tmp_path):
    _, path = finished(tmp_path)
    found = summary(path)
    assert (found.status, found.learner, found.mode, found.scenario) == ("finished", "kim", "practice", "tiny")
    assert (found.choices, found.ending, found.met, found.moments) == (3, "well", 3, 3)
    _, session = start(tmp_path, mode="assessment")
    choose(session, "sit")
    session.leave()
    found = summary(session.writer.path)
    assert (found.status, found.mode, found.choices, found.ending) == ("unfinished", "assessment", 1, "")
    assert summary(tmp_path / "none.jsonl").status == "damaged"
    assert summary(tmp_path).status == "damaged"


def test_attempts_count_what_the_same_learner_ended_before(tmp_path):
    def played(stamp, *, learner="kim", ends=True):
        store, session = start(tmp_path, learner=learner)
        if ends:
            choose(session, "sit", "wait", "call")
        session.leave()
        log = events(session.writer.path)
        id_ = f"{stamp}-tiny-000000"
        for event in log:
            event.update({"session": id_} if "session" in event else {})
        session.writer.path.unlink()
        forge(store.path(id_), log)
        return store, log[0]

    store, first = played("20260101T000000Z")
    _, second = played("20260102T000000Z", ends=False)
    _, third = played("20260103T000000Z")
    _, other = played("20260104T000000Z", learner="lou")
    (tmp_path / "sessions" / "20260100T000000Z-tiny-ffffff.jsonl").write_bytes(b"rubbish\n")
    assert [attempt(store, one) for one in (first, second, third, other)] == [1, 2, 2, 1]

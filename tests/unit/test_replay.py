"""A log played again: resumed at any moment, gone back in, and the same for the same choices."""

from __future__ import annotations

import json

import pytest

from simulator.debrief.value import QUESTIONS as ASKED
from simulator.sessions import replay as replaying
from simulator.sessions import session as playing
from simulator.sessions.claims import same
from simulator.sessions.events import QUESTIONS, VARYING
from simulator.sessions.replay import Unreadable, replay
from simulator.sessions.session import Session
from simulator.sessions.verify import verify
from tests.unit.logs import TINY, choose, events, finished, forge, names, reflect, start


def test_a_replay_is_the_session_that_was_played(tmp_path):
    store, session = start(tmp_path)
    choose(session, "stand", words="  I would\nrather  stand. ")
    choose(session, "cut", "file")
    reflect(session)
    session.end()
    found = replay(store, session.writer.path)
    assert [one.id for one in found.playthrough.made] == ["one/door/stand", "one/talk/cut", "one/plan/file"]
    assert found.playthrough.state == session.playthrough.state
    assert found.answers == session.answers
    assert found.is_closed and not found.is_rewound
    assert (found.session, found.seed) == (session.started["session"], 7)
    assert events(session.writer.path)[1]["words"] == "I would rather stand."


def test_same_scenario_seed_and_choices_give_the_same_events(tmp_path, monkeypatch):
    def played(home, learner, clock):
        monkeypatch.setattr(playing, "now", lambda: clock)
        store, session = start(tmp_path / home, learner=learner)
        choose(session, "stand")
        session.rewind(0)
        choose(session, "sit", "ask")
        session.leave()
        session = Session.resume(store, session.writer.path)
        choose(session, "call")
        reflect(session)
        session.end()
        return events(session.writer.path)

    def steady(found):
        return json.dumps([{key: value for key, value in one.items() if key not in VARYING} for one in found])

    one = played("one", "kim", "2026-01-01T00:00:00Z")
    monkeypatch.setattr(playing.simulator, "__version__", "9.9.9")
    monkeypatch.setattr(playing.time, "monotonic", iter(range(1000)).__next__)
    two = played("two", "lou", "2027-02-02T00:00:00Z")
    assert steady(one) == steady(two)
    varied = {key for a, b in zip(one, two, strict=True) for key in a if a[key] != b[key]}
    assert varied == VARYING - {"h", "parent"}, "and all of these do vary"


def test_another_seed_changes_what_was_shown_and_nothing_that_was_chosen(tmp_path):
    logs = [events(finished(tmp_path / str(seed), seed=seed)[1]) for seed in range(6)]
    assert len({json.dumps([one.get("shown") for one in log]) for log in logs}) > 1
    assert len({json.dumps([one.get("choice") for one in log]) for log in logs}) == 1
    assert len({json.dumps([one.get("scores") for one in log]) for log in logs}) == 1


@pytest.mark.parametrize("to", [-1, 1, 2, True, 2**60])
def test_going_back_to_where_one_never_was_writes_nothing(tmp_path, to):
    _, session = start(tmp_path)
    choose(session, "sit")
    before = session.writer.path.read_bytes()
    with pytest.raises(ValueError, match="to"):
        session.rewind(to)
    assert session.writer.path.read_bytes() == before
    assert not session.is_rewound


def test_in_assessment_there_is_no_going_back(tmp_path):
    store, session = start(tmp_path, mode="assessment")
    choose(session, "sit")
    with pytest.raises(ValueError, match="no going back"):
        session.rewind(0)
    choose(session, "wait", "call")
    reflect(session)
    session.end()
    path = session.writer.path
    assert verify(store, path).status == "finished"
    forged = events(path)
    forge(path, [*forged[:2], {"event": "rewound", "to": 0}, forged[1], *forged[2:]])
    assert (verify(store, path).status, verify(store, path).line) == ("damaged", 3)


@pytest.mark.parametrize(
    ("event", "fields"),
    [
        ("marked", {"as": "keep", "decision": 0}),
        ("marked", {"as": "keep", "decision": 4}),
        ("marked", {"as": "burn", "decision": 1}),
        ("marked", {"as": "keep", "decision": True}),
        ("marked", {"as": "keep"}),
        ("predicted", {"question": "listened", "answer": 0}),
        ("predicted", {"question": "listened", "answer": 6}),
        ("predicted", {"question": "loved", "answer": 3}),
        ("reflection", {"prompt": 2, "text": "x"}),
        ("reflection", {"prompt": -1, "text": "x"}),
        ("disputed", {"decision": 1, "criterion": "small/kindness", "text": "x"}),
        ("disputed", {"decision": 9, "criterion": "small/presence", "text": "x"}),
        ("landed", {"word": "x", "mood": "y"}),
        ("landed", {"word": None}),
        ("slept", {}),
        ("session-started", {}),
        ("encounter-ended", {}),
    ],
)
def test_what_could_not_be_read_again_is_not_written(tmp_path, event, fields):
    store, session = start(tmp_path)
    choose(session, "sit", "wait", "call")
    before = session.writer.path.read_bytes()
    with pytest.raises(ValueError):
        session.answer(event, **fields)
    assert session.writer.path.read_bytes() == before
    assert session.answers == ()
    session.end()
    assert verify(store, session.writer.path).status == "finished"


def test_answers_and_ends_have_their_time(tmp_path):
    store, session = start(tmp_path)
    with pytest.raises(ValueError, match="cannot stand here"):
        session.answer("landed", word="tired")
    with pytest.raises(ValueError, match="cannot stand here"):
        session.end()
    choice = session.shown[0]
    choose(session, "sit")
    with pytest.raises(ValueError, match="could not be chosen"):
        session.choose(choice)
    assert names(session.writer.path) == ["session-started", "choice-made"]
    assert verify(store, session.writer.path).is_sound


def test_the_questions_of_the_debrief_are_those_of_the_log():
    assert tuple(ASKED) == QUESTIONS


def test_whatever_is_typed_can_be_written_and_read_again(tmp_path):
    store, session = start(tmp_path)
    everything = "".join(map(chr, range(0x11000)))
    for at in range(0, len(everything), 1500):
        choose(session, "sit", words=f"x {everything[at : at + 1500]} x")
        session.rewind(0)
    choose(session, "sit", "wait", "call")
    session.answer("landed", word=everything)
    session.end()
    assert verify(store, session.writer.path).status == "finished"


def test_what_python_calls_equal_is_not_always_the_same_claim():
    assert same({"a": 1, "b": [2]}, {"b": [2], "a": 1})
    assert not same(1, True) and not same(1, 1.0) and not same("1", 1)


def test_a_kept_text_that_is_gone_or_changed_is_said(tmp_path):
    store, path = finished(tmp_path)
    (scenario,) = [one for one in store.texts.iterdir() if one.read_text().startswith("bedside: 1")]
    scenario.write_text(TINY.replace("trust: 3", "trust: 9"))
    found = verify(store, path)
    assert (found.status, found.line) == ("damaged", 1) and "was changed" in found.detail
    with pytest.raises(Unreadable, match="was changed"):
        Session.resume(store, path)
    scenario.unlink()
    assert "is not in" in verify(store, path).detail
    before = path.read_bytes()
    with pytest.raises(Unreadable, match="is not in"):
        Session.resume(store, path)
    assert path.read_bytes() == before


def test_a_kept_text_that_passes_no_check_any_more_is_said(tmp_path, monkeypatch):
    store, path = finished(tmp_path)
    monkeypatch.setattr(replaying, "_programs", replaying.OrderedDict())
    bad = b"bedside: 1\ntitle: [\n"
    name = replaying.read(path).events[0]
    store.keep(replace_scenario(bad))
    name["scenario"]["sha256"] = store.keep(replace_scenario(bad))["scenario"]["sha256"]
    forge(path, [name])
    assert "does not pass `check` any more" in verify(store, path).detail


def replace_scenario(data):
    from simulator.library.load import Texts
    from tests.unit.logs import texts

    return Texts("tiny", data, texts().rubrics)


def test_a_message_holds_nothing_that_a_terminal_obeys():
    assert str(Unreadable("of a\x1b[2J\nstranger")) == "of a[2J stranger"


def test_a_session_that_has_no_choices_still_has_its_ending(tmp_path):
    from simulator.language.diagnostics import Problems
    from simulator.library.load import Texts, rebuild
    from simulator.sessions.store import Store
    from tests.unit.logs import texts

    at, until = TINY.index("      door:"), TINY.index("      bye:")
    short = Texts("short", (TINY[:at] + TINY[until:]).encode(), texts().rubrics)
    problems = Problems()
    program = rebuild(short, problems)
    assert program is not None, [one.message for one in problems]
    store = Store(tmp_path)
    session = Session.start(store, short, program, learner="kim", mode="practice", seed=1)
    session.answer("landed", word="short")
    session.end()
    assert names(session.writer.path) == ["session-started", "encounter-ended", "landed", "session-ended"]
    assert verify(store, session.writer.path).status == "finished"

"""Forged logs: what was changed is found, and named by its line; nothing in them does harm."""

from __future__ import annotations

import copy
import json
import shutil

import pytest

from simulator.language.text import FORBIDDEN
from simulator.sessions import replay as replaying
from simulator.sessions.replay import Unreadable
from simulator.sessions.session import Session
from simulator.sessions.store import Store
from simulator.sessions.summary import attempt, summary
from simulator.sessions.verify import verify
from tests.unit.logs import events, finished, forge, forge_lines

# the lines of a finished log
STARTED, SIT, WAIT, CALL, ENDED, LANDED, MARKED, PREDICTED, REFLECTED, DISPUTED, INTENDED, CLOSED = range(1, 13)


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    return finished(tmp_path_factory.mktemp("original") / "home")


@pytest.fixture
def log(original, tmp_path):
    """A finished log with its store, to be forged: a copy, for playing waits for the disk."""
    store, path = original
    shutil.copytree(store.home, tmp_path / "home")
    store = Store(tmp_path / "home")
    return store, store.path(path.stem)


def test_what_is_sound_is_called_sound(log, tmp_path):
    store, path = log
    verdict = verify(store, path)
    assert (verdict.status, verdict.is_sound, verdict.line) == ("finished", True, CLOSED)
    assert verdict.detail == "3 choices replayed, every figure the same"
    assert path.read_bytes().endswith(f'"h":"{verdict.head}"}}\n'.encode())
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-1]))
    assert (verify(store, path).status, verify(store, path).is_sound) == ("unfinished", True)
    assert verify(store, path).detail.endswith("the debrief is open")
    path.write_bytes(lines[0])
    assert verify(store, path).detail == "0 choices, no ending yet"


# the chain alone finds these


@pytest.mark.parametrize("line", range(1, CLOSED))
def test_a_line_removed_doubled_or_swapped_is_named(log, line):
    store, path = log
    lines = path.read_bytes().splitlines(keepends=True)
    at = line - 1
    removed = lines[:at] + lines[at + 1 :]
    doubled = [*lines[: at + 1], *lines[at:]]
    swapped = [*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]]
    for forged, named in ((removed, line), (doubled, line + 1), (swapped, line)):
        path.write_bytes(b"".join(forged))
        assert (verify(store, path).status, verify(store, path).line) == ("damaged", named)
        assert summary(path).status == "damaged"


def test_a_line_of_another_log_does_not_fit(log, tmp_path):
    store, path = log
    other = finished(tmp_path / "other", learner="lou")[1].read_bytes().splitlines(keepends=True)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:4], other[4], *lines[5:]]))
    assert (verify(store, path).status, verify(store, path).line) == ("damaged", ENDED)


# these have a chain worked out afresh, and it is the replay that finds them


def at(forged, line):
    return forged[line - 1]


def by_rubric(forged):
    return at(forged, ENDED)["scores"]["small"]


def figure(forged):
    return by_rubric(forged)["overall"]


EDITS = {
    # what was done
    "a choice that was not there": (WAIT, lambda log: at(log, WAIT).update(choice="one/plan/call")),
    "a choice of no one's": (SIT, lambda log: at(log, SIT).update(choice="one/door/fly")),
    "a choice whose condition does not hold": (WAIT, lambda log: at(log, SIT).update(choice="one/door/stand")),
    "the order shown": (SIT, lambda log: at(log, SIT)["shown"].reverse()),
    "less shown": (SIT, lambda log: at(log, SIT)["shown"].pop()),
    "another seed": (SIT, lambda log: at(log, STARTED).update(seed=10)),
    "a choice too many": (ENDED, lambda log: log.insert(ENDED - 1, at(log, CALL))),
    "a choice too few": (CALL, lambda log: log.pop(CALL - 1)),
    "back to where one never was": (CALL, lambda log: log.insert(CALL - 1, {"event": "rewound", "to": 2})),
    "back from the ending": (ENDED, lambda log: log.insert(ENDED - 1, {"event": "rewound", "to": 0})),
    # what it came to
    "a meter": (ENDED, lambda log: at(log, ENDED)["meters"].update(trust=5)),
    "a meter more": (ENDED, lambda log: at(log, ENDED)["meters"].update(hope=5)),
    "no meters": (ENDED, lambda log: at(log, ENDED).update(meters={})),
    "a score": (ENDED, lambda log: figure(log).update(earned="99")),
    "a moment met": (ENDED, lambda log: figure(log).update(met=9)),
    "a count that is true": (ENDED, lambda log: figure(log).update(met=True)),
    "a count with a point": (ENDED, lambda log: figure(log).update(met=3.0)),
    "a domain": (ENDED, lambda log: by_rubric(log)["domains"]["listening"].update(met=1)),
    "a domain that counts true": (ENDED, lambda log: by_rubric(log)["domains"]["doing"].update(moments=True)),
    "a criterion": (ENDED, lambda log: by_rubric(log)["criteria"].pop("presence")),
    "the band": (ENDED, lambda log: by_rubric(log).update(band="Consistent")),
    "another rubric": (ENDED, lambda log: at(log, ENDED)["scores"].update(big=at(log, ENDED)["scores"].pop("small"))),
    "the ending": (ENDED, lambda log: at(log, ENDED).update(ending="lost")),
    "harm": (ENDED, lambda log: at(log, ENDED).update(gates=["harm"])),
    "never gone back": (ENDED, lambda log: at(log, ENDED).update(rewound=True)),
    "how many choices": (ENDED, lambda log: at(log, ENDED).update(choices=4)),
    "whose it was": (ENDED, lambda log: at(log, ENDED).update(learner="lou")),
    "whose it was, at the start": (ENDED, lambda log: at(log, STARTED).update(learner="lou")),
    "how it was played": (ENDED, lambda log: at(log, STARTED).update(mode="assessment")),
    "which session": (ENDED, lambda log: at(log, STARTED).update(session="another")),
    "which scenario": (ENDED, lambda log: at(log, STARTED)["scenario"].update(id="another")),
    "when it began": (ENDED, lambda log: at(log, STARTED).update(time="2020-01-01T00:00:00Z")),
    # what was answered
    "a decision that was not": (MARKED, lambda log: at(log, MARKED).update(decision=4)),
    "decision 0": (MARKED, lambda log: at(log, MARKED).update(decision=0)),
    "a mark of no kind": (MARKED, lambda log: at(log, MARKED).update({"as": "burn"})),
    "six of five": (PREDICTED, lambda log: at(log, PREDICTED).update(answer=6)),
    "a question not asked": (PREDICTED, lambda log: at(log, PREDICTED).update(question="loved")),
    "a prompt there is not": (REFLECTED, lambda log: at(log, REFLECTED).update(prompt=2)),
    "a prompt before the first": (REFLECTED, lambda log: at(log, REFLECTED).update(prompt=-1)),
    "a criterion there is not": (DISPUTED, lambda log: at(log, DISPUTED).update(criterion="small/kindness")),
    "a criterion without its rubric": (DISPUTED, lambda log: at(log, DISPUTED).update(criterion="attention")),
    # the order of things
    "nothing before": (1, lambda log: log.pop(0)),
    "two beginnings": (2, lambda log: log.insert(1, at(log, STARTED))),
    "two endings": (ENDED + 1, lambda log: log.insert(ENDED, at(log, ENDED))),
    "an ending too early": (CALL, lambda log: log.insert(CALL - 1, at(log, ENDED))),
    "no ending": (ENDED, lambda log: log.pop(ENDED - 1)),
    "an answer before the ending": (CALL, lambda log: log.insert(CALL - 1, at(log, LANDED))),
    "a dispute before the ending": (CALL, lambda log: log.insert(CALL - 1, at(log, DISPUTED))),
    "a choice after the ending": (LANDED, lambda log: log.insert(ENDED, at(log, CALL))),
    "going back after the ending": (LANDED, lambda log: log.insert(ENDED, {"event": "rewound", "to": 0})),
    "an answer after the end": (CLOSED + 1, lambda log: log.append(at(log, LANDED))),
    "resumed after the end": (
        CLOSED + 1,
        lambda log: log.append({"event": "resumed", "time": "2026-01-01T00:00:00Z", "app": "1", "discarded": 0}),
    ),
    "two ends": (CLOSED + 1, lambda log: log.append(at(log, CLOSED))),
    # the shape of things
    "an unknown event": (LANDED, lambda log: at(log, LANDED).update(event="levitated")),
    "a field more": (SIT, lambda log: at(log, SIT).update(score=2)),
    "a check of its own": (SIT, lambda log: at(log, SIT).update(h="0" * 64)),
    "a field less": (SIT, lambda log: at(log, SIT).pop("ms")),
    "time as text": (SIT, lambda log: at(log, SIT).update(ms="12")),
    "time as truth": (SIT, lambda log: at(log, SIT).update(ms=True)),
    "time before time": (SIT, lambda log: at(log, SIT).update(ms=-1)),
    "time without end": (SIT, lambda log: at(log, SIT).update(ms=10**40)),
    "time with a point": (SIT, lambda log: at(log, SIT).update(ms=1.5)),
    "a list for a choice": (SIT, lambda log: at(log, SIT).update(choice=["one/door/sit"])),
    "a number shown": (SIT, lambda log: at(log, SIT)["shown"].append(7)),
    "a decision that is true": (MARKED, lambda log: at(log, MARKED).update(decision=True)),
    "truth as a number": (ENDED, lambda log: at(log, ENDED).update(rewound=0)),
    "no words": (SIT, lambda log: at(log, SIT).update(words=None)),
    "too many words": (SIT, lambda log: at(log, SIT).update(words="x" * 2001)),
    "words on two lines": (SIT, lambda log: at(log, SIT).update(words="a\nb")),
    "words that a terminal obeys": (SIT, lambda log: at(log, SIT).update(words="\x1b[2J")),
    "NUL": (LANDED, lambda log: at(log, LANDED).update(word="a\0b")),
    "text turned round": (LANDED, lambda log: at(log, LANDED).update(word="a\u202eb")),
    "format 2": (1, lambda log: at(log, STARTED).update(format=2, news="x")),
    "format true": (1, lambda log: at(log, STARTED).update(format=True)),
    "no mode": (1, lambda log: at(log, STARTED).update(mode="exam")),
    "a seed below 0": (1, lambda log: at(log, STARTED).update(seed=-1)),
    "a huge seed": (1, lambda log: at(log, STARTED).update(seed=10**30)),
    "no time": (1, lambda log: at(log, STARTED).update(time="yesterday")),
    "digits of elsewhere": (1, lambda log: at(log, STARTED).update(time="٢٠٢٦-01-01T00:00:00Z")),
    "a scenario by path": (1, lambda log: at(log, STARTED)["scenario"].update(sha256="../../etc/passwd")),
    "a scenario with more": (1, lambda log: at(log, STARTED)["scenario"].update(path="x")),
    "a scenario as text": (1, lambda log: at(log, STARTED).update(scenario="tiny")),
    "rubrics as an object": (1, lambda log: at(log, STARTED).update(rubrics={"id": "small"})),
    "no rubrics": (1, lambda log: at(log, STARTED).update(rubrics=[])),
    "a rubric twice": (1, lambda log: at(log, STARTED)["rubrics"].append(at(log, STARTED)["rubrics"][0])),
    "a rubric by another name": (1, lambda log: at(log, STARTED)["rubrics"][0].update(id="big")),
    "a text nobody kept": (1, lambda log: at(log, STARTED)["scenario"].update(sha256="0" * 64)),
    "a parent of no shape": (1, lambda log: at(log, STARTED).update(parent={"session": "x"})),
    "scores as a list": (ENDED, lambda log: at(log, ENDED).update(scores=[])),
    "a score as text": (ENDED, lambda log: at(log, ENDED).update(scores={"small": "all"})),
    "an overall as a list": (ENDED, lambda log: by_rubric(log).update(overall=[1])),
    "moments as text": (ENDED, lambda log: figure(log).update(moments="\x1b[2J")),
    "gates as text": (ENDED, lambda log: at(log, ENDED).update(gates="harm")),
    "deep meters": (ENDED, lambda log: at(log, ENDED).update(meters={"a": [[[[[[[[[[1]]]]]]]]]]})),
}  # fmt: skip


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_with_the_chain_worked_out_afresh_is_named(log, edit):
    store, path = log
    line, change = EDITS[edit]
    forged = copy.deepcopy(events(path))
    change(forged)
    forge(path, forged)
    before = path.read_bytes()
    verdict = verify(store, path)
    missing = edit == "a text nobody kept"
    status, where = ("unchecked", 0) if missing else ("damaged", line)
    assert (verdict.status, verdict.is_sound, verdict.line) == (status, False, where), verdict.detail
    assert verdict.detail and not FORBIDDEN.search(verdict.detail) and len(verdict.detail) < 250
    with pytest.raises(Unreadable):
        Session.resume(store, path)
    assert path.read_bytes() == before
    summary(path)  # never raises
    assert attempt(store, {"scenario": {"id": "tiny"}, "learner": "kim", "session": "later", "time": "2999"}) in (1, 2)


def test_a_forged_choice_is_told_in_a_sentence(log):
    store, path = log
    forged = events(path)
    at(forged, SIT)["choice"] = "one/\x1b]0;owned\x07\x9b2J" + "x" * 500
    forge(path, forged)
    assert verify(store, path).detail == "“choice” is not what it should be"
    at(forged, SIT)["choice"] = "x" * 500
    forge(path, forged)
    assert verify(store, path).detail == f"“{'x' * 60}” could not be chosen at that point"
    at(forged, SIT)["event"] = "\x1b[2J\nall is well"
    forge(path, forged)
    assert verify(store, path).detail == "there is no event “[2J all is well”"


def test_a_format_of_tomorrow_is_called_that(log):
    store, path = log
    forged = events(path)
    at(forged, STARTED).update(format=2, weather="mild")
    forge(path, forged)
    assert verify(store, path).detail == "it has format 2, and this Bedside reads format 1"


def test_a_rubric_by_another_name_is_found_though_its_text_is_known(log):
    store, path = log
    assert verify(store, path).is_sound  # the program is remembered now
    forged = events(path)
    at(forged, STARTED)["rubrics"][0]["id"] = "big"
    forge(path, forged)
    assert not verify(store, path).is_sound
    assert not verify(store, path).is_sound, "and what was found of a forgery is not remembered"
    assert len(replaying._programs) <= 20


@pytest.mark.parametrize(
    "body",
    [
        '{"event":"landed","word":"\\ud800"}',
        '{"event":"landed","word":"a","word":"b"}',
        '{"event":"landed","word":' + '{"a":' * 900 + "1" + "}" * 901,
        '{"event":"landed","word":' + "[" * 50_000 + "]" * 50_000 + "}",
        '{"event":"landed","word":' + "9" * 5000 + "}",
        '{"event":"landed", "word":"a"}',
    ],
    ids=["surrogate", "doubled", "deep", "deeper", "huge", "spaced"],
)
def test_json_that_bedside_does_not_write(log, body):
    store, path = log
    bodies = [json.dumps(event, ensure_ascii=False, separators=(",", ":")) for event in events(path)]
    bodies[LANDED - 1] = body
    forge_lines(path, bodies)
    assert (verify(store, path).status, verify(store, path).line) == ("damaged", LANDED)
    assert summary(path).status == "damaged"


def test_a_log_of_very_many_answers_is_not_played_to_the_end(log):
    store, path = log
    forged = events(path)
    forge(path, [*forged[:ENDED], *[at(forged, LANDED)] * 30_000, at(forged, CLOSED)])
    assert (verify(store, path).status, verify(store, path).line) == ("damaged", ENDED + replaying.MOST_ANSWERS + 1)

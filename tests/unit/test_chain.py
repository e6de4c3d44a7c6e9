"""Lines on disk: cut anywhere, changed anywhere."""

from __future__ import annotations

import random

import pytest

from simulator.sessions import writer
from simulator.sessions.chain import FIRST, closed, read_log
from simulator.sessions.replay import Unreadable
from simulator.sessions.session import Session
from simulator.sessions.summary import summary
from simulator.sessions.verify import verify
from tests.unit.logs import events, finished, forge_lines, names


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    return finished(tmp_path_factory.mktemp("home"))


@pytest.fixture
def quick(monkeypatch):
    """No waiting for a real disk, thousands of times."""
    monkeypatch.setattr(writer, "_sync", lambda fd: None)


def test_a_line_says_what_it_said_and_closes_with_a_check_of_all_before_it():
    first, head = closed({"event": "a", "text": 'é “,"h":"” \\'}, FIRST)
    second, _ = closed({"event": "b"}, head)
    found = read_log(first + second)
    assert found.events == [{"event": "a", "text": 'é “,"h":"” \\'}, {"event": "b"}]
    assert read_log(second).damaged_line == 1
    assert read_log(first + first).damaged_line == 2


def test_cut_at_every_byte(log, tmp_path, quick):
    store, path = log
    whole = path.read_bytes()
    ends = [n + 1 for n, byte in enumerate(whole) if byte == ord("\n")]
    first = ends[0]
    cut = tmp_path / "cut.jsonl"
    for length in range(len(whole) + 1):
        cut.write_bytes(whole[:length])
        kept = sum(end <= length for end in ends)
        torn = length - (ends[kept - 1] if kept else 0)
        found = read_log(whole[:length])
        assert (len(found.events), found.torn, found.damage) == (kept, torn, ""), length

        verdict, listed = verify(store, cut), summary(cut)
        if length < first:
            assert (verdict.status, verdict.is_sound, listed.status) == ("empty", False, "empty"), length
            with pytest.raises(Unreadable, match="cut off before its first line was whole"):
                Session.resume(store, cut)
            assert cut.read_bytes() == whole[:length]
            continue
        is_whole = length == len(whole)
        assert verdict.status == ("torn" if torn else "finished" if is_whole else "unfinished"), length
        assert verdict.is_sound == (not torn)
        assert listed.status == ("finished" if is_whole else "unfinished")
        if torn:
            assert verdict.line == kept + 1
        _goes_on(store, cut, whole[: length - torn], torn, is_whole)


def _goes_on(store, cut, kept, torn, is_whole):
    session = Session.resume(store, cut)
    session.leave()
    if is_whole:
        assert cut.read_bytes() == kept
        return
    assert cut.read_bytes().startswith(kept)
    added = events(cut)[kept.count(b"\n") :]
    lost_the_end = session.playthrough.is_over and b"encounter-ended" not in kept
    assert [one["event"] for one in added] == ["resumed"] + ["encounter-ended"] * lost_the_end
    assert added[0]["discarded"] == torn
    assert verify(store, cut).is_sound
    assert names(cut).count("encounter-ended") == session.playthrough.is_over


def test_a_thousand_flipped_bits_are_each_named_and_nothing_is_recovered_from_them(log, tmp_path):
    store, path = log
    whole = path.read_bytes()
    draw = random.Random(20261120)
    flipped = tmp_path / "flipped.jsonl"
    last = len(whole) - 1
    places = {(last, bit) for bit in range(8)}  # the last newline, which only tears
    while len(places) < 1000:
        places.add((draw.randrange(len(whole)), draw.randrange(8)))
    for place, bit in sorted(places):
        data = bytearray(whole)
        data[place] ^= 1 << bit
        flipped.write_bytes(data)
        line = whole[:place].count(b"\n") + 1
        verdict = verify(store, flipped)
        assert not verdict.is_sound
        assert (verdict.status, verdict.line) == ("torn" if place == last else "damaged", line), (place, bit)
        if place == last:
            continue
        assert summary(flipped).status == "damaged"
        with pytest.raises(Unreadable) as refused:
            Session.resume(store, flipped)
        assert refused.value.line == line
        assert flipped.read_bytes() == data


@pytest.mark.parametrize(
    "line",
    [
        '{"event":"a", "b":1}',
        '{"event":"a","b":1,"b":1}',
        '{"event":"a","b":NaN}',
        '{"event":"a","b":1e2}',
        '{"event":"a","b":-0}',
        '{"event":"a","b":"\\u00e9"}',
        '{"event":"a","b":"\\ud800"}',
        '{"event":"a","b":"\ud800"}',
        '{"event":"a","b":"\x00"}',
        '{"event":"a","b":' + "9" * 5000 + "}",
        '{"event":"a","b":' + "[" * 100_000 + "]" * 100_000 + "}",
        '{"event":"a","b":' + '{"c":' * 100_000 + "1" + "}" * 100_001,
        '{"event":["a"]}',
        '{"b":1}',
        '["event"]',
        '"event"',
        "",
        "\ufeff{}",
    ],
    ids=lambda line: line[:30].encode("unicode_escape").decode(),
)
def test_a_line_that_bedside_would_not_write_is_damage_whatever_its_check_says(tmp_path, line):
    path = tmp_path / "forged.jsonl"
    forge_lines(path, ['{"event":"x"}', line])
    found = read_log(path.read_bytes())
    assert found.damage and found.damaged_line == 2
    assert found.events == [{"event": "x"}]


def test_bytes_that_are_no_log():
    assert read_log(b"") == read_log(b"")
    assert read_log(b"\n").damaged_line == 1
    assert read_log(b"\xff\xfe\n").damage == "it is not UTF-8 text"
    assert read_log(b"\x00" * 100).torn == 100

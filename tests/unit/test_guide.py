"""The guide, done as it is read: each file saved, each command typed, each answer as it is printed there."""

from __future__ import annotations

import re
from pathlib import Path

from simulator.encounter.playthrough import Playthrough
from simulator.encounter.speech import Voice
from simulator.encounter.transcript import transcript
from simulator.encounter.transition import Ended
from simulator.language.diagnostics import Problems
from simulator.library.find import Shelf
from simulator.library.load import load
from simulator.report.text import transcript_text
from tests.as_editors_read import underlined
from tests.support import ROOT, choice

GUIDE = (ROOT / "docs/guide.md").read_text(encoding="utf-8")
BLOCK = re.compile(r'^```(?:yaml title="(?P<name>[^"]+)"|(?P<kind>\w+))\n(?P<text>.*?)^```', re.MULTILINE | re.DOTALL)
FILE = "third-inhaler.yaml"


def last_file() -> str:
    return [found["text"] for found in BLOCK.finditer(GUIDE) if found["name"]][-1]


def test_every_command_of_the_guide_answers_as_printed(bedside, home):
    ran = []
    for found in BLOCK.finditer(GUIDE):
        if found["name"]:
            Path(found["name"]).write_text(found["text"], encoding="utf-8")
        elif found["kind"] == "console":
            command, _, printed = found["text"].partition("\n")
            ran.append(command)
            code, told, narrated = bedside(*command.removeprefix("$ bedside ").split(), typed="\n" + "1\n" * 40)
            assert told + narrated == printed or not printed, command
            assert code == (1 if " error " in printed else 0), command
    assert len(ran) >= 10 and ran[-1].startswith("$ bedside play")


def test_the_parts_shown_on_the_way_are_those_of_the_files():
    files = "".join(found["text"] for found in BLOCK.finditer(GUIDE) if found["name"])
    parts = [found["text"] for found in BLOCK.finditer(GUIDE) if found["kind"] == "yaml"]
    assert len(parts) >= 6
    for part in parts:
        assert all(line in files for line in part.splitlines()), part


def test_the_finished_file_plays_to_each_ending(home):
    Path(FILE).write_text(last_file(), encoding="utf-8")
    problems = Problems()
    loaded = load(Path(FILE), Shelf((Path(),)), problems)
    assert loaded and loaded[1] and not problems
    program = loaded[1]
    met = {}
    for took in (
        ["nights", "two", "friday", "call"],
        ["send", "friday", "mother"],
        ["daily", "new", "pharmacy", "top"],
    ):
        play = Playthrough.of(program, [choice(program, one) for one in took])
        ended = play.events[-1]
        assert isinstance(ended, Ended)
        met[ended.ending.id] = transcript_text(transcript(play.events, Voice(program, 1)))
    assert list(met) == ["two-inhalers", "no-call", "refill"]
    shown = [found["text"] for found in BLOCK.finditer(GUIDE) if found["kind"] == "text"]
    assert shown and all(one.strip() in met["two-inhalers"] for one in shown)
    assert underlined(last_file()) == []

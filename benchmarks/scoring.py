"""What a debrief costs, and what ten thousand logs do: ratios against the bare work that cannot be left out.

`python benchmarks/scoring.py [LOGS]`. An encounter of 40 decisions with 4 choices each, three criteria tested at each,
rules and promises. A log is scored by what `verify` does: chain, replay, and every figure worked out anew.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path

from simulator.debrief.build import debrief
from simulator.encounter.playthrough import Playthrough
from simulator.encounter.program import Program
from simulator.encounter.speech import shown
from simulator.language.diagnostics import Problems
from simulator.library.find import shipped
from simulator.library.load import Texts, rebuild
from simulator.report.text import debrief_text
from simulator.scoring.scores import scores
from simulator.sessions.chain import FIRST, closed
from simulator.sessions.claims import ended
from simulator.sessions.store import Store
from simulator.sessions.verify import verify

DECISIONS = 40
CRITERIA = ["full-attention", "partnering", "mindfulness", "pushing", "caring-actions", "knowledge", "not-giving-up"]
HEAD = """\
bedside: 1
title: Forty moments
summary: For measuring.
level: advanced
minutes: 40
learner-role: A resident.
objectives: [{text: Stay}]
rubrics: [healing-relationships]
cast: {ann: {name: Ann, role: patient}}
meters: {trust: 3, hope: 4}
promises: {call: Call.}
endings: {done: {title: Done, text: She goes.}}
patient-says: {noticed: You stayed., kept-back: Nothing., will-do: Rest.}
visits:
  v:
    title: V
    nodes:
"""


def scenario() -> str:
    rows = [HEAD]
    for n in range(DECISIONS):
        tested = [CRITERIA[(n + k) % len(CRITERIA)] for k in range(3)]
        rows.append(f"      n{n}:\n        lines: |\n          ann: That was the {n}th thing. (She looks up.)\n")
        rows.append("        cue: {line: She looks up., met-by: [c0]}\n        choices:\n")
        for c, levels in enumerate([(1, 1, 1), (1, 0, 0), (0, -1, 0), (-1, -1, -1)]):
            scores_ = ", ".join(f"{one}: {level}" for one, level in zip(tested, levels, strict=True))
            tag = ", tags: interruption" if c == 3 else ""
            mark = (
                ", makes: call"
                if (n, c) == (0, 0)
                else ", keeps: call, when: promised('call')"
                if (n, c) == (30, 1)
                else ""
            )
            cases = f"[{{when: trust >= 2, {scores_}, because: It was time.}}, {{{scores_}, because: It was early.}}]"
            change = 1 - c if 1 - c else 1
            rows.append(
                f"          c{c}: {{say: Choice {c} of moment {n}., scores: {cases}, effects: {{trust: {change:+d}}}"
                f"{tag}{mark}, tempts: You meant well., next: n{n + 1}}}\n"
            )
    return "".join(rows) + f"      n{DECISIONS}: {{ending: done}}\n"


def best_of(work, times: int) -> float:
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)


def played(program: Program, draw: random.Random) -> Playthrough:
    play = Playthrough.start(program)
    while not play.is_over:
        play = play.choose(draw.choice(play.available))
    return play


def written(store: Store, texts: Texts, program: Program, number: int) -> Path:
    """A log as a learner would leave it, written at once and not line by line."""
    draw = random.Random(number)
    session = f"20260504T{number:09d}Z-forty-moments-{number:06x}"
    started = {
        "event": "session-started", "format": 1, "app": "0", "session": session, **store.names(texts),
        "learner": f"learner {number % 300}", "mode": "practice", "seed": number, "time": "2026-05-04T10:00:00Z",
    }  # fmt: skip
    lines, head, play = [], FIRST, Playthrough.start(program)

    def log(event):
        nonlocal head
        line, head = closed(event, head)
        lines.append(line)

    log(started)
    while not play.is_over:
        choice = draw.choice(play.available)
        order = [one.id for one in shown(program.nodes[play.state.node], play.available, number)]
        log({"event": "choice-made", "choice": choice.id, "shown": order, "ms": 1000})
        play = play.choose(choice)
    log({"event": "encounter-ended", "time": "2026-05-04T10:20:00Z", **ended(started, play, is_rewound=False)})
    log({"event": "session-ended", "time": "2026-05-04T10:30:00Z"})
    path = store.path(session)
    path.write_bytes(b"".join(lines))
    return path


def bare(path: Path) -> None:
    """The least that reading a log takes: each line hashed and parsed."""
    head = ""
    for line in path.read_bytes().splitlines():
        head = sha256(head.encode() + line).hexdigest()
        json.loads(line)


def main(logs: int) -> None:
    rubric = (shipped("rubrics") / "healing-relationships.yaml").read_bytes()
    texts = Texts("forty-moments", scenario().encode(), {"healing-relationships": rubric})
    problems = Problems()
    program = rebuild(texts, problems)
    assert program is not None, [one.message for one in problems.errors][:3]
    play = played(program, random.Random(1))
    ids = [one.id for one in play.made]
    replay = best_of(lambda: Playthrough.of(program, [program.choice_by_id[i] for i in ids]).events, 20)
    scored = best_of(lambda: scores(program, play.decisions, play.state), 20)
    started = {"session": "s", "seed": 1, "learner": "l", "mode": "practice"}
    told = best_of(lambda: debrief(play, started, (), attempt=2), 10)
    text = best_of(lambda: debrief_text(debrief(play, started, (), attempt=2)), 10)
    print(
        f"{DECISIONS} decisions: replay {replay * 1000:.2f} ms   "
        f"scores {scored * 1000:.1f} ms ({scored / replay:.0f}x)   "
        f"debrief {told * 1000:.1f} ms ({told / replay:.0f}x)   with its text {text * 1000:.1f} ms"
    )
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        store.sessions.mkdir()
        store.keep(texts)
        paths = [written(store, texts, program, number) for number in range(logs)]
        start = time.perf_counter()
        for path in paths:
            bare(path)
        least = time.perf_counter() - start
        start = time.perf_counter()
        verdicts = [verify(store, path) for path in paths]
        full = time.perf_counter() - start
        assert all(one.status == "finished" for one in verdicts), verdicts[0]
    print(
        f"{logs} logs scored and verified: {full:.1f} s, {full / logs * 1000:.2f} ms each; "
        f"hashing and parsing alone {least:.1f} s ({full / least:.0f}x)"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)

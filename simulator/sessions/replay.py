"""A log played again: the same playthrough, and everything the log claims, worked out afresh."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from simulator.encounter.playthrough import Playthrough
from simulator.encounter.speech import shown
from simulator.language.diagnostics import Problems
from simulator.library.load import rebuild
from simulator.scoring.scores import gates_met, scores
from simulator.sessions.chain import Log, read_log
from simulator.sessions.events import FORMAT, MODES, REFLECTING, fault, order_fault

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.encounter.program import Program
    from simulator.scoring.scores import Score
    from simulator.sessions.store import Store


class Unreadable(Exception):
    """A log that cannot be trusted or played again; the text says which line and why."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


@dataclass
class Replay:
    """A session as its log tells it. `answers` are the reflecting events, in order."""

    path: Path
    log: Log
    started: dict[str, Any]
    program: Program
    playthrough: Playthrough
    is_rewound: bool = False
    is_closed: bool = False
    answers: list[dict[str, Any]] = field(default_factory=list)

    @property
    def session(self) -> str:
        """Its id."""
        return str(self.started["session"])

    @property
    def seed(self) -> int:
        """The seed of the choices' order and of the variants."""
        return int(self.started["seed"])


_programs: OrderedDict[tuple[str, ...], Program] = OrderedDict()


def program_of(store: Store, started: dict[str, Any]) -> Program:
    """The program a log was played from, from the kept texts; the last few are remembered."""
    key = (started["scenario"]["id"], started["scenario"]["sha256"], *(one["sha256"] for one in started["rubrics"]))
    if key not in _programs:
        problems = Problems()
        try:
            program = rebuild(store.kept(started), problems)
        except KeyError as error:
            raise Unreadable(str(error.args[0]), 1) from None
        if program is None:
            raise Unreadable(
                f"the text it was played from does not pass `check` any more: {problems.errors[0].message}", 1
            )
        _programs[key] = program
        if len(_programs) > 20:
            _programs.popitem(last=False)
    return _programs[key]


def replay(store: Store, path: Path) -> Replay:
    """Play a log again and hold every claim in it against what comes out; Unreadable if anything does not fit."""
    try:
        log = read_log(path.read_bytes())
    except OSError as error:
        raise Unreadable(f"the file cannot be read: {error.strerror}") from None
    if log.damage:
        raise Unreadable(log.damage, log.damaged_line)
    if not log.events:
        raise Unreadable("nothing was written to it yet", 1)
    _check_events(log)
    started = log.events[0]
    program = program_of(store, started)
    self = Replay(path, log, started, program, Playthrough.start(program))
    for number, event in enumerate(log.events[1:], start=2):
        _apply(self, event, number)
    return self


def _check_events(log: Log) -> None:
    for number, event in enumerate(log.events, start=1):
        wrong = fault(event)
        if wrong:
            raise Unreadable(wrong, number)
    index, wrong = order_fault(log.events)
    if wrong:
        raise Unreadable(wrong, index + 1)
    started = log.events[0]
    if started["format"] != FORMAT:
        raise Unreadable(f"it has format {started['format']}, and this Bedside reads format {FORMAT}", 1)
    texts = [started["scenario"], *started["rubrics"]]
    if not all(isinstance(one, dict) and {type(one.get("id")), type(one.get("sha256"))} == {str} for one in texts):
        raise Unreadable("it does not name the texts it was played from", 1)
    if started["mode"] not in MODES:
        raise Unreadable(f"there is no mode “{started['mode']}”", 1)


def _apply(self: Replay, event: dict[str, Any], number: int) -> None:
    match event["event"]:
        case "choice-made":
            _choose(self, event, number)
        case "rewound":
            if not 0 <= event["to"] < len(self.playthrough.made):
                raise Unreadable(f"it goes back to choice {event['to']}, which was not made", number)
            self.playthrough = Playthrough.of(self.program, self.playthrough.made[: event["to"]])
            self.is_rewound = True
        case "encounter-ended":
            _check_claims(self, event, number)
        case "session-ended":
            self.is_closed = True
        case name if name in REFLECTING:
            self.answers.append(event)


def _choose(self: Replay, event: dict[str, Any], number: int) -> None:
    play = self.playthrough
    choice = self.program.choice_by_id.get(event["choice"])
    if choice is None or choice not in play.available:
        raise Unreadable(f"“{event['choice']}” could not be chosen at that point", number)
    node = self.program.nodes[play.state.node]
    if event["shown"] != [one.id for one in shown(node, play.available, self.seed)]:
        raise Unreadable("the choices were not shown in that order", number)
    self.playthrough = play.choose(choice)


def _check_claims(self: Replay, event: dict[str, Any], number: int) -> None:
    if not self.playthrough.is_over:
        raise Unreadable("no ending was reached by then", number)
    for key, value in ended(self.started, self.playthrough, is_rewound=self.is_rewound).items():
        if event[key] != value:
            raise Unreadable(f"“{key}” is not what the choices come to", number)


def ended(started: dict[str, Any], play: Playthrough, *, is_rewound: bool) -> dict[str, Any]:
    """What `encounter-ended` says of a finished playthrough, complete in itself; without the time."""
    program, final = play.program, play.state
    decisions = play.decisions
    return {
        "session": started["session"],
        "scenario": started["scenario"]["id"],
        "learner": started["learner"],
        "mode": started["mode"],
        "seed": started["seed"],
        "started": started["time"],
        "choices": len(decisions),
        "rewound": is_rewound,
        "ending": program.endings[final.ending].id,
        "meters": {meter.id: value for meter, value in zip(program.meters, final.meters, strict=True)},
        "scores": {
            rubric: {
                "overall": exact(found.overall),
                "domains": {id_: exact(one) for id_, one in found.domains.items()},
                "criteria": {program.criteria[i].id: exact(one) for i, one in found.criteria.items() if one.moments},
                "band": found.band,
            }
            for rubric, found in scores(program, decisions, final).items()
        },
        "gates": list(gates_met(program, decisions, final)),
    }


def exact(score: Score) -> dict[str, Any]:
    """A score without rounding: fractions as text, such as "7/12"."""
    return {"earned": str(score.earned), "possible": str(score.possible), "met": score.met, "moments": score.moments}

"""A log played again: the same playthrough, and everything the log claims, worked out afresh."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from simulator.encounter.playthrough import Playthrough
from simulator.encounter.speech import shown
from simulator.language.diagnostics import Problems
from simulator.language.text import cleaned
from simulator.library.load import rebuild
from simulator.scoring.scores import is_evidence
from simulator.sessions.chain import Log, read_log
from simulator.sessions.claims import ended, same
from simulator.sessions.events import REFLECTING, STAGES, fault, quoted

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.encounter.program import Program
    from simulator.library.load import Texts
    from simulator.sessions.store import Store


MOST_ANSWERS = 10_000  # a forged log may be long, and is not to be slow


class Unreadable(Exception):
    """A log that cannot be trusted or played again; the text says which line and why."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(cleaned(message))  # part of it may come from a stranger's file
        self.line = line


class TextsMissing(Unreadable):
    """The log may be sound, but what it was played from is not here to say so."""


@dataclass(frozen=True)
class Replay:
    """A session as its log tells it. `answers` are the reflecting events, in order; `stage` is one of `STAGES`."""

    path: Path
    log: Log
    started: dict[str, Any]
    program: Program
    playthrough: Playthrough
    stage: str = "playing"
    is_rewound: bool = False
    answers: tuple[dict[str, Any], ...] = ()

    @property
    def session(self) -> str:
        """Its id."""
        return str(self.started["session"])

    @property
    def seed(self) -> int:
        """The seed of the choices' order and of the variants."""
        return int(self.started["seed"])

    @property
    def is_closed(self) -> bool:
        """Whether the learner was done with it."""
        return self.stage == "ended"

    def follow(self, event: dict[str, Any], line: int = 0) -> Replay:
        """This session, one event further; Unreadable if the event could not have come then.

        The player holds every event against this before it is written: what is written can be read again.
        """
        wrong = fault(event, self.stage) or _misfit(self, event)
        if wrong:
            raise Unreadable(wrong, line)
        after = replace(self, stage=STAGES[self.stage][event["event"]])
        match event["event"]:
            case "choice-made":
                return replace(after, playthrough=self.playthrough.choose(self.program.choice_by_id[event["choice"]]))
            case "rewound":
                return replace(after, playthrough=self.playthrough.back(event["to"]), is_rewound=True)
            case name if name in REFLECTING:
                return replace(after, answers=(*self.answers, event))
        return after


def read(path: Path) -> Log:
    """The log at `path`; Unreadable if there is no reading it."""
    try:
        return read_log(path.read_bytes())
    except OSError as error:
        raise Unreadable(f"the file cannot be read: {error.strerror}") from None


def replay(store: Store, path: Path) -> Replay:
    """Play a log again and hold every claim in it against what comes out; Unreadable if anything does not fit."""
    return replay_log(store, path, read(path))


def replay_log(store: Store, path: Path, log: Log) -> Replay:
    """The same of a log that was read already."""
    if log.damage:
        raise Unreadable(log.damage, log.damaged_line)
    if not log.events:
        raise Unreadable("it was cut off before its first line was whole, so there is nothing to go on from", 1)
    found = begun(store, path, log)
    for line, event in enumerate(log.events[1:], start=2):
        found = found.follow(event, line)
    return found


def begun(store: Store, path: Path, log: Log) -> Replay:
    """The session at its beginning, before the first choice."""
    started = log.events[0]
    wrong = fault(started, "new")
    if wrong:
        raise Unreadable(wrong, 1)
    program = program_of(store, started)
    return Replay(path, log, started, program, Playthrough.start(program))


_programs: OrderedDict[tuple[tuple[str, str], ...], Program] = OrderedDict()


def program_of(store: Store, started: dict[str, Any]) -> Program:
    """The program a log was played from, from the kept texts; the last few are remembered."""
    try:
        texts = store.kept(started)
    except KeyError as error:
        raise TextsMissing(str(error.args[0]), 1) from None
    except ValueError as error:
        raise Unreadable(str(error), 1) from None
    key = tuple((one["id"], one["sha256"]) for one in (started["scenario"], *started["rubrics"]))
    if key not in _programs:
        _programs[key] = _rebuilt(texts, [one["id"] for one in started["rubrics"]])
        if len(_programs) > 20:
            _programs.popitem(last=False)
    return _programs[key]


def _rebuilt(texts: Texts, rubrics: list[str]) -> Program:
    problems = Problems()
    program = rebuild(texts, problems)
    if program is None:
        message = problems.errors[0].message
        raise Unreadable(f"the text it was played from does not pass `check` any more: {message}", 1)
    if rubrics != list(dict.fromkeys(str(name) for name in program.scenario.rubrics)):
        raise Unreadable("it does not name the rubrics that its scenario lists", 1)
    return program


# whether an event fits the moment at which it comes; each gives what is wrong, or nothing


def _misfit(self: Replay, event: dict[str, Any]) -> str:
    match event["event"]:
        case "choice-made":
            return _choice_misfit(self, event)
        case "rewound":
            return _rewind_misfit(self, event)
        case "encounter-ended":
            return _claims_misfit(self, event)
        case name if name in REFLECTING:
            return _answer_misfit(self, event)
    return ""


def _choice_misfit(self: Replay, event: dict[str, Any]) -> str:
    play = self.playthrough
    if event["choice"] not in {one.id for one in play.available}:
        return f"{quoted(event['choice'])} could not be chosen at that point"
    node = self.program.nodes[play.state.node]
    if event["shown"] != [one.id for one in shown(node, play.available, self.seed)]:
        return "the choices were not shown in that order"
    return ""


def _rewind_misfit(self: Replay, event: dict[str, Any]) -> str:
    if self.started["mode"] != "practice":
        return "in assessment there is no going back"
    if self.playthrough.is_over:
        return "it goes back from an ending"
    if event["to"] >= len(self.playthrough.made):
        return f"it goes back to choice {event['to']}, which was not made"
    return ""


def _claims_misfit(self: Replay, event: dict[str, Any]) -> str:
    if not self.playthrough.is_over:
        return "no ending was reached by then"
    found = ended(self.started, self.playthrough, is_rewound=self.is_rewound)
    wrong = next((key for key, value in found.items() if not same(event[key], value)), "")
    return f"“{wrong}” is not what the choices come to" if wrong else ""


def _answer_misfit(self: Replay, event: dict[str, Any]) -> str:
    program = self.program
    if len(self.answers) >= MOST_ANSWERS:
        return "there are more answers than anyone gives"
    if event["event"] == "disputed":
        return _dispute_misfit(self, event)
    if "decision" in event and event["decision"] > len(self.playthrough.decisions):
        return f"there was no decision {event['decision']}"
    if "prompt" in event and event["prompt"] >= len(program.scenario.reflect):
        return f"there is no question {event['prompt']} to reflect on"
    return ""


def _dispute_misfit(self: Replay, event: dict[str, Any]) -> str:
    play, index = self.playthrough, {one.full: one.index for one in self.program.criteria}.get(event["criterion"])
    if index is None:
        return f"there is no criterion {quoted(event['criterion'])}"
    if (rule := event.get("rule")) is not None:
        if event["decision"] or rule >= len(self.program.rules) or index not in self.program.rules[rule].case.levels:
            return f"rule {rule} is no evidence for {quoted(event['criterion'])}"
    elif not event["decision"]:
        return "evidence on the whole is that of a rule, and none is named"
    if not is_evidence(self.program, play.decisions, play.state, event["decision"], index):
        return f"there is no evidence for {quoted(event['criterion'])} at choice {event['decision']}"
    return ""

"""A session being played: every answer goes to the log first, and then counts."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

import simulator
from simulator.encounter.playthrough import Playthrough
from simulator.encounter.speech import Voice, shown
from simulator.language.text import cleaned
from simulator.sessions.chain import Log
from simulator.sessions.claims import ended
from simulator.sessions.events import FORMAT, fault
from simulator.sessions.replay import Replay, Unreadable, replay_log
from simulator.sessions.store import now
from simulator.sessions.writer import LogWriter

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.encounter.program import Choice, Node, Program
    from simulator.library.load import Texts
    from simulator.sessions.store import Store


class Session:
    """One learner at one encounter. Both players, plain and full-screen, go through this."""

    def __init__(self, replayed: Replay, writer: LogWriter) -> None:
        self.program, self.started = replayed.program, replayed.started
        self.voice = Voice(self.program, replayed.seed)
        self.writer = writer
        self._told = replayed
        self._asked, self._asked_after = time.monotonic(), -1

    @classmethod
    def start(cls, store: Store, texts: Texts, program: Program, *, learner: str, mode: str, seed: int) -> Self:
        """A new session with its log."""
        texts = replace(texts, id=cleaned(texts.id, 100) or "scenario")  # a file's name may hold anything
        started = {
            "event": "session-started",
            "format": FORMAT,
            "app": simulator.__version__,
            "session": store.new_id(texts.id),
            **store.keep(texts),
            "learner": cleaned(learner, 60) or "learner",
            "mode": mode,
            "seed": seed,
            "time": now(),
        }
        if wrong := fault(started, "new"):
            raise ValueError(wrong)
        path = store.path(started["session"])
        told = Replay(path, Log([started]), started, program, Playthrough.start(program))
        self = cls(told, LogWriter.begin(path, started))
        try:
            self._end_if_over()
        except BaseException:
            self.leave()
            raise
        return self

    @classmethod
    def resume(cls, store: Store, path: Path) -> Self:
        """A session from its log, at the moment after the last answered choice; Unreadable or LogBusy if not."""
        try:
            writer, log = LogWriter.reopen(path)
        except OSError as error:
            raise Unreadable(f"the file cannot be opened: {error.strerror}") from None
        try:
            self = cls(replay_log(store, path, log), writer)
            if not self.is_closed:
                self._log({"event": "resumed", "time": now(), "app": simulator.__version__, "discarded": log.torn})
                self._end_if_over()
        except BaseException:
            writer.close()
            raise
        return self

    @property
    def playthrough(self) -> Playthrough:
        """What was played so far."""
        return self._told.playthrough

    @property
    def answers(self) -> tuple[dict[str, Any], ...]:
        """What the learner answered in the debrief, in order."""
        return self._told.answers

    @property
    def is_rewound(self) -> bool:
        """Whether the learner went back at least once."""
        return self._told.is_rewound

    @property
    def is_closed(self) -> bool:
        """Whether the learner was done with it."""
        return self._told.is_closed

    @property
    def node(self) -> Node:
        """Where the learner stands."""
        return self.program.nodes[self.playthrough.state.node]

    @property
    def shown(self) -> tuple[Choice, ...]:
        """The choices in the order the learner sees them."""
        return shown(self.node, self.playthrough.available, self.voice.seed)

    @property
    def is_practice(self) -> bool:
        """Whether explanations and going back are allowed."""
        return bool(self.started["mode"] == "practice")

    def asked(self) -> None:
        """The choices have come on the screen: the time to an answer runs from the first time they do."""
        if self._asked_after != self.playthrough.count:
            self._asked, self._asked_after = time.monotonic(), self.playthrough.count

    def choose(self, choice: Choice, words: str = "") -> None:
        """Take a choice: logged, then played; `words` are the learner's own, if any were typed."""
        event: dict[str, Any] = {
            "event": "choice-made",
            "choice": choice.id,
            "shown": [one.id for one in self.shown],
            "ms": int((time.monotonic() - self._asked) * 1000),
        }
        if words := cleaned(words):
            event["words"] = words
        self._log(event)
        self._end_if_over()

    def rewind(self, to: int) -> None:
        """Go back to where `to` choices had been made."""
        self._log({"event": "rewound", "to": to})

    def answer(self, event: str, **fields: Any) -> None:
        """Something the learner said in the debrief; `event` is one of `events.REFLECTING`."""
        fields = {key: cleaned(value) if isinstance(value, str) else value for key, value in fields.items()}
        self._log({"event": event, **fields})

    def end(self) -> None:
        """The learner is done with this session."""
        if not self.is_closed:
            self._log({"event": "session-ended", "time": now()})
        self.writer.close()

    def leave(self) -> None:
        """The learner goes, and may come back."""
        self.writer.close()

    def _log(self, event: dict[str, Any]) -> None:
        """Write an event, and let it count; ValueError, and nothing written, if `verify` would refuse it."""
        try:
            told = self._told.follow(event)
        except Unreadable as error:
            raise ValueError(str(error)) from None
        self.writer.append(event)
        self._told = told

    def _end_if_over(self) -> None:
        # a kill may have come between the last choice and this line, or after it
        if self.playthrough.is_over and self._told.stage == "playing":
            claims = ended(self.started, self.playthrough, is_rewound=self.is_rewound)
            self._log({"event": "encounter-ended", "time": now(), **claims})

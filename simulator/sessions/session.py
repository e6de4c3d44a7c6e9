"""A session being played: every answer goes to the log first, and then counts."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Self

import simulator
from simulator.encounter.playthrough import Playthrough
from simulator.encounter.speech import Voice, shown
from simulator.language.text import cleaned
from simulator.sessions.events import FORMAT
from simulator.sessions.replay import Replay, ended, replay
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
        self.playthrough = replayed.playthrough
        self.is_rewound, self.is_closed = replayed.is_rewound, replayed.is_closed
        self.answers = replayed.answers
        self.voice = Voice(self.program, replayed.seed)
        self.writer = writer
        self._asked = time.monotonic()

    @classmethod
    def start(cls, store: Store, texts: Texts, program: Program, *, learner: str, mode: str, seed: int) -> Self:
        """A new session with its log."""
        session = store.new_id(program.id)
        started = {
            "event": "session-started",
            "format": FORMAT,
            "app": simulator.__version__,
            "session": session,
            **store.keep(texts),
            "learner": cleaned(learner, 60) or "learner",
            "mode": mode,
            "seed": seed,
            "time": now(),
        }
        writer = LogWriter.create(store.path(session))
        writer.append(started)
        from simulator.sessions.chain import Log  # noqa: PLC0415

        return cls(Replay(writer.path, Log([started]), started, program, Playthrough.start(program)), writer)

    @classmethod
    def resume(cls, store: Store, path: Path) -> Self:
        """A session from its log, at the moment after the last answered choice; Unreadable or LogBusy if not."""
        replayed = replay(store, path)
        writer, discarded = LogWriter.reopen(path)
        self = cls(replayed, writer)
        if not self.is_closed:
            writer.append({"event": "resumed", "time": now(), "app": simulator.__version__, "discarded": discarded})
            self._end_if_over(already=any(e["event"] == "encounter-ended" for e in replayed.log.events))
        return self

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
        """The choices have just come on the screen: the time to an answer runs from here."""
        self._asked = time.monotonic()

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
        after = self.playthrough.choose(choice)
        self.writer.append(event)
        self.playthrough = after
        self._end_if_over()

    def rewind(self, to: int) -> None:
        """Go back to where `to` choices had been made."""
        before = Playthrough.of(self.program, self.playthrough.made[:to])
        self.writer.append({"event": "rewound", "to": to})
        self.playthrough, self.is_rewound = before, True

    def answer(self, event: str, **fields: Any) -> None:
        """Something the learner said in the debrief; `event` is one of `events.REFLECTING`."""
        fields = {key: cleaned(value) if isinstance(value, str) else value for key, value in fields.items()}
        entry = {"event": event, **fields}
        self.writer.append(entry)
        self.answers.append(entry)

    def end(self) -> None:
        """The learner is done with this session."""
        if not self.is_closed:
            self.writer.append({"event": "session-ended", "time": now()})
            self.is_closed = True
        self.writer.close()

    def leave(self) -> None:
        """The learner goes, and may come back."""
        self.writer.close()

    def _end_if_over(self, *, already: bool = False) -> None:
        if self.playthrough.is_over and not already:
            claims = ended(self.started, self.playthrough, is_rewound=self.is_rewound)
            self.writer.append({"event": "encounter-ended", "time": now(), **claims})

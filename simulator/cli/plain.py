"""The plain player: append-only lines, numbered choices; for screen readers, braille displays, pipes and purists."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

from simulator.cli.plain_debrief import PlainDebrief
from simulator.encounter.speech import prose
from simulator.encounter.transcript import transcript, turns
from simulator.language.text import FORBIDDEN, cleaned
from simulator.report.text import WIDTH, plain_markdown, transcript_text, turn_text, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.encounter.program import Choice, Program
    from simulator.encounter.transition import Event
    from simulator.sessions.session import Session
    from simulator.sessions.store import Store

MOST_UNUSABLE = 20  # answers in a row from a pipe, before it is taken for a mistake


class Left(Exception):
    """The learner goes, or there is no more input."""


class Page:
    """Lines out, lines in. Everything that reaches the terminal goes through `say`."""

    def __init__(self) -> None:
        self.width = min(WIDTH, max(20, shutil.get_terminal_size().columns - 1))
        self._unusable = 0

    def say(self, text: str = "", *, fill: bool = True, hang: int = 0) -> None:
        """A paragraph; `hang` indents its lines from the second on."""
        plain = "\n".join(FORBIDDEN.sub("", line) for line in text.split("\n"))
        print(wrapped(plain, self.width, hang=hang) if fill else plain)

    def ask(self, prompt: str = "> ") -> str:
        """What was typed, cleaned; raises Left at the end of input."""
        print(prompt, end="", flush=True)
        line = sys.stdin.readline()
        if not sys.stdin.isatty():
            print(cleaned(line))  # so that a transcript of a pipe shows what was answered
        if not line:
            raise Left
        return cleaned(line)

    def unusable(self, hint: str) -> None:
        """Say what could be answered; a pipe that never answers usably is left."""
        self._unusable += 1
        self.say(hint)
        if self._unusable >= MOST_UNUSABLE and not sys.stdin.isatty():
            raise Left

    def usable(self) -> None:
        """The last answer could be used."""
        self._unusable = 0


class Player:
    """Plays a session from wherever it stands to the end of its debrief."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.page = Page()

    def briefed(self, program: Program) -> bool:
        """Tell what is coming; False if the learner would rather not."""
        scenario, say = program.scenario, self.page.say
        say(f"— {scenario.title} —")
        say()
        say(prose(scenario.summary))
        say()
        say(f"You are: {prose(scenario.learner_role)}")
        if scenario.content_note:
            say()
            say(f"Before you begin: {prose(scenario.content_note)} (q leaves, at any moment.)")
        say()
        if scenario.objectives:
            say("To practise:")
            for objective in scenario.objectives:
                say(f"- {prose(objective.text)}")
            say()
        say(f"About {scenario.minutes} minutes. This is a story: type nothing of real patients.")
        say("You choose by number; ? tells what else you can type.")
        try:
            return self.page.ask("Press enter to begin, or q to leave. ").lower() != "q"
        except (Left, KeyboardInterrupt):
            return False

    def play(self, session: Session, *, is_resumed: bool = False) -> None:
        """Play on until the debrief is over or the learner leaves; nothing answered is lost either way."""
        try:
            if is_resumed:
                self._where_we_were(session)
            else:
                self._show(session, session.playthrough.events)
            while not session.playthrough.is_over:
                self._decide(session)
            PlainDebrief(self.page, self.store, session).run()
            session.end()
            self.page.say()
            self.page.say(f"Saved as {session.started['session']}. `bedside show` with that name shows it again.")
            if not session.is_practice:
                self.page.say(f"Receipt, to hand in: {session.writer.head}")
        except (Left, KeyboardInterrupt):
            session.leave()
            print()
            print("Saved. `bedside resume` goes on from here.", file=sys.stderr)
        finally:
            session.writer.close()

    def _where_we_were(self, session: Session) -> None:
        page = transcript(session.playthrough.events, session.voice)
        self.page.say("— Where you were —")
        self.page.say()
        self.page.say(transcript_text(page[-6:], self.page.width), fill=False)
        self.page.say()

    def _show(self, session: Session, events: Sequence[Event]) -> None:
        for event in events:
            for turn in turns(event, session.voice):
                if turn.kind == "visit":
                    self.page.say()
                self.page.say(turn_text(turn))
                if turn.kind != "beat":
                    self.page.say()

    def _decide(self, session: Session) -> None:
        """Show the choices and take one answer, which may be a command."""
        choices = session.shown
        self._offer(session, choices)
        session.asked()
        while True:
            typed = self.page.ask().lower()
            if typed.isdigit() and 1 <= int(typed[:4]) <= len(choices):
                self.page.usable()
                self._take(session, choices[int(typed) - 1])
                return
            if self._command(session, typed):
                return

    def _take(self, session: Session, choice: Choice) -> None:
        before = len(session.playthrough.events)
        session.choose(choice)
        self.page.say()
        self._show(session, session.playthrough.events[before:])

    def _offer(self, session: Session, choices: Sequence[Choice]) -> None:
        state = session.playthrough.state
        minutes = session.program.visits[session.node.visit].minutes
        if minutes > 0:
            few = "Only " if state.minutes <= 3 else ""
            unit = "minute" if minutes == 1 else "minutes"
            self.page.say(f"({few}{state.minutes} of {minutes} {unit} left)" if state.minutes else "(The time is up.)")
        for number, choice in enumerate(choices, start=1):
            self.page.say(f"[{number}] {choice.verb}: {session.voice.words(choice.text, state)}", hang=4)

    def _command(self, session: Session, typed: str) -> bool:
        """Do what a letter asks for; True if the choices are to be shown again."""
        commands = {"c": self._chart, "t": self._transcript, "?": self._help, "b": self._back, "w": self._why}
        if typed == "q":
            raise Left
        if typed in commands:
            self.page.usable()
            commands[typed](session)
            return True
        last = len(session.shown)
        self.page.unusable(f"Type a number from 1 to {last}, or ? for what else you can type.")
        return False

    def _chart(self, session: Session) -> None:
        chart = session.program.chart
        text = session.voice.words(chart, session.playthrough.state) if chart else "There is no chart here."
        self.page.say(f"— Chart —\n\n{plain_markdown(text)}\n")

    def _transcript(self, session: Session) -> None:
        page = transcript(session.playthrough.events, session.voice)
        self.page.say(f"— So far —\n\n{transcript_text(page, self.page.width)}\n", fill=False)

    def _back(self, session: Session) -> None:
        made = len(session.playthrough.made)
        if not session.is_practice:
            self.page.say("In assessment there is no going back.\n")
        elif not made:
            self.page.say("You have not chosen anything yet.\n")
        else:
            session.rewind(made - 1)
            self._where_we_were(session)

    def _why(self, session: Session) -> None:
        from simulator.scoring.evidence import case_of

        decisions = session.playthrough.decisions
        if not session.is_practice:
            self.page.say("In assessment explanations come after the encounter.\n")
            return
        case = case_of(decisions[-1].choice, decisions[-1].before) if decisions else None
        if not case or not case.because:
            self.page.say("There is nothing to explain yet.\n")
            return
        self.page.say(f"What was needed: {case.because}")
        if decisions[-1].choice.tempts:
            self.page.say(f"What you were trying to do: {decisions[-1].choice.tempts}")
        self.page.say()

    def _help(self, session: Session) -> None:
        self.page.say(f"1 to {len(session.shown)}: choose.")
        self.page.say("c: the chart. t: everything so far. q: leave; it is saved, and `bedside resume` goes on.")
        if session.is_practice:
            self.page.say("b: back by one choice. w: why the last choice helped or cost.")
        self.page.say()

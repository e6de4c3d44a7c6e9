"""The plain player: append-only lines, numbered choices; for screen readers, braille displays, pipes and purists."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from simulator.cli.page import Left, Page, number
from simulator.cli.plain_debrief import PlainDebrief
from simulator.debrief.moments import explained
from simulator.encounter.speech import prose
from simulator.encounter.transcript import transcript, turns
from simulator.report.problems import plural
from simulator.report.text import plain_markdown, transcript_text, turn_text
from simulator.sessions.store import short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.encounter.program import Choice, Program
    from simulator.encounter.transition import Event
    from simulator.sessions.session import Session
    from simulator.sessions.store import Store


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
            say(f"Before you begin: {prose(scenario.content_note)}")
        say()
        if scenario.objectives:
            say("To practise:")
            for objective in scenario.objectives:
                say(f"- {prose(objective.text)}")
            say()
        say(f"About {scenario.minutes} minutes. This is a story: type nothing of real patients.")
        say("You choose by number; ? tells what else you can type.")
        try:
            return self.page.ask("Press enter to begin, or q to leave. ").lower() not in ("q", "quit")
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
            debrief = PlainDebrief(self.page, self.store, session)
            debrief.run()
            session.end()
            self._farewell(session, is_first=debrief.attempt == 1)
        except (Left, KeyboardInterrupt):
            session.leave()
            print()
            print("Saved. `bedside resume` goes on from here.", file=sys.stderr)
        finally:
            session.writer.close()

    def _farewell(self, session: Session, *, is_first: bool) -> None:
        id_ = session.started["session"]
        self.page.say(f"Saved. `bedside show {short(id_)}` shows it again.")
        if session.is_practice and is_first:
            self.page.say("Play it again, and the debrief also tells what the other choices were worth.")
        if not session.is_practice:
            self.page.say(f"Receipt, to hand in: {session.writer.head}")

    def _where_we_were(self, session: Session) -> None:
        """The place, and what was said from the last choice but one on."""
        found = transcript(session.playthrough.events, session.voice)
        visit = max(n for n, turn in enumerate(found) if turn.kind == "visit")
        mine = [n for n, turn in enumerate(found) if turn.kind == "learner" and n > visit]
        start = mine[-2] if len(mine) > 1 else visit + 1
        title, learner = session.program.scenario.title, session.started["learner"]
        made = plural(len(session.playthrough.made), "choice")
        self.page.say(f"— Where you were: {found[visit].text} —")
        self.page.say()
        self.page.say(f"{title}, {learner}, {made} made.")
        self.page.say()
        self.page.say(transcript_text(found[start:], self.page.width), fill=False)
        self.page.say()

    def _show(self, session: Session, events: Sequence[Event]) -> None:
        for event in events:
            for turn in turns(event, session.voice):
                if turn.kind == "visit" and session.playthrough.made:
                    self.page.pause()
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
            if chosen := number(typed, len(choices)):
                self.page.usable()
                self._take(session, choices[chosen - 1])
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
        for n, choice in enumerate(choices, start=1):
            self.page.say(f"[{n}] {choice.verb}: {session.voice.words(choice.text, state)}", hang=4)

    def _command(self, session: Session, typed: str) -> bool:
        """Do what a letter asks for; True if the choices are to be shown again."""
        commands = {"c": self._chart, "t": self._transcript, "?": self._help, "b": self._back, "w": self._why}
        typed = {"help": "?", "quit": "q"}.get(typed, typed)
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
        decisions = session.playthrough.decisions
        if not session.is_practice:
            self.page.say("In assessment explanations come after the encounter.\n")
            return
        reason = explained(decisions[-1]) if decisions else ""
        self.page.say(f"{reason or 'There is nothing to explain yet.'}\n")

    def _help(self, session: Session) -> None:
        rows = [f"1 to {len(session.shown)}: choose", "c: the chart", "t: everything so far"]
        if session.is_practice:
            rows += ["b: back by one choice (your log says so)", "w: why the last choice helped or cost"]
        for row in [*rows, "q: leave; it is saved, and `bedside resume` goes on", ""]:
            self.page.say(row)

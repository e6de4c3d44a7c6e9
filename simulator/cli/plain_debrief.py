"""The debrief in plain lines: the learner reflects, the patient speaks, and figures come last."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from simulator.cli.page import Left, Page, number
from simulator.debrief.build import debrief
from simulator.debrief.lens import lenses
from simulator.debrief.value import QUESTIONS, SUPPORT, Debrief, dispute_of
from simulator.library.find import Shelf
from simulator.library.load import all_rubrics
from simulator.report.scores import lens_text
from simulator.report.text import moment_text, page
from simulator.sessions.events import key_of
from simulator.sessions.horizon import horizon
from simulator.sessions.summary import attempt

if TYPE_CHECKING:
    from simulator.debrief.value import Proof
    from simulator.sessions.horizon import Horizon
    from simulator.sessions.session import Session
    from simulator.sessions.store import Store


class PlainDebrief:
    """Asks and tells, in the model's order; each answer may be skipped with enter."""

    def __init__(self, out: Page, store: Store, session: Session) -> None:
        self.page, self.session, self.store = out, session, store
        self.attempt = attempt(store, session.started)
        self.horizon: Horizon | None = None
        self.exploring = threading.Thread(target=self._explore, daemon=True)  # while the learner is asked
        self.exploring.start()
        # what was answered before the session was left: it is not asked again
        self.given = {key_of(one) for one in session.answers}

    def _explore(self) -> None:
        with suppress(Exception):  # a fault in exploring is no reason not to go on
            self.horizon = horizon(self.store, self.session.started, self.session.program)

    def run(self) -> None:
        """From landing to the figures."""
        self.page.say("— Debrief —\n")
        self.page.say("Enter skips a question. q leaves, and `bedside resume` comes back here.\n")
        if ("heard", None) not in self.given:  # what comes before the patient's words is not asked after them
            self._land()
            self._mark()
            self._predict()
            self.session.answer("heard")
        self._tell("patient")
        self.page.pause()
        self._tell("moments")
        self._others()
        self._tell("prediction")
        self._reflect()
        if self._ask("Enter to finish, or d for the details: curves, evidence, moments. ").lower() == "d":
            self._details()
        self.page.say()

    def _details(self) -> None:
        self.page.say()
        self.exploring.join()
        for name in ("curves", "cues", "ledger"):
            self._tell(name)
            if name != "cues":
                self.page.pause()
        self._tell("evidence")
        self._dispute()
        self._tell("scores")
        self._look_through()

    def _dispute(self) -> None:
        """A learner may see a piece of evidence differently; the figures stay, the reason stands beside them."""
        most = len(self._value().moments)
        while True:
            typed = self._ask("Enter to go on, or the number of a choice you see differently (w: on the whole): ")
            if not typed:
                break
            chosen = 0 if typed.lower() == "w" else number(typed, most)
            if not chosen and typed.lower() != "w":
                self.page.unusable(f"Type a number from 1 to {most}, or w, or press enter to go on.")
                continue
            self.page.usable()
            self._dispute_one([one for one in self._value().evidence if one.decision == chosen])
        self.page.say()

    def _dispute_one(self, pieces: list[Proof]) -> None:
        """One of the pieces of evidence of a choice, or of those on the whole."""
        for n, one in enumerate(pieces, start=1):
            self.page.say(f"[{n}] {one.title}, {one.signed}. {one.reason}", hang=4)
        if not pieces:
            self.page.say("There is no evidence there.")
            return
        which = self._number("Which of these? ", len(pieces)) if len(pieces) > 1 else 1
        if not which:
            return
        text = self._ask("How do you see it? ")
        if text or pieces[which - 1].disputed:  # an empty line takes it back
            self.session.answer("disputed", **dispute_of(pieces[which - 1], text))
            self.page.say("Written down beside the evidence." if text else "Taken back.")

    def _look_through(self) -> None:
        """The same encounter through the rubrics it was not coded for."""
        value = self._value()
        scored = {one.rubric for one in value.scores}
        shelf = all_rubrics(Shelf.of(self.store.home))
        found = lenses(value, {id_: one for id_, one in shelf.items() if id_ not in scored})
        for n, one in enumerate(found, start=1):
            self.page.say(f"[{n}] {one.title}", hang=4)
        while found and (chosen := self._number("Enter to finish, or a number to read it through: ", len(found))):
            self.page.say(f"\n{lens_text(found[chosen - 1], self.page.width)}\n", fill=False)

    def _value(self) -> Debrief:
        session = self.session
        return debrief(
            session.playthrough,
            session.started,
            session.answers,
            attempt=self.attempt,
            is_rewound=session.is_rewound,
            horizon=self.horizon,
        )

    def _tell(self, name: str) -> None:
        text = page(name, self._value(), self.page.width)
        if text:
            self.page.say(f"{text}\n", fill=False)

    def _ask(self, prompt: str) -> str:
        typed = self.page.ask(prompt)
        if typed.lower() in ("q", "quit"):
            raise Left
        return typed

    def _number(self, prompt: str, most: int) -> int:
        """A number from 1 to `most`, or 0 where it was skipped."""
        while True:
            typed = self._ask(prompt)
            if not typed:
                return 0
            if found := number(typed, most):
                self.page.usable()
                return found
            self.page.unusable(f"Type a number from 1 to {most}, or press enter to skip.")

    def _land(self) -> None:
        if ("landed", None) in self.given:
            return
        word = self._ask("How did that leave you? One word: ")
        if word:
            self.session.answer("landed", word=word)
        if self.session.program.scenario.content_note:
            self.page.say(SUPPORT)
        self.page.say()

    def _mark(self) -> None:
        prompts = {"keep": "One you would keep, by number: ", "replay": "One you would play again: "}
        open_ = {kind: prompt for kind, prompt in prompts.items() if ("marked", kind) not in self.given}
        found = self._value().moments
        if not open_ or not found:
            return
        self.page.say("What you did:")
        for one in found:
            self.page.say(f"[{one.decision}] {one.verb}: {one.text}", hang=4)
        for kind, prompt in open_.items():
            if chosen := self._number(prompt, len(found)):
                self.session.answer("marked", **{"as": kind, "decision": chosen})
        self.page.say()

    def _predict(self) -> None:
        open_ = {key: text for key, text in QUESTIONS.items() if ("predicted", key) not in self.given}
        if not open_:
            return
        name = self._value().patient
        self.page.say(f"Before {name} speaks: what would {name} say? From 1, not at all, to 5, fully.")
        for key, question in open_.items():
            if chosen := self._number(f"{name} {question} (1 to 5): ", 5):
                self.session.answer("predicted", question=key, answer=chosen)
        self.page.say()

    def _others(self) -> None:
        typed = self._ask("Enter to go on, or a for all your moments. ")
        self.page.say()
        if typed.lower() != "a":
            return
        value = self._value()
        for one in value.moments:
            self.page.say(f"{moment_text(value, one, self.page.width)}\n", fill=False)

    def _reflect(self) -> None:
        for prompt, question in enumerate(self.session.program.scenario.reflect):
            if ("reflection", prompt) in self.given:
                continue
            if prompt == 0:
                self.page.say("A few questions, in your own words. No real patients, please.\n")
            self.page.say(str(question))
            text = self._ask("In your words: ")
            if text:
                self.session.answer("reflection", prompt=prompt, text=text)
        if ("intention", None) not in self.given:
            text = self._ask("One thing you will do next time: ")
            if text:
                self.session.answer("intention", text=text)
        self.page.say()

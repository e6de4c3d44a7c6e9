"""The debrief, one step at a time: the learner reflects, the patient speaks, and figures come last."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.worker import WorkerError

from simulator.sessions.events import key_of
from simulator.sessions.replay import Unreadable
from simulator.sessions.session import Session
from simulator.sessions.writer import LogBusy
from simulator.tui import steps
from simulator.tui.dispute import DisputeScreen
from simulator.tui.keys import bind
from simulator.tui.order import BEFORE_THE_PATIENT, given, shown_and_told, steps_of, told
from simulator.tui.reading import ReadingScreen
from simulator.tui.save import SaveScreen
from simulator.tui.shell import Shell
from simulator.tui.steps import Step
from simulator.tui.told import MomentSheet

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.worker import Worker

    from simulator.debrief.value import Debrief, Moment, Proof
    from simulator.sessions.horizon import Horizon
    from simulator.sessions.replay import Replay
    from simulator.tui.order import Make


class DebriefScreen(Shell):
    """A session's debrief. A live session is asked and answered; one that is closed is only shown."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("go-on", "on"),
        bind("step-on", "on", "next", show=False),
        bind("go-back", "previous", "previous"),
        bind("step-back", "previous", "", show=False),
        bind("lens", "lens"),
        bind("dispute", "dispute"),
        bind("save", "save"),
        bind("help", "help"),
        bind("quit", "leave"),
    ]
    ON = ("go on", "on")
    TITLE_OF = "The debrief"
    CAN_DO = "One step at a time: enter goes on, escape goes back. Answers may be skipped; nothing is lost."

    def __init__(self, source: Session | Replay) -> None:
        super().__init__()
        self.source = source
        self.at = 0
        self.lens = 0  # which rubric the moments are read by
        self.horizon: Horizon | None = None  # worked out while the learner is asked
        self.exploring: Worker[None] | None = None
        self.making: list[Make] = []

    @property
    def is_live(self) -> bool:
        """Whether it can still be answered."""
        return isinstance(self.source, Session) and not self.source.is_closed

    @property
    def value(self) -> Debrief:
        """What there is to say now."""
        return self.desk.debrief(self.source, self.horizon)

    def body(self) -> ComposeResult:
        """The step."""
        yield Vertical(id="holder")

    async def on_mount(self) -> None:
        """The first step; once it is painted, exploring goes on behind it."""
        self.making = list(steps_of(self.value, given(self.source) if self.is_live else None))
        await self.show_step()
        self.call_after_refresh(self._begin_exploring)

    def _begin_exploring(self) -> None:
        self.exploring = self.run_worker(self._explore, thread=True, exit_on_error=False)

    def _explore(self) -> None:
        self.horizon = self.desk.horizon(self.source)

    async def show_step(self) -> None:
        """Show the step it stands at."""
        holder = self.query_one("#holder")
        if self.making[self.at] is shown_and_told:
            await self._explored()
        await holder.remove_children()
        step = self._asked_already(self.making[self.at](self.value))
        if isinstance(step, steps.Scored):
            step.look(self.lens, self.desk.rubrics)
        if isinstance(step, steps.Spoken) and self.is_live and ("heard", None) not in given(self.source):
            self.source.answer("heard")  # type: ignore[union-attr]
        self.bar.show(
            title=self.value.title, middle=f"debrief · {step.name_of}", right=f"{self.at + 1} of {len(self.making)}"
        )
        await holder.mount(step)
        self.refresh_bindings()

    async def _explored(self) -> None:
        """Until the doors that closed are known; a fault in exploring is no reason not to go on."""
        if self.exploring is not None:
            with suppress(WorkerError):
                await self.exploring.wait()

    def on_unmount(self) -> None:
        """However this screen was left, the log is free for whoever goes on with it."""
        if isinstance(self.source, Session):
            self.source.leave()

    def _asked_already(self, step: Step) -> Step:
        """A question come back to is shown with its answer: it is asked once, and never after the patient spoke."""
        if step.asks is None or not self.is_live:
            return step
        said = next((one for one in reversed(self.source.answers) if key_of(one) == step.asks), None)
        is_late = step.asks[0] in BEFORE_THE_PATIENT and ("heard", None) in given(self.source)
        if said is None and not is_late:
            return step
        text = (
            f"You said: {told(said, step.debrief)}" if said else "You left this open, and the patient has spoken since."
        )
        return steps.Words(step.debrief, step.name_of, f"{step.question_text}\n\n{text}")

    async def action_on(self) -> None:
        """The next step, or out."""
        if self.at + 1 < len(self.making):
            self.at += 1
            await self.show_step()
            return
        if isinstance(self.source, Session):
            self.source.end()
        self.bedside.home()

    async def action_previous(self) -> None:
        """The step before."""
        if self.at:
            self.at -= 1
            await self.show_step()
        else:
            self.action_leave()

    @on(Step.Answered)
    def _answered(self, event: Step.Answered) -> None:
        event.stop()
        if isinstance(self.source, Session):
            self.source.answer(event.event, **event.fields)

    @on(Step.Done)
    async def _done(self, event: Step.Done) -> None:
        event.stop()
        await self.action_on()

    def open_moment(self, decision: int) -> None:
        """The moment that a bend, a figure or a piece of evidence comes from."""
        moment = self.value.moment(decision)
        if moment:
            self.app.push_screen(MomentScreen(self.value, moment))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Two of the keys belong to one step each."""
        step = {"lens": steps.Scored, "dispute": steps.Proofs}.get(action)
        return step is None or bool(self.query(step))

    async def action_lens(self) -> None:
        """The moments by the next rubric."""
        self.lens += 1
        await self.show_step()

    def action_dispute(self) -> None:
        """Say of the marked piece of evidence that you see it differently."""
        proof = self.query_one(steps.Proofs).marked
        if proof is None:
            self.bedside.tell("Mark a piece of evidence first, with the arrows.")
            return
        self.app.push_screen(DisputeScreen(proof), self._disputed)

    async def _disputed(self, said: tuple[Proof, str] | None) -> None:
        if said is None:
            return
        proof, text = said
        try:
            self.source = self.desk.dispute(self.source, proof, text)
        except LogBusy:
            self.bedside.tell("It could not be written down: the session is open in another window.")
            return
        except (OSError, Unreadable, ValueError) as error:
            self.bedside.tell(f"It could not be written down: {error}.")
            return
        marked = self.query_one(steps.Proofs).number
        await self.show_step()
        self.query_one(steps.Proofs).mark(marked)

    def action_save(self) -> None:
        """As text or as Markdown."""
        self.app.push_screen(SaveScreen(self.value))

    def action_leave(self) -> None:
        """To the library; a live debrief can be come back to."""
        if isinstance(self.source, Session):
            self.source.leave()
        self.bedside.home()


class MomentScreen(ReadingScreen):
    """One moment, opened from a figure."""

    def __init__(self, value: Debrief, moment: Moment) -> None:
        super().__init__(f"Choice {moment.decision}", "")
        self.value, self.moment = value, moment

    def body(self) -> ComposeResult:
        """The moment."""
        yield MomentSheet(self.value, self.moment, id="page")

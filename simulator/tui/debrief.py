"""The debrief, one step at a time: the learner reflects, the patient speaks, and figures come last."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.containers import Vertical

from simulator.debrief.value import QUESTIONS, SUPPORT, Debrief
from simulator.report.text import debrief_markdown, debrief_text, page
from simulator.sessions.events import key_of
from simulator.sessions.session import Session
from simulator.tui import steps
from simulator.tui.keys import bind
from simulator.tui.reading import ReadingScreen
from simulator.tui.sheet import Item, Picker
from simulator.tui.shell import Shell
from simulator.tui.steps import Step
from simulator.tui.told import MomentSheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from simulator.debrief.value import Moment
    from simulator.sessions.replay import Replay

Make = Callable[[Debrief], Step]
WIDE = 10_000  # pages reflow by themselves


class DebriefScreen(Shell):
    """A session's debrief. A live session is asked and answered; one that is closed is only shown."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("go-on", "on"),
        bind("step-on", "on", "next", show=False),
        bind("go-back", "previous", "previous"),
        bind("step-back", "previous", "", show=False),
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
        self.making: list[Make] = []

    @property
    def is_live(self) -> bool:
        """Whether it can still be answered."""
        return isinstance(self.source, Session) and not self.source.is_closed

    @property
    def value(self) -> Debrief:
        """What there is to say now."""
        return self.desk.debrief(self.source)

    def body(self) -> ComposeResult:
        """The step."""
        yield Vertical(id="holder")

    async def on_mount(self) -> None:
        """The first step."""
        self.making = list(steps_of(self.value, given(self.source) if self.is_live else None))
        await self.show_step()

    async def show_step(self) -> None:
        """Show the step it stands at."""
        holder = self.query_one("#holder")
        await holder.remove_children()
        step = self._asked_already(self.making[self.at](self.value))
        if isinstance(step, steps.Spoken) and self.is_live and ("heard", None) not in given(self.source):
            self.source.answer("heard")  # type: ignore[union-attr]
        self.bar.show(
            title=self.value.title, middle=f"debrief · {step.name_of}", right=f"{self.at + 1} of {len(self.making)}"
        )
        await holder.mount(step)

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

    def action_save(self) -> None:
        """As text or as Markdown."""
        self.app.push_screen(SaveScreen(self.value))

    def action_leave(self) -> None:
        """To the library; a live debrief can be come back to."""
        if isinstance(self.source, Session):
            self.source.leave()
        self.bedside.home()


BEFORE_THE_PATIENT = ("landed", "marked", "predicted")


def told(answer: dict[str, Any], debrief: Debrief) -> str:
    """An answer in words."""
    if answer["event"] == "marked":
        moment = debrief.moment(answer["decision"])
        return moment.text if moment else ""
    if answer["event"] == "predicted":
        return steps.SCALE[answer["answer"] - 1]
    return str(answer.get("word", answer.get("text", "")))


def given(source: Session | Replay) -> set[tuple[str, object]]:
    """What was answered already, so that it is not asked again."""
    return {key_of(one) for one in source.answers}


def steps_of(d: Debrief, answered: set[tuple[str, object]] | None) -> Iterator[Make]:
    """The steps in the model's order; what was answered is left out, and where `answered` is None nothing is asked."""
    if answered is None:
        yield lambda d: steps.Words(d, "how it ended", f"{page('ending', d, WIDE)}\n\n{d.ending_text}")
    else:
        yield from _reflecting(d, answered)
    yield steps.Spoken
    yield from _told_moments(d)
    if answered is None:
        yield from (_page(name, text) for name, text in _OWN_WORDS.items() if page(text, d, WIDE))
    else:
        yield from _looking_ahead(d, answered)
    yield steps.Curves
    yield lambda d: steps.Words(d, "shown, promised, told", "\n\n".join(page(p, d, WIDE) for p in ("cues", "ledger")))
    yield lambda d: steps.Chosen(d, "the evidence", steps.every_proof(d))
    yield steps.Scored


_OWN_WORDS = {"your guess": "prediction", "in your own words": "intention"}


def _page(name: str, page_name: str) -> Make:
    return lambda d: steps.Words(d, name, page(page_name, d, WIDE))


def _reflecting(d: Debrief, answered: set[tuple[str, object]]) -> Iterator[Make]:
    """What the learner is asked before anything is told."""
    if ("heard", None) in answered:
        return  # what comes before the patient's words is not asked after them
    if ("landed", None) not in answered:
        text = "How did that leave you? One word." + (f"\n\n{SUPPORT}" if d.content_note else "")
        yield lambda d: steps.Asked(d, "landing", text, "landed")
    yield from (_marked(kind) for kind in ("keep", "replay") if ("marked", kind) not in answered)
    yield from (_predicted(one) for one in QUESTIONS if ("predicted", one) not in answered)


def _looking_ahead(d: Debrief, answered: set[tuple[str, object]]) -> Iterator[Make]:
    """The guess beside the patient, the questions to think about, and the intention."""
    yield lambda d: steps.Words(d, "your guess", page("prediction", d, WIDE) or "You made no guess this time.")
    for number, (question, _) in enumerate(d.reflect):
        if ("reflection", number) not in answered:
            yield _reflection(question, number)
    if ("intention", None) not in answered:
        yield lambda d: steps.Asked(d, "next time", "One thing you will do next time.", "intention")


def _marked(kind: str) -> Make:
    return lambda d: steps.Marked(d, kind)


def _predicted(question: str) -> Make:
    return lambda d: steps.Predicted(d, question)


def _reflection(question: str, number: int) -> Make:
    text = f"{question}\n\nNo real patients, please."
    return lambda d: steps.Asked(d, "in your own words", text, "reflection", prompt=number)


def _told_moments(d: Debrief) -> Iterator[Make]:
    """One kept, one costly, one missed; then all of them, to open."""
    yield from (_moment(title.lower(), moment) for title, moment in d.told)
    yield lambda d: steps.Chosen(d, "every moment", steps.every_moment(d))


def _moment(title: str, moment: Moment) -> Make:
    return lambda d: steps.AMoment(d, title, moment)


class MomentScreen(ReadingScreen):
    """One moment, opened from a figure."""

    def __init__(self, value: Debrief, moment: Moment) -> None:
        super().__init__(f"Choice {moment.decision}", "")
        self.value, self.moment = value, moment

    def body(self) -> ComposeResult:
        """The moment."""
        yield MomentSheet(self.value, self.moment, id="page")


class SaveScreen(Shell):
    """Where the debrief goes: a file in the folder in which Bedside was started."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("help", "help"), bind("go-back", "back")]
    TITLE_OF = "Save the debrief"
    CAN_DO = "Choose a format with enter; escape goes back."

    def __init__(self, value: Debrief) -> None:
        super().__init__()
        self.value = value

    def body(self) -> ComposeResult:
        """Two formats."""
        items = [Item("as text", "  1  ", f"{self.path('txt')}"), Item("as Markdown", "  2  ", f"{self.path('md')}")]
        yield Picker(items, id="page")

    def on_mount(self) -> None:
        """Name it."""
        self.bar.show(title="Save the debrief")
        self.query_one(Picker).focus()

    def path(self, suffix: str) -> Path:
        """The file."""
        return Path.cwd() / f"{self.value.session}.{suffix}"

    @on(Picker.Picked)
    def _picked(self, event: Picker.Picked) -> None:
        path, text = (
            (self.path("txt"), debrief_text(self.value)) if event.item == 0 else
            (self.path("md"), debrief_markdown(self.value))
        )  # fmt: skip
        try:
            path.write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            self.bedside.tell(f"It could not be saved: {error.strerror}.")
        else:
            self.bedside.tell(f"Saved as {path.name}.")
        self.dismiss()

    def action_back(self) -> None:
        """Not now."""
        self.dismiss()

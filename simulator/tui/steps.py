"""The steps of a debrief: each asks one thing or tells one thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Static

from simulator.debrief.lens import lenses
from simulator.debrief.value import QUESTIONS
from simulator.tui.curves import CurveSheet
from simulator.tui.keys import bind
from simulator.tui.literal import content
from simulator.tui.sheet import Item, Picker, Text
from simulator.tui.told import LensSheet, MomentSheet, PatientSheet, ScoreSheet, Titles

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from simulator.debrief.value import Debrief, Moment, Proof
    from simulator.rubric.shapes import Rubric


class Step(Vertical):
    """One step. `name_of` stands at the top of the screen while it is shown."""

    name_of = ""
    asks: tuple[str, object] | None = None  # what the log will hold once it is answered
    question_text = ""

    class Answered(Message):
        """The learner said something: an event of the log with its fields."""

        def __init__(self, event: str, **fields: object) -> None:
            super().__init__()
            self.event, self.fields = event, fields

    class Done(Message):
        """On to the next step."""

    def __init__(self, debrief: Debrief) -> None:
        super().__init__(id="step")
        self.debrief = debrief

    def on_mount(self) -> None:
        """Put the keys where they are needed."""
        found = [one for one in self.query("Input, Sheet") if one.can_focus]
        asking = [one for one in found if not isinstance(one, Text)]
        (asking or found)[0].focus()


SCALE = ("not at all", "a little", "partly", "mostly", "fully")


def hint(text: str) -> Static:
    """A quiet word below a list: how it is answered."""
    return Static(content(text), classes="-hint")


class Words(Step):
    """Something to read."""

    def __init__(self, debrief: Debrief, name: str, text: str) -> None:
        super().__init__(debrief)
        self.name_of, self.text = name, text

    def compose(self) -> ComposeResult:
        """The text."""
        yield Text(self.text)


class Answer(Input):
    """A line to type on; its enter is seen at the bottom of the screen, so that a mouse can go on, too."""

    # no id: a letter that was set for going on must not end an answer
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "go on")]

    def on_mount(self) -> None:
        """Nothing blinks."""
        self.cursor_blink = False


class Listed(Picker):
    """A list in which nothing need be chosen: enter goes on, unless the arrows have been used."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("item-take", "take", "go on")]

    def __init__(self, items: Sequence[Item], **options: Any) -> None:
        super().__init__(items, marked=-1, **options)


class Asked(Step):
    """A question with a typed answer, which may be left empty."""

    def __init__(self, debrief: Debrief, name: str, text: str, event: str, **fields: object) -> None:
        super().__init__(debrief)
        self.asks = (event, fields.get("prompt"))
        self.name_of, self.text, self.event, self.fields = name, text, event, fields
        self.question_text = text

    def compose(self) -> ComposeResult:
        """The question, and a line."""
        yield Text(self.text, classes="-auto")
        yield Answer(placeholder="enter goes on; leave it empty to skip", max_length=2000)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value.strip():
            field = "word" if self.event == "landed" else "text"
            self.post_message(self.Answered(self.event, **self.fields, **{field: event.value}))
        self.post_message(self.Done())


class Marked(Step):
    """One moment to keep, or one to play again."""

    def __init__(self, debrief: Debrief, kind: str) -> None:
        super().__init__(debrief)
        self.kind, self.asks = kind, ("marked", kind)
        is_kept = kind == "keep"
        self.name_of = "one to keep" if is_kept else "one to play again"
        self.question_text = "Which moment would you keep?" if is_kept else "Which would you play again?"

    def compose(self) -> ComposeResult:
        """What was done, to choose from."""
        yield Text(f"{self.question_text}\n", classes="-auto")
        yield Listed([_moment_item(one) for one in self.debrief.moments], classes="-auto")
        yield hint("The arrows and enter mark one; enter alone goes on without.")

    @on(Picker.Picked)
    def _picked(self, event: Picker.Picked) -> None:
        event.stop()
        self.post_message(self.Answered("marked", **{"as": self.kind, "decision": event.item + 1}))
        self.post_message(self.Done())


class Predicted(Step):
    """What the patient would say, from 1 to 5, before the patient says it."""

    def __init__(self, debrief: Debrief, question: str) -> None:
        super().__init__(debrief)
        self.question, self.asks = question, ("predicted", question)
        self.name_of = "before the patient speaks"
        self.question_text = f"What would {debrief.patient} say?\n\n{debrief.patient} {QUESTIONS[question]}."

    def compose(self) -> ComposeResult:
        """The question, and the scale."""
        yield Text(f"{self.question_text}\n", classes="-auto")
        yield Listed([Item(word, f" {n}  ") for n, word in enumerate(SCALE, start=1)], classes="-auto")
        yield hint("1 to 5 answers; enter alone goes on without.")

    @on(Picker.Picked)
    def _picked(self, event: Picker.Picked) -> None:
        event.stop()
        self.post_message(self.Answered("predicted", question=self.question, answer=event.item + 1))
        self.post_message(self.Done())

    def on_key(self, event: events.Key) -> None:
        """A number answers."""
        if event.character and event.character in "12345":
            event.stop()
            self.query_one(Picker).take(int(event.character) - 1)


class AMoment(Step):
    """One moment, told."""

    def __init__(self, debrief: Debrief, name: str, moment: Moment) -> None:
        super().__init__(debrief)
        self.name_of, self.moment = name, moment

    def compose(self) -> ComposeResult:
        """The moment."""
        yield MomentSheet(self.debrief, self.moment)


class Curves(Step):
    """What moved."""

    name_of = "what moved"

    def compose(self) -> ComposeResult:
        """The curves."""
        d = self.debrief
        yield CurveSheet(d.curves, [one.visit for one in d.moments], d.about_meters)


class Spoken(Step):
    """The patient speaks."""

    def __init__(self, debrief: Debrief) -> None:
        super().__init__(debrief)
        self.name_of = f"{debrief.patient} speaks"

    def compose(self) -> ComposeResult:
        """Three slots."""
        yield PatientSheet(self.debrief)


class Scored(Step):
    """The moments by one rubric; those that the encounter was not coded for are only read."""

    name_of = "in moments"

    def __init__(self, debrief: Debrief) -> None:
        super().__init__(debrief)
        self.shown = 0
        self.rubrics: Mapping[str, Rubric] = {}

    def look(self, number: int, rubrics: Mapping[str, Rubric]) -> None:
        """Look through the rubric of a number, counted round and round; `rubrics` are those on the shelf."""
        self.shown, self.rubrics = number, rubrics

    def compose(self) -> ComposeResult:
        """The profile."""
        d = self.debrief
        scored = {one.rubric for one in d.scores}
        read = lenses(d, {id_: one for id_, one in self.rubrics.items() if id_ not in scored})
        names = [one.title for one in d.scores] + [one.title for one in read]
        at = self.shown % len(names)
        yield Titles(names, at)
        yield ScoreSheet(d, d.scores[at]) if at < len(d.scores) else LensSheet(read[at - len(d.scores)])


class Chosen(Step):
    """A list of pieces, each of which opens its moment."""

    def __init__(self, debrief: Debrief, name: str, items: list[tuple[int, Item]]) -> None:
        super().__init__(debrief)
        self.name_of, self.items = name, items

    def compose(self) -> ComposeResult:
        """The list."""
        picker = Listed([item for _, item in self.items])
        picker.gap = 1
        yield picker

    @on(Picker.Picked)
    def _picked(self, event: Picker.Picked) -> None:
        event.stop()
        decision = self.items[event.item][0]
        if decision:
            self.screen.open_moment(decision)  # type: ignore[attr-defined]


def _moment_item(one: Moment) -> Item:
    return Item(one.text, f"{one.decision:>3}  {one.verb:<8}")


def every_moment(debrief: Debrief) -> list[tuple[int, Item]]:
    """All moments, to open."""
    return [(one.decision, _moment_item(one)) for one in debrief.moments]


class Proofs(Chosen):
    """All evidence with its line of proof; a piece can be disputed."""

    def __init__(self, debrief: Debrief) -> None:
        super().__init__(debrief, "the evidence", every_proof(debrief))

    @property
    def number(self) -> int:
        """Which piece stands out, or -1."""
        return self.query_one(Picker).marked

    @property
    def marked(self) -> Proof | None:
        """The piece that stands out."""
        return self.debrief.evidence[self.number] if self.number >= 0 else None

    def mark(self, number: int) -> None:
        """Let a piece stand out."""
        self.query_one(Picker).move_to(number)


def every_proof(debrief: Debrief) -> list[tuple[int, Item]]:
    """All evidence with its line of proof, to open."""
    found = []
    for one in debrief.evidence:
        where = f"{one.choice or 'on the whole'}, {one.file}:{one.line}"
        scored = ", not scored here"
        if one.lo:  # what the others were worth stays closed with the key
            scored = f", scored {one.value} between {one.lo} and {one.hi}" if debrief.key_open else ""
        doubt = f" · disputed: {one.disputed}" if one.disputed else ""
        below = f"{one.reason}\n{where}{scored}{doubt}"
        found.append((one.decision, Item(one.title, f"{one.signed:>3}  ", below, "strong")))
    return found

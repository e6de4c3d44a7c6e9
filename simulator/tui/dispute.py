"""Where a learner says of a piece of evidence that they see it differently, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.widgets import Input

from simulator.tui.keys import bind
from simulator.tui.sheet import Text
from simulator.tui.shell import Shell
from simulator.tui.steps import Answer, hint

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from simulator.debrief.value import Proof


class DisputeScreen(Shell):
    """One piece of evidence, and a line to type on. What was said before can be changed, or taken back."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("help", "help", show=False), bind("go-back", "back")]
    TITLE_OF = "See it differently"
    CAN_DO = "Type your reason; enter writes it down beside the evidence, for your instructor. Escape goes back."

    def __init__(self, proof: Proof) -> None:
        super().__init__()
        self.proof = proof

    def body(self) -> ComposeResult:
        """The piece, and the line."""
        with Vertical(id="step"):
            yield from self._asking()

    def _asking(self) -> ComposeResult:
        one = self.proof
        yield Text(f"{one.title}, {one.signed}\n\n{one.because}\n\nHow do you see it?", classes="-auto")
        yield Answer(value=one.disputed, placeholder="your reason; no real patients, please", max_length=2000)
        yield hint("The figures stay as they are. Your reason stands beside them; an empty line takes it back.")

    def on_mount(self) -> None:
        """Name it."""
        where = f"choice {self.proof.decision}" if self.proof.decision else "on the whole"
        self.bar.show(title="See it differently", middle=where)
        self.query_one(Answer).focus()

    @on(Input.Submitted)
    def _said(self, event: Input.Submitted) -> None:
        event.stop()
        text = event.value.strip()
        self.dismiss((self.proof, text) if text != self.proof.disputed else None)

    def action_back(self) -> None:
        """Not now."""
        self.dismiss(None)

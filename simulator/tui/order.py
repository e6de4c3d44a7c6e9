"""The steps of a debrief in the model's order: the learner reflects, the patient speaks, and figures come last."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from simulator.debrief.value import QUESTIONS, SUPPORT, Debrief
from simulator.report.text import page
from simulator.sessions.events import key_of
from simulator.tui import steps
from simulator.tui.steps import Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.debrief.value import Moment
    from simulator.sessions.replay import Replay
    from simulator.sessions.session import Session

Make = Callable[[Debrief], Step]
WIDE = 10_000  # pages reflow by themselves

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
    yield shown_and_told
    yield steps.Proofs
    yield steps.Scored


def shown_and_told(d: Debrief) -> Step:
    """What was let show, promised and told, and the doors that closed."""
    return steps.Words(d, "shown, promised, told", "\n\n".join(page(p, d, WIDE) for p in ("cues", "ledger")))


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

"""A playthrough as a screenplay, derived from its events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from simulator.encounter.speech import prose
from simulator.encounter.transition import Arrived, Ended, Entered, Event, TimeUp, Took

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from simulator.encounter.speech import Voice
    from simulator.scenario.dialogue import Paragraph

Kind = Literal["visit", "narration", "speech", "learner", "beat", "ending"]


class Turn(NamedTuple):
    """One thing on the page. `who` is a name for speech, a verb for the learner's act, else empty."""

    kind: Kind
    text: str
    who: str = ""
    manner: str = ""


def turns(event: Event, voice: Voice) -> Iterator[Turn]:
    """What one event puts on the page."""
    match event:
        case Arrived(visit, state):
            yield Turn("visit", visit.title)
            yield from _paragraphs(voice.lines(visit.scene, state), voice)
        case Entered(node, _, after):
            yield from _paragraphs(voice.lines(node.lines, after), voice)
        case Took(_, choice, before, after):
            yield Turn("learner", voice.words(choice.text, before), choice.verb)
            if choice.verb == "wait":
                yield Turn("beat", "")
            yield from _paragraphs(voice.lines(choice.reply, after), voice)
        case Ended(ending, state):
            yield Turn("ending", prose(voice.words(ending.text, state)), ending.title)
        case TimeUp():
            return


def transcript(events: Iterable[Event], voice: Voice) -> list[Turn]:
    """The whole page."""
    return [turn for event in events for turn in turns(event, voice)]


def _paragraphs(paragraphs: Iterable[Paragraph], voice: Voice) -> Iterator[Turn]:
    for one in paragraphs:
        if one.speaker is None:
            yield Turn("narration", one.text)
        else:
            yield Turn("speech", one.text, voice.called[one.speaker], one.manner or "")

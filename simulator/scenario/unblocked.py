"""Speech that an author wrote without a block, so that YAML took each speaker for a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.language.prose import short
from simulator.language.slips import speech_help, speech_message
from simulator.language.speakers import Speakers
from simulator.language.tree import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.language.diagnostics import Problems
    from simulator.language.tree import Value


def report_unblocked(top: Mapping, problems: Problems) -> None:
    """Report speech that stands in no block, and put a stand-in in its place: all of it is told as one mistake."""
    speakers = Speakers(_names(top.get(Scalar("cast"))))
    for group, key in _dialogues(top):
        value = group[key]
        if isinstance(value, Mapping) and (found := _speech(value, speakers)):
            _report(value, found, f"{key}", problems)
            group[key] = Scalar.stand_in(value.place)
        for number, item in enumerate(value if isinstance(value, Sequence) else ()):
            if isinstance(item, Mapping) and isinstance(value, Sequence) and (found := _speech(item, speakers)):
                _report(item, found, "-", problems)
                value[number] = Scalar.stand_in(item.place)


def _names(cast: Value | None) -> dict[str, str]:
    found = {}
    for id_, person in cast.items() if isinstance(cast, Mapping) else ():
        name = person.get(Scalar("name")) if isinstance(person, Mapping) else person
        found[str(id_)] = str(name) if isinstance(name, Scalar) else ""
    return found


def _dialogues(top: Mapping) -> Iterator[tuple[Mapping, Scalar]]:
    """Every group that holds dialogue, with the key it stands under."""
    for visit in _groups(top, "visits"):
        yield from _held(visit, "scene")
        for node in _groups(visit, "nodes"):
            yield from _held(node, "lines")
            for choice in _groups(node, "choices"):
                yield from _held(choice, "reply")


def _groups(owner: Mapping, key: str) -> Iterator[Mapping]:
    group = owner.get(Scalar(key))
    for one in group.values() if isinstance(group, Mapping) else ():
        if isinstance(one, Mapping):
            yield one


def _held(owner: Mapping, key: str) -> Iterator[tuple[Mapping, Scalar]]:
    if Scalar(key) in owner:
        yield owner, Scalar(key)


def _speech(group: Mapping, speakers: Speakers) -> Scalar | None:
    """The first key of a group that is a member of the cast speaking."""
    for key in group:
        if not key.style and key not in ("lines", "when") and speakers.at_start(f"{key}:"):
            return key
    return None


def _report(group: Mapping, key: Scalar, under: str, problems: Problems) -> None:
    problems.withdraw("BED112", group.place)  # who speaks twice was reported as a key that stands there twice
    text = group[key]
    words = f"{key}: {short(text, 60)}" if isinstance(text, Scalar) else f"{key}: …"
    help_ = speech_help(under, words).replace("`-: |`", "`- |`")
    problems.report("BED203", speech_message(key), key.place, help=help_)

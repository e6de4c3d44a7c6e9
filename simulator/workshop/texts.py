"""The words of a scenario: how hard they are, whether a chart judges, what looks cut, and when they were last read.

All of it is told as warnings: the author may know better.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from simulator.language.prose import short
from simulator.language.shape import texts_of
from simulator.language.tree import Scalar
from simulator.scenario.shapes import Cue, Person, Scenario
from simulator.workshop.reading_level import NOTHING, measure, sentences

if TYPE_CHECKING:
    import datetime

    from simulator.language.diagnostics import Place, Problems
    from simulator.scenario.shapes import Review, Visit

MOST_GRADE: Final = 8  # what guides to plain speech ask of what patients are told
FEWEST_WORDS: Final = 100  # below, a grade says little
MOST_WORDS: Final = 30  # in one sentence

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)


def check_texts(scenario: Scenario, problems: Problems, today: datetime.date) -> None:
    """Warn of what is hard to follow, of judging words, of texts that look cut, and of a reading that is due."""
    for visit in scenario.visits.values():
        _check_said(visit, problems, is_english=_is_english(scenario))
    if scenario.chart is not None and _is_english(scenario):
        _check_chart(scenario.chart, problems)
    _check_ends(scenario, problems)
    _check_review(scenario.reviewed, problems, today)


def _is_english(scenario: Scenario) -> bool:
    """Whether what is only known of English can be asked; a scenario that names no language counts as English."""
    return scenario.language is None or scenario.language.lower().startswith("en")


# what the patient is told


def _check_said(visit: Visit, problems: Problems, *, is_english: bool) -> None:
    """The words that the learner may say in one visit: their grade, and each sentence's length."""
    said = [
        (choice.say, _without_tags(choice.say))
        for node in visit.nodes.values()
        for choice in (node.choices or {}).values()
        if choice.say is not None
    ]
    for text, plain in said:
        if "{%" not in text:  # parts of it exclude each other
            _check_sentences(text, plain, problems)
    whole = sum((measure(plain) for _, plain in said), NOTHING)
    if is_english and whole.words >= FEWEST_WORDS and whole.grade > MOST_GRADE:
        hardest, one = max(
            ((text, measure(plain)) for text, plain in said), key=lambda it: (it[1].grade - MOST_GRADE) * it[1].words
        )
        longest = max(count for _, _, count in sentences(_without_tags(hardest)))
        problems.report(
            "BED803",
            f"What can be said in this visit reads like school year {whole.grade:.0f}, and this adds most to it.",
            _all_of(hardest),
            note=f"All that can be said here: grade {whole.grade:.1f}, of {whole.words} words. This choice: grade "
            f"{one.grade:.1f}, {longest} words in its longest sentence.",
            help=f"Say it in shorter sentences and everyday words: grade {MOST_GRADE} or less.",
        )


def _check_sentences(text: Scalar, plain: str, problems: Problems) -> None:
    for start, end, count in sentences(plain):
        if count > MOST_WORDS:
            problems.report(
                "BED803",
                f"This sentence has {count} words; few patients can follow it by ear.",
                text.within(start, end),
                help=f"Make two or three sentences of it, none longer than {MOST_WORDS} words.",
            )


def _without_tags(text: str) -> str:
    """A text of the same length in which what is filled in is one short word, and `if`s are blanks."""
    return _TAG.sub(lambda tag: ("x" if tag.group()[1] == "{" else "").ljust(len(tag.group())), text)


def _all_of(text: Scalar) -> Place:
    return text.within(0, len(text.rstrip()))


# charts

_QUOTED = re.compile(r'"[^"]{1,300}"|“[^”]{1,300}”|(?<!\w)[\'‘](?:[^\'’]|[\'’](?=\w)){1,300}[\'’](?!\w)')


@cache
def judging_words() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The shipped list: what to look for, and what to write instead."""
    text = files("simulator.workshop").joinpath("judging-words.txt").read_text(encoding="utf-8")
    return tuple(_entry(line) for line in text.splitlines() if line and not line.startswith("#"))


def _entry(line: str) -> tuple[re.Pattern[str], str]:
    ways, _, instead = line.partition("=")
    found = "|".join(r"[\s-]+".join(map(re.escape, way.split())) for way in ways.split("|"))
    return re.compile(rf"(?<![\w-])(?:{found})(?![\w-])", re.IGNORECASE), instead.strip()


def _check_chart(chart: Scalar, problems: Problems) -> None:
    """Each judging word once; what stands in quotation marks was put there on purpose."""
    plain = _QUOTED.sub(lambda quoted: " " * len(quoted.group()), _without_tags(chart))
    for pattern, instead in judging_words():
        if found := pattern.search(plain):
            problems.report(
                "BED804",
                f"“{short(found.group())}” judges the patient.",
                chart.within(*found.span()),
                note="Whoever reads the chart next meets the word before the person.",
                help=f"Write what was seen or said, such as: {instead}. A word that is there for learners to notice "
                "goes into quotation marks.",
            )


# readings


def _check_review(reviewed: tuple[Review, ...], problems: Problems, today: datetime.date) -> None:
    """The newest reading says when the next is due; an older one's date was kept or passed over then."""
    newest = max((one.on for one in reviewed), default=None)
    for review in reviewed:
        if review.on == newest and review.next is not None and review.next < today:
            written = review.written("next")
            problems.report(
                "BED805",
                f"This scenario was to be read again by {review.next}.",
                written.place if isinstance(written, Scalar) else review.place_of("next"),
                help="Read it against its sources, and add under `reviewed` who did and when.",
            )


# ends

# what is not prose, or may be a part of a sentence
_NO_PROSE = frozenset("when variants licence language topics competencies authors sources".split())
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_MAY_OPEN = re.compile(r'[(\[“«"]')
_STRAIGHT = re.compile(r'(?<!\d)"')  # not the inches of 5'10"
_OPEN = {"(": ")", "[": "]", "“": "”", "«": "»"}


def _check_ends(scenario: Scenario, problems: Problems) -> None:
    """Warn of texts that end in the middle of a sentence, of brackets or of quotation marks."""
    told = {one.place.line for one in problems if one.code == "BED115" and one.place}  # cut by a #
    for owner, name, text in texts_of(scenario):
        is_prose = name not in _NO_PROSE and owner not in (Cue, Person) and " " in text
        if is_prose and text.place.end_line not in told:
            _check_end(text, problems)


def _check_end(text: Scalar, problems: Problems) -> None:
    end = len(text.rstrip())
    if text[end - 1] == ",":
        problems.report(
            "BED806",
            "This text ends in a comma.",
            text.within(end - 1, end),
            help="Was it cut? End the sentence, or put what is missing.",
        )
    elif (at := _left_open(text)) is not None:
        problems.report(
            "BED806",
            f"The {text[at]} that opens here is not closed before the text ends.",
            text.within(at, at + 1),
            help=f"Was it cut? Put what is missing, and close it with {_OPEN.get(text[at], text[at])}.",
        )


def _left_open(text: str) -> int | None:
    """Where a bracket or a quotation mark opens in the last paragraph that is not closed there."""
    if not _MAY_OPEN.search(text):
        return None
    start = max((blank.end() for blank in _BLANK_LINE.finditer(text.rstrip())), default=0)
    part = text[start:]
    if _TAG.search(part):  # what is filled in may close it
        return None
    found = [_unclosed(part, opening, closing) for opening, closing in _OPEN.items()]
    straight = [mark.start() for mark in _STRAIGHT.finditer(part)]
    found.append(straight[-1] if len(straight) % 2 else None)
    return next((start + at for at in found if at is not None), None)


def _unclosed(part: str, opening: str, closing: str) -> int | None:
    """Where the last bracket stands that opens and is not closed; a sad face, :( or :-(, is none."""
    if part.count(opening) <= part.count(closing):
        return None
    waiting: list[int] = []
    for at, character in enumerate(part):
        if character == opening and part[max(0, at - 1) : at] not in (":", ";", "-"):
            waiting.append(at)
        elif character == closing and waiting:
            waiting.pop()
    return waiting[-1] if waiting else None

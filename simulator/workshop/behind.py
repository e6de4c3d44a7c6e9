"""What is behind a moment of play, for its author: what is kept of the patient, and what each choice would do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from simulator.encounter.speech import shown
from simulator.encounter.transition import Ended, Entered, TimeUp, Took, take
from simulator.rubric.gates import gates_of
from simulator.scoring.evidence import case_of
from simulator.scoring.rules import promise_outcome
from simulator.workshop.reasons import Reasons

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from simulator.encounter.playthrough import Playthrough
    from simulator.encounter.program import Choice, Node, Program
    from simulator.encounter.speech import Voice
    from simulator.encounter.state import State
    from simulator.encounter.transition import Event
    from simulator.workshop.reasons import Condition

BECAME = {"promise-kept": "kept", "promise-broken": "passed by", "open": "promised", "not-made": "not made"}


class Standing(NamedTuple):
    """A meter: its value now, before the last choice, and its bounds."""

    meter: str
    value: int
    was: int
    lo: int
    hi: int


class Kept(NamedTuple):
    """A fact or a promise: its id, its text, and what became of it so far, such as “recalled” or “not made”."""

    id: str
    text: str
    became: str


class Level(NamedTuple):
    """What a choice is worth on one criterion, -2 to +2, and whether it is scored at this node."""

    criterion: str
    level: int
    is_tested: bool


class Case(NamedTuple):
    """One case of a choice's evidence. `condition` is None where it has none; `counts` where it is the one now."""

    condition: Condition | None
    levels: tuple[Level, ...]
    because: str
    gates: tuple[str, ...]
    counts: bool


@dataclass(frozen=True)
class Option:
    """A choice of the node. `number` is the learner's, from 1, and 0 where it is not offered: `against` says why.

    `changes` and `leads` tell what taking it would do now, and `way` which of several ways counts; of one that is not
    offered, nothing is told.
    """

    number: int
    id: str
    verb: str
    text: str
    tempts: str
    line: int
    needs: Condition | None
    against: tuple[str, ...]
    cases: tuple[Case, ...]
    changes: tuple[str, ...]
    leads: tuple[str, ...]
    way: str


@dataclass(frozen=True)
class Behind:
    """The other side of the page. `minutes` is (left, of all), or None without a clock; `says` is there at the end."""

    id: str  # visit/node, or of the last one where play is over
    line: int  # where it stands in the file
    minutes: tuple[int, int] | None
    tests: tuple[str, ...]
    cue: str
    meters: tuple[Standing, ...]
    flags: Mapping[str, bool]
    facts: tuple[Kept, ...]
    promises: tuple[Kept, ...]
    counts: Mapping[str, int]
    options: tuple[Option, ...]
    says: tuple[tuple[str, str], ...]


class Backstage:
    """Looks behind the moments of one program, as the learner of one seed sees them."""

    def __init__(self, program: Program, voice: Voice) -> None:
        self.program, self.voice = program, voice
        self.reasons = Reasons(program)
        self.lines = dict(_lines(program))

    def look(self, play: Playthrough) -> Behind:
        """What is behind the moment at which a playthrough stands."""
        program, state = self.program, play.state
        node = program.nodes[state.node]
        visit = program.visits[node.visit]
        before = play.before.state.meters if play.before else state.meters
        return Behind(
            id=node.id,
            line=self.lines[node.id],
            minutes=None if visit.minutes < 0 else (state.minutes, visit.minutes),
            tests=tuple(program.criteria[index].title for index in sorted(node.tests)),
            cue=_cue(node, state, program),
            meters=tuple(
                Standing(meter.id, now, was, meter.lo, meter.hi)
                for meter, now, was in zip(program.meters, state.meters, before, strict=True)
            ),
            flags={id_: program.ledger.has(state, "flags", n) for n, id_ in enumerate(program.flags)},
            facts=tuple(self._facts(state)),
            promises=tuple(self._promises(state)),
            counts=dict(zip(program.tags, state.counts, strict=True)),
            options=() if play.is_over else tuple(self._options(node, play)),
            says=tuple(self._says(state)) if play.is_over else (),
        )

    def _facts(self, state: State) -> Iterator[Kept]:
        for index, (id_, fact) in enumerate(self.program.scenario.facts.items()):
            told = self.program.ledger.has(state, "told", index)
            recalled = self.program.ledger.has(state, "recalled", index)
            became = "recalled" if recalled else "told" if told else "not told"
            yield Kept(str(id_), str(fact.text), became)

    def _promises(self, state: State) -> Iterator[Kept]:
        for index, (id_, promise) in enumerate(self.program.scenario.promises.items()):
            yield Kept(str(id_), str(promise.text), BECAME[promise_outcome(self.program, state, index)])

    def _says(self, state: State) -> Iterator[tuple[str, str]]:
        for slot, cases in self.program.says.items():
            yield slot, self.voice.says(cases, state)

    # choices

    def _options(self, node: Node, play: Playthrough) -> Iterator[Option]:
        offered = shown(node, play.available, self.voice.seed)
        for number, choice in enumerate(offered, start=1):
            yield self._option(number, choice, play.state)
        for choice in node.choices:
            if choice not in offered:
                yield self._option(0, choice, play.state)

    def _option(self, number: int, choice: Choice, state: State) -> Option:
        changes, leads, way = self._follows(choice, state) if number else ((), (), "")
        return Option(
            number=number,
            id=choice.id,
            verb=choice.verb,
            text=self.voice.words(choice.text, state),
            tempts=choice.tempts or "",
            line=self.lines[choice.id],
            needs=self.reasons.needs(choice, state),
            against=() if number else tuple(self.reasons.against(choice, state)),
            cases=tuple(self._cases(choice, state)),
            changes=changes,
            leads=leads,
            way=way,
        )

    def _cases(self, choice: Choice, state: State) -> Iterator[Case]:
        tested, now = self.program.nodes[state.node].tests, case_of(choice, state)
        for case, shape in zip(choice.evidence, self.program.scenario.choice(choice.id).scores, strict=True):
            levels = (
                Level(self.program.criteria[index].title, level, index in tested)
                for index, level in case.levels.items()
            )
            condition = None if shape.when is None else self.reasons.condition(str(shape.when), state)
            yield Case(condition, tuple(levels), case.because, gates_of(case), case is now)

    def _follows(self, choice: Choice, state: State) -> tuple[tuple[str, ...], tuple[str, ...], str]:
        """What the choice changes, with what entering the next places changes; where play then comes, and why there."""
        after, events = take(self.program, state, choice)
        took = events[0]
        assert isinstance(took, Took)  # a step begins with it
        found = list(_changes(self.program, state, took.after))
        found += [f"{one}, on entering" for one in _changes(self.program, took.after, after)]
        is_late = any(isinstance(event, TimeUp) for event in events)
        return tuple(found), tuple(_places(events)), "" if is_late else self._way(choice, took.after)

    def _way(self, choice: Choice, after: State) -> str:
        """Which of several ways counts, in words; nothing where there is one only."""
        if len(choice.next) == 1:
            return ""
        counts = next(n for n, way in enumerate(choice.next) if way.when is None or way.when(after))
        conditions = [case.when and str(case.when) for case in self.program.scenario.choice(choice.id).next]
        return self.reasons.words.case(conditions, counts)


def _lines(program: Program) -> Iterator[tuple[str, int]]:
    """The lines at which nodes and choices begin, by their whole ids."""
    for visit_id, visit in program.scenario.visits.items():
        for node_id, node in visit.nodes.items():
            yield f"{visit_id}/{node_id}", node_id.place.line
            for choice_id in node.choices or ():
                yield f"{visit_id}/{node_id}/{choice_id}", choice_id.place.line


def _cue(node: Node, state: State, program: Program) -> str:
    cue = node.cue
    if cue is None:
        return ""
    met = " or ".join(program.choices[index].id.rpartition("/")[2] for index in sorted(cue.met_by))
    return f"{cue.line} Met by {met}." if cue.shows(state) else f"{cue.line} Not there now."


_LEDGER = (("told", "facts"), ("recalled", "facts"), ("promised", "promises"), ("kept", "promises"))


def _changes(program: Program, before: State, after: State) -> Iterator[str]:
    """What a step did: to meters, flags, facts and promises."""
    for meter, was, now in zip(program.meters, before.meters, after.meters, strict=True):
        if was != now:
            yield f"{meter.id} {was} to {now}"
    has = program.ledger.has
    for index, flag in enumerate(program.flags):
        if has(before, "flags", index) != has(after, "flags", index):
            yield f"{flag} {'set' if has(after, 'flags', index) else 'cleared'}"
    for name, kind in _LEDGER:
        ids: Sequence[str] = getattr(program, kind)
        for index, id_ in enumerate(ids):
            if has(after, name, index) and not has(before, name, index):
                yield f"{name} {id_}"
    for index, id_ in enumerate(program.promises):
        outcomes = [promise_outcome(program, state, index) for state in (before, after)]
        if outcomes[1] == "promise-broken" != outcomes[0]:
            yield f"passed by {id_}"


def _places(events: Sequence[Event]) -> Iterator[str]:
    for event in events:
        match event:
            case TimeUp():
                yield "the time is up"
            case Entered(node):
                yield node.id
            case Ended(ending):
                yield f"the ending “{ending.id}”"

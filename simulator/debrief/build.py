"""From a finished playthrough and what the learner answered, the one `Debrief`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from simulator.debrief.doors import doors
from simulator.debrief.moments import cues, moments, told_first
from simulator.debrief.value import (
    NOT_CODED,
    Bend,
    Chance,
    Curve,
    Debrief,
    GroupScore,
    Known,
    Pledge,
    Proof,
    RubricResult,
    Seen,
)
from simulator.encounter.speech import Voice, called, prose
from simulator.encounter.transition import Arrived, Entered, Took
from simulator.rubric.gates import gates_of
from simulator.scoring.evidence import case_of, evidence
from simulator.scoring.opportunities import at_decision
from simulator.scoring.rules import of_rules, promise_outcome
from simulator.scoring.scores import FEWEST_FOR_A_BAND, FEWEST_FOR_A_FIGURE, Score, gates_met, opportunities, scores

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from simulator.encounter.playthrough import Playthrough
    from simulator.encounter.program import Criterion, Program
    from simulator.encounter.state import State
    from simulator.language.diagnostics import Place
    from simulator.scoring.opportunities import Opportunity
    from simulator.scoring.scores import RubricScores
    from simulator.sessions.horizon import Horizon


def debrief(
    play: Playthrough,
    started: Mapping[str, Any],
    answers: Sequence[Mapping[str, Any]],
    *,
    attempt: int = 1,
    is_rewound: bool = False,
    is_released: bool = False,
    shows_overall: bool = False,
    horizon: Horizon | None = None,
) -> Debrief:
    """The debrief of a finished playthrough.

    `started` is the log's first event, `answers` its reflecting events. The key (what the other choices were coded)
    opens with the second attempt at practice, and in assessment when an instructor releases it. Reach and doors that
    closed are told where there is a `horizon`.
    """
    program, final = play.program, play.state
    voice = Voice(program, int(started["seed"]))
    key_open = is_released or (started["mode"] == "practice" and attempt > 1)
    told = moments(play, voice, key_open=key_open)
    marked = {event["as"]: event["decision"] for event in answers if event["event"] == "marked"}
    ending = program.endings[final.ending]
    scenario = program.scenario
    last = {event["event"]: event for event in answers}
    reflections = {event["prompt"]: event["text"] for event in answers if event["event"] == "reflection"}
    return Debrief(
        scenario=program.id,
        title=str(scenario.title),
        session=str(started["session"]),
        learner=str(started["learner"]),
        mode=str(started["mode"]),
        seed=int(started["seed"]),
        attempt=attempt,
        rewound=is_rewound,
        key_open=key_open,
        ending=ending.title,
        ending_text=prose(voice.words(ending.text, final)),
        content_note=str(scenario.content_note or ""),
        landed=last.get("landed", {}).get("word", ""),
        marked=marked,
        predicted={e["question"]: e["answer"] for e in answers if e["event"] == "predicted"},
        patient=_patient(program),
        noticed=voice.says(program.says["noticed"], final),
        kept_back=voice.says(program.says["kept-back"], final),
        will_do=voice.says(program.says["will-do"], final),
        told=told_first(told, marked.get("replay", 0)),
        moments=told,
        reflect=tuple((str(text), reflections.get(n, "")) for n, text in enumerate(scenario.reflect)),
        intention=last.get("intention", {}).get("text", ""),
        curves=tuple(_curve(play, index, voice) for index in range(len(program.meters))),
        cues=tuple(Seen(n, node.cue.line, node.cue.feeling or "", met) for n, node, met in cues(play) if node.cue),
        promises=tuple(_pledge(program, final, index) for index in range(len(program.promises))),
        facts=tuple(_known(program, final, index, is_released=is_released) for index in range(len(program.facts))),
        doors=tuple(doors(play, voice, horizon, key_open=key_open, is_released=is_released)),
        reach={k: "" if one is None else str(one) for k, one in horizon.reach(play).items()} if horizon else {},
        evidence=tuple(_proofs(play, answers)),
        scores=tuple(_result(play, rubric, found) for rubric, found in scores(program, play.decisions, final).items()),
        gates=gates_met(program, play.decisions, final),
        shows_overall=shows_overall,
    )


def _patient(program: Program) -> str:
    """The name under which the patient speaks: the first of the cast whose role is patient, else the first."""
    people = program.scenario.cast
    patients = (id_ for id_, one in people.items() if (one.role or "").casefold() == "patient")
    return called(program)[next(patients, next(iter(people)))]


# curves, promises, facts


def _curve(play: Playthrough, index: int, voice: Voice) -> Curve:
    program = play.program
    meter = program.meters[index]
    means = next((r.outcomes[m] for r in program.rubrics.values() for m in r.outcomes if m == meter.id), "")
    values, bends = [meter.start], []
    number, begins = 0, False
    for event in play.events:
        begins = isinstance(event, Arrived) or (begins and not isinstance(event, Took))
        if not isinstance(event, Entered | Took):
            continue
        place, cause, because = event.node.id, "how the visit began" if begins else "what came of it", ""
        if not number:
            cause = "how it began"
        if isinstance(event, Took):
            number, place = number + 1, event.choice.id
            cause, because = voice.words(event.choice.text, event.before), _reason(event)
            values.append(event.after.meters[index])
        before, after = event.before.meters[index], event.after.meters[index]
        if before != after:
            visit = program.visits[event.node.visit].title
            bends.append(Bend(meter.id, number, visit, place, before, after, cause, because))
        if number:
            values[-1] = after
    if not number:
        values.append(play.state.meters[index])
    return Curve(meter.id, meter.lo, meter.hi, str(means), tuple(values), tuple(bends))


def _reason(took: Took) -> str:
    case = case_of(took.choice, took.before)
    return case.because if case else ""


def _pledge(program: Program, final: State, index: int) -> Pledge:
    outcome = promise_outcome(program, final, index).removeprefix("promise-").replace("-", " ")
    id_ = program.promises[index]
    return Pledge(id_, str(program.scenario.promises[id_].text), outcome)  # type: ignore[index, arg-type]


def _known(program: Program, final: State, index: int, *, is_released: bool) -> Known:
    """A fact; what was never told stays a secret, for the next time, unless an instructor releases the key."""
    id_ = program.facts[index]
    fact = program.scenario.facts[id_]  # type: ignore[index]
    told, recalled = (program.ledger.has(final, set_, index) for set_ in ("told", "recalled"))
    return Known(id_, str(fact.text) if told or is_released else "", fact.goal, told, recalled)


# evidence and scores


def _proofs(play: Playthrough, answers: Sequence[Mapping[str, Any]]) -> Iterator[Proof]:
    said = [one for one in answers if one["event"] == "disputed"]
    disputed = {(one["decision"], one["criterion"], one.get("rule", -1)): one["text"] for one in said}
    for proof in _all_proofs(play):
        key = (proof.decision, f"{proof.rubric}/{proof.criterion}", proof.rule)
        yield replace(proof, disputed=disputed.get(key, ""))


def _all_proofs(play: Playthrough) -> Iterator[Proof]:
    program, decisions = play.program, play.decisions
    for one in evidence(program, decisions):
        chance = at_decision(program, one.decision, decisions[one.decision - 1], frozenset({one.criterion.index}))
        if one.is_coded or chance:
            place = one.case.place if one.case else one.choice.place
            proof = _proof(one.choice.id, place, one.criterion, one.level, chance)
            took = decisions[one.decision - 1]
            yield replace(
                proof,
                decision=one.decision,
                verb=one.choice.verb,
                at_cue=took.node.cue is not None and took.node.cue.shows(took.before),
                is_coded=one.is_coded,
                because=one.because if one.is_coded else NOT_CODED,
                gates=gates_of(one.case),
            )
    yield from _rule_proofs(program, decisions, play.state)


def _rule_proofs(program: Program, decisions: list[Took], final: State) -> Iterator[Proof]:
    """What the rules came to, criterion by criterion: those that held, and those that did not and could have."""
    for one in program.criteria:
        for found in of_rules(program, decisions, final, frozenset({one.index})):
            for rule in found.rules:
                case = rule.case
                level = case.levels[one.index] if found.held else 0
                proof = _proof(rule.on or "rule", case.place, one, level, found)
                shown = replace(proof, because=case.because, gates=gates_of(case))
                yield replace(shown, held=found.held, counted=found.counted, rule=program.rules.index(rule))


def _proof(choice: str, place: Place, criterion: Criterion, level: int, chance: Opportunity | None) -> Proof:
    return Proof(
        decision=0,
        choice=choice,
        verb="",
        at_cue=False,
        file=place.source.name.replace("\\", "/").rsplit("/", 1)[-1],
        line=place.line,
        rubric=criterion.rubric,
        criterion=criterion.id,
        title=criterion.title,
        level=level,
        value=str(chance.value) if chance else "",
        lo=str(chance.lo) if chance else "",
        hi=str(chance.hi) if chance else "",
        because="",
    )


def _result(play: Playthrough, rubric: str, found: RubricScores) -> RubricResult:
    program = play.program
    shape = program.rubrics[rubric]
    overall = found.overall
    mine = [one for one in program.criteria if one.rubric == rubric]
    domains = (
        _group(play, id_, id_, str(shape.domains[id_].title), one, frozenset(c.index for c in mine if c.domain == id_))  # type: ignore[index]
        for id_, one in found.domains.items()
    )
    criteria = (_group(play, c.id, c.domain, c.title, found.criteria[c.index], frozenset({c.index})) for c in mine)
    return RubricResult(
        rubric=rubric,
        title=str(shape.title),
        met=overall.met,
        moments=overall.moments,
        figure=_figure(overall, 1),
        earned=str(overall.earned),
        possible=str(overall.possible),
        band=found.band or "",
        no_band=_no_band(program, rubric, overall),
        band_text=found.band_text,
        barred=found.barred,
        domains=tuple(domains),
        criteria=tuple(criteria),
        limits=str(shape.limits),
    )


def _no_band(program: Program, rubric: str, overall: Score) -> str:
    """Why there is no word on the whole, where there could have been one."""
    if program.rubrics[rubric].bands and overall.moments < FEWEST_FOR_A_BAND:
        return "There were too few moments for a word on the whole."
    return ""


def _group(play: Playthrough, id_: str, domain: str, title: str, score: Score, group: frozenset[int]) -> GroupScore:
    found = opportunities(play.program, group, play.decisions, play.state)
    return GroupScore(
        id=id_,
        domain=domain,
        title=title,
        met=score.met,
        moments=score.moments,
        figure=_figure(score, FEWEST_FOR_A_FIGURE),
        earned=str(score.earned),
        possible=str(score.possible),
        opportunities=tuple(Chance(one.decision, str(one.value), str(one.lo), str(one.hi)) for one in found),
    )


def _figure(score: Score, fewest: int) -> str:
    return str(score.value) if score.value is not None and score.moments >= fewest else ""

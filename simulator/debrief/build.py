"""From a finished playthrough and what the learner answered, the one `Debrief`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.debrief.moments import cues, gates_of, moments, three
from simulator.debrief.value import Bend, Curve, Debrief, GroupScore, Known, Pledge, Proof, RubricResult, Seen
from simulator.encounter.speech import Voice, called, prose
from simulator.encounter.transition import Entered, Took
from simulator.scoring.evidence import case_of, evidence
from simulator.scoring.opportunities import at_decision, fires, promise_outcome, value_of
from simulator.scoring.scores import FEWEST_FOR_A_FIGURE, Score, gates_met, scores

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from simulator.encounter.playthrough import Playthrough
    from simulator.encounter.program import Criterion, EvidenceCase, Program
    from simulator.encounter.state import State
    from simulator.scoring.scores import RubricScores


def debrief(
    play: Playthrough,
    started: Mapping[str, Any],
    answers: Sequence[Mapping[str, Any]],
    *,
    attempt: int = 1,
    is_rewound: bool = False,
    is_released: bool = False,
) -> Debrief:
    """The debrief of a finished playthrough.

    `started` is the log's first event, `answers` its reflecting events. The key (what the other choices were coded)
    opens with the second attempt at practice, and in assessment when an instructor releases it.
    """
    program, final = play.program, play.state
    voice = Voice(program, int(started["seed"]))
    key_open = is_released or (started["mode"] == "practice" and attempt > 1)
    told = moments(play, voice, key_open=key_open)
    kept, costly, missed = three(told)
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
        marked={e["as"]: e["decision"] for e in answers if e["event"] == "marked"},
        predicted={e["question"]: e["answer"] for e in answers if e["event"] == "predicted"},
        patient=_patient(program),
        noticed=voice.says(program.says["noticed"], final),
        kept_back=voice.says(program.says["kept-back"], final),
        will_do=voice.says(program.says["will-do"], final),
        kept=kept,
        costly=costly,
        missed=missed,
        moments=told,
        reflect=tuple((str(text), reflections.get(n, "")) for n, text in enumerate(scenario.reflect)),
        intention=last.get("intention", {}).get("text", ""),
        curves=tuple(_curve(play, index, voice) for index in range(len(program.meters))),
        cues=tuple(Seen(n, node.cue.line, node.cue.feeling or "", met) for n, node, met in cues(play) if node.cue),
        promises=tuple(_pledge(program, final, index) for index in range(len(program.promises))),
        facts=tuple(_known(program, final, index, key_open=key_open) for index in range(len(program.facts))),
        evidence=tuple(_proofs(play, answers)),
        scores=tuple(
            _result(program, rubric, found) for rubric, found in scores(program, play.decisions, final).items()
        ),
        gates=gates_met(program, play.decisions, final),
    )


def _patient(program: Program) -> str:
    """The name under which the patient speaks: the first of the cast whose role is patient, else the first."""
    people = program.scenario.cast
    return called(program)[next((id_ for id_, one in people.items() if one.role == "patient"), next(iter(people)))]


# curves, promises, facts


def _curve(play: Playthrough, index: int, voice: Voice) -> Curve:
    program = play.program
    meter = program.meters[index]
    means = next((r.outcomes[m] for r in program.rubrics.values() for m in r.outcomes if m == meter.id), "")
    values, bends = [meter.start], []
    number, cause, because = 0, "the beginning", ""
    for event in play.events:
        if not isinstance(event, Entered | Took):
            continue
        place = event.node.id
        if isinstance(event, Took):
            number, cause, because = number + 1, voice.words(event.choice.text, event.before), _reason(event)
            values.append(event.after.meters[index])
            place = event.choice.id
        before, after = event.before.meters[index], event.after.meters[index]
        if before != after:
            visit = program.visits[event.node.visit].title
            bends.append(Bend(number, visit, place, before, after, cause, because))
        values[-1] = after
    return Curve(meter.id, meter.lo, meter.hi, str(means), tuple(values), tuple(bends))


def _reason(took: Took) -> str:
    case = case_of(took.choice, took.before)
    return case.because if case else ""


def _pledge(program: Program, final: State, index: int) -> Pledge:
    outcome = promise_outcome(program, final, index).removeprefix("promise-").replace("-", " ")
    id_ = program.promises[index]
    return Pledge(id_, str(program.scenario.promises[id_].text), outcome)  # type: ignore[index, arg-type]


def _known(program: Program, final: State, index: int, *, key_open: bool) -> Known:
    id_ = program.facts[index]
    fact = program.scenario.facts[id_]  # type: ignore[index]
    told, recalled = (program.ledger.has(final, set_, index) for set_ in ("told", "recalled"))
    return Known(id_, str(fact.text) if told or key_open else "", fact.goal, told, recalled)


# evidence and scores


def _proofs(play: Playthrough, answers: Sequence[Mapping[str, Any]]) -> Iterator[Proof]:
    program, decisions = play.program, play.decisions
    disputed = {(e["decision"], e["criterion"]): e["text"] for e in answers if e["event"] == "disputed"}
    for one in evidence(program, decisions):
        group = frozenset({one.criterion.index})
        chance = at_decision(program, one.decision, decisions[one.decision - 1], group)
        assert one.choice is not None
        numbers = (str(chance.value), str(chance.lo), str(chance.hi)) if chance else ("", "", "")
        doubt = disputed.get((one.decision, one.criterion.full), "")
        yield _proof(one.decision, one.choice.id, one.case, one.criterion, one.level, numbers, doubt)
    yield from _rule_proofs(program, play.state)


def _rule_proofs(program: Program, final: State) -> Iterator[Proof]:
    """What the rules that fired are evidence of; a promise rule once for each promise."""
    for rule in program.rules:
        outcomes = [promise_outcome(program, final, index) for index in range(len(program.promises))]
        times = outcomes.count(rule.on) if rule.on else int(fires(rule, final))
        for _ in range(times):
            for index, level in rule.case.levels.items():
                value = str(value_of(program, {index: level}, {index}))
                yield _proof(0, rule.on or "rule", rule.case, program.criteria[index], level, (value, "", ""), "")


def _proof(
    decision: int,
    choice: str,
    case: EvidenceCase,
    criterion: Criterion,
    level: int,
    numbers: tuple[str, str, str],
    disputed: str,
) -> Proof:
    return Proof(
        decision,
        choice,
        case.place.source.name.replace("\\", "/").rsplit("/", 1)[-1],
        case.place.line,
        criterion.rubric,
        criterion.id,
        criterion.title,
        level,
        *numbers,
        case.because,
        gates_of(case),
        disputed,
    )


def _result(program: Program, rubric: str, found: RubricScores) -> RubricResult:
    shape = program.rubrics[rubric]
    band = next((band for band in shape.bands if band.title == found.band), None)
    overall = found.overall
    domains = (_group(id_, id_, str(shape.domains[id_].title), one) for id_, one in found.domains.items())  # type: ignore[index]
    criteria = ((program.criteria[index], one) for index, one in found.criteria.items())
    return RubricResult(
        rubric,
        str(shape.title),
        overall.met,
        overall.moments,
        _figure(overall, 1),
        found.band or "",
        str(band.text) if band else "",
        found.barred,
        tuple(domains),
        tuple(_group(one.id, one.domain, one.title, score) for one, score in criteria),
        str(shape.limits),
    )


def _group(id_: str, domain: str, title: str, score: Score) -> GroupScore:
    return GroupScore(id_, domain, title, score.met, score.moments, _figure(score, FEWEST_FOR_A_FIGURE))


def _figure(score: Score, fewest: int) -> str:
    return str(score.value) if score.value is not None and score.moments >= fewest else ""

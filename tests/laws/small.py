"""Random small scenarios, as texts that go through the real reader."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Any

import yaml
from hypothesis import settings
from hypothesis import strategies as st

from simulator.encounter.compile import compile_encounter
from simulator.encounter.program import Program
from simulator.language.diagnostics import Problems
from simulator.rubric.read import read_rubric
from simulator.rubric.shapes import Rubric
from simulator.scenario.read import read_scenario
from tests.support import RUBRIC

# what a moment is about: the first is tested there, the others may be coded beside it
SUBJECTS = (
    ("attention", "small/caring", "calm"),
    ("presence", "other/caring"),
    ("small/caring", "attention", "other/caring"),
    ("other/caring", "attention", "small/caring"),
    ("calm", "presence"),
)

OTHER = """\
bedside-rubric: 1
title: Another rubric
limits: It is small too.
domains:
  doing:
    title: Doing
    criteria:
      caring: {title: Caring otherwise, weight: 0.5, means: A., looks-like: B., not: C., try: Come back.}
      calm: {title: Calm, means: A., looks-like: B., not: C., try: Breathe.}
"""

RULES = (
    "",
    """
rules:
  - {on: promise-kept, scores: {caring: 2}, because: Kept.}
  - {on: promise-broken, scores: {caring: -2, harm: true}, because: Broken.}
  - {when: count('cut') >= 2, scores: {attention: -2}, because: Often.}
  - {when: count('warm') >= 1, scores: {presence: 1}, because: Once.}
""",
    """
rules:
  - {on: promise-kept, scores: {attention: 1}, because: Kept.}
  - {on: promise-kept, scores: {caring: 1}, because: Kept again.}
  - {when: count('cut') >= 1, scores: {caring: -1, unsafe: true}, because: Once.}
  - {when: count('warm') >= 2, scores: {caring: 2, attention: -1}, because: Often.}
""",
)

BANDS = """
bands:
  - {from: 75, title: Steady, text: Mostly., unless: [harm, unsafe]}
  - {from: 40, title: Growing, text: In places., unless: unsafe}
  - {from: 0, title: Again, text: Once more.}
"""

TOP = {
    "bedside": 1,
    "title": "A small encounter",
    "summary": "For laws.",
    "level": "introductory",
    "minutes": 5,
    "learner-role": "A student.",
    "objectives": [],
    "rubrics": ["small", "other"],
    "cast": {"bo": {"name": "Bo"}, "ann": {"name": "Ann Lee", "role": "patient", "age": 61}},
    "variants": {"season": ["spring", "late autumn"]},
    "flags": ["open-door"],
    "facts": {"foot": "Her foot.", "dance": {"text": "She wants to dance.", "goal": True}},
    "promises": {"call": "Call.", "write": "Write."},
    "patient-says": {
        "noticed": [{"when": "kept('call')", "text": "You called in {{ season }}."}, {"text": "I saw."}],
        "kept-back": [{"when": "not told('foot')", "text": "My foot."}],
        "will-do": "I will rest.",
    },
    "reflect": ["What was it?", "And then?"],
    "endings": {"done": {"title": "Done", "text": "{{ ann.name }} goes, in {{ season }}, with {{ trust }} of 10."}},
}

CONDITIONS = (
    "trust >= 2", "trust < 4", "hope > 1 and trust <= 3", "open_door", "not open_door", "told('foot')",
    "promised('call')", "kept('call') or told('foot')", "count('cut') >= 1", "trust + hope > 4", "not recalled('foot')",
    "promised('write') and not kept('write')", "seen('v0/m0')", "chose('v0/m0/c0')", "count('warm') == 0",
)  # fmt: skip
TEXTS = (
    "Something.",
    "A longer thing to say, {{ ann.name }}.",
    "It is {{ season }}.",
    "{{ trust }} of 10, {{ ann.age }}.",
)
LINES = (
    "Hm.", "ann: I stopped. In June.", "bo (quietly): She did.\n{{ season }} on the window.",
    "{% if trust >= 3 %}\nann: {{ season | upper }}.\n{% else %}\nShe waits.\n{% endif %}",
)  # fmt: skip


class Signed(int):
    """A whole number written with its sign."""


class _Dumper(yaml.CSafeDumper if hasattr(yaml, "CSafeDumper") else yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


_Dumper.add_representer(Signed, lambda dumper, n: dumper.represent_scalar("tag:yaml.org,2002:int", f"{int(n):+d}"))


# every strategy is made once: making them costs more than drawing from them
def _one_of(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(values)


def _when(never: int) -> st.SearchStrategy[dict[str, str]]:
    """Often no condition; the simplest is none."""
    return _one_of(*({} for _ in range(never)), *({"when": one} for one in CONDITIONS))


RARELY = _one_of(False, False, False, True)
HALF = _one_of(False, True)
WHEN, SELDOM_WHEN, HALF_WHEN = _when(0), _when(3 * len(CONDITIONS)), _when(len(CONDITIONS))
UP_TO = [st.integers(1, most) for most in range(5)]
LEVELS = {top: st.integers(-2, top) for top in (1, 2)}
GATE = _one_of(*({} for _ in range(12)), {"harm": True}, {"unsafe": True})
SUBJECT = _one_of(*SUBJECTS)
SOME = {subjects: st.lists(_one_of(*subjects), max_size=3, unique=True) for subjects in SUBJECTS}
LINE = _one_of(*LINES)
WORDS = _one_of(*({verb: text} for text in TEXTS for verb in ("say", "do", "wait", "notice")))
EXTRA = _one_of({}, {}, {"tags": ["cut"]}, {"tags": ["warm"]}, {"tempts": "A good motive."},
                *({"reply": one, "tags": "cut"} for one in LINES))  # fmt: skip
EFFECTS = _one_of({}, *({"trust": Signed(n), "open-door": door} for n in (-3, -1, 1, 2) for door in (False, True)),
                  {"hope": Signed(-1)}, {"hope": Signed(2)})  # fmt: skip
ENTERING = _one_of({}, {}, {}, {"effects": {"trust": Signed(1)}}, {"effects": {"hope": Signed(-2)}, "tells": "foot"},
                   {"tells": "dance"})  # fmt: skip
MET_BY = _one_of("c1", "c0", ["c0", "c1"])
LEDGER = _one_of({}, {}, {}, {}, {}, {},
                 *({mark: one} for mark in ("makes", "keeps") for one in ("call", "write", "call")),
                 *({mark: one} for mark in ("recalls", "tells") for one in ("foot", "dance")))  # fmt: skip
SIZE = st.integers(2, 3)
NEXT = _one_of(0, 0, 0, 1, -1, -1)  # mostly the next moment, or the way back where there is one
OCCASION = _one_of({"on": "promise-kept"}, {"on": "promise-broken"}, *({"when": one} for one in CONDITIONS[:9:2]))


@cache
def _rubrics(rules: str) -> dict[str, Rubric]:
    problems = Problems()
    pairs = {"small": RUBRIC + rules + BANDS, "other": OTHER}
    found = {id_: read_rubric(text.encode(), f"{id_}.yaml", problems) for id_, text in pairs.items()}
    assert not problems, [one.message for one in problems]
    return found  # type: ignore[return-value]


def built(body: dict[str, Any], rules: str) -> Program:
    """The program of a scenario that has nothing wrong with it but perhaps a warning."""
    problems = Problems()
    text = yaml.dump(body, Dumper=_Dumper, sort_keys=False, allow_unicode=True)
    scenario = read_scenario(text.encode(), "small-encounter.yaml", problems)
    assert scenario is not None, [one.message for one in problems]
    found = compile_encounter("small-encounter", scenario, _rubrics(rules), problems)
    assert found is not None, [f"{one.place}: {one.code} {one.message}\n{text}" for one in problems]
    return found


@st.composite
def scenarios(draw: st.DrawFn, *, with_hubs: bool = True, with_rules: bool = True) -> Program:
    """A program of one or two visits with two or three moments each; with hubs, the last may lead back to the first."""
    visits: dict[str, Any] = {}
    count = draw(SIZE) - 1
    for number in range(count):
        onward = f"v{number + 1}" if number + 1 < count else "done"
        back = with_hubs and number > 0 and draw(HALF)
        leave = [{**draw(WHEN), "to": "v0"}, {"to": onward}] if back else onward
        visits[f"v{number}"] = _visit(draw, leave, with_hubs=with_hubs)
    # the conditions above name every tag; these two make sure that some choice carries it
    first = visits["v0"]["nodes"]["m0"]["choices"]
    first["c0"]["tags"], first["c1"]["tags"] = ["cut"], ["warm", "cut"]
    if draw(HALF):  # what is seldom made is seldom kept
        first["c0"]["makes"], first["c1"]["makes"] = "call", "write"
        for nodes in (visit["nodes"] for visit in visits.values()):
            for key in nodes.keys() & {"m1", "m2", "knock"}:
                nodes[key]["choices"]["c1"]["keeps"] = "call"
    meters = {"trust": draw(st.integers(0, 5)), "hope": {"start": 2, "max": 4}}
    body = {**TOP, "meters": meters, "visits": visits}
    if with_rules:
        body["rules"] = [_rule(draw) for _ in range(draw(UP_TO[4]) - 1)]
    return built(body, draw(_one_of(*RULES)) if with_rules else "")


def _rule(draw: st.DrawFn) -> dict[str, Any]:
    """A rule of the scenario's own; a promise may be worth less kept than broken."""
    names = draw(SUBJECT)[: draw(UP_TO[2])]
    levels: dict[str, Any] = {name: draw(LEVELS[2]) for name in names}
    return {**draw(OCCASION), "scores": levels | draw(GATE), "because": "A rule."}


def _visit(draw: st.DrawFn, leave: Any, *, with_hubs: bool) -> dict[str, Any]:
    size = draw(SIZE)
    names = [f"m{n}" for n in range(size)] + ["bye"]
    nodes: dict[str, Any] = {}
    for n in range(size):
        onward = names[n + 1 :]
        targets = [*onward, *(names[: n + 1] if with_hubs and draw(RARELY) else [])]
        nodes[f"m{n}"] = _moment(draw, targets, onward, "out" if isinstance(leave, list) else onward[0])
    visit: dict[str, Any] = {"title": f"Visit {size}, 8:20", "nodes": nodes}
    nodes["bye"] = {"lines": "Bye.", "leave": leave}
    nodes["out"] = {"lines": "Out.", "ending": "done"}  # what could go round for ever without a choice leads here
    late = draw(_one_of("", "", "out", "bye", "knock"))
    if late == "knock":
        nodes["knock"] = _moment(draw, ["bye"], ["bye"], "out")
    if late:
        is_loop = isinstance(leave, list)
        visit |= {"minutes": 2 + draw(UP_TO[4]), "out-of-time": "out" if is_loop and late == "bye" else late}
    return visit


def _moment(draw: st.DrawFn, targets: list[str], onward: list[str], again: str) -> dict[str, Any]:
    subjects = draw(SUBJECT)
    top = draw(UP_TO[2])
    # the first choice reaches the top on all, so that the blueprint holds whatever the others are
    best = {"scores": dict.fromkeys(subjects, top), "because": "The best."}
    choices: dict[str, Any] = {"c0": _choice(draw, onward) | best}
    for number in range(1, 1 + draw(UP_TO[3])):
        scores, mark = _scores(draw, subjects, top), draw(LEDGER)
        needs = draw(SELDOM_WHEN)
        choices[f"c{number}"] = _choice(draw, targets) | scores | needs | mark
    if draw(RARELY):  # so that `otherwise` is gone too
        choices = {key: one | {"when": "told('dance')"} for key, one in choices.items()}
    if draw(RARELY):
        choices["look"] = {"notice": "The room.", "again": True, "tags": "warm", "next": again}
    tests = {"tests": list(subjects[: draw(UP_TO[len(subjects)])])} if draw(HALF) else {}
    cue: dict[str, Any] = {}
    if draw(HALF):
        cue = {"cue": {"line": "In June.", "feeling": "afraid", **draw(HALF_WHEN), "met-by": draw(MET_BY)}}
    return {"lines": draw(LINE), **tests, **cue, **draw(ENTERING), "otherwise": "out", "choices": choices}


def _scores(draw: st.DrawFn, subjects: tuple[str, ...], top: int) -> dict[str, Any]:
    """None, a group, or cases; each on some of the subjects, up to the level that the first choice has."""
    names = draw(SOME[subjects])
    plain = {name: draw(LEVELS[top]) for name in names} | draw(GATE)
    if names and draw(RARELY):
        other = {name: draw(LEVELS[top]) for name in names}
        return {"scores": [{**draw(WHEN), **other, "because": "Then."}, {**plain, "because": "Else."}]}
    return {"scores": plain, "because": "A reason."} if plain else {}


def _choice(draw: st.DrawFn, targets: list[str]) -> dict[str, Any]:
    return {
        **draw(WORDS),
        "minutes": draw(UP_TO[4]) - 1,
        **draw(EXTRA),
        "effects": draw(EFFECTS),
        "next": targets[draw(NEXT) % len(targets)],
    }


# a play is a good many draws: this many are drawn for each law
MOST = settings.default.max_examples
LESS = settings(max_examples=MOST // 2)
picks = st.integers(0, 9999).map(lambda seed: Random(seed).choices(range(12), k=20))

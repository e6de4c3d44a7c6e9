"""Random small scenarios, as texts that go through the real reader."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml
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
    "bedside": "1",
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
TEXTS = ("Something.", "A longer thing to say, {{ ann.name }}.", "It is {{ season }}.", "{{ trust }} of 10, {{ ann.age }}.")
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


def seldom(draw: st.DrawFn, one_in: int = 4) -> bool:
    """True once in a while; the simplest is never."""
    return draw(st.integers(0, one_in - 1)) == one_in - 1


def when(draw: st.DrawFn, one_in: int = 4) -> dict[str, str]:
    return {"when": draw(st.sampled_from(CONDITIONS))} if seldom(draw, one_in) else {}


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
    """A program of one or two visits with one to four moments each; with hubs, the last may lead back to the first."""
    visits: dict[str, Any] = {}
    count = draw(st.integers(1, 2))
    for number in range(count):
        onward = f"v{number + 1}" if number + 1 < count else "done"
        back = with_hubs and 0 < number and seldom(draw, 3)
        visits[f"v{number}"] = _visit(draw, [{**when(draw, 1), "to": "v0"}, {"to": onward}] if back else onward,
                                      with_hubs=with_hubs)  # fmt: skip
    # the conditions above name every tag; these two make sure that some choice carries it
    first = visits["v0"]["nodes"]["m0"]["choices"]
    first["c0"]["tags"], first["c1"]["tags"] = ["cut"], ["warm", "cut"]
    meters = {"trust": draw(st.integers(0, 5)), "hope": {"start": 2, "max": 4}}
    body = {**TOP, "meters": meters, "visits": visits}
    if with_rules:
        body["rules"] = draw(st.lists(_rules(), max_size=3))
    return built(body, draw(st.sampled_from(RULES)) if with_rules else "")


@st.composite
def _rules(draw: st.DrawFn) -> dict[str, Any]:
    """A rule of the scenario's own; a promise may be worth less kept than broken."""
    kind = draw(st.sampled_from(["promise-kept", "promise-broken", "when"]))
    occasion = {"when": draw(st.sampled_from(CONDITIONS))} if kind == "when" else {"on": kind}
    names = draw(st.sampled_from(SUBJECTS))[: draw(st.integers(1, 2))]
    levels: dict[str, Any] = {name: draw(st.integers(-2, 2)) for name in names}
    return {**occasion, "scores": levels | _gate(draw, 6), "because": "A rule."}


def _gate(draw: st.DrawFn, one_in: int) -> dict[str, bool]:
    return {draw(st.sampled_from(["harm", "unsafe"])): True} if seldom(draw, one_in) else {}


def _visit(draw: st.DrawFn, leave: Any, *, with_hubs: bool) -> dict[str, Any]:
    size = draw(st.integers(1, 4))
    names = [f"m{n}" for n in range(size)] + ["bye"]
    nodes: dict[str, Any] = {}
    for n in range(size):
        onward = names[n + 1 :]
        targets = [*onward, *(names[: n + 1] if with_hubs and seldom(draw) else [])]
        nodes[f"m{n}"] = _moment(draw, targets, onward)
    visit: dict[str, Any] = {"title": draw(st.sampled_from(["Monday", "Tuesday, 8:20"])), "nodes": nodes}
    nodes["bye"] = {"lines": "Bye.", "leave": leave}
    nodes["out"] = {"lines": "Out.", "ending": "done"}  # what could go round for ever without a choice leads here
    if draw(st.booleans()):
        nodes["knock"] = _moment(draw, ["bye"], ["bye"])
        visit |= {"minutes": draw(st.integers(1, 5)), "out-of-time": draw(st.sampled_from(["out", "bye", "knock"]))}
        if isinstance(leave, list):
            visit["out-of-time"] = "out"
    return visit


def _moment(draw: st.DrawFn, targets: list[str], onward: list[str]) -> dict[str, Any]:
    subjects = draw(st.sampled_from(SUBJECTS))
    tested = draw(st.integers(1, len(subjects)))
    top = draw(st.integers(1, 2))
    # the first choice reaches the top on all, so that the blueprint holds whatever the others are
    best = {name: top for name in subjects}
    choices: dict[str, Any] = {"c0": _choice(draw, best, onward)}
    for number in range(1, draw(st.integers(2, 4))):
        choices[f"c{number}"] = _choice(draw, _scores(draw, subjects, top), targets) | when(draw) | _ledger(draw)
    if seldom(draw):
        choices["look"] = {"notice": "The room.", "again": True, "tags": "warm", "next": "out"}
    node: dict[str, Any] = {
        "lines": draw(st.sampled_from(LINES)),
        **({"tests": list(subjects[:tested])} if draw(st.booleans()) else {}),
        "otherwise": "out",
        "choices": choices,
    }
    if seldom(draw):
        node["effects"] = {"trust": Signed(draw(st.sampled_from([-2, -1, 1, 3])))}
    if seldom(draw):
        node["tells"] = "foot"
    if seldom(draw, 2):
        met = draw(st.lists(st.sampled_from(list(choices)), min_size=1, max_size=2, unique=True))
        node["cue"] = {"line": "In June.", "feeling": "afraid", **when(draw, 2), "met-by": met}
    return node


def _scores(draw: st.DrawFn, subjects: tuple[str, ...], top: int) -> Any:
    """None, a group, or cases; each on some of the subjects, up to the level that the first choice has."""
    if seldom(draw):
        return None
    names = draw(st.lists(st.sampled_from(subjects), max_size=3, unique=True))
    plain = {name: draw(st.integers(-2, top)) for name in names} | _gate(draw, 8)
    if not names or not seldom(draw):
        return plain or None
    other = {name: draw(st.integers(-2, top)) for name in names}
    return [{**when(draw, 1), **other, "because": "Then."}, {**plain, "because": "Else."}]


def _choice(draw: st.DrawFn, scores: Any, targets: list[str]) -> dict[str, Any]:
    choice: dict[str, Any] = {
        draw(st.sampled_from(["say", "do", "wait", "notice"])): draw(st.sampled_from(TEXTS)),
        "minutes": draw(st.integers(0, 3)),
        "tags": draw(st.sampled_from([[], [], ["cut"], ["warm"]])),
        "effects": {"trust": Signed(draw(st.sampled_from([-3, -1, 1, 2]))), "open-door": draw(st.booleans())},
        "next": draw(st.sampled_from(targets)),
    }
    if scores:
        choice |= {"scores": scores, "because": "A reason."}
    if seldom(draw):
        choice["tempts"] = "A good motive."
    if seldom(draw):
        choice["reply"] = draw(st.sampled_from(LINES))
    return choice


def _ledger(draw: st.DrawFn) -> dict[str, str]:
    mark = draw(st.sampled_from([None, "makes", "keeps", "makes", "keeps", "recalls", "tells"]))
    if mark is None:
        return {}
    ids = ["call", "write"] if mark in ("makes", "keeps") else ["foot", "dance"]
    return {mark: draw(st.sampled_from(ids))}


picks = st.lists(st.integers(0, 11), min_size=40, max_size=40)

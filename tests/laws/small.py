"""Random small scenarios, as texts that go through the real reader."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import strategies as st

from simulator.encounter.program import Program
from tests.support import HEAD, RUBRIC, program

CRITERIA = ("presence", "attention", "caring")

RULES = """
rules:
  - {on: promise-kept, scores: {caring: 2}, because: Kept.}
  - {on: promise-broken, scores: {caring: -2}, because: Broken.}
  - {when: count('cut') >= 2, scores: {attention: -2}, because: Often.}
  - {when: count('warm') >= 1, scores: {presence: 1}, because: Once.}
"""


class Signed(int):
    """A whole number written with its sign."""


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


_Dumper.add_representer(Signed, lambda dumper, n: dumper.represent_scalar("tag:yaml.org,2002:int", f"{int(n):+d}"))

CONDITIONS = (
    "trust >= 2", "trust < 4", "hope > 1 and trust <= 3", "open_door", "not open_door", "told('foot')",
    "promised('call')", "kept('call') or told('foot')", "count('cut') >= 1", "trust + hope > 4", "not recalled('foot')",
)  # fmt: skip


def when(draw: st.DrawFn, probability: int = 3) -> dict[str, str]:
    return {"when": draw(st.sampled_from(CONDITIONS))} if draw(st.integers(0, probability)) == 0 else {}


@st.composite
def scenarios(draw: st.DrawFn, *, with_hubs: bool = True, with_rules: bool = True) -> Program:
    """A program of one or two visits with one to four moments each."""
    visits = {}
    count = draw(st.integers(1, 2))
    for number in range(count):
        after = f"v{number + 1}" if number + 1 < count else "done"
        visits[f"v{number}"] = _visit(draw, after, with_hubs=with_hubs)
    body = {
        "meters": {"trust": draw(st.integers(0, 5)), "hope": {"start": 2, "max": 4}},
        "flags": ["open-door"],
        "facts": {"foot": "Her foot."},
        "promises": {"call": "Call."},
        "visits": visits,
    }
    # the conditions above name every tag and set; a choice that is never reached declares them
    visits["v0"]["nodes"]["m0"]["choices"]["c0"]["tags"] = ["cut"]
    visits["v0"]["nodes"]["m0"]["choices"]["c1"]["tags"] = ["warm"]
    text = yaml.dump(body, Dumper=_Dumper, sort_keys=False, allow_unicode=True)
    return program(text, head=HEAD, rubric_text=RUBRIC + (RULES if with_rules else ""))


def _visit(draw: st.DrawFn, after: str, *, with_hubs: bool) -> dict[str, Any]:
    size = draw(st.integers(1, 4))
    names = [f"m{n}" for n in range(size)] + ["bye"]
    nodes: dict[str, Any] = {}
    for n in range(size):
        onward = names[n + 1 :]
        targets = [*onward, *(names[: n + 1] if with_hubs and draw(st.integers(0, 3)) == 0 else [])]
        nodes[f"m{n}"] = _moment(draw, targets, onward)
    nodes["bye"] = {"lines": "Bye.", "leave": after}
    visit: dict[str, Any] = {"title": "Visit", "nodes": nodes}
    if draw(st.booleans()):
        visit |= {"minutes": draw(st.integers(1, 5)), "out-of-time": "bye"}
    return visit


def _moment(draw: st.DrawFn, targets: list[str], onward: list[str]) -> dict[str, Any]:
    tested = draw(st.sampled_from(CRITERIA))
    choices = {}
    for number in range(draw(st.integers(2, 4))):
        choices[f"c{number}"] = _choice(draw, tested, targets if number else onward, first=number == 0)
    node: dict[str, Any] = {"lines": "Hm.", "tests": tested, "otherwise": onward[-1], "choices": choices}
    if draw(st.integers(0, 3)) == 0:
        node["effects"] = {"trust": Signed(draw(st.sampled_from([-2, -1, 1, 3])))}
    if draw(st.integers(0, 3)) == 0:
        node["tells"] = "foot"
    return node


def _choice(draw: st.DrawFn, tested: str, targets: list[str], *, first: bool) -> dict[str, Any]:
    level = draw(st.integers(1 if first else -2, 2))
    # the first choice reaches the top, so that the blueprint holds whatever the others are
    scores: Any = {tested: 2 if first else level}
    if not first and draw(st.integers(0, 3)) == 0:
        other = draw(st.integers(-2, 2))
        scores = [{**when(draw, 0), tested: other, "because": "Then."}, {tested: level, "because": "Else."}]
    choice: dict[str, Any] = {
        draw(st.sampled_from(["say", "do", "wait", "notice"])): "Something.",
        **({} if first else when(draw)),
        "minutes": draw(st.integers(0, 3)),
        "scores": scores,
        "because": "A reason.",
        "effects": {"trust": Signed(draw(st.sampled_from([-3, -1, 1, 2]))), "open-door": draw(st.booleans())},
        "next": draw(st.sampled_from(targets)),
    }
    ledger = draw(st.sampled_from([None, None, "makes", "keeps", "recalls", "tells"]))
    if ledger and not first:
        choice[ledger] = "call" if ledger in ("makes", "keeps") else "foot"
    return choice


picks = st.lists(st.integers(0, 11), min_size=40, max_size=40)

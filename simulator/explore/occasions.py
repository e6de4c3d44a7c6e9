"""How many opportunities a group of criteria has in a playthrough, on average."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.encounter.transition import Took
from simulator.scoring.opportunities import at_decision, value_of

if TYPE_CHECKING:
    from fractions import Fraction

    from simulator.encounter.program import Rule
    from simulator.explore.chances import Flow
    from simulator.explore.settled import Settled
    from simulator.scoring.opportunities import Group


class Occasions:
    """The opportunities that learners meet who choose by a strategy."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        rules = (rule for rule in flow.graph.program.rules if rule.on is None and rule.tags)
        self.passed_by = {rule: self._passed_by(rule) for rule in rules}

    def mean(self, group: Group) -> Fraction:
        """The mean number of opportunities, those of rules and promises among them."""
        flow, program = self.flow, self.flow.graph.program
        opening = flow.graph.opening
        found = flow.whole * len(opening.opportunities(group)) if opening else 0
        for (situation, pick), shares in flow.by_situation.items():
            took = Took(situation.node, situation.choices[pick], situation.state, situation.state)
            settled = situation.settled[pick]
            found += shares * (at_decision(program, 1, took, group) is not None)
            found += shares * (len(settled.opportunities(group)) if settled else 0)
        # to have passed by what a rule counts is an opportunity as well
        found += sum(n for rule, n in self.passed_by.items() if value_of(program, rule.case.levels, group))
        return flow.share(found)

    def _passed_by(self, rule: Rule) -> int:
        """The shares that were offered a choice with a tag the rule counts, and for which it does not hold."""
        flow, tags = self.flow, set(rule.tags)
        graph = flow.graph
        offering = {one.number for one in graph.situations if any(tags & set(choice.tags) for choice in one.choices)}
        if not offering:
            return 0
        unseen = flow.avoiding(offering)
        never = sum(number for number, one in zip(unseen, graph.faced, strict=True) if one is None)
        held_unseen = sum(
            number // len(flow.picks[one.number])
            for number, one in zip(unseen, graph.faced, strict=True)
            if one is not None and one.number not in offering
            for pick in flow.picks[one.number]
            if _holds(one.settled[pick], rule)
        )
        held = sum(shares for (one, pick), shares in flow.by_situation.items() if _holds(one.settled[pick], rule))
        return (flow.whole - never) - (held - held_unseen)


def _holds(settled: Settled | None, rule: Rule) -> bool:
    return settled is not None and rule in settled.fired

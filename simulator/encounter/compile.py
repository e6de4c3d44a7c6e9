"""A scenario and its rubrics made into a `Program`, reporting every reference and expression that does not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.encounter.coding import Criteria, check_blueprint, compile_effects, compile_evidence, compile_rules
from simulator.encounter.graph import check_graph, hubs
from simulator.encounter.names import Names, Table, look_up
from simulator.encounter.passages import Wording
from simulator.encounter.program import (
    Choice,
    Cue,
    Effect,
    Ending,
    Go,
    Meter,
    Node,
    Passage,
    Program,
    Says,
    Test,
    Visit,
)
from simulator.language.expressions import Condition, read_condition
from simulator.language.tree import Scalar
from simulator.scenario.threads import check_threads

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.language.diagnostics import Problems
    from simulator.language.templates import Template
    from simulator.rubric.shapes import Rubric
    from simulator.scenario.shapes import Block, EffectCase, GoCase, LeaveCase, Scenario, TextCase
    from simulator.scenario.shapes import Choice as ChoiceShape
    from simulator.scenario.shapes import Node as NodeShape
    from simulator.scenario.shapes import Visit as VisitShape


def compile_encounter(
    id_: str, scenario: Scenario, rubrics: Mapping[str, Rubric], problems: Problems
) -> Program | None:
    """The program of a scenario, or None if `problems` holds an error (from here or from reading)."""
    compiler = _Compiler(scenario, rubrics, problems)
    program = compiler.program(id_)
    if not problems.errors:
        check_graph(program, problems)
        check_blueprint(program, problems)
        check_threads(scenario, problems)
    return None if problems.errors else program


class _Compiler:
    """Holds what every part of a compilation needs; each method makes one kind of thing."""

    def __init__(self, scenario: Scenario, rubrics: Mapping[str, Rubric], problems: Problems) -> None:
        self.scenario, self.rubrics, self.problems = scenario, rubrics, problems
        self.names = Names(scenario, problems.stray)
        self.wording = Wording(scenario, problems)
        self.names.report_clashes(problems)
        self.criteria = Criteria(rubrics, problems)
        self.visit: VisitShape | None = None  # the one being compiled
        self.visit_id = ""

    # one thing each

    def program(self, id_: str) -> Program:
        scenario, names = self.scenario, self.names
        visits, nodes = [], []
        for visit_id, visit in scenario.visits.items():
            self.visit, self.visit_id = visit, str(visit_id)
            visits.append(self._visit(str(visit_id), visit))
            nodes += [self._node(str(node_id), node) for node_id, node in visit.nodes.items()]
        self.visit = None
        nodes = hubs(nodes, visits)
        choices = tuple(choice for node in nodes for choice in node.choices)
        self._check_objectives()
        return Program(
            id=id_,
            scenario=scenario,
            rubrics=dict(self.rubrics),
            criteria=self.criteria.all,
            meters=tuple(Meter(str(m), one.start, one.min, one.max) for m, one in scenario.meters.items()),
            flags=tuple(names.flags),
            facts=tuple(names.facts),
            promises=tuple(names.promises),
            tags=tuple(names.tags),
            visits=tuple(visits),
            nodes=tuple(nodes),
            choices=choices,
            endings=tuple(
                Ending(index, str(e), str(one.title), self.words(one.text))
                for index, (e, one) in enumerate(scenario.endings.items())
            ),
            rules=compile_rules(scenario, self.criteria, names, self.problems),
            says={
                "noticed": self._says(scenario.patient_says.noticed),
                "kept-back": self._says(scenario.patient_says.kept_back),
                "will-do": self._says(scenario.patient_says.will_do),
            },
            chart=None if scenario.chart is None else self.words(scenario.chart),
            ledger=names.ledger,
            reads=names.reads,
            choice_by_id={choice.id: choice for choice in choices},
        )

    def _visit(self, id_: str, visit: VisitShape) -> Visit:
        first = next(iter(visit.nodes), None)
        return Visit(
            self.names.visits[id_],
            id_,
            str(visit.title),
            self.passages_of(visit.scene),
            -1 if visit.minutes is None else visit.minutes,
            self._node_index(visit.out_of_time),
            self.names.nodes.get(f"{id_}/{first}", -1),
        )

    def _node(self, id_: str, node: NodeShape) -> Node:
        full = f"{self.visit_id}/{id_}"
        choices = tuple(self._choice(full, str(key), one) for key, one in (node.choices or {}).items())
        next_ = self._go(node.next or ()) if node.next else self._leave(node.leave or ())
        if node.ending is not None:
            next_ = (Go(None, -1, self._reference(node.ending, self.names.endings, "ending", "BED401")),)
        index = self.names.nodes[full]
        return Node(
            index=index,
            bit=self.names.ledger.bit("seen", index),
            id=full,
            visit=self.names.visits[self.visit_id],
            lines=self.passages(node.lines),
            cue=self._cue(full, node),
            tests=self._tests(node, choices),
            effects=self._effects(node.effects),
            tells=self._mark("told", node.tells, self.names.facts, "fact"),
            fixed_order=node.fixed_order,
            choices=choices,
            next=next_,
            otherwise=self._node_index(node.otherwise),
            is_hub=False,  # until every way is known
            is_plain=False,
            is_quiet=bool(choices) and not (node.effects or node.tells or node.otherwise),
            can_keep=any(choice.keeps for choice in choices),
            place=node.place,
        )

    def _choice(self, node: str, id_: str, choice: ChoiceShape) -> Choice:
        names, full = self.names, f"{node}/{id_}"
        index = names.choices[full]
        kept = self._reference(choice.keeps, names.promises, "promise", "BED403")
        bit = names.ledger.bit("taken", index)
        marks = bit | names.ledger.bit("seen", names.nodes[node]) | names.ledger.bit("kept", kept)
        marks |= self._mark("promised", choice.makes, names.promises, "promise")
        marks |= self._mark("recalled", choice.recalls, names.facts, "fact")
        marks |= self._mark("told", choice.tells, names.facts, "fact")
        return Choice(
            index,
            bit,
            full,
            choice.verb,
            self.wording.act(choice.text, self.names.texts(self.visit)),
            None if choice.tempts is None else str(choice.tempts),
            self._need(choice),
            choice.minutes,
            tuple(names.tags[tag] for tag in dict.fromkeys(choice.tags)),
            compile_evidence(choice, self.criteria, self.condition),
            self._effects(choice.effects),
            self.passages(choice.reply),
            marks,
            names.ledger.bit("passed", kept),
            choice.again,
            self._go(choice.next),
            choice.place,
        )

    def _need(self, choice: ChoiceShape) -> Test | None:
        found = [self._condition(choice.when)] if choice.when is not None else []
        scope = self.names.scope(self.visit)
        for function, id_ in (("promised", choice.keeps), ("told", choice.recalls)):
            if id_ is not None and id_ in scope.functions[function].ids:
                text = Scalar.at(f"{function}('{id_}')", id_.place, "'")
                found.append(read_condition(text, scope, self.problems))
        return self.names.keep(*found)

    def _cue(self, node_id: str, node: NodeShape) -> Cue | None:
        cue = node.cue
        if cue is None:
            return None
        here = Table(node.choices or (), is_partial=node.failed("choices"))
        known = [choice for choice in cue.met_by if self._reference(choice, here, "choice of this node", "BED401") >= 0]
        met = {self.names.choices[f"{node_id}/{choice}"] for choice in known}
        feeling = None if cue.feeling is None else str(cue.feeling)
        return Cue(feeling, str(cue.line), self.condition(cue.when), frozenset(met))

    def _tests(self, node: NodeShape, choices: tuple[Choice, ...]) -> frozenset[int]:
        coded = frozenset(index for one in choices for case in one.evidence for index in case.levels)
        if not node.tests:
            return coded
        found = [self.criteria.find(test) for test in node.tests if not test.broken]
        return frozenset(index for index in found if index >= 0)

    def _effects(self, cases_: Sequence[EffectCase]) -> tuple[Effect, ...]:
        return compile_effects(cases_, self.names, self.condition, self.problems)

    def _go(self, cases_: Sequence[GoCase]) -> tuple[Go, ...]:
        self._check_default(cases_)
        return tuple(Go(self.condition(case.when), self._node_index(case.go)) for case in cases_)

    def _leave(self, cases_: Sequence[LeaveCase]) -> tuple[Go, ...]:
        self._check_default(cases_)
        return tuple(self._left(case) for case in cases_)

    def _left(self, case: LeaveCase) -> Go:
        when, to = self.condition(case.when), case.to
        if to in self.names.endings:
            return Go(when, -1, self.names.endings[to])
        if self._reference(to, self.names.exits, "visit or ending", "BED401") < 0:
            return Go(when, -1)
        if to == self.visit_id:
            self.problems.report(
                "BED501", "A visit cannot be left for itself.", to.place, help="Use `next` to go on within it."
            )
        first = next(iter(self.scenario.visits[to].nodes), None)
        return Go(when, self.names.nodes.get(f"{to}/{first}", -1))

    def _says(self, cases_: Sequence[TextCase]) -> tuple[Says, ...]:
        return tuple(Says(self.condition(case.when), self.words(case.text)) for case in cases_)

    # texts and conditions

    def words(self, text: Scalar) -> str | Template:
        """A text as it stands, or the template it is."""
        return self.wording.words(text, self.names.texts(self.visit))

    def passages(self, blocks: Sequence[Block]) -> tuple[Passage, ...]:
        """Blocks of lines, each with its condition."""
        return tuple(p for block in blocks for p in self.passages_of(block.lines, self.condition(block.when)))

    def passages_of(self, text: Scalar | None, when: Test | None = None) -> tuple[Passage, ...]:
        """One block of lines."""
        return self.wording.passages(text, self.names.texts(self.visit), when)

    def condition(self, text: Scalar | None) -> Test | None:
        """The compiled condition, or None where there is none."""
        return self.names.keep(self._condition(text)) if text is not None else None

    def _condition(self, text: Scalar) -> Condition | None:
        return read_condition(text, self.names.scope(self.visit), self.problems)

    # references

    def _reference(self, text: Scalar | None, known: Mapping[str, int], what: str, code: str) -> int:
        return look_up(text, known, what, code, self.problems)

    def _node_index(self, text: Scalar | None) -> int:
        if text is None or text.broken:
            return -1
        full = f"{self.visit_id}/{text}"
        if full in self.names.nodes:
            return self.names.nodes[full]
        if elsewhere := self.names.visits_of.get(text):
            self.problems.report(
                "BED401",
                f"“{text}” is a node of another visit ({elsewhere}/{text}).",
                text.place,
                help="`next` stays within a visit; `leave` goes to another.",
            )
            return -1
        return self._reference(text, self.names.here[self.visit_id], "node of this visit", "BED401")

    def _mark(self, set_: str, text: Scalar | None, known: Mapping[str, int], what: str) -> int:
        """The bit of the ledger that a reference to a fact or a promise enters."""
        return self.names.ledger.bit(set_, self._reference(text, known, what, "BED403"))

    def _check_default(self, cases_: Sequence[GoCase | LeaveCase]) -> None:
        for case in cases_[:-1]:
            if case.when is None:
                self.problems.report(
                    "BED504",
                    "The cases below this one are never reached.",
                    case.place.point(),
                    help="Give this case a `when`, or put it last.",
                )
        if cases_ and cases_[-1].when is not None:
            self.problems.report(
                "BED503",
                "The last case needs to be without a condition.",
                cases_[-1].when.place,
                note="Otherwise there may be no way on.",
                help="Take its `when` away, or add a case without one below it.",
            )

    def _check_objectives(self) -> None:
        for objective in self.scenario.objectives:
            for criterion in objective.criteria:
                self.criteria.find(criterion)

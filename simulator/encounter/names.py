"""What expressions and references of one scenario may name, and what each name computes."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from simulator.encounter.state import FIELDS, Ledger
from simulator.language.nearest import did_you_mean
from simulator.language.prose import short
from simulator.language.templates import TextScope
from simulator.language.terms import TRUTH, Function, Name, Scope, Whole
from simulator.rubric.read import rubric_scope

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.language.diagnostics import Problems
    from simulator.language.tree import Scalar
    from simulator.scenario.shapes import Scenario, Visit


MOST_MASKED = 4000  # bits of the ledger that are tested by a mask


def as_name(id_: str) -> str:
    """An id as expressions write it."""
    return id_.replace("-", "_")


def field(name: str) -> str:
    """The Python for a field of the state `s`."""
    return f"s[{FIELDS[name]}]"


class Names:
    """The indices of everything a scenario declares, and the scopes made of them."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.meters = _indexed(scenario.meters)
        self.flags = _indexed(scenario.flags)
        self.facts = _indexed(scenario.facts)
        self.promises = _indexed(scenario.promises)
        self.visits = _indexed(scenario.visits)
        self.endings = _indexed(scenario.endings)
        nodes = [f"{v}/{n}" for v, visit in scenario.visits.items() for n in visit.nodes]
        self.nodes = _indexed(nodes)
        choices = [
            (f"{v}/{n}/{c}", choice)
            for v, visit in scenario.visits.items()
            for n, node in visit.nodes.items()
            for c, choice in (node.choices or {}).items()
        ]
        self.choices = _indexed(id_ for id_, _ in choices)
        tagged = Counter(str(tag) for _, choice in choices for tag in set(choice.tags))
        self.tags = _indexed(tagged)
        sizes = (self.flags, self.facts, self.promises, self.nodes, self.choices)
        self.ledger = Ledger(*(len(ids) for ids in sizes))
        self._functions = {
            "told": Function("facts", {id_: self._bit("told", n) for id_, n in self.facts.items()}),
            "recalled": Function("facts", {id_: self._bit("recalled", n) for id_, n in self.facts.items()}),
            "promised": Function("promises", {id_: self._bit("promised", n) for id_, n in self.promises.items()}),
            "kept": Function("promises", {id_: self._bit("kept", n) for id_, n in self.promises.items()}),
            "chose": Function("choices", self._shortened("taken", self.choices)),
            "seen": Function("nodes", self._shortened("seen", self.nodes)),
            "count": Function(
                "tags",
                {
                    tag: Name(Whole(0, tagged[tag]), f"{field('counts')}[{n}]", ("counts", n))
                    for tag, n in self.tags.items()
                },
            ),
        }
        # by the visit's minutes: every condition asks for one
        self._scopes: dict[tuple[int | None, bool], Scope] = {}
        self._cast: dict[str, dict[str, str]] = {
            as_name(id_): {
                key: str(value)
                for key in ("name", "role", "age", "pronouns")
                if (value := getattr(person, key)) is not None
            }
            for id_, person in scenario.cast.items()
        }
        self._variants = frozenset(as_name(id_) for id_ in scenario.variants)
        self._names = {
            as_name(id_): Name(Whole(meter.min, meter.max), f"{field('meters')}[{n}]", ("meters", n))
            for n, (id_, meter) in enumerate(scenario.meters.items())
        } | {as_name(id_): self._bit("flags", n) for id_, n in self.flags.items()}

    def scope(self, visit: Visit | None, *, lenient: bool = False) -> Scope:
        """What an expression may name within a visit, or (None) where no visit is going on."""
        key = (-1 if visit is None else visit.minutes, lenient)
        if key not in self._scopes:
            self._scopes[key] = self._rubric_scope() if lenient else self._scope(visit)
        return self._scopes[key]

    def _scope(self, visit: Visit | None) -> Scope:
        if visit is not None and visit.minutes is not None:
            clock = Name(Whole(0, visit.minutes), field("minutes"), ("minutes", 0))
            return Scope({**self._names, "minutes_left": clock}, self._functions)
        why = "There is no clock here: give the visit `minutes:`." if visit else "There is no clock outside a visit."
        return Scope(self._names, self._functions, {"minutes_left": why})

    def _rubric_scope(self) -> Scope:
        # a rubric does not know how often a scenario uses a tag, so its count has no upper end
        ids = {tag: name._replace(kind=Whole(0, 999)) for tag, name in self._functions["count"].ids.items()}
        return rubric_scope(ids)

    def texts(self, visit: Visit | None) -> TextScope:
        """What a template may name within a visit, or outside one."""
        return TextScope(self.scope(visit), self._cast, self._variants)

    def read(self, text: str, visit: Visit) -> Name:
        """What one of an expression's `reads` stands for."""
        function, _, id_ = text.removesuffix("')").partition("('")
        return self._functions[function].ids[id_] if id_ else self.scope(visit).names[text]

    def _bit(self, name: str, index: int) -> Name:
        """Whether one thing is marked in one set of the ledger."""
        at = self.ledger.first[name] + index
        # a mask is quickest, but Python reads no number of more than 4,300 digits
        test = f"& {1 << at}" if at < MOST_MASKED else f">> {at} & 1"
        return Name(TRUTH, f"({field('ledger')} {test} != 0)", (name, index))

    def _shortened(self, set_: str, ids: dict[str, int]) -> dict[str, Name]:
        """Every id under its full form and each shorter form; a form that several share is marked ambiguous."""
        forms: dict[str, list[str]] = defaultdict(list)
        for id_ in ids:
            parts = id_.split("/")
            for start in range(len(parts)):
                forms["/".join(parts[start:])].append(id_)
        return {
            form: self._bit(set_, ids[full[0]]) if len(full) == 1 else Name("ambiguous", ", ".join(full[:4]))
            for form, full in forms.items()
        }

    def report_clashes(self, problems: Problems) -> None:
        """One id must not name two things that stand in the same places."""
        seen: dict[str, Scalar] = {}
        scenario = self.scenario
        for ids in (scenario.meters, scenario.flags, scenario.variants, scenario.cast):
            for id_ in ids:
                name = as_name(id_)
                if id_.broken:
                    continue
                if name in ("minutes_left", "and", "or", "not", "true", "false", "if", "else"):
                    problems.report(
                        "BED206",
                        f"“{id_}” means something else in expressions.",
                        id_.place,
                        help="Choose another word.",
                    )
                elif name in seen:
                    problems.report(
                        "BED406",
                        f"“{id_}” names something else already.",
                        id_.place,
                        help="Rename one of the two.",
                        related=(("the other is here", seen[name].place),),
                    )
                seen[name] = id_
        for id_ in scenario.endings:
            if id_ in scenario.visits:
                problems.report(
                    "BED406", f"“{id_}” is a visit and an ending.", id_.place, help="Rename one of the two."
                )


def look_up(reference: Scalar | None, known: dict[str, int], what: str, code: str, problems: Problems) -> int:
    """The index of what is referred to; -1 where nothing is, or where a problem was reported."""
    if reference is None or reference.broken:
        return -1
    if reference not in known:
        noun, _, where = what.partition(" of ")
        problems.report(
            code,
            f"There is no {noun} “{short(reference)}”{' in ' + where if where else ''}.",
            reference.place,
            help=lambda: did_you_mean(reference, known) if known else f"No {noun} is declared yet.",
        )
        return -1
    return known[reference]


def _indexed(ids: Iterable[str]) -> dict[str, int]:
    return {str(id_): number for number, id_ in enumerate(ids)}

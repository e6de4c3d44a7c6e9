"""What expressions and references of one scenario may name, and what each name computes."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from simulator.encounter.program import Read
from simulator.encounter.state import FIELDS, Ledger
from simulator.language.ids import is_reference, report_reference
from simulator.language.nearest import did_you_mean
from simulator.language.prose import short
from simulator.language.templates import TextScope
from simulator.language.terms import TRUTH, Function, Name, Scope, Whole, function_of
from simulator.language.tree import Mapping as Group
from simulator.language.tree import Scalar
from simulator.rubric.read import rubric_scope

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from simulator.encounter.program import Test
    from simulator.language.diagnostics import Problems
    from simulator.language.expressions import Condition
    from simulator.scenario.shapes import Scenario, Visit


MOST_MASKED = 4000  # bits of the ledger that are tested by a mask


def as_name(id_: str) -> str:
    """An id as expressions write it."""
    return id_.replace("-", "_")


def field(name: str) -> str:
    """The Python for a field of the state `s`."""
    return f"s[{FIELDS[name]}]"


class Table(dict[str, int]):
    """The index of each thing of one kind; `is_partial` where some could not be read, so that none is missed."""

    def __init__(self, ids: Iterable[str], *, is_partial: bool = False) -> None:
        super().__init__((str(id_), number) for number, id_ in enumerate(ids))
        self.is_partial = is_partial

    def __or__(self, other: Table) -> Table:  # type: ignore[override]
        """Both together, for looking up only."""
        return Table([*self, *other], is_partial=self.is_partial or other.is_partial)


class Names:
    """The indices of everything a scenario declares, and the scopes made of them."""

    def __init__(self, scenario: Scenario, stray: Collection[str] = ()) -> None:
        self.scenario = scenario
        self.meters = Table(scenario.meters, is_partial=scenario.failed("meters"))
        self.flags = Table(scenario.flags, is_partial=not _is_listed(scenario, "flags"))
        self.facts = Table(scenario.facts, is_partial=scenario.failed("facts"))
        self.promises = Table(scenario.promises, is_partial=scenario.failed("promises"))
        self.visits = Table(scenario.visits, is_partial=scenario.failed("visits"))
        self.endings = Table(scenario.endings, is_partial=scenario.failed("endings"))
        self.changeable, self.exits = self.meters | self.flags, self.visits | self.endings
        nodes = [(f"{v}/{n}", node) for v, visit in scenario.visits.items() for n, node in visit.nodes.items()]
        visits = scenario.visits.values()
        lacks_nodes = self.visits.is_partial or any(one.failed("nodes") or one.is_stand_in for one in visits)
        self.nodes = Table((id_ for id_, _ in nodes), is_partial=lacks_nodes)
        self.visits_of: dict[str, str] = {}  # the first visit that has a node of a name
        for id_ in self.nodes:
            visit, _, node = id_.partition("/")
            self.visits_of.setdefault(node, visit)
        self.here = {str(v): Table(one.nodes, is_partial=one.failed("nodes")) for v, one in scenario.visits.items()}
        choices = [(f"{n}/{c}", choice) for n, node in nodes for c, choice in (node.choices or {}).items()]
        # an id in the wrong column takes choices with it; so does a list of them, where a group is needed
        lacks_choices = (
            bool(stray) or lacks_nodes or any(node.failed("choices") or node.is_stand_in for _, node in nodes)
        )
        self.choices = Table((id_ for id_, _ in choices), is_partial=lacks_choices)
        tagged = Counter(str(tag) for _, choice in choices for tag in set(choice.tags))
        self.tags = Table(tagged, is_partial=lacks_choices)
        sizes = (self.flags, self.facts, self.promises, self.nodes, self.choices)
        self.reads: dict[Test, frozenset[Read]] = {}  # of every condition that was kept
        self.ledger = Ledger(*(len(ids) for ids in sizes))
        counts = {
            tag: Name(Whole(0, tagged[tag]), f"{field('counts')}[{n}]", ("counts", n)) for tag, n in self.tags.items()
        }
        self._functions = {
            "told": self._asked("facts", "told", self.facts),
            "recalled": self._asked("facts", "recalled", self.facts),
            "promised": self._asked("promises", "promised", self.promises),
            "kept": self._asked("promises", "kept", self.promises),
            "chose": self._shortened("choices", "taken", self.choices),
            "seen": self._shortened("nodes", "seen", self.nodes),
            "count": Function("tags", counts, is_partial=self.tags.is_partial),
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
            names = {**self._names, "minutes_left": clock}
            return Scope(names, self._functions, is_partial=self.changeable.is_partial)
        why = "There is no clock here: give the visit `minutes:`." if visit else "There is no clock outside a visit."
        return Scope(self._names, self._functions, {"minutes_left": why}, is_partial=self.changeable.is_partial)

    def _rubric_scope(self) -> Scope:
        # a rubric does not know how often a scenario uses a tag, so its count has no upper end
        ids = {tag: name._replace(kind=Whole(0, 999)) for tag, name in self._functions["count"].ids.items()}
        return rubric_scope(ids)

    def texts(self, visit: Visit | None) -> TextScope:
        """What a template may name within a visit, or outside one."""
        is_partial = self.scenario.failed("cast") or self.scenario.failed("variants")
        return TextScope(self.scope(visit), self._cast, self._variants, is_partial)

    def keep(self, *conditions: Condition | None) -> Test | None:
        """The function of these conditions together, with what it reads written down; None if there are none."""
        found = [one for one in conditions if one is not None]
        if not found:
            return None
        code = found[0].code if len(found) == 1 else " and ".join(f"({one.code})" for one in found)
        test: Test = function_of(code)
        self.reads[test] = frozenset(read for one in found for read in self._read(one))
        return test

    def _read(self, condition: Condition) -> Iterator[Read]:
        for text in condition.reads:
            slot = self.slot(text)
            if slot is not None:
                yield Read(*slot, frozenset(cut for one, cut in condition.cuts if one == text))

    def slot(self, text: str) -> tuple[str, int] | None:
        """Where the state keeps what is read; nowhere, if it is a tag that a rubric counts and no choice carries."""
        if text == "minutes_left":
            return "minutes", 0
        function, _, id_ = text.removesuffix("')").partition("('")
        name = self._functions[function].ids.get(id_) if id_ else self._names[text]
        return name.slot if name else None

    def _bit(self, name: str, index: int) -> Name:
        """Whether one thing is marked in one set of the ledger."""
        at = self.ledger.first[name] + index
        # a mask is quickest, but Python reads no number of more than 4,300 digits
        test = f"& {1 << at}" if at < MOST_MASKED else f">> {at} & 1"
        return Name(TRUTH, f"({field('ledger')} {test} != 0)", (name, index))

    def _asked(self, what: str, set_: str, ids: Table) -> Function:
        """A question about ids that have one form."""
        return Function(what, {id_: self._bit(set_, n) for id_, n in ids.items()}, is_partial=ids.is_partial)

    def _shortened(self, what: str, set_: str, ids: Table) -> Function:
        """A question about ids with shorter forms; a form that several share is marked ambiguous."""
        forms: dict[str, list[str]] = defaultdict(list)
        for id_ in ids:
            parts = id_.split("/")
            for start in range(len(parts)):
                forms["/".join(parts[start:])].append(id_)
        names = {
            form: self._bit(set_, ids[full[0]]) if len(full) == 1 else Name("ambiguous", ", ".join(full[:4]))
            for form, full in forms.items()
        }
        shortest: dict[str, str] = {}  # of each id, the shortest form that is its own
        for form, full in forms.items():
            if len(full) == 1 and len(form) < len(shortest.get(full[0], full[0] + "/")):
                shortest[full[0]] = form
        return Function(what, names, shown=tuple(shortest.values()), is_partial=ids.is_partial)

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


def look_up(
    reference: Scalar | None,
    known: Mapping[str, int],
    what: str,
    code: str,
    problems: Problems,
    *,
    shown: Iterable[str] = (),
    is_key: bool = False,
) -> int:
    """The index of what is referred to; -1 where nothing is, or where a problem was reported.

    `shown` names each of the known once. `is_key`: the reference is a key, such as a criterion under `scores`.
    """
    if reference is None or reference.broken:
        return -1
    if reference not in known:
        if not is_key and not is_reference(reference):
            report_reference(reference, known, problems)
            return -1
        if reference in problems.stray or (isinstance(known, Table) and known.is_partial):
            return -1
        noun, _, where = what.partition(" of ")
        problems.report(
            code,
            f"There is no {noun} “{short(reference)}”{' in ' + where if where else ''}.",
            reference.place,
            help=lambda: did_you_mean(reference, known, shown) if known else f"No {noun} is declared yet.",
        )
        return -1
    return known[reference]


def _is_listed(scenario: Scenario, key: str) -> bool:
    """Whether a list, or a text alone, stands under `key`, or nothing was written."""
    written = scenario.written(key)
    return not isinstance(written, Group) and not (isinstance(written, Scalar) and written.is_null)

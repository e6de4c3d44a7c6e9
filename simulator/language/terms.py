"""Typed pieces of expressions: what may be joined with what, and the Python that computes it.

Both the expressions after `when` and those inside templates are built here, so that they mean the same.
Generated code holds only integers and the snippets a `Scope` gives: no authored text ever gets into it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.language.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Whole(NamedTuple):
    """A whole number from `lo` to `hi`, both possible as far as is known."""

    lo: int
    hi: int


TRUTH = "truth"
Kind = Whole | str  # a range, or TRUTH


class Name(NamedTuple):
    """Something an expression may name; `code` computes it from the state `s`, `slot` says where it is kept there."""

    kind: Kind
    code: str
    slot: tuple[str, int] = ("", 0)


class Function(NamedTuple):
    """Something an expression may ask of one quoted id; `ids` maps each id to its kind and code."""

    what: str  # what its ids are, in the plural, for messages: "facts"
    ids: Mapping[str, Name]
    lenient: bool = False  # an unknown id counts as 0 (rules of a rubric, on tags a scenario does not use)
    shown: tuple[str, ...] = ()  # one form of each id, where `ids` holds several
    is_partial: bool = False  # some of the ids could not be read


@dataclass(frozen=True)
class Scope:
    """What can be named at a place in a file."""

    names: Mapping[str, Name] = field(default_factory=dict)
    functions: Mapping[str, Function] = field(default_factory=dict)
    absent: Mapping[str, str] = field(default_factory=dict)  # names that exist, but not here, and why
    only: str = ""  # what alone can be asked here, where that is little
    is_partial: bool = False  # some of the names could not be read


ECHO = ""  # the code of a fault that comes of another one, which is reported already


class Fault(Exception):
    """A mistake in an expression: code, message, where in the text, and the fix."""

    def __init__(self, code: str, message: str, start: int, end: int, help: str | Callable[[], str] = "") -> None:
        super().__init__(message)
        self.code, self.message, self.start, self.end, self.help = code, message, start, end, help


EVERYWHERE = 10**9  # above every literal: a number compared with something that changes has a cut everywhere


class Term(NamedTuple):
    """A piece with its kind, its Python code, where it stands, and what it reads of the state."""

    kind: Kind
    code: str
    start: int
    end: int
    reads: frozenset[str] = frozenset()
    is_chain: bool = False  # a comparison without parentheses, which must not be compared again
    is_sum: bool = False  # a sum or difference, whose code is in no parentheses yet
    cuts: frozenset[tuple[str, int]] = (
        frozenset()
    )  # numbers that are compared, each with a value from which on it differs


def number(value: int, start: int, end: int) -> Term:
    """A literal of at most 9 digits."""
    if value > 999_999_999:
        raise Fault("BED204", "This number has more than 9 digits.", start, end, "Use a smaller number.")
    return Term(Whole(value, value), str(value), start, end)


def truth(value: bool, start: int, end: int) -> Term:
    """`true` or `false`."""
    return Term(TRUTH, "True" if value else "False", start, end)


def name(scope: Scope, text: str, start: int, end: int) -> Term:
    """A meter, a flag or `minutes_left`."""
    known = scope.names.get(text)
    if known is None:
        code = ECHO if scope.is_partial and text not in scope.absent else "BED302"
        raise Fault(code, f"Nothing here is called “{text}”.", start, end, lambda: _unknown_name(scope, text))
    return Term(known.kind, known.code, start, end, frozenset({text}))


def _unknown_name(scope: Scope, text: str) -> str:
    if scope.only:
        return scope.only
    if text in scope.absent:
        return scope.absent[text]
    if text in scope.functions:
        return f"It is a question about an id: {text}('…')."
    if text.replace("-", "_") in scope.names:
        return f"In expressions a hyphen is written as _: {text.replace('-', '_')}."
    return (
        did_you_mean(text.replace("-", "_"), [*scope.names, *scope.functions])
        or "Declare it under `meters` or `flags`."
    )


def no_question(scope: Scope, function: str, start: int, end: int) -> Fault:
    """The fault of asking what cannot be asked."""
    known = scope.functions
    return Fault("BED302", f"There is no question “{function}(…)”.", start, end, lambda: did_you_mean(function, known))


def call(scope: Scope, function: str, argument: str, start: int, end: int, at: tuple[int, int]) -> Term:
    """A question about one id, such as `told('mothers-foot')`; `at` is where the id stands."""
    known = scope.functions[function]
    found, reads = known.ids.get(argument), frozenset({f"{function}('{argument}')"})
    if found is None and known.lenient:
        return Term(Whole(0, 999), "0", start, end, reads)
    if found is None:
        message = f"{function}('{argument}'): no such id among the {known.what}."
        raise Fault(ECHO if known.is_partial else "BED403", message, *at, lambda: _unknown_id(known, argument))
    if found.kind == "ambiguous":
        raise Fault("BED405", f"“{argument}” could mean several {known.what}.", *at, f"Write one of: {found.code}.")
    return Term(found.kind, found.code, start, end, reads)


def _unknown_id(function: Function, id_: str) -> str:
    if not function.ids:
        return f"This scenario has no {function.what}."
    return did_you_mean(id_, function.ids, function.shown)


def negate(term: Term, start: int) -> Term:
    """`not` something true or false."""
    _needs_truth(term)
    return Term(TRUTH, f"(not {term.code})", start, term.end, term.reads, cuts=term.cuts)


def join(word: str, terms: list[Term]) -> Term:
    """Several truths with `and` or `or` between them."""
    if len(terms) == 1:
        return terms[0]
    for term in terms:
        _needs_truth(term)
    code = "(" + f" {word} ".join(term.code for term in terms) + ")"
    cuts = frozenset().union(*(term.cuts for term in terms))
    return Term(TRUTH, code, terms[0].start, terms[-1].end, _reads(terms), cuts=cuts)


def add(left: Term, operator: str, right: Term) -> Term:
    """A sum or a difference of whole numbers."""
    a, b = _needs_whole(left), _needs_whole(right)
    kind = Whole(a.lo + b.lo, a.hi + b.hi) if operator == "+" else Whole(a.lo - b.hi, a.hi - b.lo)
    # a long row of sums stays flat: Python refuses code with 200 parentheses inside each other
    code = f"{left.code} {operator} {_closed(right)}"
    return Term(kind, code, left.start, right.end, _reads([left, right]), is_sum=True)


def _closed(term: Term) -> str:
    return f"({term.code})" if term.is_sum else term.code


def compare(left: Term, operator: str, right: Term) -> Term:
    """A comparison that can come out both ways; one that cannot is a mistake and is refused."""
    if left.is_chain:
        raise Fault(
            "BED303",
            "Two comparisons cannot be chained.",
            left.start,
            right.end,
            "Write two, with `and` between them: 2 < trust and trust < 6, say.",
        )
    code = f"({left.code} {operator} {right.code})"
    cuts = left.cuts | right.cuts | _cuts(left, operator, right) | _cuts(right, _MIRRORED.get(operator, operator), left)
    term = Term(TRUTH, code, left.start, right.end, _reads([left, right]), is_chain=True, cuts=cuts)
    if left.kind == TRUTH and right.kind == TRUTH and operator in ("==", "!="):
        return term
    a, b = _needs_whole(left), _needs_whole(right)
    always = _always(a, operator, b)
    if always is not None:
        raise Fault(
            "BED304",
            f"This is always {'true' if always else 'false'}.",
            left.start,
            right.end,
            _range_help(left, right),
        )
    return term


_MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


def _cuts(term: Term, operator: str, other: Term) -> frozenset[tuple[str, int]]:
    """The cuts of the numbers on one side of a comparison: `trust >= 4` differs from 4 on."""
    if not isinstance(other.kind, Whole) or other.reads or term.is_sum:
        return frozenset((read, EVERYWHERE) for read in term.reads) if term.kind != TRUTH else frozenset()
    literal = other.kind.lo
    at = {">=": (literal,), "<": (literal,), ">": (literal + 1,), "<=": (literal + 1,)}
    return frozenset((read, cut) for read in term.reads for cut in at.get(operator, (literal, literal + 1)))


def _always(a: Whole, operator: str, b: Whole) -> bool | None:
    """What a comparison comes to by the ranges alone, or None if both are possible."""
    match operator:
        case "<":
            return True if a.hi < b.lo else False if a.lo >= b.hi else None
        case ">":
            return _always(b, "<", a)
        case "<=":
            return None if (found := _always(b, "<", a)) is None else not found
        case ">=":
            return None if (found := _always(a, "<", b)) is None else not found
        case "==":
            return False if a.hi < b.lo or b.hi < a.lo else True if a.lo == a.hi == b.lo == b.hi else None
        case _:
            return None if (found := _always(a, "==", b)) is None else not found


def _range_help(left: Term, right: Term) -> str:
    for term in (left, right):
        if isinstance(term.kind, Whole) and term.reads:
            what = next(iter(term.reads)) if len(term.reads) == 1 and not term.is_sum else "This sum"
            return f"{what} goes from {term.kind.lo} to {term.kind.hi}."
    return "Ask about a meter, a flag, or what has happened."


def _reads(terms: list[Term]) -> frozenset[str]:
    return frozenset().union(*(term.reads for term in terms))


def _needs_truth(term: Term) -> None:
    if term.kind != TRUTH:
        raise Fault(
            "BED303",
            "A number stands where something true or false is needed.",
            term.start,
            term.end,
            "Compare it with something: trust >= 4.",
        )


def _needs_whole(term: Term) -> Whole:
    if not isinstance(term.kind, Whole):
        raise Fault(
            "BED303",
            "Something true or false stands where a number is needed.",
            term.start,
            term.end,
            "Leave out the comparison, or use `not`: named_the_fear, not told('dancing').",
        )
    return term.kind


@lru_cache(maxsize=50_000)
def function_of(code: str) -> Callable[[Any], Any]:
    """The function of the state `s` that a term's code computes."""
    made: Callable[[Any], Any] = eval(f"lambda s: {code}", {"__builtins__": {}})
    return made

"""Conditions told in plain words, for readers who never write one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.encounter.names import as_name
from simulator.language.prose import short
from simulator.workshop.terms import All, Any, Asked, Compared, Named, Not, Number, Sum, Term, taken_apart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.encounter.program import Program

_OPPOSITE: Final = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_TURNED: Final = {"==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
_AGAINST: Final = {
    "==": "is as much as", "!=": "is not as much as",
    "<": "is less than", "<=": "is no more than", ">": "is more than", ">=": "is no less than",
}  # fmt: skip
# what a question says where the answer is yes, and where it is no
_ASKED: Final = {
    "told": ("it was told that {}", "it was not told that {}"),
    "recalled": ("it was brought up again that {}", "it was not brought up again that {}"),
    "promised": ("this was promised: {}", "this was not promised: {}"),
    "kept": ("this promise was kept: {}", "this promise was not kept: {}"),
    "chose": ("the learner chose {}", "the learner did not choose {}"),
    "seen": ("play has come through {}", "play has not come through {}"),
}


class Words:
    """Tells the conditions of one scenario; with `is_brief`, ids stand in the place of the texts they name."""

    def __init__(self, program: Program, *, is_brief: bool = False) -> None:
        self.is_brief = is_brief
        scenario = program.scenario
        self.flags = {as_name(flag) for flag in program.flags}
        self.texts = {("facts", str(id_)): str(one.text) for id_, one in scenario.facts.items()}
        self.texts |= {("promises", str(id_)): str(one.text) for id_, one in scenario.promises.items()}
        self.choices = {
            f"{visit}/{node}/{id_}": f"{choice.verb}: {short(choice.text or '', 60)}"
            for visit, one in scenario.visits.items()
            for node, shape in one.nodes.items()
            for id_, choice in (shape.choices or {}).items()
        }

    def when(self, text: str | None) -> str:
        """One condition; nothing where there is none."""
        return "" if text is None else self._told(taken_apart(text), is_so=True)

    def case(self, conditions: Sequence[str | None], number: int) -> str:
        """When case `number` (from 0) of several counts: none before it holds, and it does."""
        terms: list[Term] = [Not(taken_apart(text)) for text in conditions[:number] if text is not None]
        own = conditions[number] if number < len(conditions) else None
        if own is not None:
            terms.append(taken_apart(own))
        if not terms:
            return ""
        return self._told(terms[0] if len(terms) == 1 else All(tuple(terms)), is_so=True)

    def _told(self, term: Term, *, is_so: bool) -> str:
        match term:
            case Not(inner):
                return self._told(inner, is_so=not is_so)
            case All(terms) | Any(terms):
                joint = " and " if isinstance(term, All) == is_so else " or "
                parts = list(dict.fromkeys(self._part(one, joint, is_so=is_so) for one in terms))
                return f",{joint}".join(parts)
            case Compared(left, sign, right):
                return self._compared(left, sign if is_so else _OPPOSITE[sign], right)
            case Asked(function, id_):
                return self._asked(function, id_, is_so=is_so)
            case Named(name) if name in ("true", "false"):
                return "always" if (name == "true") == is_so else "never"
            case Named(name):
                if self.is_brief:
                    return f"{'' if is_so else 'not '}{_plain(name)}"
                return f"“{_plain(name)}” is {'' if is_so else 'not '}so"
        raise AssertionError("a number is not a condition")  # held by the reader of expressions

    def _part(self, term: Term, joint: str, *, is_so: bool) -> str:
        """A part of several; one that is joined otherwise stands in parentheses."""
        inner, holds = term, is_so
        while isinstance(inner, Not):
            inner, holds = inner.term, not holds
        told = self._told(inner, is_so=holds)
        is_other = isinstance(inner, All | Any) and (" and " if isinstance(inner, All) == holds else " or ") != joint
        return f"({told})" if is_other else told

    def _compared(self, left: Term, sign: str, right: Term) -> str:
        if isinstance(right, Named) and right.name in ("true", "false"):
            return self._told(left, is_so=(sign == "==") == (right.name == "true"))
        if self._is_truth(left):
            same = "both or neither" if sign == "==" else "one of the two, and not the other"
            return f"{same}: {self._told(left, is_so=True)}; {self._told(right, is_so=True)}"
        if isinstance(left, Number):
            left, sign, right = right, _TURNED[sign], left
        value = _value(right)
        if value is None:
            return f"{self._amount(left)} {_AGAINST[sign]} {self._amount(right)}"
        ways = {
            "==": f"{value}", "!=": f"not {value}", ">=": f"{value} or more", ">": f"{value + 1} or more",
            "<=": f"{value} or less", "<": f"{value - 1} or less",
        }  # fmt: skip
        return f"{self._amount(left)} is {ways[sign]}"

    def _is_truth(self, term: Term) -> bool:
        match term:
            case Named(name):
                return name in self.flags or name in ("true", "false")
            case Asked(function, _):
                return function != "count"
        return isinstance(term, Compared | Not | All | Any)

    def _amount(self, term: Term) -> str:
        match term:
            case Number(value):
                return str(value)
            case Named("minutes_left"):
                return "the number of minutes left"
            case Named(name):
                return _plain(name)
            case Asked(_, id_):
                return f"the number of choices marked “{_plain(id_)}”"
            case Sum(None, _, right):
                return f"minus {self._amount(right)}"
            case Sum(left, sign, right):
                assert left is not None  # the case above
                return f"{self._amount(left)} {'plus' if sign == '+' else 'minus'} {self._amount(right)}"
        raise AssertionError("a condition is not a number")  # held by the reader of expressions

    def _asked(self, function: str, id_: str, *, is_so: bool) -> str:
        if self.is_brief:
            return f"{'' if is_so else 'not '}{function} {id_}"
        return _ASKED[function][not is_so].format(f"“{self._named(function, id_)}”")

    def _named(self, function: str, id_: str) -> str:
        """The text of what is asked about; a choice may be named by the end of its id."""
        if function == "chose":
            return next((text for full, text in self.choices.items() if f"/{full}".endswith(f"/{id_}")), id_)
        kind = "promises" if function in ("promised", "kept") else "facts"
        return self.texts.get((kind, id_), _plain(id_)).rstrip(".") if function != "seen" else _plain(id_)


def _plain(name: str) -> str:
    """An id as words."""
    return name.replace("_", " ").replace("-", " ").replace("/", ", ")


def _value(term: Term) -> int | None:
    """The number that a term is, where it is one."""
    match term:
        case Number(value):
            return value
        case Sum(None, _, Number(value)):
            return -value
    return None

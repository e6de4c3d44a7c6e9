"""A condition taken apart, so that it can be told in words. What stands here was read by `check` before."""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(r"\s*([0-9]+|[A-Za-z_]\w*|'[^']*'|\"[^\"]*\"|==|!=|<=|>=|[<>+()-])")
_COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")


class Number(NamedTuple):
    """A whole number as written."""

    value: int


class Named(NamedTuple):
    """A meter, a flag, `minutes_left`, or `true` and `false`."""

    name: str


class Asked(NamedTuple):
    """A question about one id, such as `told('cellar')`."""

    function: str
    id: str


class Sum(NamedTuple):
    """A sum or a difference; `left` may be nothing, as in `-2`."""

    left: Term | None
    sign: str
    right: Term


class Compared(NamedTuple):
    """Two sides, and how they are held against each other."""

    left: Term
    sign: str
    right: Term


class Not(NamedTuple):
    """The opposite."""

    term: Term


class All(NamedTuple):
    """All of these hold."""

    terms: tuple[Term, ...]


class Any(NamedTuple):
    """One of these holds, or several."""

    terms: tuple[Term, ...]


Term = Number | Named | Asked | Sum | Compared | Not | All | Any


def taken_apart(text: str) -> Term:
    """The term of an expression that `language.expressions` accepts; on any other, what comes out means nothing."""
    return _Parts(_TOKEN.findall(text)).either()


class _Parts:
    """The same order of precedence as `language.expressions`, which has checked the text already."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens[::-1]

    def _accept(self, *words: str) -> str:
        return self.tokens.pop() if self.tokens and self.tokens[-1] in words else ""

    def either(self) -> Term:
        found = [self._both()]
        while self._accept("or"):
            found.append(self._both())
        return found[0] if len(found) == 1 else Any(tuple(found))

    def _both(self) -> Term:
        found = [self._negation()]
        while self._accept("and"):
            found.append(self._negation())
        return found[0] if len(found) == 1 else All(tuple(found))

    def _negation(self) -> Term:
        return Not(self._negation()) if self._accept("not") else self._comparison()

    def _comparison(self) -> Term:
        term = self._sum()
        sign = self._accept(*_COMPARISONS)
        return Compared(term, sign, self._sum()) if sign else term

    def _sum(self) -> Term:
        term: Term = Sum(None, "-", self._piece()) if self._accept("-") else self._piece()
        while sign := self._accept("+", "-"):
            term = Sum(term, sign, self._piece())
        return term

    def _piece(self) -> Term:
        token = self.tokens.pop()
        if token == "(":
            term = self.either()
            self._accept(")")
            return term
        if token.isdigit():
            return Number(int(token))
        if self._accept("("):
            term = Asked(token, self.tokens.pop()[1:-1])
            self._accept(")")
            return term
        return Named(token)

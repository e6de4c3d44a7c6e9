"""The expressions after `when`: read, typed, checked against ranges, compiled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from simulator.language import terms
from simulator.language.terms import TRUTH, Fault, Scope, Term

if TYPE_CHECKING:
    from simulator.language.diagnostics import Problems
    from simulator.language.tree import Scalar

MOST_CHARACTERS = 1000
MOST_PARENTHESES = 20

_TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9]+)|(?P<word>[A-Za-z_][A-Za-z0-9_]*)|(?P<string>'[^']*'|\"[^\"]*\")"
    r"|(?P<operator>==|!=|<=|>=|<|>|\+|-|\(|\)|,)|(?P<other>\S))"
)
_HYPHENED = re.compile(r"[a-z][a-z0-9_]*(?:-[a-z0-9_]+)+")
_COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")
_SLIPS = {
    "=": ("A single = does not compare.", "Write == to compare."),
    "&": ("& is not used here.", "Write `and`."),
    "|": ("| is not used here.", "Write `or`."),
    "!": ("! is not used here.", "Write `not`."),
    ".": ("Nothing here has parts that a dot could reach.", "Use the name alone."),
    "*": ("Only + and - are used here.", "Work the number out."),
    "/": ("Only + and - are used here.", "Work the number out."),
    "≥": ("≥ is not used here.", "Write >=."),
    "≤": ("≤ is not used here.", "Write <=."),
    "≠": ("≠ is not used here.", "Write !=."),
    "–": ("This is a dash, not a minus.", "Write -."),
    "−": ("This minus sign is not the one on the keyboard.", "Write -."),
    **dict.fromkeys("'\"", ("A quotation mark opens here and is not closed.", "Write told('…'), with both.")),
    **dict.fromkeys("‘’“”", ("These quotation marks are curly.", "Write straight ones: told('…').")),
    **dict.fromkeys("{}", ("Braces belong to texts.", "Write the expression alone.")),
}


_WORDS = {
    **dict.fromkeys(("and", "or", "not", "true", "false"), "Write it in small letters, with a condition on each side."),
    **dict.fromkeys(("is", "equals"), "Write == to compare."),
}


@dataclass(frozen=True)
class Condition:
    """An expression that is true or false of a state."""

    text: str
    code: str
    reads: frozenset[str]
    cuts: frozenset[tuple[str, int]]  # as `Term` has them


class Token(NamedTuple):
    """A piece of the text."""

    kind: str
    text: str
    start: int
    end: int


def read_condition(text: Scalar, scope: Scope, problems: Problems) -> Condition | None:
    """The condition written in `text`; None where a problem was reported instead."""
    if text.broken:
        return None
    try:
        term = parse_condition(text, scope)
    except Fault as fault:
        if fault.code != terms.ECHO:
            problems.report(fault.code, fault.message, text.within(fault.start, fault.end), help=fault.help)
        return None
    return Condition(str(text), term.code, term.reads, term.cuts)


def parse_condition(text: str, scope: Scope) -> Term:
    """The typed term of an expression that can be true and can be false; raises `Fault`."""
    term = parse(text, scope)
    if term.kind != TRUTH:
        raise Fault(
            "BED303",
            "This is a number, and a condition must be true or false.",
            term.start,
            term.end,
            "Compare it with something: trust >= 4.",
        )
    if not term.reads:
        always = "true" if terms.function_of(term.code)(()) else "false"
        raise Fault(
            "BED304",
            f"This is always {always}.",
            term.start,
            term.end,
            "Leave the condition out." if always == "true" else "Ask about a meter, a flag, or what has happened.",
        )
    return term


def parse(text: str, scope: Scope) -> Term:
    """The typed term of an expression; raises `Fault`."""
    if len(text) > MOST_CHARACTERS:
        raise Fault(
            "BED301",
            f"This expression has more than {MOST_CHARACTERS} characters.",
            0,
            1,
            "Set a flag on the way, and ask for the flag.",
        )
    return _Parser(text, scope).whole()


class _Parser:
    def __init__(self, text: str, scope: Scope) -> None:
        self.text, self.scope = text, scope
        self.tokens = [self._token(match) for match in _TOKEN.finditer(text)]
        self.tokens.append(Token("end", "", len(text.rstrip()), len(text.rstrip()) + 1))
        self.position = 0
        self.depth = 0

    @staticmethod
    def _token(match: re.Match[str]) -> Token:
        kind = match.lastgroup or "other"
        return Token(kind, match.group(kind), match.start(kind), match.end(kind))

    @property
    def now(self) -> Token:
        return self.tokens[self.position]

    def _step(self) -> Token:
        token = self.now
        self.position += 1
        return token

    def _accept(self, *texts: str) -> Token | None:
        is_string = self.now.kind == "string"
        return self._step() if not is_string and self.now.text in texts and self.now.kind != "end" else None

    def whole(self) -> Term:
        if self.now.kind == "end":
            raise Fault("BED301", "There is no expression here.", 0, 1, "Write one, or leave the key out.")
        for token in self.tokens:
            if token.kind == "other":
                self._unexpected(token)
        term = self._either()
        if self.now.kind != "end":
            self._unexpected(self.now)
        return term

    def _either(self) -> Term:
        found = [self._both()]
        while self._accept("or"):
            found.append(self._both())
        return terms.join("or", found)

    def _both(self) -> Term:
        found = [self._negation()]
        while self._accept("and"):
            found.append(self._negation())
        return terms.join("and", found)

    def _negation(self) -> Term:
        words = []
        while token := self._accept("not"):
            words.append(token)
        term = self._comparison()
        for token in words[: 2 - len(words) % 2]:  # a pair of `not`s cancels out; two are kept for their type check
            term = terms.negate(term, token.start)
        return term

    def _comparison(self) -> Term:
        term = self._sum()
        while token := self._accept(*_COMPARISONS):
            term = terms.compare(term, token.text, self._sum())
        return term

    def _sum(self) -> Term:
        if token := self._accept("-"):
            term = terms.add(terms.number(0, token.start, token.end), "-", self._piece())
        else:
            term = self._piece()
        while token := self._accept("+", "-"):
            term = terms.add(term, token.text, self._piece())
        return term

    def _piece(self) -> Term:
        token = self._step()
        match token.kind:
            case "number":
                value = int(token.text) if len(token.text) <= 9 else 10**9  # which is refused
                return terms.number(value, token.start, token.end)
            case "word" if token.text in ("true", "false"):
                return terms.truth(token.text == "true", token.start, token.end)
            case "word" if self.now.text == "(" and token.text not in ("and", "or", "not"):
                return self._call(token)
            case "word" if token.text not in ("and", "or", "not"):
                return self._name(token)
            case "operator" if token.text == "(":
                return self._parenthesis(token)
        return self._unexpected(token)

    def _name(self, token: Token) -> Term:
        """A name; one with hyphens is taken whole, so that the message can show how it is written."""
        known = self.scope.names
        hyphened = _HYPHENED.match(self.text, token.start)
        if hyphened and token.text not in known:
            return terms.name(self.scope, hyphened.group(), token.start, hyphened.end())
        return terms.name(self.scope, token.text, token.start, token.end)

    def _call(self, function: Token) -> Term:
        self._step()
        if function.text not in self.scope.functions:
            raise terms.no_question(self.scope, function.text, function.start, function.end)
        argument = self._step()
        if argument.kind != "string":
            raise Fault(
                "BED305",
                f"{function.text}(…) takes one id in quotation marks.",
                argument.start,
                argument.end,
                f"Write {function.text}('{argument.text or '…'}').",
            )
        closing = self._step()
        if closing.text != ")":
            raise Fault(
                "BED305",
                f"{function.text}(…) takes one id and a closing parenthesis.",
                closing.start,
                closing.end,
                f"Write {function.text}({argument.text}).",
            )
        inside = (argument.start + 1, argument.end - 1)
        return terms.call(self.scope, function.text, argument.text[1:-1], function.start, closing.end, inside)

    def _parenthesis(self, opening: Token) -> Term:
        self.depth += 1
        if self.depth > MOST_PARENTHESES:
            raise Fault(
                "BED301",
                "There are too many parentheses inside each other.",
                opening.start,
                opening.end,
                "Set a flag on the way, and ask for the flag.",
            )
        term = self._either()
        if not self._accept(")"):
            raise Fault("BED301", "This parenthesis is not closed.", opening.start, opening.end, "Close it with ).")
        self.depth -= 1
        return term._replace(start=opening.start, end=self.tokens[self.position - 1].end, is_chain=False)

    def _unexpected(self, token: Token) -> Term:
        if token.kind == "end":
            raise Fault(
                "BED301",
                "The expression stops too early.",
                token.start,
                token.end,
                "Something must follow, or the last word must go.",
            )
        if token.kind == "other" and token.text in _SLIPS:
            message, help_ = _SLIPS[token.text]
            if token.text == "=" and self.text[token.end : token.end + 1] in ("<", ">"):
                sign = self.text[token.end]
                message, help_ = f"={sign} is not used here.", f"Write {sign}=."
            raise Fault("BED301", message, token.start, token.end, help_)
        if token.kind == "string":
            raise Fault(
                "BED305",
                "A quoted word stands only in a question such as told('…').",
                token.start,
                token.end,
                "Meters are compared with whole numbers; flags stand alone.",
            )
        help_ = _WORDS.get(token.text.lower(), "Between two conditions stands `and` or `or`.")
        raise Fault("BED301", f"“{token.text}” does not fit here.", token.start, token.end, help_)

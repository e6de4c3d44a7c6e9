"""Templates inside authored texts: Jinja2's syntax, reduced to output, if/elif/else, names and four filters.

Jinja2 only parses. Its tree is translated here into terms of our own, so whatever is not named below cannot
run; nothing is ever compiled or rendered by Jinja2, whose sandbox bounds neither time nor memory.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, TemplateSyntaxError, nodes

from simulator.language import terms
from simulator.language.nearest import did_you_mean
from simulator.language.terms import Fault, Scope, Term

if TYPE_CHECKING:
    from simulator.language.diagnostics import Problems
    from simulator.language.tree import Scalar

MOST_CHARACTERS = 20_000
MOST_OPEN = 40  # brackets or `if`s inside each other

FILTERS: Final[dict[str, Callable[[str], str]]] = {
    "capitalize": str.capitalize,
    "lower": str.lower,
    "title": str.title,
    "upper": str.upper,
}

_COMPARISONS = {"eq": "==", "ne": "!=", "lt": "<", "lteq": "<=", "gt": ">", "gteq": ">="}
_parser = Environment(trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)

Variants = Mapping[str, str]
Part = Callable[[Any, Variants], str]


@dataclass(frozen=True)
class TextScope:
    """What a template may name: expressions, the cast's fields and the variants."""

    scope: Scope
    cast: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    variants: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Template:
    """A text with places to fill in from a state and the variants drawn for this playthrough."""

    text: str
    reads: frozenset[str]
    render: Part


def is_template(text: str) -> bool:
    """Whether anything in the text asks to be filled in."""
    return "{{" in text or "{%" in text or "{#" in text


def read_template(text: Scalar, scope: TextScope, problems: Problems) -> Template | None:
    """The template written in `text`; None where a problem was reported instead."""
    reads: set[str] = set()
    try:
        _bounded(text)
        tree = _parser.parse(str(text))
        render = _sequence(tree.body, scope, reads)
    except Fault as fault:
        problems.report(fault.code, fault.message, text.within(fault.start, fault.end), help=fault.help)
    except TemplateSyntaxError as error:
        start, end = _line(str(text), error.lineno)
        problems.report(
            "BED306",
            f"This template cannot be read: {error.message}",
            text.within(start, end),
            help="Close {{ with }} and {% with %}, and each `if` with {% endif %}.",
        )
    except _Misplaced as misplaced:
        inner = misplaced.fault
        start, end = _line(str(text), misplaced.lineno)
        problems.report(inner.code, inner.message, text.within(start, end), help=inner.help)
    else:
        return Template(str(text), frozenset(reads), render)
    return None


class _Misplaced(Exception):
    """A fault inside a tag, of which Jinja2 tells only the line."""

    def __init__(self, fault: Fault, lineno: int) -> None:
        super().__init__(fault.message)
        self.fault, self.lineno = fault, lineno


def _bounded(text: str) -> None:
    """Refuse what would make the parser recurse or run long, before it sees it."""
    if len(text) > MOST_CHARACTERS:
        raise Fault(
            "BED307", f"A text with templates may have {MOST_CHARACTERS:,} characters at most.", 0, 1, "Split the text."
        )
    other = re.search(r"\{#|\{%[-+]?\s*(?!if\b|elif\b|else\b|endif\b)\w*", text)
    if other:
        raise Fault(
            "BED307",
            f"“{other.group()}” is not used here.",
            other.start(),
            other.end(),
            "Templates may use {{ … }}, {% if %}, {% elif %}, {% else %} and {% endif %}.",
        )
    opened = 0
    for match in re.finditer(r"\{%[-+]?\s*(if|endif)\b|[([{]|[)\]}]", text):
        opened += 1 if match.group(1) == "if" or match.group() in "([{" else -1
        if opened > MOST_OPEN:
            raise Fault(
                "BED307",
                "There is too much inside each other here.",
                match.start(),
                match.end(),
                "Set a flag on the way, and ask for the flag.",
            )
    words = re.search(r"(?:\bnot\s+|-\s*){20,}|(?:\|[^|{}]*){20,}", text)
    if words:
        raise Fault("BED307", "There is too much in a row here.", words.start(), words.end(), "Write it shorter.")


def _line(text: str, number: int) -> tuple[int, int]:
    """Start and end of the first tag on line `number` of a text (else of the line)."""
    start = sum(len(line) for line in text.splitlines(keepends=True)[: number - 1])
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    tag = re.search(r"\{[{%].*?(?:[}%]\}|$)", text[start:end])
    return (start + tag.start(), start + tag.end()) if tag else (start, end)


def _sequence(body: list[nodes.Node], scope: TextScope, reads: set[str]) -> Part:
    parts = [_part(node, scope, reads) for node in body]
    return lambda state, variants: "".join(part(state, variants) for part in parts)


def _part(node: nodes.Node, scope: TextScope, reads: set[str]) -> Part:
    if isinstance(node, nodes.Output):
        return _sequence(list(node.nodes), scope, reads)
    if isinstance(node, nodes.TemplateData):
        data = node.data
        return lambda state, variants: data
    if isinstance(node, nodes.If):
        return _choice(node, scope, reads)
    return _output(node, scope, reads)


def _choice(node: nodes.If, scope: TextScope, reads: set[str]) -> Part:
    branches = []
    for one in [node, *node.elif_]:
        term = _term(one.test, scope.scope)
        if term.kind != terms.TRUTH:
            raise _Misplaced(
                Fault(
                    "BED303",
                    "A number stands where something true or false is needed.",
                    0,
                    0,
                    "Compare it with something: {% if trust >= 4 %}.",
                ),
                one.lineno,
            )
        reads |= term.reads
        branches.append((terms.function_of(term.code), _sequence(one.body, scope, reads)))
    otherwise = _sequence(node.else_, scope, reads)

    def render(state: Any, variants: Variants) -> str:
        chosen = next((body for test, body in branches if test(state)), otherwise)
        return chosen(state, variants)

    return render


def _output(node: nodes.Node, scope: TextScope, reads: set[str]) -> Part:
    if isinstance(node, nodes.Filter):
        change = FILTERS.get(node.name)
        if change is None or node.args or node.kwargs or node.node is None:
            raise _Misplaced(
                Fault("BED307", f"There is no filter “{node.name}” here.", 0, 0, did_you_mean(node.name, FILTERS)),
                node.lineno,
            )
        inner = _output(node.node, scope, reads)
        return lambda state, variants: change(inner(state, variants))
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        return _cast(node, node.node.name, scope)
    if isinstance(node, nodes.Name) and node.name in scope.variants:
        name = node.name
        return lambda state, variants: variants[name]
    term = _term(node, scope.scope)
    reads |= term.reads
    compute = terms.function_of(term.code)
    return lambda state, variants: str(compute(state))


def _cast(node: nodes.Getattr, name: str, scope: TextScope) -> Part:
    person = scope.cast.get(name)
    if person is None or node.attr not in person:
        known = person if person is not None else scope.cast
        raise _Misplaced(
            Fault(
                "BED302",
                f"There is no “{name}.{node.attr}”.",
                0,
                0,
                did_you_mean(name if person is None else node.attr, known),
            ),
            node.lineno,
        )
    text = person[node.attr]
    return lambda state, variants: text


def _term(node: nodes.Node, scope: Scope) -> Term:
    try:
        return _translated(node, scope)
    except Fault as fault:
        raise _Misplaced(fault, node.lineno) from None


def _translated(node: nodes.Node, scope: Scope) -> Term:
    match node:
        case nodes.Const(value=bool(value)):
            return terms.truth(value, 0, 0)
        case nodes.Const(value=int(value)):
            return terms.number(value, 0, 0)
        case nodes.Name(name=name):
            return terms.name(scope, name, 0, 0)
        case nodes.Not(node=inner):
            return terms.negate(_translated(inner, scope), 0)
        case nodes.And() | nodes.Or():
            return _joined(node, scope)
        case nodes.Add() | nodes.Sub():
            operator = "+" if isinstance(node, nodes.Add) else "-"
            return terms.add(_translated(node.left, scope), operator, _translated(node.right, scope))
        case nodes.Compare(expr=left, ops=[nodes.Operand() as right]) if right.op in _COMPARISONS:
            return terms.compare(_translated(left, scope), _COMPARISONS[right.op], _translated(right.expr, scope))
        case nodes.Call(node=nodes.Name(name=name), args=[nodes.Const(value=str(argument))], kwargs=[]):
            return terms.call(scope, name, argument, 0, 0, (0, 0))
    raise Fault(
        "BED307",
        f"“{type(node).__name__.lower()}” is more than a template may do.",
        0,
        0,
        "Names, whole numbers, and, or, not, comparisons, + and -, and questions such as told('…') are allowed.",
    )


def _joined(node: nodes.BinExpr, scope: Scope) -> Term:
    """`a and b and c`, which Jinja2 nests to the left, as one flat row."""
    word = "and" if isinstance(node, nodes.And) else "or"
    row: list[nodes.Node] = []
    rest: nodes.Node = node
    while isinstance(rest, type(node)):
        row.append(rest.right)
        rest = rest.left
    return terms.join(word, [_translated(one, scope) for one in [rest, *reversed(row)]])

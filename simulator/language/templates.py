"""Templates inside authored texts: Jinja2's syntax, reduced to output, if/elif/else, names and four filters.

They are read here, not by Jinja2: its parser recurses, and tells a line where an author needs a column. What stands
inside {{ }} and {% if %} goes through the reader of `when`, so that it means the same; nothing else can be written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from simulator.language import terms
from simulator.language.expressions import parse, parse_condition
from simulator.language.nearest import did_you_mean
from simulator.language.tags import USABLE, Tag, tags
from simulator.language.terms import Fault, Scope

if TYPE_CHECKING:
    from types import CodeType

    from simulator.language.diagnostics import Problems
    from simulator.language.tree import Scalar

MOST_CHARACTERS = 20_000
MOST_OPEN = 20  # `if`s inside each other

FILTERS: Final[dict[str, Callable[[str], str]]] = {
    "capitalize": str.capitalize,
    "lower": str.lower,
    "title": str.title,
    "upper": str.upper,
}

_WORD = re.compile(r"\s*(\w*)\s*")
_BAR = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|(?P<bar>\|)")
_FIELD = re.compile(r"([A-Za-z_][\w-]*)\s*\.\s*([A-Za-z_]\w*)")

Variants = Mapping[str, str]
Part = str  # the Python that gives one part of the text from the state `s` and the variants `v`


@dataclass(frozen=True)
class TextScope:
    """What a template may name: expressions, the cast's fields and the variants."""

    scope: Scope
    cast: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    variants: frozenset[str] = frozenset()
    is_partial: bool = False  # the cast or the variants could not be read


@dataclass(frozen=True)
class Template:
    """A text with places to fill in from a state and the variants drawn for this playthrough."""

    text: str
    reads: frozenset[str]
    render: Callable[[Any, Variants], str]


def is_template(text: str) -> bool:
    """Whether anything in the text asks to be filled in."""
    return "{{" in text or "{%" in text or "{#" in text


def read_template(text: Scalar, scope: TextScope, problems: Problems) -> Template | None:
    """The template written in `text`; None where problems were reported instead."""
    reader = _Reader(scope)
    try:
        code = reader.whole(str(text))
    except Fault as fault:
        reader.faults.append(fault)
    for one in reader.faults:
        if one.code == terms.ECHO:
            continue
        problems.report(one.code, one.message, text.within(one.start, one.end), help=one.help)
    if reader.faults:
        return None
    render = eval(_compiled(code), {"__builtins__": {}, "str": str, **reader.bound})
    return Template(str(text), frozenset(reader.reads), render)


@lru_cache(maxsize=10_000)
def _compiled(code: str) -> CodeType:
    """The Python of a template: those that differ only in their words have the same."""
    return compile(f"lambda s, v: {code}", "<template>", "eval")


class _If:
    """An `if` that is still open: its branches so far, the one being filled last."""

    def __init__(self, tag: Tag, test: str) -> None:
        self.tag, self.has_else = tag, False
        self.branches: list[tuple[str, list[Part]]] = [(test, [])]  # the `else` has no test


class _Reader:
    """Reads one template. A fault within a tag is kept, and the reading goes on; one of the frame is raised.

    The code it makes holds only snippets of a `Scope` and names of what is `bound`: no authored text gets into it.
    """

    def __init__(self, scope: TextScope) -> None:
        self.scope = scope
        self.reads: set[str] = set()
        self.faults: list[Fault] = []
        self.open: list[_If] = []
        self.parts: list[Part] = []
        self.bound: dict[str, Any] = {}

    def _bind(self, value: Any) -> str:
        """A name by which the code can reach a constant or a function."""
        name = f"k{len(self.bound)}"
        self.bound[name] = value
        return name

    def whole(self, text: str) -> Part:
        if len(text) > MOST_CHARACTERS:
            message = f"A text with templates may have {MOST_CHARACTERS:,} characters at most."
            raise Fault("BED307", message, 0, 1, "Split the text.")
        for tag in tags(text):
            if tag.before:
                self._add(self._bind(tag.before))
            try:
                if tag.kind == "{{":
                    self._add(self._output(tag.inner, tag.inner_start))
                elif tag.kind:
                    self._statement(tag)
            except _Inside as inside:
                self.faults.append(inside)
        if self.open:
            tag = self.open[-1].tag
            raise Fault("BED306", "This `if` is not closed.", tag.start, tag.end, "Write {% endif %} where it ends.")
        return _joined(self.parts)

    def _add(self, part: Part) -> None:
        (self.open[-1].branches[-1][1] if self.open else self.parts).append(part)

    # statements

    def _statement(self, tag: Tag) -> None:
        found = _WORD.match(tag.inner)
        assert found is not None  # it fits everything
        word = found[1]
        if word not in ("if", "elif", "else", "endif"):
            help_ = "Write {% endif %}." if word == "end" else USABLE
            raise Fault("BED307", f"“{{% {word}” is not used here.", tag.start, tag.end, help_)
        rest, at = tag.inner[found.end() :].rstrip(), tag.inner_start + found.end()
        if word in ("else", "endif") and rest:
            help_ = "Write {% elif … %}." if rest.startswith("if") else "Take it away."
            raise Fault("BED306", f"Nothing may follow `{word}`.", at, at + len(rest), help_)
        if word != "if" and (not self.open or (word != "endif" and self.open[-1].has_else)):
            message = f"This `{word}` comes after the `else`." if self.open else f"This `{word}` has no `if`."
            raise Fault("BED306", message, tag.start, tag.end, "Take it away, or look for what is missing before it.")
        self._branch(tag, word, rest, at)

    def _branch(self, tag: Tag, word: str, rest: str, at: int) -> None:
        if word == "endif":
            branches = [(test, _joined(parts)) for test, parts in self.open.pop().branches]
            self._add(_branching(branches))
        elif word == "else":
            self.open[-1].has_else = True
            self.open[-1].branches.append(("", []))
        elif word == "elif":
            self.open[-1].branches.append((self._test(rest, at), []))
        else:
            if len(self.open) >= MOST_OPEN:
                message = "There are too many `if`s inside each other."
                raise Fault("BED307", message, tag.start, tag.end, "Set a flag on the way, and ask for the flag.")
            self.open.append(_If(tag, self._test(rest, at)))

    def _test(self, text: str, at: int) -> str:
        """A condition; of a wrong one the fault is kept, so that the branches are still counted."""
        try:
            term = parse_condition(text, self.scope.scope)
        except Fault as fault:
            self.faults.append(_moved(fault, at))
            return "False"
        self.reads |= term.reads
        return term.code

    # output

    def _output(self, inner: str, at: int) -> Part:
        cuts = [match.start() for match in _BAR.finditer(inner) if match["bar"]]
        first, *filters = [
            (inner[start + 1 : end], at + start + 1)
            for start, end in zip([-1, *cuts], [*cuts, len(inner)], strict=True)
        ]
        part = self._value(first[0], first[1])
        for text, start in filters:
            part = f"{self._bind(_filter(text, start))}({part})"
        return part

    def _value(self, text: str, at: int) -> Part:
        word = text.strip()
        start = at + len(text) - len(text.lstrip())
        place = (start, start + len(word))
        if word in self.scope.variants:
            return f"v[{self._bind(word)}]"
        if found := _FIELD.fullmatch(word):
            return self._cast(found[1], found[2], place)
        if word in self.scope.cast:
            raise _Inside("BED302", f"“{word}” is a person.", *place, f"Write {{{{ {word}.name }}}}.")
        if (name := word.replace("-", "_")) != word and name in self.scope.variants:
            message = f"Nothing here is called “{word}”."
            raise _Inside("BED302", message, *place, f"In templates a hyphen is written as _: {name}.")
        return self._term(text, at)

    def _term(self, text: str, at: int) -> Part:
        try:
            term = parse(text, self.scope.scope)
        except Fault as fault:
            raise _moved(self._explained(fault, text), at) from None
        if term.kind == terms.TRUTH:
            raise _Inside(
                "BED303",
                "This is true or false, which cannot be shown in a text.",
                at + term.start,
                at + term.end,
                "Write {% if … %} and the words for each case.",
            )
        self.reads |= term.reads
        return f"str({term.code})"

    def _explained(self, fault: Fault, text: str) -> Fault:
        """A fault of `when`, with the names that only a template knows."""
        if fault.code == "BED302" and self.scope.is_partial:
            fault.code = terms.ECHO
        elif fault.code == "BED302" and "'" not in text and text.strip() not in self.scope.scope.absent:
            known = [*self.scope.scope.names, *self.scope.variants, *(f"{person}.name" for person in self.scope.cast)]
            fault.help = lambda: did_you_mean(text.strip(), known)
        return fault

    def _cast(self, name: str, attribute: str, place: tuple[int, int]) -> Part:
        person = self.scope.cast.get(name)
        if person is not None and attribute in person:
            return self._bind(person[attribute])
        if (plain := name.replace("-", "_")) != name and plain in self.scope.cast:
            help_ = f"In templates a hyphen is written as _: {plain}.{attribute}."
        else:
            help_ = did_you_mean(name if person is None else attribute, self.scope.cast if person is None else person)
        code = terms.ECHO if person is None and self.scope.is_partial else "BED302"
        raise _Inside(code, f"There is no “{name}.{attribute}”.", *place, help_)


class _Inside(Fault):
    """A fault within one tag: the tags behind it can still be read."""


def _moved(fault: Fault, by: int) -> _Inside:
    """A fault of an expression that stands `by` characters into the text."""
    return _Inside(fault.code, fault.message, fault.start + by, fault.end + by, fault.help)


def _filter(text: str, at: int) -> Callable[[str], str]:
    word = text.strip()
    change = FILTERS.get(word)
    if change is None:
        start = at + len(text) - len(text.lstrip())
        name = word.partition("(")[0].strip()
        message, help_ = f"There is no filter “{name}” here.", did_you_mean(name, FILTERS)
        if name in FILTERS:
            message, help_ = f"The filter “{name}” stands alone.", f"Write {name} without parentheses."
        raise _Inside("BED307", message, start, start + max(1, len(word)), help_)
    return change


def _joined(parts: list[Part]) -> Part:
    return parts[0] if len(parts) == 1 else f"''.join(({' '.join(f'{part},' for part in parts)}))"


def _branching(branches: list[tuple[str, Part]]) -> Part:
    """A Python conditional: the first branch whose test holds, else nothing."""
    code = ""
    for test, body in branches:
        if not test:
            return f"({code}{body})"
        code += f"{body} if {test} else "
    return f"({code}'')"

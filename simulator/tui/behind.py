"""The other side of the page, for whoever writes it: what is kept of the patient, and what each choice would do."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from simulator.language.prose import short
from simulator.tui.screenplay import hung
from simulator.tui.sheet import MEASURE, Row, Sheet, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.workshop.behind import Behind, Case, Option
    from simulator.workshop.reasons import Condition

NARROW = 46  # columns below which labels stand above what they name
MOST_WORDS = 100  # characters of a choice: the whole of it is on the page


class Part(NamedTuple):
    """A label in the margin, and what it names; a part without either is an empty line."""

    label: str = ""
    text: str = ""
    look: str = "quiet"
    number: int = 0  # of the choice that begins here, as the learner sees it


_GAP = Part()


class BehindSheet(Sheet):
    """What is behind one moment; `note` stands above it, and says what the last save did."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.behind: Behind | None = None
        self.note = ""

    def show(self, behind: Behind | None, note: str, *, is_same: bool = False) -> None:
        """Another moment, from its top; where a save left it the same, and nothing is to be said, the view stays."""
        self.behind, self.note = behind, note
        self.lay_out()
        if note or not is_same:
            self.marked = -1
            self.scroll_home(animate=False)

    def reveal(self, number: int) -> None:
        """Show what is behind a choice, by its number."""
        self.marked = number
        self.refresh()
        line = next((n for n, row in enumerate(self._rows) if row.item == number), None)
        if line is not None:
            self.scroll_to(y=line, animate=False)

    def rows(self, width: int) -> list[Row]:
        """The paragraphs, with their labels in the margin."""
        found = [*plain(self.note, width, "strong"), Row()] if self.note else []
        for part in _parts(self.behind) if self.behind else ():
            found += part_rows(part, width)
        return found


def part_rows(part: Part, width: int) -> list[Row]:
    """One part; where it is narrow, a choice's verb stands before its words, and other labels above theirs."""
    if part == _GAP:
        return [Row()]
    if part.look == "heading":
        return plain(part.text, width, "heading")
    margin = 12 if width >= NARROW else 3
    label, text = part.label, part.text
    if margin == 3 and part.look == "accent":
        label, _, verb = label.partition(" ")
        text = f"{verb}: {text}"
    rows = hung(label, text, margin, min(MEASURE, width - margin - 1), part.look)
    return [row._replace(item=part.number or -1) for row in rows]


def _parts(one: Behind) -> Iterator[Part]:
    yield Part("", f"{one.id}, line {one.line}", "heading")
    if one.minutes:
        yield Part("time", f"{one.minutes[0]} of {one.minutes[1]} minutes left")
    if one.tests:
        yield Part("tested", ", ".join(one.tests))
    if one.cue:
        yield Part("cue", one.cue)
    yield from _kept(one)
    for slot, text in one.says:
        yield from (_GAP, Part(slot.replace("-", " "), text or "Nothing."))
    for option in one.options:
        yield from (_GAP, *_option(option))


def _kept(one: Behind) -> Iterator[Part]:
    """Meters, flags, facts, promises and tags."""
    meters = [
        f"{m.meter} {m.value} ({f'was {m.was}, ' if m.was != m.value else ''}{m.lo} to {m.hi})" for m in one.meters
    ]
    if meters:
        yield from (_GAP, Part("meters", ", ".join(meters)))
    if one.flags:
        yield Part("flags", "; ".join(_flags(one)))
    for kept, nothing in ((one.facts, "not told"), (one.promises, "not made")):
        for part in kept:
            if part.became != nothing:
                yield Part(part.became, f"{part.id}: {part.text}")
        open_ = [part.id for part in kept if part.became == nothing]
        if open_:
            yield Part(nothing, ", ".join(open_))
    counted = [f"{tag} {number}" for tag, number in one.counts.items() if number]
    if counted:
        yield Part("tags", ", ".join(counted))


def _flags(one: Behind) -> Iterator[str]:
    for is_set, word in ((True, "set"), (False, "not set")):
        names = [flag for flag, value in one.flags.items() if value == is_set]
        if names:
            yield f"{word}: {', '.join(names)}"


def _option(one: Option) -> Iterator[Part]:
    """One choice: its number (none where it is not offered), and what is behind it."""
    name = one.id.rpartition("/")[2]
    yield Part(f"{one.number or '–'} {one.verb}", short(one.text, MOST_WORDS), "accent", one.number)
    yield Part("", f"{name}, line {one.line}{'' if one.number else ', not offered'}", "text")
    for reason in one.against:
        yield Part("why not", reason)
    if one.number and one.needs:
        yield Part("offered", f"Only if {_condition(one.needs)}")
    if one.tempts:
        yield Part("tempts", one.tempts)
    for number, case in enumerate(one.cases):
        yield from _case(case, number, len(one.cases))
    if one.cases and not any(case.counts for case in one.cases):
        yield Part("evidence", "No case counts now, so it is evidence of nothing.")
    if one.changes:
        yield Part("changes", "; ".join(one.changes))
    if one.leads:
        way = f", as {one.way}" if one.way else ""
        yield Part("leads to", f"{', then '.join(one.leads)}{way}")


def _case(case: Case, number: int, of: int) -> Iterator[Part]:
    levels = ", ".join(
        f"{one.criterion} {f'{one.level:+d}' if one.level else '0'}{'' if one.is_tested else ' (not scored here)'}"
        for one in case.levels
    )
    gates = "".join(f", {gate}" for gate in case.gates)
    which = ""
    if of > 1 or case.condition:
        which = f"Case {number + 1} of {of}, {'which counts now' if case.counts else 'which does not count now'}: "
        which += f"if {_condition(case.condition)} " if case.condition else "otherwise. "
    because = case.because or "No reason is given."
    yield Part("evidence", f"{which}{levels or 'Nothing'}{gates}. {because}")


def _condition(one: Condition) -> str:
    return f"{one.asks}. Now: {one.reads}." if one.reads else f"{one.asks}."

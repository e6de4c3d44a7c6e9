"""Parts of a debrief as pages: a moment, the patient's words, and the moments by domain and criterion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.debrief.value import GATE_HERE, GATE_SOMEWHERE
from simulator.tui.literal import fitted
from simulator.tui.screenplay import hung, margin_of
from simulator.tui.sheet import MEASURE, Row, Sheet, plain

if TYPE_CHECKING:
    from simulator.debrief.value import Debrief, GroupScore, Moment, RubricResult


class MomentSheet(Sheet):
    """One moment: what was heard, what you did, and what can be said of it, in the margin of a screenplay."""

    def __init__(self, debrief: Debrief, moment: Moment, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.debrief, self.moment = debrief, moment

    def rows(self, width: int) -> list[Row]:
        """The paragraphs, with their labels in the margin."""
        one, d = self.moment, self.debrief
        margin = margin_of(width)
        room = min(MEASURE, width - margin - 1)
        shown = "met" if one.cue_met else "passed by"
        parts = [
            ("", f"Choice {one.decision}, {one.visit}", "quiet"),
            (one.before_who, one.before, "name"),
            ("you", one.text, "accent"),
            ("cue", f"{one.cue} ({shown})" if one.cue else "", "quiet"),
            (one.verdict.lower().strip("."), one.because, "quiet"),
            ("turned on", "; ".join(one.turned_on), "quiet"),
            ("you tried", one.tempts, "quiet"),
            *(("gate", GATE_HERE[gate], "strong") for gate in one.gates),
            ("changed", ", ".join(one.changes), "quiet"),
            ("to try", one.to_try, "quiet"),
        ]
        found: list[Row] = []
        for label, text, look in parts:
            if text:
                found += [*hung(label, text, margin, room, look), Row()]
        if one.options:
            found += self._options(margin, room)
        found += hung("", f"In {d.title}: {one.id}", margin, room, "quiet")
        return found

    def _options(self, margin: int, room: int) -> list[Row]:
        """What else was on offer, once the key is open."""
        found = hung("also", "What else was on offer:", margin, room, "quiet")
        for option in self.moment.options:
            if option.taken:
                continue
            levels = ", ".join(f"{code.title} {code.level:+d}" if code.level else code.title for code in option.codes)
            found += [Row(), *hung(option.verb, option.text, margin, room, "accent")]
            found += hung("", f"{levels}. {option.because}" if levels else option.because, margin, room, "quiet")
        return [*found, Row()]


class PatientSheet(Sheet):
    """The patient's words, alone on their page."""

    def __init__(self, debrief: Debrief) -> None:
        super().__init__()
        self.debrief = debrief

    def rows(self, width: int) -> list[Row]:
        """Three short slots."""
        d = self.debrief
        found = [Row(), *plain(d.patient, width, "heading"), Row()]
        for label, text in (
            ("What I noticed", d.noticed),
            ("What I kept back", d.kept_back),
            ("What I will do", d.will_do),
        ):
            found += [*plain(label, width, "quiet"), *plain(text, width, "text", 3), Row()]
        return found


class ScoreSheet(Sheet):
    """Moments rather than percentages: a dot for each, full where it was met."""

    def __init__(self, debrief: Debrief) -> None:
        super().__init__()
        self.debrief = debrief

    def rows(self, width: int) -> list[Row]:
        """Each rubric with its claim, its profile, its band and its limits."""
        found: list[Row] = []
        for one in self.debrief.scores:
            found += [*plain(one.title, width, "heading"), Row(), *plain(self.debrief.claim, width, "quiet"), Row()]
            found += self._profile(one, width)
            found += [Row(), *_words(one, width), Row(), *plain(one.limits, width, "quiet"), Row()]
        return found

    def _profile(self, one: RubricResult, width: int) -> list[Row]:
        found = [_group("All moments", one.met, one.moments, width, "strong")]
        for domain in one.domains:
            found += [Row(), _scored(domain, width, "strong")]
            found += [_scored(c, width, "text") for c in one.criteria if c.domain == domain.id and c.moments]
        return found


def _scored(group: GroupScore, width: int, look: str) -> Row:
    indent = "" if look == "strong" else "  "
    return _group(indent + group.title, group.met, group.moments, width, look)


def _group(title: str, met: int, moments: int, width: int, look: str) -> Row:
    """A title, its dots, and its count; the dots give way on a narrow screen."""
    count = f"{met} of {moments}" if moments else "not met here"
    room = max(1, min(40, width - len(count) - 3))
    shown = fitted(title, room)
    dots = ("●" * met + "○" * (moments - met)) if width >= 60 and moments <= 24 else ""
    return Row(((f"{shown} ", look), (f"{count:<12} ", "quiet"), (dots, "accent")))


def _words(one: RubricResult, width: int) -> list[Row]:
    found: list[Row] = []
    if one.band:
        found += [*plain(one.band, width, "strong"), *plain(one.band_text, width)]
    elif one.no_band:
        found += plain(one.no_band, width, "quiet")
    for gate in one.barred:
        found += plain(GATE_SOMEWHERE[gate], width, "strong")
    return found

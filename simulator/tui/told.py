"""Parts of a debrief as pages: a moment, the patient's words, and the moments by domain and criterion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.debrief.value import GATE_HERE, GATE_SOMEWHERE
from simulator.report.text import percent, sentence, where
from simulator.tui.literal import fitted
from simulator.tui.screenplay import hung, margin_of
from simulator.tui.sheet import MEASURE, Row, Sheet, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.debrief.lens import Lens
    from simulator.debrief.value import Debrief, Moment, Proof, RubricResult


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


class Titles(Sheet):
    """The rubrics an encounter can be looked at through, the one in use standing out."""

    can_focus = False

    def __init__(self, names: Sequence[str], at: int) -> None:
        super().__init__(classes="-auto")
        self.names, self.at = names, at

    def rows(self, width: int) -> list[Row]:
        """Side by side; where it is narrow, the one in use."""
        marks = [("heading" if n == self.at else "quiet", name) for n, name in enumerate(self.names)]
        if sum(len(name) + 4 for name in self.names) < width:
            return [Row(tuple((f"{name}    ", look) for look, name in marks))]
        count = f" {self.at + 1} of {len(self.names)}" if len(self.names) > 1 else ""
        return [Row(((fitted(self.names[self.at], width - len(count) - 1), "heading"), (count, "quiet")))]


class ScoreSheet(Sheet):
    """Moments rather than percentages: a dot for each, full where it was met."""

    def __init__(self, debrief: Debrief, result: RubricResult) -> None:
        super().__init__()
        self.debrief, self.result = debrief, result

    def rows(self, width: int) -> list[Row]:
        """The claim; the profile at a glance; then criterion by criterion, the band, and the limits."""
        one = self.result
        found = [*plain(self.debrief.claim, width, "quiet"), Row()]
        found.append(_group("All moments", one.met, one.moments, width, "strong"))
        if self.debrief.shows_overall and one.figure:
            found.append(Row(((f"{percent(one.figure)} of what was on offer", "quiet"),)))
        found += [Row(), *(_group(domain.title, domain.met, domain.moments, width, "text") for domain in one.domains)]
        found += [Row(), *_words(one, width)]
        for domain in one.domains:
            mine = [c for c in one.criteria if c.domain == domain.id and c.moments]
            if mine:
                found += [Row(), *plain(domain.title, width, "strong")]
                found += [_group(c.title, c.met, c.moments, width, "text", "  ") for c in mine]
        return [*found, Row(), *plain(one.limits, width, "quiet"), Row()]


class LensSheet(Sheet):
    """An encounter read through a rubric it was not coded for: pieces and reasons, and no figure."""

    def __init__(self, lens: Lens) -> None:
        super().__init__()
        self.lens = lens

    def rows(self, width: int) -> list[Row]:
        """What is read, by criterion."""
        lens = self.lens
        found = plain(lens.about_links, width, "quiet")
        for id_, title in lens.domains:
            mine = [one for one in lens.criteria if one.domain == id_ and one.linked]
            if mine:
                found += [Row(), *plain(title, width, "strong")]
            for one in mine:
                found += [Row(), *plain(one.title, width, "name", 2)]
                for linked in one.linked:
                    found += plain(f"From {linked.title}. {linked.because}", width, "quiet", 2)
                    found += [row for proof in linked.proofs for row in _read(proof, width)]
        return [*found, Row(), *plain(lens.limits, width, "quiet"), Row()]


def _read(proof: Proof, width: int) -> list[Row]:
    """A piece of evidence as it is read: its level stands in the margin."""
    return hung(proof.signed, f"{sentence(where(proof))}. {proof.because}", 6, min(MEASURE, width - 7), "accent")


def _group(title: str, met: int, moments: int, width: int, look: str, indent: str = "") -> Row:
    """A title, its dots, and its count; the dots give way on a narrow screen."""
    count = f"{met} of {moments}" if moments else "not met here"
    room = max(1, min(40, width - len(count) - 3))
    shown = indent + fitted(title, room - len(indent))
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

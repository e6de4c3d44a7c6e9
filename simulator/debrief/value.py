"""A `Debrief`: everything there is to say about one finished encounter, as one value. Renderers only render it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

CLAIM = (
    "This shows what you recognise in a list of choices, not what you would do in a room. "
    "It is for practice and for talking about, never for pass or fail."
)
NOT_CODED = "Not coded, which counts 0."
METERS = "The curves are the author's imagination of this patient, not a measurement."
SUPPORT = "If this stays with you, talk to someone you trust; your school has people for that."
GATE_HERE = {"unsafe": "This was unsafe: a clinical risk.", "harm": "This did harm to the bond between you."}
GATE_SOMEWHERE = {
    "unsafe": "Something here was unsafe, whatever the figures say.",
    "harm": "Something here did harm, whatever the figures say.",
}
QUESTIONS = {"listened": "felt listened to", "next": "knows what happens next", "back": "would come back"}


@dataclass(frozen=True)
class Proof:
    """One piece of evidence. `lo`, `hi` and `value` are exact, as text; empty where the criterion was not tested.

    A choice that is not coded on a tested criterion has a proof for it too, with level 0, for it counts 0.

    `decision` 0 stands for a rule on the whole, which `held` or not, by what was done at `counted` decisions; it has
    no `verb`. `at_cue`: the patient was letting something show.
    """

    decision: int
    choice: str
    verb: str
    at_cue: bool
    file: str
    line: int
    rubric: str
    criterion: str
    title: str
    level: int
    value: str
    lo: str
    hi: str
    because: str
    is_coded: bool = True
    gates: tuple[str, ...] = ()
    disputed: str = ""
    held: bool = True
    counted: tuple[int, ...] = ()
    rule: int = -1  # which rule, in the order of the rubrics and then the scenario's own; -1 for a choice

    @property
    def signed(self) -> str:
        """The level as it is read: “+1”, “0”, “-2”."""
        return f"{self.level:+d}" if self.level else "0"

    @property
    def reason(self) -> str:
        """Why; of a rule that did not hold, that it did not."""
        return self.because if self.held else f"This did not happen: {self.because[:1].lower()}{self.because[1:]}"


def dispute_of(proof: Proof, text: str) -> dict[str, object]:
    """The fields by which a log says that a learner sees a piece of evidence differently."""
    rule = {"rule": proof.rule} if proof.rule >= 0 else {}
    return {"decision": proof.decision, "criterion": f"{proof.rubric}/{proof.criterion}", **rule, "text": text}


@dataclass(frozen=True)
class Code:
    """A level for a criterion."""

    criterion: str
    title: str
    level: int


@dataclass(frozen=True)
class Option:
    """Another choice that was on offer, with its code; shown only once the key is open."""

    text: str
    verb: str
    codes: tuple[Code, ...]
    because: str
    tempts: str
    taken: bool


@dataclass(frozen=True)
class Moment:
    """One decision as the debrief tells it."""

    decision: int
    visit: str
    id: str
    before: str  # the last thing heard before it
    before_who: str  # who said it; empty for narration
    verb: str
    text: str
    verdict: str  # "It helped."
    because: str
    tempts: str
    to_try: str
    changes: tuple[str, ...]  # "trust 4 to 3"
    turned_on: tuple[str, ...]  # what the same choice would have been worth elsewhere turns on: "trust, 3 here"
    value: str
    lo: str
    hi: str
    gates: tuple[str, ...]
    cue: str = ""  # the patient's sign here, if there was one
    cue_met: bool = False
    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class Bend:
    """One change of a meter, tied to what caused it. `decision` 0 stands for the beginning.

    `because` is the reason given for the choice; there is none where entering a node changed the meter.
    """

    meter: str
    decision: int
    visit: str
    id: str
    before: int
    after: int
    cause: str
    because: str


@dataclass(frozen=True)
class Curve:
    """How one meter went.

    `values` holds the start, before anything was entered, and where it stood when each choice had had its
    consequences; where there were no choices, the start and the end.
    """

    meter: str
    lo: int
    hi: int
    means: str
    values: tuple[int, ...]
    bends: tuple[Bend, ...]


@dataclass(frozen=True)
class Seen:
    """A cue: what the patient let show, and whether the answer met it."""

    decision: int
    line: str
    feeling: str
    met: bool


@dataclass(frozen=True)
class Pledge:
    """A promise and what became of it."""

    id: str
    text: str
    outcome: Literal["kept", "broken", "open", "not made"]


@dataclass(frozen=True)
class Known:
    """A fact: told or not, recalled or not; `text` is empty where it was never told and the key is closed."""

    id: str
    text: str
    goal: bool
    told: bool
    recalled: bool


@dataclass(frozen=True)
class ClosedDoor:
    """Something that was missed, and the decision after which it could not come about any more.

    `text` says what it was; it is empty while the key is closed, for it may still be found.
    """

    what: Literal["goal", "fact", "promise", "ending"]
    text: str
    decision: int
    choice: str  # its words


@dataclass(frozen=True)
class Chance:
    """One opportunity of a group: what was attained between the least and the greatest on offer, exact."""

    decision: int
    value: str
    lo: str
    hi: str


@dataclass(frozen=True)
class GroupScore:
    """The moments of one domain or criterion, with what was earned of what was possible, exact.

    `figure` is their quotient, only where there were enough moments.
    """

    id: str
    domain: str
    title: str
    met: int
    moments: int
    figure: str
    earned: str
    possible: str
    opportunities: tuple[Chance, ...]


@dataclass(frozen=True)
class RubricResult:
    """The moments by one rubric. The overall `figure` is for instructors; learners see `band` and moments."""

    rubric: str
    title: str
    met: int
    moments: int
    figure: str
    earned: str
    possible: str
    band: str
    band_text: str
    no_band: str
    barred: tuple[str, ...]
    domains: tuple[GroupScore, ...]
    criteria: tuple[GroupScore, ...]
    limits: str


@dataclass(frozen=True)
class Debrief:
    """One encounter, in the order in which it is told: the learner reflects, the patient speaks, scores come last."""

    scenario: str
    title: str
    session: str
    learner: str
    mode: str
    seed: int
    attempt: int
    rewound: bool
    key_open: bool
    ending: str
    ending_text: str
    content_note: str
    landed: str
    marked: dict[str, int]
    predicted: dict[str, int]
    patient: str
    noticed: str
    kept_back: str
    will_do: str
    told: tuple[tuple[str, Moment], ...]  # the moments told first, each with its title
    moments: tuple[Moment, ...]
    reflect: tuple[tuple[str, str], ...]
    intention: str
    curves: tuple[Curve, ...]
    cues: tuple[Seen, ...]
    promises: tuple[Pledge, ...]
    facts: tuple[Known, ...]
    doors: tuple[ClosedDoor, ...]  # the last to close first; while the key is closed, the nearest only
    reach: dict[str, str]  # by rubric, for instructors: Σ value between least and greatest, exact; empty if none
    evidence: tuple[Proof, ...]
    scores: tuple[RubricResult, ...]
    gates: tuple[str, ...]
    shows_overall: bool = False  # whether a learner sees the overall figure
    claim: str = CLAIM
    about_meters: str = METERS
    questions: dict[str, str] = field(default_factory=lambda: dict(QUESTIONS))

    def moment(self, decision: int) -> Moment | None:
        """The moment of a decision, counted from 1."""
        return self.moments[decision - 1] if 0 < decision <= len(self.moments) else None

"""The scenario format, version 1: every key an author may write, declared once.

Field descriptions become the JSON Schema and the reference in the docs. `docs/format.md` tells what they mean in play.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field

from simulator.language.fields import (
    Change,
    Date,
    Group,
    Id,
    Items,
    Minutes,
    OneOrIds,
    OneOrItems,
    Reference,
    StrictReference,
    Text,
    Truth,
    cases,
    one_of,
    short_form,
    whole,
)
from simulator.language.shape import Shape
from simulator.language.tree import Scalar
from simulator.rubric.shapes import Rule, ScoreCase

if TYPE_CHECKING:
    from collections.abc import Iterator

LEVELS = ("introductory", "intermediate", "advanced")
Verb = Literal["say", "do", "wait", "notice"]
VERBS: tuple[Verb, ...] = ("say", "do", "wait", "notice")


class Block(Shape):
    """Some lines, and the condition under which they are played."""

    when: Text | None = Field(None, description="Played only if this holds.")
    lines: Text = Field(description="One paragraph a line; speech begins with the id of who speaks: `rosa: `.")


class EffectCase(Shape):
    """What changes: meters by signed amounts, flags to true or false."""

    model_config = ConfigDict(extra="allow")
    open_keys: ClassVar[str] = "A meter, with a signed change such as +1 or -2; or a flag, with true or false."
    __pydantic_extra__: dict[str, Change] = Field(init=False)

    when: Text | None = Field(None, description="The case applies only if this holds; the first that holds counts.")

    @property
    def changes(self) -> dict[str, int | bool | None]:
        """The change for each meter or flag; None where it was reported as none."""
        return self.__pydantic_extra__


class GoCase(Shape):
    """Where play goes on within the visit."""

    when: Text | None = Field(None, description="Only if this holds; the last case has no condition.")
    go: Reference = Field(description="A node of this visit.")


class LeaveCase(Shape):
    """Where play goes when the visit ends."""

    when: Text | None = Field(None, description="Only if this holds; the last case has no condition.")
    to: Reference = Field(description="A visit or an ending.")


class TextCase(Shape):
    """A text that stands under a condition."""

    when: Text | None = Field(None, description="Only if this holds; the first that holds is used.")
    text: Text = Field(description="What is said.")


Blocks = Annotated[tuple[Block, ...], cases("lines")]
Effects = Annotated[tuple[EffectCase, ...], cases(None)]
Go = Annotated[tuple[GoCase, ...], cases("go")]


class Choice(Shape):
    """Something the learner might say, do, leave unsaid, or notice."""

    main_key: ClassVar[str] = "say"

    say: Text | None = Field(None, description="What is said, as it would be spoken.")
    do: Text | None = Field(None, description="What is done.")
    wait: Text | None = Field(None, description="A silence, and what is done with it.")
    notice: Text | None = Field(None, description="Something seen in the room or in oneself.")
    when: Text | None = Field(None, description="Offered only if this holds.")
    minutes: Minutes = Field(1, description="What it costs on the visit's clock; 1 unless said otherwise.")
    tags: Annotated[tuple[Id, ...], OneOrIds] = Field((), description="Words by which rules and `count` find it.")
    tempts: Text | None = Field(None, description="The good motive behind a lesser choice.")
    scores: Annotated[tuple[ScoreCase, ...], cases(None)] = Field((), description="What it is evidence of.")
    because: Text | None = Field(None, description="The reason for the scores.")
    effects: Effects = Field((), description="What it changes.")
    reply: Blocks = Field((), description="What follows at once.")
    makes: Reference | None = Field(None, description="A promise made by it.")
    keeps: Reference | None = Field(None, description="A promise kept by it; offered only if it was made.")
    recalls: Reference | None = Field(None, description="A fact it brings up; offered only if it was told.")
    tells: Reference | None = Field(None, description="A fact the patient tells in reply.")
    again: Truth = Field(False, description="Whether it can be taken more than once.")
    next: Go = Field(description="Where it leads.")

    @property
    def verb(self) -> Verb:
        """Which of the four it is (`say` where the author forgot)."""
        return next((verb for verb in VERBS if getattr(self, verb) is not None), "say")

    @property
    def text(self) -> Text | None:
        """The words or the act."""
        text: Text | None = getattr(self, self.verb)
        return text


class Cue(Shape):
    """Something the patient lets show, which a choice may meet or miss."""

    main_key: ClassVar[str] = "line"

    feeling: Text | None = Field(None, description="What is behind it.")
    line: Text = Field(description="The words or the sign.")
    when: Text | None = Field(None, description="It is there only if this holds.")
    met_by: Annotated[tuple[Reference, ...], OneOrIds] = Field(description="The choices of this node that meet it.")


class Node(Shape):
    """A moment: what happens, and what the learner may do."""

    lines: Blocks = Field((), description="What is heard and seen on entering.")
    cue: Cue | None = Field(None, description="Something the patient lets show.")
    tests: Annotated[tuple[Reference, ...], OneOrIds] = Field((), description="The one to three criteria scored here.")
    effects: Effects = Field((), description="What changes on entering for the first time.")
    tells: Reference | None = Field(None, description="A fact told on entering for the first time.")
    fixed_order: Truth = Field(False, description="Whether the choices keep the order of the file.")
    choices: Annotated[dict[Id, Choice], Group] | None = Field(None, description="What the learner may do.")
    next: Go | None = Field(None, description="Where play goes on without a choice.")
    leave: Annotated[tuple[LeaveCase, ...], cases("to")] | None = Field(None, description="Ends the visit.")
    ending: Reference | None = Field(None, description="Ends the encounter.")
    otherwise: Reference | None = Field(None, description="The node to fall to where no choice is left.")


class Visit(Shape):
    """One meeting; state carries over from visit to visit."""

    title: Text = Field(description="Where and when, as a heading.")
    scene: Text | None = Field(None, description="What is there before anyone speaks.")
    minutes: Annotated[int, whole(1, 240)] | None = Field(None, description="The visit's clock; none if left out.")
    out_of_time: Reference | None = Field(None, description="The node played when the clock stands at 0.")
    nodes: Annotated[dict[Id, Node], Group] = Field(description="The moments; the first opens the visit.")


class Person(Shape):
    """Someone in the room."""

    main_key: ClassVar[str] = "name"

    name: Text = Field(description="As the transcript shows it.")
    role: Text | None = Field(None, description="Who they are here.")
    age: Annotated[int, whole(0, 130)] | None = Field(None, description="The age, in years.")
    pronouns: Text | None = Field(None, description="Such as she/her.")
    called: Text | None = Field(None, description="What the page calls them, where the first name would not do.")


class Meter(Shape):
    """A bounded whole number that the author keeps of the patient."""

    start: Annotated[int, whole(-999, 999)] = Field(description="Where it begins.")
    min: Annotated[int, whole(-999, 999)] = Field(0, description="Its least value.")
    max: Annotated[int, whole(-999, 999)] = Field(10, description="Its greatest value.")


class Fact(Shape):
    """Something the patient may come to tell."""

    text: Text = Field(description="What it is, in one sentence.")
    goal: Truth = Field(False, description="Whether it is the patient's own goal.")


class Promise(Shape):
    """Something the learner may promise."""

    text: Text = Field(description="What it is, in one sentence.")


class Objective(Shape):
    """What the encounter lets a learner practise."""

    main_key: ClassVar[str] = "text"

    text: Text = Field(description="What it is, in one sentence.")
    criteria: Annotated[tuple[Reference, ...], OneOrIds] = Field((), description="The criteria that show it.")


class Ending(Shape):
    """How it may end."""

    main_key: ClassVar[str] = "text"

    title: Text = Field(description="A name for it, in a few words.")
    text: Text = Field(description="What is seen last.")


Slot = Annotated[tuple[TextCase, ...], cases("text")]


class PatientSays(Shape):
    """The debrief's first voice, in three short slots; never a grade."""

    noticed: Slot = Field(description="What the patient noticed.")
    kept_back: Slot = Field(description="What the patient kept back.")
    will_do: Slot = Field(description="What the patient will do now.")


class Review(Shape):
    """Who read the scenario, and when it is to be read again."""

    by: Text = Field(description="What kind of reader.")
    on: Date = Field(description="The day on which it was read.")
    next: Date | None = Field(None, description="When it should be read again.")


class Scenario(Shape):
    """One encounter, as its author wrote it; its id is the file's name without .yaml."""

    bedside: Annotated[int, whole(1, 1)] = Field(description="The format version: 1.")
    title: Text = Field(description="What learners see in the library.")
    summary: Text = Field(description="One or two sentences to choose by.")
    level: Annotated[str, one_of(*LEVELS)] = Field(description="For which learners.")
    minutes: Annotated[int, whole(1, 240)] = Field(description="What a playthrough takes the learner, roughly.")
    learner_role: Text = Field(description="Who the learner is here.")
    objectives: Annotated[tuple[Objective, ...], Items] = Field(description="What is practised.")
    rubrics: Annotated[tuple[StrictReference, ...], OneOrIds] = Field(
        description="What it is scored by; the first is shown first."
    )
    cast: Annotated[dict[Id, Person], Group] = Field(description="Who may speak.")
    visits: Annotated[dict[Id, Visit], Group] = Field(description="The meetings; play begins at the first.")
    endings: Annotated[dict[Id, Ending], Group] = Field(description="How it may end.")
    patient_says: PatientSays = Field(description="What the patient says in the debrief.")

    authors: Annotated[tuple[Text, ...], OneOrItems] = Field((), description="Who wrote it.")
    licence: Text | None = Field(None, description="Under which it may be used.")
    language: Text | None = Field(None, description="A language tag such as en-US.")
    content_note: Text | None = Field(None, description="What a learner should know before beginning.")
    competencies: Annotated[tuple[Text, ...], OneOrItems] = Field((), description="A curriculum's own words.")
    sources: Annotated[tuple[Text, ...], OneOrItems] = Field((), description="Dated sources of clinical facts.")
    facilitator: Text | None = Field(None, description="For the educator; kept from the learner.")
    own_words: Annotated[str, one_of("off", "offered", "required")] = Field(
        "off", description="Whether the learner writes a line of their own before the choices show."
    )
    reviewed: Annotated[tuple[Review, ...], Items] = Field((), description="By whom it was read.")
    topics: Annotated[tuple[Text, ...], OneOrItems] = Field((), description="Words to find it by.")

    meters: Annotated[dict[Id, Annotated[Meter, short_form("start")]], Group] = Field(
        {}, description="Bounded whole numbers, 0 to 10 unless said otherwise."
    )
    flags: Annotated[tuple[Id, ...], OneOrIds] = Field((), description="True or false; false at the start.")
    facts: Annotated[dict[Id, Annotated[Fact, short_form("text")]], Group] = Field(
        {}, description="What the patient may come to tell."
    )
    promises: Annotated[dict[Id, Annotated[Promise, short_form("text")]], Group] = Field(
        {}, description="What the learner may promise."
    )
    variants: Annotated[dict[Id, Annotated[tuple[Text, ...], Items]], Group] = Field(
        {}, description="Names with several values, one drawn for each playthrough; for texts only."
    )
    chart: Text | None = Field(None, description="The record, in Markdown.")
    rules: Annotated[tuple[Rule, ...], Items] = Field((), description="Evidence from the whole playthrough.")
    reflect: Annotated[tuple[Text, ...], OneOrItems] = Field((), description="Questions for typed answers.")

    def every_node(self) -> Iterator[Node]:
        """Every node, visit after visit."""
        for visit in self.visits.values():
            yield from visit.nodes.values()

    def every_choice(self) -> Iterator[Choice]:
        """Every choice, node after node."""
        for node in self.every_node():
            yield from (node.choices or {}).values()

    def node(self, id_: str) -> Node:
        """A node by its whole id, visit/node; KeyError if there is none."""
        visit, _, name = id_.partition("/")
        return self.visits[Scalar(visit)].nodes[Scalar(name)]

    def choice(self, id_: str) -> Choice:
        """A choice by its whole id, visit/node/choice; KeyError if there is none."""
        node, _, name = id_.rpartition("/")
        return (self.node(node).choices or {})[Scalar(name)]

"""What is heard and seen: authored texts rendered for one state, and the draws that a seed decides."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING

from simulator.encounter.names import as_name
from simulator.encounter.program import Filled
from simulator.scenario.dialogue import Paragraph, paragraphs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.encounter.program import Choice, Node, Passage, Program, Says
    from simulator.encounter.state import State
    from simulator.language.templates import Template


def called(program: Program) -> dict[str, str]:
    """What each member of the cast is called on the page: as the author says, or the first name where that will do."""
    said = {str(id_): str(person.called) for id_, person in program.scenario.cast.items() if person.called}
    names = {str(id_): str(person.name) for id_, person in program.scenario.cast.items()}
    first = {id_: name.split()[0] for id_, name in names.items()}
    shared = Counter(first.values())
    titles = (
        "Mr",
        "Mrs",
        "Ms",
        "Miss",
        "Mx",
        "Dr",
        "Doctor",
        "Prof",
        "Professor",
        "Nurse",
        "Sister",
        "Father",
        "Sir",
        "The",
    )
    return said | {
        id_: names[id_] if shared[word] > 1 or word.endswith(".") or word in titles else word
        for id_, word in first.items()
        if id_ not in said
    }


def prose(text: str) -> str:
    """A text that is not dialogue: lines flow together, empty lines part paragraphs."""
    paragraphs_ = (" ".join(part.split()) for part in text.split("\n\n"))
    return "\n\n".join(part for part in paragraphs_ if part)


def _draw(seed: int, id_: str) -> bytes:
    return sha256(f"{seed}\n{id_}".encode()).digest()


def shown(node: Node, choices: Sequence[Choice], seed: int) -> tuple[Choice, ...]:
    """Choices in the order a learner sees them: by SHA-256 of seed and full id, unless the author fixed it."""
    if node.fixed_order:
        return tuple(choices)
    return tuple(sorted(choices, key=lambda choice: _draw(seed, choice.id)))


class Voice:
    """Renders one program's texts for one seed."""

    def __init__(self, program: Program, seed: int) -> None:
        self.program, self.seed = program, seed
        self.called = called(program)
        self.variants = {
            as_name(name): str(values[int.from_bytes(_draw(seed, name)[:8]) % len(values)])
            for name, values in program.scenario.variants.items()
        }

    def words(self, text: str | Template, state: State) -> str:
        """A text as it is in `state`."""
        return text if isinstance(text, str) else text.render(state, self.variants).rstrip("\n")

    def lines(self, passages: Sequence[Passage], state: State) -> list[Paragraph]:
        """The paragraphs of every passage whose condition holds."""
        found: list[Paragraph] = []
        for passage in passages:
            if passage.when is None or passage.when(state):
                found.extend(self._rendered(passage, state))
        return found

    def _rendered(self, passage: Passage, state: State) -> Sequence[Paragraph]:
        if passage.whole is not None:
            return paragraphs(self.words(passage.whole, state), self.program.scenario.cast)
        if passage.is_ready:
            return passage.lines  # type: ignore[return-value]  # they are paragraphs all
        return [
            Paragraph(one.speaker, one.manner, one.text.render(state, self.variants), 0)
            if isinstance(one, Filled)
            else one
            for one in passage.lines
        ]

    def says(self, cases: Sequence[Says], state: State) -> str:
        """The first case that holds, or nothing."""
        return next(
            (prose(self.words(case.text, state)) for case in cases if case.when is None or case.when(state)), ""
        )

"""Authored lines as they stand in the file, with their conditions told in words: what any learner might read there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from simulator.encounter.names import as_name
from simulator.encounter.speech import called
from simulator.language.tags import tags
from simulator.language.templates import is_template
from simulator.scenario.dialogue import paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulator.encounter.program import Program
    from simulator.language.tags import Tag
    from simulator.language.tree import Scalar
    from simulator.scenario.shapes import Block
    from simulator.workshop.words import Words

_BRANCH: Final = re.compile(r"[\s+-]*(if|elif|else|endif)\b(.*?)[\s+-]*", re.DOTALL)
_BARE: Final = re.compile(r"[\s-]*([^|]*?)\s*(?:\|.*|-?\s*)", re.DOTALL)


class Screenplay:
    """Writes out the texts of one scenario, whatever the state."""

    def __init__(self, program: Program, words: Words) -> None:
        self.words = words
        self.cast = program.scenario.cast
        self.called = called(program)
        self.known = {as_name(id_): " or ".join(values) for id_, values in program.scenario.variants.items()}
        for id_, person in program.scenario.cast.items():
            for key in ("name", "role", "age", "pronouns"):
                self.known[f"{as_name(id_)}.{key}"] = str(getattr(person, key))

    def blocks(self, blocks: Sequence[Block]) -> tuple[str, ...]:
        """Every block, one paragraph each; those under a condition begin with it, in brackets."""
        return tuple(line for block in blocks for line in self._block(block))

    def _block(self, block: Block) -> Iterator[str]:
        if block.when is not None:
            yield f"[If {self.words.when(block.when)}:]"
        yield from self.lines(block.lines)

    def lines(self, text: Scalar | None) -> Iterator[str]:
        """One text of lines, one paragraph each, speakers by their names."""
        for one in paragraphs(self.text(text), self.cast):
            manner = f" ({one.manner})" if one.manner else ""
            yield one.text if one.speaker is None else f"{self.called[one.speaker]}{manner}: {one.text}"

    def text(self, text: Scalar | None) -> str:
        """A text with its branches in brackets, and what is filled in as far as it is known beforehand."""
        if text is None or not is_template(text):
            return str(text or "")
        return "".join(tag.before + self._tag(tag, text[tag.end : tag.end + 1]) for tag in tags(text))

    def _tag(self, tag: Tag, follows: str) -> str:
        if not tag.kind:
            return ""
        if tag.kind == "{{":
            found = _BARE.fullmatch(tag.inner)
            name = found[1] if found else tag.inner.strip()
            return self.known.get(name.replace(" ", ""), f"[{name.replace('_', ' ')}]")
        before = " " if tag.before and not tag.before[-1].isspace() else ""
        after = "\n" if follows == "\n" else "" if follows == " " else " "  # a tag takes the end of its line with it
        return before + self._branch(tag.inner) + after

    def _branch(self, inner: str) -> str:
        found = _BRANCH.fullmatch(inner)
        assert found is not None  # held by the reader of templates
        match found[1]:
            case "if" | "elif":
                return f"[{'If' if found[1] == 'if' else 'Or else, if'} {self.words.when(found[2].strip())}:]"
            case "else":
                return "[Otherwise:]"
        return "[In any case:]"

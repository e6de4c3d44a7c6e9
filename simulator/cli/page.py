"""Lines out, lines in: the terminal as the plain player sees it."""

from __future__ import annotations

import re
import shutil
import sys

from simulator.language.text import FORBIDDEN, cleaned
from simulator.report.text import WIDTH, wrapped

MOST_UNUSABLE = 20  # answers in a row from a pipe, before it is taken for a mistake
_NUMBER = re.compile(r"\[?0{0,3}([1-9][0-9]{0,3})[\].)]?", re.ASCII)


class Left(Exception):
    """The learner goes, or there is no more input."""


def page_width() -> int:
    """The columns of a page: those of the terminal, but no more than are easy to read."""
    return min(WIDTH, max(20, shutil.get_terminal_size((WIDTH + 1, 24)).columns - 1))


def number(typed: str, most: int) -> int:
    """The number from 1 to `most` that was typed (`2`, `2.` or `[2]`), or 0."""
    found = _NUMBER.fullmatch(typed)
    value = int(found[1]) if found else 0
    return value if value <= most else 0


class Page:
    """Everything that reaches the terminal goes through `say`."""

    def __init__(self) -> None:
        self.width = page_width()
        self._unusable = 0

    def say(self, text: str = "", *, fill: bool = True, hang: int = 0) -> None:
        """A paragraph; `hang` indents its lines from the second on."""
        plain = "\n".join(FORBIDDEN.sub("", line) for line in text.split("\n"))
        print(wrapped(plain, self.width, hang=hang) if fill else plain)

    def ask(self, prompt: str = "> ") -> str:
        """What was typed, cleaned; raises Left at the end of input."""
        print(prompt, end="", flush=True)
        line = sys.stdin.readline()
        if not sys.stdin.isatty():
            print(cleaned(line))  # so that a transcript of a pipe shows what was answered
        if not line:
            raise Left
        return cleaned(line)

    def pause(self) -> None:
        """Wait for enter; q leaves."""
        if self.ask("Enter to go on. ").lower() in ("q", "quit"):
            raise Left
        self.say()

    def unusable(self, hint: str) -> None:
        """Say what could be answered; a pipe that never answers usably is left."""
        self._unusable += 1
        self.say(hint)
        if self._unusable >= MOST_UNUSABLE and not sys.stdin.isatty():
            print(f"Nothing of the last {MOST_UNUSABLE} lines could be used, so this stops here.", file=sys.stderr)
            raise Left

    def usable(self) -> None:
        """The last answer could be used."""
        self._unusable = 0

"""The second coder's desk in plain lines, and where a coding is kept."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.cli.commands import find_program
from simulator.cli.exits import Exit
from simulator.cli.out import err, out, stop
from simulator.cli.page import Left, Page, number
from simulator.language.diagnostics import Problems
from simulator.language.text import with_minus
from simulator.library.find import shipped
from simulator.library.load import digest, read_file
from simulator.report.coding import LEVELS, coding_yaml, criteria_paragraphs, moment_paragraphs, option_text
from simulator.report.problems import plural, problems_text
from simulator.report.text import plain_markdown
from simulator.sessions.folders import make_folder, write_whole
from simulator.workshop.coding import Coding, read_coding
from simulator.workshop.sheet import UnitId, sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from simulator.encounter.program import Program
    from simulator.workshop.sheet import Moment, Sheet

_PSEUDONYM = re.compile(r"[a-z][a-z0-9-]{0,39}")


def code(name: str, *, rater: str, to: Path | None, is_blank: bool, is_blind: bool, date: datetime.date | None) -> None:
    """Code a scenario, go on with a coding, or write an empty form."""
    if not _PSEUDONYM.fullmatch(rater):
        raise stop("A pseudonym has small letters, digits and hyphens, 40 at most: --rater heron.", Exit.USAGE)
    if to is not None and (to.is_dir() or (str(to) == "-" and not is_blank)):
        raise stop(f"{to} is no file that answers can be kept in; name one with --to, or leave it out.", Exit.USAGE)
    path, texts, program = find_program(name)
    kind = "stem-blind" if is_blind else "full"
    today = date or datetime.datetime.now(datetime.UTC).date()
    fresh = Coding(program.id, digest(texts.scenario), rater, today, kind)
    found = sheet(program, rater)
    if not found.moments:
        raise stop(f"{path} tests nothing anywhere, so there is nothing to code.", Exit.PROBLEMS)
    file = to or _place(path, rater, kind)
    if is_blank:
        _write_form(file, fresh, found)
        return
    coding, is_form = fresh, False
    if file.is_file():
        coding, is_form = _kept(file, fresh, program, found)
        coding.date = today
    desk = _Desk(found, coding, lambda: _save(file, coding, found, is_form=is_form))
    desk.sit()
    err(f"Saved in {file}.")
    if coding.status == "final":
        err(f"`bedside agreement {name} {file}` holds it against the author's own coding.")


def _place(path: Path, rater: str, kind: str) -> Path:
    """Where a coding is kept: in a folder beside the folder of scenarios (of a shipped one, in this folder)."""
    folder = path.resolve().parent
    if folder == shipped("scenarios").resolve():
        folder = Path.cwd()
    elif folder.name == "scenarios":
        folder = folder.parent
    blind = ".stem-blind" if kind == "stem-blind" else ""
    return folder / "codings" / f"{path.stem}.{rater}{blind}.yaml"


def _write_form(file: Path, coding: Coding, found: Sheet) -> None:
    if str(file) == "-":
        out(coding_yaml(coding, found, is_form=True).rstrip("\n"))
        return
    if file.exists():
        raise stop(f"{file} is there already; name another with --to.", Exit.USAGE)
    _save(file, coding, found, is_form=True)
    what = len(found.moments) if coding.kind == "stem-blind" else len(list(found.units()))
    err(f"Written: {file}, with room for {plural(what, 'answer')}.")


def _save(file: Path, coding: Coding, found: Sheet, *, is_form: bool) -> None:
    make_folder(file.resolve().parent)
    write_whole(file, coding_yaml(coding, found, is_form=is_form).encode())


def _kept(file: Path, fresh: Coding, program: Program, found: Sheet) -> tuple[Coding, bool]:
    """The coding in a file that is there already, and whether it is a form with comments; stops if it is another's."""
    problems = Problems()
    data = read_file(file, problems)
    coding = None if data is None else read_coding(data, str(file), program, fresh.sha256, set(found.units()), problems)
    if coding is None or data is None:
        raise stop(
            f"{problems_text(problems, problems.left_out)}\n\nMend it, or name another with --to.", Exit.PROBLEMS
        )
    other = _other(coding, fresh)
    if other:
        raise stop(f"{file} {other}.", Exit.PROBLEMS)
    return coding, b"\n#" in data or b"\n  #" in data


def _other(coding: Coding, fresh: Coding) -> str:
    """Why a coding is not one to go on with, or nothing."""
    hint = "; name another file with --to"
    if coding.sha256 != fresh.sha256:
        return f"is of another version of this scenario{hint}"
    if coding.rater != fresh.rater:
        return f"is by {coding.rater}{hint}"
    if coding.kind != fresh.kind:
        return f"is {coding.kind}{hint}"
    return "is final; to change it, write `status: draft` in it" if coding.status == "final" else ""


class _Desk:
    """Asks for one answer after another, and keeps each at once."""

    def __init__(self, found: Sheet, coding: Coding, save: Callable[[], None]) -> None:
        self.sheet, self.coding, self.save = found, coding, save
        self.page = Page()
        self.is_blind = coding.kind == "stem-blind"
        self._has_chart = bool(self.sheet.chart) and not self.is_blind
        self.steps: list[tuple[Moment, UnitId | None]] = (
            [(moment, None) for moment in found.moments]
            if self.is_blind
            else [(moment, unit) for moment in found.moments for unit in moment.units()]
        )

    def sit(self) -> None:
        """Ask until all is answered or the coder leaves; nothing answered is lost either way."""
        try:
            self._welcome()
            at = next((n for n, step in enumerate(self.steps) if not self._is_answered(step)), len(self.steps))
            shown: Moment | None = None
            while True:
                if at == len(self.steps):
                    if self._finish():
                        return
                    at -= 1
                moment, unit = self.steps[at]
                if moment is not shown:
                    self._show(moment)
                    shown = moment
                at = max(0, at + self._ask(moment, unit))
        except (Left, KeyboardInterrupt):
            self.page.say()
        finally:
            self.save()

    def _is_answered(self, step: tuple[Moment, UnitId | None]) -> bool:
        moment, unit = step
        return moment.id in self.coding.guesses if unit is None else unit in self.coding.levels

    def _welcome(self) -> None:
        say = self.page.say
        say(f"— {self.sheet.title} —")
        say()
        say(f"The learner is: {' '.join(self.sheet.learner_role.split())}")
        say()
        done = sum(map(self._is_answered, self.steps))
        if self.is_blind:
            say("Only the choices are shown. Guess which is the best, by its number.")
        else:
            say(f"For each choice and each criterion, a level: {LEVELS}.")
        say(
            f"s skips, b goes back, m shows the moment again, q saves and leaves. {done} of {len(self.steps)} answered."
        )
        say()

    def _show(self, moment: Moment) -> None:
        say = self.page.say
        place = self.sheet.moments.index(moment) + 1
        say(f"Moment {place} of {len(self.sheet.moments)}")
        say()
        if not self.is_blind:
            for paragraph in moment_paragraphs(moment):
                say(paragraph)
                say()
        for n, option in enumerate(moment.options, start=1):
            say(f"[{n}] {option.verb}: {option.text}" if self.is_blind else f"[{n}] {option_text(option)}", hang=4)
        say()
        if not self.is_blind:
            for paragraph in criteria_paragraphs(moment):
                say(paragraph, hang=2)
            say()

    def _ask(self, moment: Moment, unit: UnitId | None) -> int:
        """Take one answer; how many steps to go on by."""
        prompt = self._prompt(moment, unit)
        while True:
            typed = with_minus(self.page.ask(prompt)).lower()
            if typed in ("q", "quit"):
                raise Left
            if typed == "b":
                return -1
            if typed == "m":
                self._show(moment)
            elif typed == "c" and self._has_chart:
                self.page.say(f"— Chart —\n\n{plain_markdown(self.sheet.chart)}\n")
            elif typed == "s" or self._usable(moment, unit, typed):
                self.page.usable()
                self._keep(moment, unit, typed)
                return 1
            else:
                which = f"the number of a choice, 1 to {len(moment.options)}" if unit is None else "-2, -1, 0, 1 or 2"
                self.page.unusable(f"Type {which}; or s to skip, b to go back, m for the moment again, q to leave.")

    def _prompt(self, moment: Moment, unit: UnitId | None) -> str:
        if unit is None:
            return "The best is: "
        for n, option in enumerate(moment.options, start=1):
            for case in option.cases:
                if case.id == unit.choice:
                    title = next(one.title for one in moment.criteria if one.name == unit.criterion)
                    if case.condition:
                        self.page.say(f"[{n}], if {case.condition}:", hang=4)
                    given = self.coding.levels.get(unit)
                    was = "" if given is None else f" (was {given})"
                    return f"[{n}] {title}{was}: "
        raise AssertionError("a unit is of its moment")  # held by the sheet

    @staticmethod
    def _usable(moment: Moment, unit: UnitId | None, typed: str) -> bool:
        if unit is None:
            return number(typed, len(moment.options)) > 0
        return re.fullmatch(r"[-+]?[12]|0", typed) is not None

    def _keep(self, moment: Moment, unit: UnitId | None, typed: str) -> None:
        if unit is None:
            chosen = None if typed == "s" else moment.options[number(typed, len(moment.options)) - 1].id
            self.coding.guesses[moment.id] = chosen
        else:
            self.coding.levels[unit] = None if typed == "s" else int(typed)
        self.save()

    def _finish(self) -> bool:
        """Whether the coder is done with it, final or not; False to go back by one."""
        answers: Sequence[object] = list(self.coding.answers.values())
        skipped = sum(answer is None for answer in answers)
        self.page.say(f"All {len(self.steps)} are answered, {skipped} of them skipped.")
        while True:
            typed = self.page.ask("Is this final? y, n, or b to go back: ").lower()
            if typed in ("y", "yes"):
                self.coding.status = "final"
            if typed in ("y", "yes", "n", "no"):
                return True
            if typed == "b":
                return False
            if typed in ("q", "quit"):
                raise Left
            self.page.unusable("Type y if it is final, n if you will look at it again, b to go back.")

"""The pages on the diagnostic codes: why each matters, a wrong and a right example, how it comes about.

One file a code, `pages/BED402.md`, in Markdown: a paragraph on why, two fences of YAML whose first line says `wrong` or
`right` and where the example stands, a paragraph on causes. The tests put each example where it says and check it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from simulator.language.codes import CODES
from simulator.language.diagnostics import Severity
from simulator.report.text import WIDTH, sentence, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable

FAMILIES: Final = {
    "BED1": "Reading the file",
    "BED2": "Keys and values",
    "BED3": "Expressions and templates",
    "BED4": "Ids that refer to something",
    "BED5": "The structure of play",
    "BED6": "Scoring",
    "BED7": "Tells",
    "BED8": "Texts",
    "BED9": "Settings",
}
MARKDOWN_WIDTH: Final = 110
# the places an example can stand in, as an author would say it
PLACES: Final = {
    "file": "as the whole file",
    "top": "at the top of the file",
    "visit": "in a visit",
    "nodes": "among the nodes",
    "node": "in a node",
    "choices": "among the choices",
    "choice": "in a choice",
    "rubric": "at the top of a rubric",
    "criteria": "among the criteria of a rubric",
    "coding": "in a coding",
    "settings": "in settings.yaml",
    "command": "at the command line",
}
_PAGE = re.compile(
    r"(?P<why>.+?)\n\n```(?:yaml|console) wrong (?P<place>\w+)\n(?P<wrong>.*?)^```\n\n"
    r"```(?:yaml|console) right (?P<right_place>\w+)\n(?P<right>.*?)^```\n\n(?P<causes>.+)",
    re.DOTALL | re.MULTILINE,
)


@dataclass(frozen=True)
class Explanation:
    """One page; paragraphs have no line breaks, examples end in one."""

    code: str
    why: str
    place: str
    wrong: str
    right_place: str
    right: str
    causes: str

    @property
    def severity(self) -> Severity:
        """Whether it stops the file from being played."""
        return Severity(CODES[self.code][0])

    @property
    def heads(self) -> tuple[str, str]:
        """What stands above the wrong example and above the right one."""
        right = "Right" if self.right_place == self.place else f"Right, {PLACES[self.right_place]}"
        return f"Wrong, {PLACES[self.place]}:", f"{right}:"

    @property
    def title(self) -> str:
        """What the code stands for, in a few words."""
        return CODES[self.code][1]


def explanation(code: str) -> Explanation:
    """The page on a code that exists."""
    text = files("simulator.report").joinpath("pages", f"{code}.md").read_text(encoding="utf-8")
    found = _PAGE.fullmatch(text)
    if found is None:
        raise ValueError(f"the page on {code} is not built like the others")
    parts = found.groupdict()
    return Explanation(
        code,
        why=" ".join(parts["why"].split()),
        place=parts["place"],
        wrong=parts["wrong"],
        right_place=parts["right_place"],
        right=parts["right"],
        causes=" ".join(parts["causes"].split()),
    )


def code_meant(typed: str) -> str | None:
    """The code that was typed (`BED402`, `bed402`, `402`), or None where there is none such."""
    digits = re.fullmatch(r"(?:BED)?-?([0-9]{3})", typed.strip().upper())
    code = f"BED{digits[1]}" if digits else ""
    return code if code in CODES else None


def codes_near(typed: str) -> list[str]:
    """What may have been meant by a code that does not exist: begun alike, one character off, or of the same family."""
    rest = re.sub(r"[^A-Z0-9]", "", typed.upper()).removeprefix("BED")
    begun = [code for code in CODES if rest and code.startswith(f"BED{rest}")]
    beside = [code for code in CODES if len(rest) == 3 and sum(map(str.__ne__, code[3:], rest)) == 1]
    misread = [code for code in beside if not rest.isdigit()]
    return begun or misread or [code for code in CODES if code[3] == rest[:1]]


def explanation_text(page: Explanation, width: int = WIDTH) -> str:
    """One page as plain text."""
    wrong, right = page.heads
    return "\n\n".join(
        (
            wrapped(f"{page.code} ({page.severity}): {page.title}", width),
            wrapped(page.why, width),
            wrong,
            _indented(page.wrong),
            right,
            _indented(page.right),
            wrapped(page.causes, width),
        )
    )


def _indented(example: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in example.rstrip("\n").split("\n"))


def codes_text(codes: Iterable[str] = CODES) -> str:
    """All codes with their titles, family by family."""
    rows: list[str] = []
    family = ""
    for code in codes:
        if code[:4] != family:
            family = code[:4]
            rows += ["", FAMILIES[family]] if rows else [FAMILIES[family]]
        severity, title = CODES[code]
        rows.append(f"  {code}  {title}{' (warning)' if severity == Severity.WARNING else ''}")
    return "\n".join(rows)


def explanation_markdown(page: Explanation) -> str:
    """One page as Markdown, without a heading."""
    language = "console" if page.place == "command" else "yaml"
    why, causes = wrapped(page.why, MARKDOWN_WIDTH), wrapped(page.causes, MARKDOWN_WIDTH)
    wrong, right = page.heads
    return (
        f"{why}\n\n{wrong}\n\n```{language}\n{page.wrong}```\n\n{right}\n\n```{language}\n{page.right}```\n\n{causes}"
    )


def diagnostics_page() -> str:
    """Every page in one, as `docs/diagnostics.md`."""
    rows = [
        "# Every problem that `bedside check` tells",
        "",
        "<!-- Written by `python docs/generate.py` from simulator/report/pages/; change it there. -->",
        "",
        "Each problem has a code that never changes its meaning. `bedside explain BED402` shows the part of this page",
        "that is about it. An *error* stops a file from being played; a *warning* does not, but read it. The examples",
        "are checked: each wrong one earns exactly its code, and each right one does not.",
    ]
    family = ""
    for code in CODES:
        if code[:4] != family:
            family = code[:4]
            rows += ["", f"## {FAMILIES[family]}"]
        page = explanation(code)
        rows += ["", f"### {code}: {page.title}", "", f"*{sentence(page.severity)}.* {explanation_markdown(page)}"]
    return "\n".join(rows) + "\n"

"""Agreement between codings as text and JSON: one line a figure, so that nothing must line up."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from simulator.report.problems import plural
from simulator.report.text import WIDTH, percent, wrapped
from simulator.workshop.agreement import ALL, KEY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.workshop.agreement import Agreement, Alpha, Coder, Disagreement, Figures, Guesses

MOST_GONE = 8


def agreement_json(value: Agreement) -> str:
    """Everything, unrounded."""
    return json.dumps(asdict(value), ensure_ascii=False, indent=2)


def agreement_text(value: Agreement, width: int = WIDTH) -> str:
    """Who coded, how far each two agree, all together, where they differ, and what could be guessed."""
    parts = [[f"— {value.title} —", *map(_coder, value.coders)]]
    for one in value.comparisons:
        rows = [
            _figures(_title(value, group), found) for group, found in one.figures.items() if found.n or group == ALL
        ]
        parts.append([f"— {_name(one.one)} and {one.other} —", *rows])
    if value.alphas:
        rows = [_alpha(_title(value, group), found) for group, found in value.alphas.items()]
        parts.append(["— All together: Krippendorff's alpha, ordinal —", *rows])
        parts.append(list(_differences(value)))
    parts += [list(_guesses(one)) for one in value.guesses]
    return "\n\n".join("\n".join(wrapped(row, width, hang=2) for row in part) for part in parts)


def _name(rater: str) -> str:
    return "The key" if rater == KEY else rater


def _title(value: Agreement, group: str) -> str:
    return "All criteria" if group == ALL else value.titles[group]


def _coder(one: Coder) -> str:
    blind = "guessing by the choices alone, " if one.kind == "stem-blind" else ""
    row = f"{one.rater}: {blind}{one.status}, {one.date}. {one.answered} of {one.of} answered"
    row += f", {one.skipped} of them skipped." if one.skipped else "."
    if not one.is_same_version:
        row += " This is a coding of another version of the scenario; what stands in both is compared by its id."
    if one.gone:
        names = ", ".join(one.gone[:MOST_GONE]) + (", …" if len(one.gone) > MOST_GONE else "")
        row += f" Not there any more: {plural(len(one.gone), 'answer')} ({names})."
    return row


def _figures(title: str, one: Figures) -> str:
    if one.exact is None or one.within_one is None:
        return f"{title}: they coded nothing in common."
    kappa = f"kappa {_decimals(one.kappa)}" if one.kappa is not None else "no kappa (both gave one and the same level)"
    shares = f"{percent(one.exact)} the same, {percent(one.within_one)} within one"
    return f"{title}: {plural(one.n, 'unit')}, {shares}, {kappa}."


def _alpha(title: str, one: Alpha) -> str:
    if one.alpha is not None:
        return f"{title}: {_decimals(one.alpha)} over {plural(one.n, 'unit')}."
    why = "all gave one and the same level" if one.n else "no unit was coded by two"
    return f"{title}: not given, because {why}."


def _decimals(figure: float) -> str:
    return f"{figure:.2f}".replace("-0.00", "0.00")


def _differences(value: Agreement) -> Iterator[str]:
    yield "— Where they differ, furthest apart first —"
    if not value.disagreements:
        yield "Nowhere."
    for one in value.disagreements:
        yield f"{one.apart} apart: {_difference(value, one)}"


def _difference(value: Agreement, one: Disagreement) -> str:
    levels = ", ".join(f"{name} {level:+d}" if level else f"{name} 0" for name, level in one.levels.items())
    when = f", if {one.condition}" if one.condition else ""
    return f"{one.choice}, {one.words}{when}\n{value.titles[one.criterion]}: {levels}."


def _guesses(one: Guesses) -> Iterator[str]:
    yield f"— {one.rater}: guessing the best choice without the patient's lines —"
    if one.share is None or one.chance is None or one.p is None or one.interval is None:
        yield "Nothing was guessed."
        return
    yield (
        f"{one.hits} of {one.n} guessed, {percent(one.share)} (95 % interval {percent(one.interval[0])} to "
        f"{percent(one.interval[1])}). Chance alone would get {percent(one.chance)}."
    )
    yield f"As many or more by chance alone: p = {_p(one.p)}, exact."
    if one.missed:
        yield f"Not guessed: {', '.join(one.missed)}."


def _p(p: float) -> str:
    return f"{p:.3f}" if p >= 0.001 else "less than 0.001"

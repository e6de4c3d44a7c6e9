"""What a rescoring changed, in lines."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from simulator.report.text import percent
from simulator.scoring.scores import FEWEST_FOR_A_FIGURE

if TYPE_CHECKING:
    from simulator.sessions.rescore import Rescored

    Claims = dict[str, Any]


def rescoring_text(event: Claims) -> str:
    """One line for a score that was written down beside a log."""
    figures = ", ".join(f"{rubric} {_overall(one)}" for rubric, one in event["scores"].items())
    return f"Rescored {event['time']} by edited texts: {figures}."


def change_text(one: Rescored) -> str:
    """What became of one session: its figures before and after, by rubric, and every criterion that moved."""
    who = f"{one.session}{f' ({one.learner})' if one.learner else ''}"
    if one.status not in ("changed", "same"):
        return f"{who}: not rescored: {one.detail}."
    if one.status == "same":
        return f"{who}: the same figures by an edited text."
    rows = [f"{who}:"]
    if one.before["ending"] != one.after["ending"]:
        rows.append(f"  ending: {one.before['ending']} → {one.after['ending']}")
    rows += [row for rubric in _both(one.before["scores"], one.after["scores"]) for row in _rubric(rubric, one)]
    for key in ("gates", "meters"):
        if one.before[key] != one.after[key]:
            rows.append(f"  {key}: {_shown(one.before[key])} → {_shown(one.after[key])}")
    return "\n".join(rows)


def _rubric(rubric: str, one: Rescored) -> list[str]:
    before, after = (claims["scores"].get(rubric, {}) for claims in (one.before, one.after))
    if before == after:
        return []
    rows = [f"  {rubric}: {_overall(before)} → {_overall(after)}"]
    if before.get("band") != after.get("band"):
        rows.append(f"    band: {before.get('band') or 'none'} → {after.get('band') or 'none'}")
    old, new = before.get("criteria", {}), after.get("criteria", {})
    rows += [f"    {id_}: {_score(old.get(id_))} → {_score(new.get(id_))}" for id_ in _both(old, new)
             if old.get(id_) != new.get(id_)]  # fmt: skip
    return rows


def _both(before: Claims, after: Claims) -> list[str]:
    return list(dict.fromkeys((*before, *after)))


def _overall(found: Claims) -> str:
    return _score(found.get("overall"), 1)


def _score(one: Claims | None, fewest: int = FEWEST_FOR_A_FIGURE) -> str:
    """A score as "62 % (31 of 50), 8 of 13 moments"; without a figure where there are too few moments for one."""
    if not one or one["possible"] == "0":
        return "not met"
    moments = f"{one['met']} of {one['moments']} moments"
    if one["moments"] < fewest:
        return f"{one['earned']} of {one['possible']}, {moments}"
    share = percent(str(Fraction(one["earned"]) / Fraction(one["possible"])))
    return f"{share} ({one['earned']} of {one['possible']}), {moments}"


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {one}" for key, one in value.items()) or "none"
    return ", ".join(map(str, value)) if isinstance(value, list) and value else "none"

"""Mistakes in the course of play: loops, dead ends, moments without a choice; and in what is filled in."""

from __future__ import annotations

import re
from random import Random

import yaml

from tests.mutations.page import Page, Planted
from tests.mutations.references import CHOICE, NODE
from tests.mutations.values import above


def leads_to_itself(page: Page, chance: Random) -> Planted | None:
    found = [one for one in page.find(f"{NODE}/next(/#/go)?") if one.text]
    if not found:
        return None
    one = chance.choice(found)
    node = one.path.split("/")[3]
    head = next(other for other in page.find(NODE) if one.path.startswith(f"{other.path}/"))
    planted = page.put_value(one, node)
    return planted._replace(lines=planted.lines | page.head(head))


def nothing_leads_there(page: Page, chance: Random) -> Planted | None:
    found = [one for one in page.find("visits/*/nodes") if page.starts_line(one)]
    if not found:
        return None
    one = chance.choice(found)
    at = " " * (one.column + 2)
    line = page.extent(one) + 1
    target = chance.choice(one.inside)
    words = f"{at}afterthought:\n{at}  lines: She says nothing.\n{at}  next: {target}"
    return page.insert(line, words)._replace(lines=frozenset({line, line + 1}))


def all_conditional(page: Page, chance: Random) -> Planted | None:
    """A condition on every choice of a moment, so that there may be none."""
    meters = page.ids("meters/*")
    found = [one for one in page.find(NODE) if "choices" in one.inside and "otherwise" not in one.inside]
    conditional = {choice.path.rsplit("/", 2)[0] for choice in page.find(CHOICE) if "when" in choice.inside}
    found = [one for one in found if one.path not in conditional]  # a condition that is there could make up for another
    if not found or not meters:
        return None
    one = chance.choice(found)
    choices = page.find(f"{re.escape(one.path)}/choices/*")
    rows = list(page.lines)
    for number, choice in enumerate(reversed(choices)):
        rows.insert(choice.line, f"{' ' * (choice.column + 2)}when: {meters[0]} >= {5 + number % 3}")
    return Planted("\n".join(rows), page.head(one))


def tested_and_never_coded(page: Page, chance: Random) -> Planted | None:
    found = [one for one in page.find(f"{NODE}/tests") if isinstance(one.value, yaml.SequenceNode)]
    coded = [one for one in page.find(f"{CHOICE}/scores/#?/*") if one.key and not one.is_key]
    if not found:
        return None
    one = chance.choice(found)
    here = {other.name for other in coded if other.path.startswith(f"{above(one).path}/")}
    free = sorted({other.name for other in coded} - here)
    return page.put_value(one, f"[{chance.choice(free)}]")._replace(lines=page.head(above(one)) | {one.line})


# templates


def _in_text(page: Page, chance: Random, words: str) -> Planted | None:
    if not page.spoken:
        return None
    line, _, said = chance.choice(page.spoken)
    column = page.lines[line - 1].index(said)
    spots = [match.end() for match in re.finditer(" ", said)] or [0]
    at = column + chance.choice(spots)
    return page.write(line, at, at, words)


def template_name(page: Page, chance: Random) -> Planted | None:
    return _in_text(page, chance, chance.choice(("{{ trsut }} ", "{{ patient }} ", "{{ rosa.nmae }} ", "{{ day }} ")))


def template_open(page: Page, chance: Random) -> Planted | None:
    meter = chance.choice(page.ids("meters/*") or ["trust"])
    return _in_text(
        page, chance, chance.choice((f"{{% if {meter} >= 3 %}}", f"{{{{ {meter} ", f"{{% if {meter} >= 3 "))
    )

"""Mistakes in names: misspelt, of another kind, of another place, declared and never used."""

from __future__ import annotations

import re
from random import Random

from tests.mutations.page import Entry, Page, Planted, misspelt

CHOICE = "visits/*/nodes/*/choices/*"
NODE = "visits/*/nodes/*"
NEXT = rf"{CHOICE}/next(/#/go)?|{NODE}/next(/#/go)?|{NODE}/otherwise|visits/*/out-of-time"
LEAVE = rf"{NODE}/leave(/#/to)?"


def _texts(entries: list[Entry]) -> list[Entry]:
    return [one for one in entries if one.text and not one.style]


def _misspelt_value(page: Page, chance: Random, found: list[Entry], known: set[str]) -> Planted | None:
    found = [one for one in _texts(found) if one.text in known]
    if not found:
        return None
    one = chance.choice(found)
    return page.put_value(one, misspelt(one.text, chance, known))


def _misspelt_key(page: Page, chance: Random, found: list[Entry], known: set[str]) -> Planted | None:
    if not found:
        return None
    one = chance.choice(found)
    return page.put_key(one, misspelt(one.name, chance, known))


def _in_condition(page: Page, chance: Random, pattern: str, change) -> Planted | None:
    """One place in the conditions of a file that fits, and what is to stand there instead."""
    found = [(one, match) for one in page.conditions for match in re.finditer(pattern, one.text)]
    found = [(one, match) for one, match in found if one.is_on_one_line and not one.style]
    if not found:
        return None
    one, match = chance.choice(found)
    start, end = match.span("at" if "at" in match.groupdict() else 0)
    return page.put_value(one, one.text[:start] + change(one.text[start:end]) + one.text[end:])


def _misspelt_in_condition(page: Page, chance: Random, functions: str, known: set[str]) -> Planted | None:
    return _in_condition(
        page, chance, rf"\b(?:{functions})\('(?P<at>[a-z0-9-]+)'", lambda id_: misspelt(id_, chance, known)
    )


def _either(page: Page, chance: Random, *plants) -> Planted | None:
    for plant in chance.sample(plants, len(plants)):
        if found := plant():
            return found
    return None


def node(page: Page, chance: Random) -> Planted | None:
    known = set(page.ids(NODE)) | set(page.ids("visits/*"))
    return _misspelt_value(page, chance, page.find(NEXT), known)


def ending(page: Page, chance: Random) -> Planted | None:
    endings = set(page.ids("endings/*"))
    found = [one for one in page.find(f"{LEAVE}|{NODE}/ending") if one.text in endings]
    return _misspelt_value(page, chance, found, endings | set(page.ids("visits/*")))


def visit(page: Page, chance: Random) -> Planted | None:
    visits = set(page.ids("visits/*"))
    found = [one for one in page.find(LEAVE) if one.text in visits]
    return _misspelt_value(page, chance, found, visits | set(page.ids("endings/*")))


def criterion(page: Page, chance: Random) -> Planted | None:
    if page.is_rubric:
        known = set(page.ids("domains/*/criteria/*"))
        return _either(
            page,
            chance,
            lambda: _misspelt_value(page, chance, page.find("domains/*/criteria/*/part-of"), known),
            lambda: _misspelt_key(page, chance, page.find("rules/#/scores/*"), known),
        )
    coded = [one for one in page.find(f"{CHOICE}/scores/#?/*") if one.key is not None and not one.is_key]
    known = {one.name for one in coded}
    named = page.find(f"{NODE}/tests/#|objectives/#/criteria/#")
    return _either(
        page,
        chance,
        lambda: _misspelt_key(page, chance, coded, known),
        lambda: _misspelt_value(page, chance, named, known | {one.text for one in named}),
    )


def meter(page: Page, chance: Random) -> Planted | None:
    meters, flags = set(page.ids("meters/*")), {one.text for one in page.find("flags/#")}
    changed = [one for one in page.find(f"{NODE}(/choices/*)?/effects/#?/*") if one.name in meters]
    return _misspelt_key(page, chance, changed, meters | flags)


def meter_in_condition(page: Page, chance: Random) -> Planted | None:
    meters = set(page.ids("meters/*"))
    pattern = rf"\b(?:{'|'.join(sorted(meters)) or '-'})\b(?!')"
    return _in_condition(page, chance, pattern, lambda name: misspelt(name, chance, meters))


def flag(page: Page, chance: Random) -> Planted | None:
    flags = {one.text for one in page.find("flags/#")}
    known = flags | set(page.ids("meters/*"))
    changed = [one for one in page.find(f"{NODE}(/choices/*)?/effects/#?/*") if one.name in flags]
    names = "|".join(sorted(one.replace("-", "_") for one in flags)) or "-"
    return _either(
        page,
        chance,
        lambda: _misspelt_key(page, chance, changed, known),
        lambda: _in_condition(page, chance, rf"\b(?:{names})\b", lambda name: misspelt(name, chance, known)),
    )


def fact(page: Page, chance: Random) -> Planted | None:
    facts = set(page.ids("facts/*"))
    return _either(
        page,
        chance,
        lambda: _misspelt_value(page, chance, page.find(f"{NODE}/tells|{CHOICE}/(tells|recalls)"), facts),
        lambda: _misspelt_in_condition(page, chance, "told|recalled", facts),
    )


def promise(page: Page, chance: Random) -> Planted | None:
    promises = set(page.ids("promises/*"))
    return _either(
        page,
        chance,
        lambda: _misspelt_value(page, chance, page.find(f"{CHOICE}/(makes|keeps)"), promises),
        lambda: _misspelt_in_condition(page, chance, "promised|kept", promises),
    )


def choice(page: Page, chance: Random) -> Planted | None:
    known = set(page.ids(CHOICE))
    return _either(
        page,
        chance,
        lambda: _misspelt_value(page, chance, page.find(f"{NODE}/cue/met-by/#"), known),
        lambda: _misspelt_in_condition(page, chance, "chose", known),
    )


def cast(page: Page, chance: Random) -> Planted | None:
    if not page.spoken:
        return None
    line, who, _ = chance.choice(page.spoken)
    column = page.lines[line - 1].index(who)
    return page.write(line, column, column + len(who), misspelt(who, chance, set(page.ids("cast/*"))))


def stranger(page: Page, chance: Random) -> Planted | None:
    if not page.spoken:
        return None
    line, who, _ = chance.choice(page.spoken)
    column = page.lines[line - 1].index(who)
    return page.write(line, column, column + len(who), chance.choice(("nurse", "doctor", "mother", "clerk")))


def rubric(page: Page, chance: Random) -> Planted | None:
    known = {one.text for one in page.find("rubrics/#")}
    return _misspelt_value(page, chance, page.find("rubrics/#"), known | {"healing-skills"})


def key(page: Page, chance: Random) -> Planted | None:
    found = [one for one in page.entries if one.is_key and not one.in_braces and len(one.name) > 2]
    known = {one.name for one in page.entries}
    return _misspelt_key(page, chance, [one for one in found if one.above], known)


def another_form(page: Page, chance: Random) -> Planted | None:
    """An id referred to with a capital, a blank, an underscore, or as the name of a file."""
    found = [
        *_texts(page.find(f"{NEXT}|{LEAVE}|{NODE}/tells|{CHOICE}/(tells|recalls|makes|keeps)")),
        *_texts(page.find("rubrics/#|objectives/#/criteria/#|domains/*/criteria/*/(part-of|draws-on/#/criterion)")),
    ]
    if not found:
        return None
    one = chance.choice(found)
    forms = {one.text.capitalize(), one.text.replace("-", "_"), one.text.replace("-", " "), f"{one.text}.yaml"}
    return page.put_value(one, chance.choice(sorted(forms - {one.text})))


def node_of_another_visit(page: Page, chance: Random) -> Planted | None:
    found = []
    for one in _texts(page.find(NEXT)):
        here = "/".join(one.path.split("/")[:2])
        own = set(page.ids(f"{re.escape(here)}/nodes/*"))
        found += [(one, other) for other in page.ids(NODE) if other not in own]
    if not found:
        return None
    one, other = chance.choice(found)
    return page.put_value(one, other)


def leave_to_a_node(page: Page, chance: Random) -> Planted | None:
    found = _texts(page.find(LEAVE))
    nodes = set(page.ids(NODE)) - set(page.ids("visits/*")) - set(page.ids("endings/*"))
    if not found or not nodes:
        return None
    return page.put_value(chance.choice(found), chance.choice(sorted(nodes)))


def _begun_nowhere(page: Page, chance: Random, begins: str, takes_up: str) -> Planted | None:
    """Every key by which one thing is begun taken away; the lines by which it is taken up count."""
    begun, taken = _texts(page.find(begins)), _texts(page.find(takes_up))
    ids = sorted({one.text for one in begun} & {one.text for one in taken})
    if not ids:
        return None
    id_ = chance.choice(ids)
    gone = [one for one in begun if one.text == id_]
    lines = {one.line - sum(other.line < one.line for other in gone) for one in taken if one.text == id_}
    return Planted(page.without(*gone), frozenset(lines))


def promise_never_made(page: Page, chance: Random) -> Planted | None:
    return _begun_nowhere(page, chance, f"{CHOICE}/makes", f"{CHOICE}/keeps")


def fact_never_told(page: Page, chance: Random) -> Planted | None:
    return _begun_nowhere(page, chance, f"{NODE}/tells|{CHOICE}/tells", f"{CHOICE}/recalls")


# conditions


def curly_quotes(page: Page, chance: Random) -> Planted | None:
    marks = chance.choice(("‘’", "“”", "„“"))
    return _in_condition(page, chance, r"'[a-z0-9-]+'", lambda id_: f"{marks[0]}{id_[1:-1]}{marks[1]}")


def one_equals_sign(page: Page, chance: Random) -> Planted | None:
    return _in_condition(page, chance, "(?:>=|<=|==|<|>) ", lambda _: "= ")


def impossible(page: Page, chance: Random) -> Planted | None:
    wrong = chance.choice(("> 10", ">= 11", "< 0", "== 12"))
    meters = "|".join(sorted(page.ids("meters/*"))) or "-"
    return _in_condition(page, chance, rf"\b(?:{meters}) (?P<at>(?:>=|<=|==|<|>) \d+)", lambda _: wrong)


def open_parenthesis(page: Page, chance: Random) -> Planted | None:
    return _in_condition(page, chance, r"(?<=')\)", lambda _: "")


def id_without_quotes(page: Page, chance: Random) -> Planted | None:
    return _in_condition(page, chance, r"'[a-z0-9-]+'", lambda id_: id_[1:-1])

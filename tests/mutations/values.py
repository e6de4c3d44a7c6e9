"""Mistakes in what stands under a key: left out, twice, too many, of another kind, beyond its range."""

from __future__ import annotations

import re
from random import Random

import yaml

from tests.mutations.page import Entry, Page, Planted
from tests.mutations.references import CHOICE, NODE

VERBS = ("say", "do", "wait", "notice")


def _dropped(page: Page, chance: Random, found: list[Entry]) -> Planted | None:
    found = [one for one in found if page.starts_line(one) and one.above and not one.in_braces]
    if not found:
        return None
    one = chance.choice(found)
    assert one.above is not None
    head = one.above.line
    first = next(n for n in range(head + 1, len(page.lines)) if not one.line <= n <= page.extent(one))
    first -= page.extent(one) - one.line + 1 if first > one.line else 0
    return Planted(page.without(one), frozenset({head, first}))


def no_next(page: Page, chance: Random) -> Planted | None:
    return _dropped(page, chance, page.find(f"{CHOICE}/next"))


def no_verb(page: Page, chance: Random) -> Planted | None:
    return _dropped(page, chance, page.find(f"{CHOICE}/(say|do|wait|notice)"))


def no_end(page: Page, chance: Random) -> Planted | None:
    return _dropped(page, chance, page.find(f"{NODE}/(next|leave|ending)"))


def no_needed_key(page: Page, chance: Random) -> Planted | None:
    needed = (
        "endings/*/(title|text)|visits/*/title|patient-says/*|domains/*/criteria/*/(title|means|looks-like|not|try)"
    )
    return _dropped(page, chance, page.find(f"{needed}|domains/*/title|{NODE}/cue/(line|met-by)|source/citation"))


def no_reason(page: Page, chance: Random) -> Planted | None:
    found = []
    for one in page.find(f"{CHOICE}/because"):
        scores = page.find(re.escape(f"{above(one).path}/scores"))
        if (
            scores
            and not isinstance(scores[0].value, yaml.SequenceNode)
            and re.search(r": -?[12]", _flat(page, scores[0]))
        ):
            found.append((one, scores[0]))
    if not found:
        return None
    one, scores = chance.choice(found)
    line = scores.line - (page.extent(one) - one.line + 1 if scores.line > one.line else 0)
    return Planted(page.without(one), frozenset({line}))


def harm_without_reason(page: Page, chance: Random) -> Planted | None:
    found = [one for one in page.find(f"{CHOICE}/scores") if getattr(one.value, "flow_style", False)]
    reasons = {above(one).path: one for one in page.find(f"{CHOICE}/because")}
    found = [one for one in found if above(one).path in reasons]
    if not found:
        return None
    one = chance.choice(found)
    because = reasons[above(one).path]
    end = one.value.end_mark.column - 1
    rows = page.write(one.line, end, end, f", {chance.choice(('harm', 'unsafe'))}: true").text.split("\n")
    gone = range(because.line - 1, page.extent(because))
    line = one.line - (len(gone) if one.line > because.line else 0)
    return Planted("\n".join(row for n, row in enumerate(rows) if n not in gone), frozenset({line}))


def above(one: Entry) -> Entry:
    assert one.above is not None
    return one.above


def _flat(page: Page, one: Entry) -> str:
    return "\n".join(page.lines[one.line - 1 : page.extent(one)])


def nothing_after_key(page: Page, chance: Random) -> Planted | None:
    """A key that is needed, or that stands there for a purpose, with nothing after its colon."""
    found = [one for one in page.entries if one.is_key and one.is_on_one_line and page.starts_line(one)]
    one = chance.choice(found)
    assert one.key is not None
    return page.write(one.line, one.key.end_mark.column + 1, len(page.lines[one.line - 1]), "")


# twice, or too many


def key_twice(page: Page, chance: Random) -> Planted | None:
    found = [one for one in page.entries if one.is_key and one.is_on_one_line and page.starts_line(one)]
    one = chance.choice(found)
    return page.insert(one.line, page.lines[one.line - 1])._replace(lines=frozenset({one.line, one.line + 1}))


def id_twice(page: Page, chance: Random) -> Planted | None:
    found = [one for one in page.find(f"{CHOICE}|{NODE}|endings/*|domains/*/criteria/*|facts/*") if one.above]
    found = [one for one in found if len(above(one).inside) > 1]
    one = chance.choice(found)
    return page.put_key(one, chance.choice([other for other in above(one).inside if other != one.name]))


def two_verbs(page: Page, chance: Random) -> Planted | None:
    found = [one for one in page.find(CHOICE) if page.starts_line(one) and not one.is_on_one_line]
    if not found:
        return None
    one = chance.choice(found)
    (verb,) = [key for key in one.inside if key in VERBS]
    line = next(other.line for other in page.find(re.escape(f"{one.path}/{verb}")))
    other = chance.choice([other for other in VERBS if other != verb])
    added = page.insert(line, f"{' ' * (one.column + 2)}{other}: Look at her hands.")
    return added._replace(lines=frozenset({line, line + 1}))


def choices_and_next(page: Page, chance: Random) -> Planted | None:
    found = [one for one in page.find(NODE) if "choices" in one.inside]
    if not found:
        return None
    one = chance.choice(found)
    other = chance.choice(above(one).inside)
    return page.insert(one.line + 1, f"{' ' * (one.column + 2)}next: {other}")


def no_default(page: Page, chance: Random) -> Planted | None:
    found = [one for one in page.find(f"{CHOICE}/next|{NODE}/(next|leave)") if isinstance(one.value, yaml.SequenceNode)]
    found = [one for one in found if len(one.value.value) > 1]
    if not found:
        return None
    one = chance.choice(found)
    last = one.value.value[-1].start_mark.line + 1
    rows = [line for number, line in enumerate(page.lines, 1) if number != last]
    return Planted("\n".join(rows), frozenset(range(one.line, last)))


def key_of_another_place(page: Page, chance: Random) -> Planted | None:
    places = (
        (CHOICE, ("cue: {line: x, met-by: y}", "leave: x", "lines: x", "title: x", "tests: [x]", "scene: x")),
        (NODE, ("say: x", "because: x", "reply: x", "scores: {x: 1}", "title: x", "scene: x", "minutes: 2")),
        ("visits/*", ("lines: x", "choices: {}", "next: x", "text: x")),
        ("endings/*", ("scene: x", "lines: x", "when: trust >= 3")),
        ("domains/*/criteria/*", ("because: x", "text: x", "scores: {x: 1}")),
        ("domains/*", ("means: x", "source: x", "try: x")),
        ("bands/#", ("means: x", "when: x", "because: x")),
    )
    pattern, keys = chance.choice([place for place in places if page.find(place[0])])
    found = [one for one in page.find(pattern) if isinstance(one.value, yaml.MappingNode) and not one.value.flow_style]
    one = chance.choice(found)
    column = one.value.start_mark.column
    key = chance.choice([key for key in keys if key.split(":")[0] not in one.inside])
    line = _last_line(page, one) + 1
    return page.insert(line, f"{' ' * column}{key.replace(': x', ': Some words.')}")


def _last_line(page: Page, one: Entry) -> int:
    """The last line of the first key in a group."""
    first = next(other for other in page.entries if other.above is one)
    return page.extent(first)


# of another kind, or beyond a range


def list_for_group(page: Page, chance: Random) -> Planted | None:
    pattern = f"{NODE}/choices|visits/*/nodes|visits|endings|cast|facts|promises|domains/*/criteria|domains|outcomes"
    found = [one for one in page.find(pattern) if isinstance(one.value, yaml.MappingNode)]
    one = chance.choice(found)
    firsts = {other.line for other in page.entries if other.above is one}
    rows = list(page.lines)
    for number in range(one.line + 1, page.extent(one) + 1):
        line, column = rows[number - 1], one.value.start_mark.column
        rows[number - 1] = (
            f"{' ' * column}{'- ' if number in firsts else '  '}{line[column:]}" if line.strip() else line
        )
    return Planted("\n".join(rows), frozenset({one.line, one.line + 1}))


def text_under_another_key(page: Page, chance: Random) -> Planted | None:
    pairs = (
        (f"{CHOICE}/(say|because|tempts)", ("tags", "effects", "makes", "recalls", "tells", "again", "minutes")),
        ("domains/*/criteria/*/(means|try|source)", ("weight", "draws-on", "part-of")),
    )
    found = []
    for pattern, keys in pairs:
        for one in page.find(pattern):
            free = [key for key in keys if key not in above(one).inside]
            found += [(one, free)] if " " in one.text and free else []
    one, free = chance.choice(found)
    # a folded text begins on the line after its key
    return page.put_key(one, chance.choice(free))


def _replaced(page: Page, chance: Random, found: list[Entry], words: tuple[str, ...]) -> Planted | None:
    return page.put_value(chance.choice(found), chance.choice(words)) if found else None


def level_of_three(page: Page, chance: Random) -> Planted | None:
    found = [one for one in page.find(f"{CHOICE}/scores/#?/*|rules/#/scores/*") if re.fullmatch("-?[0-9]", one.text)]
    return _replaced(page, chance, found, ("3", "-3", "4", "1.5"))


def unsigned(page: Page, chance: Random) -> Planted | None:
    found = [one for one in page.find(f"{NODE}(/choices/*)?/effects/#?/*") if re.fullmatch(r"\+[0-9]", one.text)]
    return page.put_value(one := chance.choice(found), one.text[1:]) if found else None


def amount_on_a_flag(page: Page, chance: Random) -> Planted | None:
    effects = page.find(f"{NODE}(/choices/*)?/effects/#?/*")
    flags = [one for one in effects if one.text in ("true", "false")]
    meters = [one for one in effects if re.fullmatch(r"[-+][0-9]", one.text)]
    if not flags or not meters:
        return None
    return (
        _replaced(page, chance, flags, ("+1", "-1"))
        if chance.random() < 0.5
        else _replaced(page, chance, meters, ("true",))
    )


def yes_for_true(page: Page, chance: Random) -> Planted | None:
    found = [one for one in page.entries if one.text in ("true", "false") and not one.style]
    return _replaced(page, chance, found, ("yes", "no", "on", "y"))


def bad_date(page: Page, chance: Random) -> Planted | None:
    found = page.find("reviewed/#/(on|next)")
    return _replaced(page, chance, found, ("20.11.2026", "2026-13-20", "2026-02-30", "Nov 20 2026", "11/20/2026"))


def number_in_words(page: Page, chance: Random) -> Planted | None:
    found = page.find(
        f"minutes|visits/*/minutes|{CHOICE}/minutes|meters/*|cast/*/age|bands/#/from|(domains/*|domains/*/criteria/*)/weight"
    )
    found = [one for one in found if re.fullmatch("[0-9]+", one.text)]
    return _replaced(page, chance, found, ("two", "about 5", "ten", "5 min", "a few"))


def word_that_is_none(page: Page, chance: Random) -> Planted | None:
    found = page.find("level|own-words|rules/#/on|bands/#/unless/#")
    return _replaced(page, chance, found, ("beginner", "kept", "sometimes", "optional"))


def bands_out_of_order(page: Page, chance: Random) -> Planted | None:
    found = page.find("bands/#/from")
    if len(found) < 2:
        return None
    at = chance.randrange(1, len(found))
    return page.put_value(found[at], str(int(found[at - 1].text) + chance.randint(0, 9)))

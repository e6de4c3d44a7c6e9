"""Mistakes of layout: indentation, tabs, colons, quotation marks, brackets, and prose that YAML misreads."""

from __future__ import annotations

import re
from random import Random

import yaml

from tests.mutations.page import Entry, Page, Planted

BLOCKS = "visits/*/nodes/*/choices/*|visits/*/nodes/*|endings/*|domains/*/criteria/*|domains/*"


def _lines(page: Page) -> list[Entry]:
    """Keys on a line of their own, with a value on the same line, that are not alone in their group."""
    return [
        one
        for one in page.entries
        if one.key and one.is_on_one_line and page.starts_line(one) and one.above and len(one.above.inside) > 1
    ]


def line_too_far_in(page: Page, chance: Random) -> Planted | None:
    one = chance.choice(_lines(page))
    return Planted(page.moved(one.line, one.line, chance.choice((1, 2, 4))), frozenset({one.line}))


def line_too_far_out(page: Page, chance: Random) -> Planted | None:
    one = chance.choice(_lines(page))
    by = chance.choice([by for by in (1, 2, 4) if by <= one.column])
    return Planted(page.moved(one.line, one.line, -by), frozenset({one.line}))


def _block(page: Page, chance: Random) -> Entry:
    found = [one for one in page.find(BLOCKS) if page.starts_line(one) and not one.is_on_one_line]
    return chance.choice([one for one in found if one.above and len(one.above.inside) > 1])


def block_too_far_in(page: Page, chance: Random) -> Planted | None:
    one = _block(page, chance)
    return Planted(page.moved(one.line, page.extent(one), 2), page.head(one))


def block_too_far_out(page: Page, chance: Random) -> Planted | None:
    one = _block(page, chance)
    return Planted(page.moved(one.line, page.extent(one), -2), page.head(one))


def item_too_far_in(page: Page, chance: Random) -> Planted | None:
    found = []
    for one in page.entries:
        if isinstance(one.value, yaml.SequenceNode) and not one.value.flow_style:
            found += one.value.value[1:]
    if not found:
        return None
    line = chance.choice(found).start_mark.line + 1
    return Planted(page.moved(line, line, chance.choice((1, 2, 4))), frozenset({line}))


def key_lost_in_text(page: Page, chance: Random) -> Planted | None:
    """A key moved as far in as the block that ends just above it."""
    found = []
    for one in page.entries:
        below = page.extent(one) + 1 if one.key and one.style in ("|", ">") else 0
        inner = _depth(page, one.line + 1) if below else 0
        found += [(key, inner - key.column) for key in _lines(page) if key.line == below and key.is_key]
    if not found:
        return None
    key, by = chance.choice(found)
    return Planted(page.moved(key.line, key.line, by + chance.choice((0, 2))), frozenset({key.line}))


def line_of_block_too_far_out(page: Page, chance: Random) -> Planted | None:
    """A line of a block, not its first, moved as far out as its key, or further."""
    found = []
    for one in page.entries:
        if one.key and one.style in ("|", ">"):
            lines = range(one.line + 2, page.extent(one) + 1)
            found += [(number, one.column) for number in lines if page.lines[number - 1].strip()]
    number, column = chance.choice(found)
    by = _depth(page, number) - max(0, column - chance.choice((0, 2)))
    return Planted(page.moved(number, number, -by), frozenset({number}))


def _depth(page: Page, number: int) -> int:
    line = page.lines[number - 1]
    return len(line) - len(line.lstrip())


def dash_for_hyphen(page: Page, chance: Random) -> Planted | None:
    found = [one for one in page.entries if one.path.endswith("#") and not one.in_braces]
    one = chance.choice(found)
    at = one.column - 2
    return page.write(one.line, at, at + 1, chance.choice("–—•*"))


def tab(page: Page, chance: Random) -> Planted | None:
    one = chance.choice([one for one in page.entries if one.key and page.starts_line(one) and one.column >= 2])
    return page.write(one.line, one.column - 2, one.column, "\t")


def no_blank_after_colon(page: Page, chance: Random) -> Planted | None:
    one = chance.choice(_lines(page))
    assert one.key is not None
    return page.write(one.line, one.key.end_mark.column + 1, one.value.start_mark.column, "")


def no_colon(page: Page, chance: Random) -> Planted | None:
    one = chance.choice(_lines(page))
    assert one.key is not None
    return page.write(one.line, one.key.end_mark.column, one.key.end_mark.column + 1, "")


def no_block_sign(page: Page, chance: Random) -> Planted | None:
    spoken = {line for line, _, _ in page.spoken}
    found = []
    for one in page.entries:
        lines = range(one.line + 1, page.extent(one) + 1) if one.key and one.style == "|" else ()
        if spoken & set(lines):
            found.append((one, lines))
    if not found:
        return None
    one, lines = chance.choice(found)
    mark = one.value.start_mark
    return page.write(one.line, mark.column - 1, mark.column + 1, "")._replace(lines=frozenset({one.line, *lines}))


# brackets and quotation marks


def _last_sign(page: Page, chance: Random, kind: type[yaml.Node]) -> Planted | None:
    found = [one for one in page.entries if isinstance(one.value, kind) and one.value.flow_style and one.is_on_one_line]
    if not found:
        return None
    one = chance.choice(found)
    end = one.value.end_mark.column
    return page.write(one.line, end - 1, end, "")


def open_brace(page: Page, chance: Random) -> Planted | None:
    return _last_sign(page, chance, yaml.MappingNode)


def open_bracket(page: Page, chance: Random) -> Planted | None:
    return _last_sign(page, chance, yaml.SequenceNode)


def open_quote(page: Page, chance: Random) -> Planted | None:
    found = [one for one in page.entries if one.style in ("'", '"') and one.is_on_one_line and one.key]
    if not found:
        return None
    one = chance.choice(found)
    end = one.value.end_mark.column
    return page.write(one.line, end - 1, end, "")


def apostrophe(page: Page, chance: Random) -> Planted | None:
    found = [one for one in page.prose if re.search(r"\w'\w", one.text)]
    if not found:
        return None
    one = chance.choice(found)
    return page.put_value(one, f"'{one.text}'")


def quoted_beginning(page: Page, chance: Random) -> Planted | None:
    one = chance.choice([one for one in page.prose if '"' not in one.text])
    first, rest = one.text.split(" ", 1)
    return page.put_value(one, f'"{first}" {rest}')


# prose


def comma_in_braces(page: Page, chance: Random) -> Planted | None:
    short = [one for one in page.find("(facts|promises|outcomes)/*") if one in page.prose]
    inside = [one for one in page.entries if one.in_braces and one.name in ("name", "role", "text", "because", "means")]
    inside = [one for one in inside if not one.style and one.is_on_one_line]
    if not short and not inside:
        return None
    one = chance.choice(short + inside)
    words = f"{one.text.rstrip('.')}, {chance.choice(('and more', 'as she says', 'or so', 'not yet'))}"
    return page.put_value(one, words if one.in_braces else f"{{text: {words}}}")


def _between_words(page: Page, chance: Random, sign: str) -> Planted | None:
    one = chance.choice(page.prose)
    at = chance.choice([match.end() for match in re.finditer(r"(?<=\w) (?=\w)", one.text)] or [0])
    if not at:
        return None
    return page.put_value(one, sign.format(one.text[: at - 1], one.text[at:]))


def colon_in_prose(page: Page, chance: Random) -> Planted | None:
    return _between_words(page, chance, "{}: {}")


def cut_by_hash(page: Page, chance: Random) -> Planted | None:
    return _between_words(page, chance, "{} #{}")


def begins_with_a_sign(page: Page, chance: Random) -> Planted | None:
    one = chance.choice(page.prose)
    sign = chance.choice(("*{}", "&{}", "!{}", "@{}", "%{}", "`{}", "[Softly] {}", "{{Softly}} {}"))
    return page.put_value(one, sign.format(one.text))

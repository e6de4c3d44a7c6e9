"""Bytes as text: UTF-8 of a bearable size, without characters that are invisible or that a terminal would obey."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from simulator.language.diagnostics import Place, Source
from simulator.language.text import FORBIDDEN, name_of

if TYPE_CHECKING:
    from simulator.language.diagnostics import Problems

MOST_BYTES = 2_000_000

_SAVE = "Save it as plain text, in the encoding UTF-8, with a name that ends in .yaml."
# how files begin that are no plain text, and what to do about each
_OTHERS = (
    (b"PK\x03\x04", "This is a document of a word processor (.docx, .odt) or another packed file.", _SAVE),
    (b"\xd0\xcf\x11\xe0", "This is a document of a word processor (.doc).", _SAVE),
    (b"{\\rtf", "This is a text with formatting (.rtf).", _SAVE),
    (b"%PDF", "This is a PDF.", "Copy its text into a new file. " + _SAVE),
    (b"<!DOCTYPE", "This is a web page.", "Copy its text into a new file. " + _SAVE),
    (b"<html", "This is a web page.", "Copy its text into a new file. " + _SAVE),
    (b"```", "This file begins with ```, as an example on a web page or in a chat does.", "Delete the lines with ```."),
    (b"~~~", "This file begins with ~~~, as an example on a web page or in a chat does.", "Delete the lines with ~~~."),
)


def decode(data: bytes, name: str, problems: Problems) -> Source | None:
    """Bytes as a source: UTF-8 with any line ends, no more than 2 MB; None if the bytes are refused."""
    if len(data) > MOST_BYTES:
        problems.report(
            "BED102",
            f"This file has {len(data):,} bytes; {MOST_BYTES:,} is the most that is read.",
            None,
            file=name,
            help="Split it, or move long texts out of it.",
        )
        return None
    if _is_other(data.removeprefix(codecs.BOM_UTF8), name, problems):
        return None
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        _report_bytes(data, name, error.start, problems)
        return None
    if "\0" in text[:4]:
        _report_bytes(data, name, 0, problems)
        return None
    return Source(name, text.replace("\r\n", "\n"))


def _is_other(data: bytes, name: str, problems: Problems) -> bool:
    """Whether the first bytes are those of another kind of file, which is reported."""
    for start, what, help_ in _OTHERS:
        if data.startswith(start):
            shown = "" if not start.isascii() or start.startswith(b"PK") else start.decode()
            problems.report("BED117", what, Place(Source(name, shown), 1, 1, 1, 2), help=help_)
            return True
    return False


def _report_bytes(data: bytes, name: str, start: int, problems: Problems) -> None:
    """Tell of the first byte that is not UTF-8; two bytes a letter are most likely UTF-16."""
    plain = data.removeprefix(codecs.BOM_UTF8)
    before = plain[:start].decode("utf-8", "replace")
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    is_wide = b"\0" in data[:4]
    line, column = (1, 1) if is_wide else (line, column)
    shown = "" if is_wide else plain.decode("utf-8", "replace").replace("\r\n", "\n")
    problems.report(
        "BED103",
        "This file is saved as UTF-16, not as UTF-8." if is_wide else "This byte is not UTF-8 text.",
        Place(Source(name, shown), line, column, line, column + 1),
        help="Save the file again with the encoding UTF-8.",
    )


def refuse_characters(source: Source, problems: Problems) -> None:
    """Report every character that may not stand in a file."""
    is_told = False  # of line ends that are a carriage return alone: once is enough
    left = len(FORBIDDEN.findall(source.text))
    for number, line in enumerate(source.lines, start=1):
        for match in FORBIDDEN.finditer(line):
            if problems.left_out:  # the list is full
                problems.left_out += left
                return
            left -= 1
            if match.group() == "\r" and is_told:
                continue
            is_told = is_told or match.group() == "\r"
            column = match.start() + 1
            problems.report(
                "BED104",
                f"The character {name_of(match.group())} may not stand in a text file.",
                Place(source, number, column, number, column + 1),
                note="It is invisible, and could change what a reader or a terminal shows.",
                help="Save the file with the line ends of Unix or Windows."
                if match.group() == "\r"
                else "Delete it, and type the text again around it.",
            )

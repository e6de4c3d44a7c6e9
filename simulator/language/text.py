"""Which characters authored and typed text may hold."""

from __future__ import annotations

import re
import unicodedata

# C0 and C1 controls reach a terminal as commands; bidirectional controls make text read other than it is;
# U+FFFE and U+FFFF are no characters at all.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)


# Blanks of another kind and characters without a width: allowed in prose, but in a key or an id they look like nothing.
UNSEEN = re.compile("[\u00a0\u00ad\u180e\u2000-\u200d\u202f\u205f-\u2064\u3000]")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-")


_CONTROLS = {"\0": "NULL", "\b": "BACKSPACE", "\r": "CARRIAGE RETURN", "\x1b": "ESCAPE", "\x7f": "DELETE"}


def name_of(character: str) -> str:
    """A character as an author can look it up: its code point and Unicode name."""
    name = unicodedata.name(character, _CONTROLS.get(character, "control character"))
    return f"U+{ord(character):04X} {name}"


def with_minus(text: str) -> str:
    """A text with every dash as the minus of the keyboard: word processors put other ones in its place."""
    return text if text.isascii() else text.translate(_DASHES)


def cleaned(typed: str, limit: int = 2000) -> str:
    """What a learner typed, as one line of plain text of at most `limit` characters."""
    # a lone surrogate (a broken byte from the terminal) cannot be written to a file
    allowed = FORBIDDEN.sub("", re.sub(r"\s", " ", typed)).encode("utf-8", "ignore").decode("utf-8")
    return " ".join(allowed.split())[:limit].rstrip()

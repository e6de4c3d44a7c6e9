"""How hard a text is to read, by the Flesch-Kincaid grade.

grade = 0.39 × words / sentences + 11.8 × syllables / words − 15.59 (Kincaid et al. 1975), about the years of American
schooling a reader needs. Syllables are estimated from spelling, for English only: most words come out right, names and
words such as "diabetes" or "science" may be one off. The grade says nothing of a text of a few words, and of no text
whether its words are the right ones.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

# a number is a word, of a syllable for each digit; a word with a hyphen is two
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,:]\d+)*")
_TITLE = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|St|vs)\.")
_END = re.compile(r"[.!?…]{1,9}[\"”’')\]]{0,3}(?=\s|$)|\n[ \t]*\n")
_ENDING = re.compile(r"['’][^\W\d_]+$")
_VOWELS = re.compile(r"[aeiouyà-öø-ý]+")
_SILENT = re.compile(
    r"(?<=[gq])u(?=[aeiou])"  # guess, quiet
    r"|(?<![aeiouyl])e(?=(?:ly|ful|ment|less|ness|thing|times?|where|one|body)$)"  # likely, something
    r"|(?<![aeiouyl])e$|(?<=[aeiouy]l)e$"  # take, whole; not table
    r"|(?<![aeioutdy])(?<![^aeiouy]l)ed$|(?<![aeiouyszxcghl])es$"  # missed, times; not wanted, handled, boxes
)
_APART = re.compile(r"(?<![tscgx])i[aou]|eo(?![pu])|(?<![gq])u[ao]|iu|yi|iet|ea$|[aeiou]ing$|[ds]n['’]t$")


class Measure(NamedTuple):
    """The words, sentences and syllables of a text."""

    words: int
    sentences: int
    syllables: int

    @property
    def grade(self) -> float:
        """The Flesch-Kincaid grade; 0 for a text without words."""
        if not self.words:
            return 0.0
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59

    def __add__(self, other: object) -> Measure:
        """Two texts, one after the other."""
        if not isinstance(other, Measure):
            return NotImplemented
        return Measure(self.words + other.words, self.sentences + other.sentences, self.syllables + other.syllables)


NOTHING = Measure(0, 0, 0)


def measure(text: str) -> Measure:
    """A text measured; its last sentence needs no full stop."""
    words = [word.group() for word in _WORD.finditer(text)]
    return Measure(len(words), len(sentences(text)), sum(map(syllables, words)))


def sentences(text: str) -> list[tuple[int, int, int]]:
    """Each sentence that has a word: where it begins and ends in the text, and its number of words."""
    plain = _TITLE.sub(lambda found: found.group()[:-1] + " ", text)  # as long as before
    ends = [end.end() for end in _END.finditer(plain)]
    found, start = [], 0
    for end in [*ends, len(text)]:
        part = text[start:end]
        count = sum(1 for _ in _WORD.finditer(part))
        if count:
            found.append((start + len(part) - len(part.lstrip()), start + len(part.rstrip()), count))
        start = end
    return found


@lru_cache(maxsize=4096)
def syllables(word: str) -> int:
    """About how many syllables a word has: its groups of vowels, less what is silent at its end; 1 or more."""
    if word[0].isdigit():
        return sum(character.isdigit() for character in word)
    plain = word.lower()
    return max(1, len(_VOWELS.findall(_SILENT.sub("", _ENDING.sub("", plain)))) + len(_APART.findall(plain)))

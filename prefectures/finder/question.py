"""What somebody typed, read: names, numbers, and what they may mean. Pure."""

import re
import unicodedata
from dataclasses import dataclass, field

from ..models.fields import CONTROL_CHARACTERS
from ..text.naming import normalised
from ..text.wanted import LONGEST_QUERY
from .by_script import in_other_scripts
from .vocabulary import COUNTED, GUIDANCE, OFFICE, SENTENCE

# Of a longer sentence the first words are read.
MOST_WORDS = 20

POSTAL_CODE = re.compile("[0-9]{5}")
# "2A", "69", "971".
DEPARTEMENT = re.compile("[0-9]{2}|2[ab]|97[0-9]")
ORDINAL = re.compile("([0-9]{1,2})(?:er|ere|e|eme|em|ieme|me|nd|nde|o)?")
HOLDS_A_DIGIT = re.compile("[0-9]")
# "34 700": written by those who read it aloud.
IN_TWO_PARTS = re.compile(r"\b([0-9]{2}) ([0-9]{3})\b")
# "9-3", as those say who live there.
SAID_DIGIT_BY_DIGIT = re.compile(r"\b9 ([1-5])\b")


@dataclass
class Question:
    """What is asked. ``words`` are normalised, without numbers.

    ``postal_codes`` and ``departements`` are numbers that may be such; ``ordinal`` is N of "Paris
    18e", or None; ``other_numbers`` are neither. ``in_other_scripts`` are the words as typed.
    """

    text: str
    words: list = field(default_factory=list)
    postal_codes: list = field(default_factory=list)
    departements: list = field(default_factory=list)
    ordinal: int | None = None
    other_numbers: list = field(default_factory=list)
    in_other_scripts: list = field(default_factory=list)
    is_of_an_office: bool = False

    @property
    def has_numbers(self):
        return bool(self.postal_codes or self.departements or self.other_numbers)

    @property
    def phrase(self):
        return " ".join(self.words)

    @property
    def content(self):
        """The words that are not those of any sentence."""
        return [word for word in self.words if word not in SENTENCE and word not in OFFICE]

    @property
    def is_of_the_guidance(self):
        """Whether all that is typed speaks of papers, and of no place: "travail", "10 ans"."""
        told = self.content or [word for word in self.words if word in OFFICE]
        return bool(told) and all(word in GUIDANCE or word in OFFICE for word in told)


def as_read(text):
    """Return what is read of what was typed: its first signs, in one line, without controls."""
    return " ".join(CONTROL_CHARACTERS.sub(" ", text[:LONGEST_QUERY]).split())


def question(text):
    """Return the ``Question`` of what was typed, of which the first signs are read."""
    text = as_read(text)
    found = Question(text, in_other_scripts=in_other_scripts(text)[:MOST_WORDS])
    read = COUNTED.sub("", normalised(_in_our_digits(text)))
    read = SAID_DIGIT_BY_DIGIT.sub(r"9\1", IN_TWO_PARTS.sub(r"\1\2", read))
    for word in read.split()[:MOST_WORDS]:
        _take(found, word)
    joined = " ".join(found.words)
    found.is_of_an_office = bool(OFFICE.intersection(found.words)) or "sous prefecture" in joined
    return found


def _take(found, word):
    if POSTAL_CODE.fullmatch(word):
        found.postal_codes.append(word)
    elif DEPARTEMENT.fullmatch(word):
        found.departements.append(word.upper())
        if word.isdecimal() and found.ordinal is None:
            found.ordinal = int(word)
    elif (ordinal := ORDINAL.fullmatch(word)) and found.ordinal is None:
        found.ordinal = int(ordinal[1])
        found.other_numbers.append(word)
    elif HOLDS_A_DIGIT.search(word):
        found.other_numbers.append(word)
    else:
        found.words.append(word)


def _in_our_digits(text):
    """Return ``text`` with the digits of other scripts, "٣٤٧٠٠", as ours."""
    return "".join(
        str(unicodedata.decimal(sign)) if sign.isdecimal() and not sign.isascii() else sign
        for sign in text
    )

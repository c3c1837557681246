"""Where a word that is too long for its line may be broken, without a sign put into it.

What is copied from paper must be what was written: no hyphen, no space of no width. So a word is
given to the typesetter in pieces, between which it may begin another line.
"""

import re

# Longer than any word that people say; addresses of pages are.
LONGEST_WORD = 30
LONG = re.compile(rf"[^\s]{{{LONGEST_WORD + 1},}}")
# After these an address is best broken, and before what is not one of them.
ENDS_A_PART = "/._?&=#+,;:@"
# Before these, not after: a hyphen that ends a line is taken for the printer's, and not copied.
BEGINS_A_PART = "-\u2010"
# What belongs to the sign before it: accents, joiners, variants, colours of skin, vowel signs.
BELONGS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0980-\u0983\u09bc\u09be-\u09cd"
    "\u0b82\u0bbe-\u0bcd\u0c00-\u0c04\u0c3e-\u0c4d\u0d3b-\u0d4d\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u20d0-\u20ff\u180b-\u180f\ufe00-\ufe0f\ufe20-\ufe2f"
    "\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f\U000e0100-\U000e01ef]"
)
# Of signs that are joined, the next belongs to the joiner.
JOINS = "\u200d\u0bcd\u094d\u09cd"


def pieces(text):
    """Return ``text`` in pieces, between which a line may end; joined, they are ``text``."""
    found, read = [], 0
    for word in LONG.finditer(text):
        found += [text[read : word.start()]] if word.start() > read else []
        found += _of_a_word(word[0])
        read = word.end()
    return found + ([text[read:]] if read < len(text) else [])


def _of_a_word(word):
    found, start = [], 0
    for at in range(1, len(word)):
        if BELONGS.match(word, at) or word[at - 1] in JOINS:
            continue
        ends_a_part = word[at - 1] in ENDS_A_PART and word[at] not in ENDS_A_PART
        begins_a_part = word[at] in BEGINS_A_PART and word[at - 1] not in BEGINS_A_PART
        if ends_a_part or begins_a_part or at - start >= LONGEST_WORD:
            found.append(word[start:at])
            start = at
    return [*found, word[start:]]

"""The text of a PDF, whose lines end where the paper did: put together again, word by word."""

import re

# What keeps its hyphen when a line ends in it: "rendez-" + "vous".
KEEPS_HYPHEN = re.compile(
    r"\b(?:rendez|sous|ci|au|là|celui|celle|ceux|celles|non|vice|demi|mi|peut|soi|quelques|"
    r"vous|nous|eux|elles|lui|elle|dix|vingt|trente|quarante|cinquante|soixante|visa|e)-$",
    re.IGNORECASE,
)
HYPHENATED = re.compile(r"[a-zà-ÿ]-$")
HYPHENATED_CAPITALS = re.compile(r"[A-ZÀ-Þ]{3}-$")
BEGINS_SMALL = re.compile(r"[a-zà-ÿ(]")
BEGINS_CAPITALS = re.compile(r"[A-ZÀ-Þ]{3}")
# An address, or a telephone, that the edge of the paper cut.
CUT_ADDRESS = re.compile(r"(?:https?://|www\.)\S*[/=&?_-]$")
CUT_NUMBER = re.compile(r"\b0\d(?:[ .]\d\d){1,3}$")
REST_OF_ADDRESS = re.compile(r"[^\s]*[./=_-][^\s]*$")
REST_OF_NUMBER = re.compile(r"\d\d\b")
ITEM = re.compile(r"\s*(?:[-–—*•·▪◦●■]|\d{1,2}[.)]|[a-z]\))\s")
ENDS = (".", "!", "?", ":", ";")
# A shorter text has lines, not a width of paper.
NARROW = 40
# Of a line, what tells whether it goes on.
LONGEST_TAIL = 300


def rejoined(text):
    """Return plain ``text`` with the lines that go on in the next one joined to it.

    A line goes on if it ends in the middle of a word, or if the next one begins with a small letter
    where nothing has ended. Addresses and lists keep their lines.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n").replace("\xad", "")
    lines = text.split("\n")
    joined = []
    for line in lines:
        words = line.strip()
        before = joined[-1] if joined else ""
        tail = before[-LONGEST_TAIL:]
        is_item = not (before and words) or ITEM.match(line)
        goes_on = not is_item and BEGINS_SMALL.match(words)
        if not is_item and CUT_ADDRESS.search(tail) and REST_OF_ADDRESS.match(words):
            joined[-1] = before + words
        elif CUT_NUMBER.search(tail) and REST_OF_NUMBER.match(words):
            joined[-1] = f"{before} {words}"
        elif HYPHENATED_CAPITALS.search(tail) and BEGINS_CAPITALS.match(words):
            joined[-1] = before[:-1] + words
        elif goes_on and HYPHENATED.search(tail):
            start = before if KEEPS_HYPHEN.search(tail) else before[:-1]
            joined[-1] = start + words
        elif goes_on and len(before) >= NARROW and not before.endswith(ENDS):
            joined[-1] = f"{before} {words}"
        else:
            joined.append(line.rstrip())
    return "\n".join(joined)

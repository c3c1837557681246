"""Which characters the fonts of the brochure have: any other would be a blank square on paper."""

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
COVERAGE = FONTS / "coverage.txt"
LICENCE = FONTS / "OFL.txt"
# Signs of no width that PDF/UA does not let stand in a text (ISO 14289-1, 7.21.7).
UNPRINTED = re.compile("[\x00\ufeff]")


def written(numbers):
    """Return the numbers of characters as ranges, one a line: "41-5a"."""
    ordered = sorted(numbers)
    starts = [ordered[0], *(after for before, after in pairwise(ordered) if after != before + 1)]
    ends = [*(before for before, after in pairwise(ordered) if after != before + 1), ordered[-1]]
    return "".join(f"{start:x}-{end:x}\n" for start, end in zip(starts, ends, strict=True))


def printable(text):
    """Return ``text`` with what no font has told by its number: "[U+1F9FF]"."""
    return _missing().sub(lambda found: f"[U+{ord(found[0]):04X}]", UNPRINTED.sub("", text))


@cache
def _missing():
    """Return what finds a character that no font has, and that is not one that is never seen."""
    ranges = COVERAGE.read_text(encoding="ascii").splitlines()
    said = "".join(
        f"\\U{int(start, 16):08x}-\\U{int(end, 16):08x}"
        for start, end in (line.split("-") for line in ranges)
    )
    return re.compile(f"[^{UNSEEN}{said}]")


# Line ends, joiners, marks of direction, variation selectors: they shape what stands around them.
UNSEEN = (
    r"\t\n\u00ad\u061c\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f"
    r"\U000e0000-\U000e01ef"
)

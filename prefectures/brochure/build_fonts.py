"""The fonts of the brochure, made of those that Google and the Noto project publish (OFL 1.1).

Hints for screens are left out, and of Chinese, Japanese and Korean what no national standard of a
character set holds: a third of the bytes stays. Only ``manage.py build_fonts`` comes here, where
fontTools is: the site itself reads ``fonts/`` and nothing else.
"""

from functools import cache
from io import BytesIO
from typing import NamedTuple

from fontTools import subset
from fontTools.ttLib import TTFont

from .coverage import COVERAGE, FONTS, LICENCE, written

STYLES = {"400Regular", "700Bold"}
ALL_STYLES = STYLES | {"400Regular_Italic", "700Bold_Italic"}
# As its files spell them.
SPELLED = {"kr": "KR", "nko": "NKo", "sc": "SC"}
# What the standards of China, Taiwan, Japan and Korea hold, as Python knows them.
STANDARDS = ("gb2312", "big5", "euc_jp", "euc_kr")
FIRST_IDEOGRAM, LAST_OF_THE_PLANE = 0x2E80, 0xFFEE


class Published(NamedTuple):
    """One npm package of ``@expo-google-fonts``.

    Where it ``is_asian``, what is kept is what the standards hold and no package before it has.
    """

    version: str
    styles: frozenset = frozenset({"400Regular"})
    is_asian: bool = False


PUBLISHED = {
    "noto-sans": Published("0.4.2", frozenset(ALL_STYLES)),
    "noto-naskh-arabic": Published("0.4.5", frozenset(STYLES)),
    "noto-sans-adlam": Published("0.4.1"),
    "noto-sans-armenian": Published("0.4.2"),
    "noto-sans-bengali": Published("0.4.4"),
    "noto-sans-devanagari": Published("0.4.1"),
    "noto-sans-ethiopic": Published("0.4.2"),
    "noto-sans-georgian": Published("0.4.3"),
    "noto-sans-gujarati": Published("0.4.2"),
    "noto-sans-gurmukhi": Published("0.4.1"),
    "noto-sans-hebrew": Published("0.4.1"),
    "noto-sans-kannada": Published("0.4.3"),
    "noto-sans-khmer": Published("0.4.3"),
    "noto-sans-lao": Published("0.4.2"),
    "noto-sans-malayalam": Published("0.4.2"),
    "noto-sans-math": Published("0.4.2"),
    "noto-sans-mongolian": Published("0.4.1"),
    "noto-sans-myanmar": Published("0.4.2"),
    "noto-sans-nko": Published("0.4.1"),
    "noto-sans-oriya": Published("0.4.2"),
    "noto-sans-sc": Published("0.4.3", is_asian=True),
    "noto-sans-kr": Published("0.4.3", is_asian=True),
    "noto-sans-sinhala": Published("0.4.2"),
    "noto-sans-symbols": Published("0.4.1"),
    "noto-sans-symbols-2": Published("0.4.1"),
    "noto-sans-syriac": Published("0.4.2"),
    "noto-sans-tamil": Published("0.4.3"),
    "noto-sans-telugu": Published("0.4.2"),
    "noto-sans-thaana": Published("0.4.2"),
    "noto-sans-thai": Published("0.4.2"),
    "noto-sans-tifinagh": Published("0.4.1"),
    "noto-serif-tibetan": Published("0.4.2"),
    "noto-emoji": Published("0.4.7"),
}


def members(name):
    """Return {style: the file of the package ``name`` that holds it}."""
    words = "".join(SPELLED.get(word, word.title()) for word in name.split("-"))
    return {style: f"{style}/{words}_{style}.ttf" for style in sorted(PUBLISHED[name].styles)}


def build(name, package, before):
    """Write the fonts of the npm package ``name``, unpacked in the folder ``package``.

    Return the characters that they have, as numbers of Unicode; ``before`` are those that the
    packages before it have.
    """
    found = set()
    for style, member in members(name).items():
        font = TTFont(BytesIO((package / member).read_bytes()))
        kept = set(font.getBestCmap())
        if PUBLISHED[name].is_asian:
            kept = (kept & _of_the_standards()) - before
        _subset(font, kept).save(FONTS / f"{name}-{style}.ttf")
        found |= set(font.getBestCmap() or ())
    return found


def write_coverage(characters):
    COVERAGE.write_text(written(characters), encoding="ascii")


def write_licence(package):
    LICENCE.write_bytes((package / "LICENSE_FONT").read_bytes())


def _subset(font, characters):
    options = subset.Options(
        layout_features=["*"], hinting=False, name_IDs=["*"], notdef_outline=True, glyph_names=False
    )
    options.drop_tables += ["DSIG", "STAT"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    return font


@cache
def _of_the_standards():
    return {
        number
        for number in range(FIRST_IDEOGRAM, LAST_OF_THE_PLANE + 1)
        if any(_holds(standard, chr(number)) for standard in STANDARDS)
    }


def _holds(standard, character):
    try:
        character.encode(standard)
    except UnicodeEncodeError:
        return False
    return True

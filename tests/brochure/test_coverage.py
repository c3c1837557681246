"""What no font has is told by its number, and nothing else is changed."""

import unicodedata

import pytest
from fontTools.ttLib import TTFont

from prefectures.brochure.coverage import COVERAGE, FONTS, LICENCE, printable, written

# "Accueil", "bonjour" or the like, as those who come read it.
SAID = {
    "arabe": "مرحبا بكم",
    "arménien": "Բարեւ",
    "amharique": "ሰላም",
    "bengali": "স্বাগতম",
    "birman": "မင်္ဂလာပါ",
    "chinois": "欢迎 歡迎",
    "coréen": "환영합니다",
    "géorgien": "გამარჯობა",
    "grec": "Καλώς ήρθατε",
    "gujarati": "સ્વાગત છે",
    "hébreu": "ברוכים הבאים",
    "hindi": "स्वागत है",
    "japonais": "ようこそ",
    "khmer": "សូមស្វាគមន៍",
    "lao": "ຍິນດີຕ້ອນຮັບ",
    "malayalam": "സ്വാഗതം",
    "n’ko": "ߒߞߏ",
    "pachto": "ښه راغلاست",
    "pendjabi": "ਜੀ ਆਇਆਂ ਨੂੰ",
    "persan": "خوش آمدید",
    "poular (adlam)": "𞤀𞤣𞤤𞤢𞤥",
    "russe": "Добро пожаловать",
    "cingalais": "සාදරයෙන් පිළිගනිමු",
    "tamoul": "வரவேற்பு",
    "télougou": "స్వాగతం",
    "thaï": "ยินดีต้อนรับ",
    "tibétain": "དགའ་བསུ་ཞུ།",
    "tifinagh": "ⴰⵏⵙⵓⴼ",
    "vietnamien": "Chào mừng",
    "émoticône": "😀 👩🏽‍⚖️",
}


@pytest.mark.parametrize("language", SAID)
def test_each_script_has_its_font(language):
    assert printable(SAID[language]) == SAID[language]


def test_what_no_font_has_is_told_by_its_number():
    assert printable("Un \ue000 ici") == "Un [U+E000] ici"
    assert printable("\U0010fffd") == "[U+10FFFD]"


def test_a_control_character_is_told_by_its_number():
    assert printable("a\x07b") == "a[U+0007]b"


def test_the_mark_of_bytes_is_left_out():
    assert printable("\ufeffBonjour") == "Bonjour"


def test_signs_that_are_never_seen_are_not_told():
    assert printable("a\u200d\u200f\u2067b\u00ad\ufe0f") == "a\u200d\u200f\u2067b\u00ad\ufe0f"


def test_ranges_are_written_one_a_line():
    assert written({0x41, 0x42, 0x43, 0x61}) == "41-43\n61-61\n"


def test_the_list_of_characters_is_that_of_the_fonts():
    fonts = set()
    for path in FONTS.glob("*.ttf"):
        with TTFont(path) as font:
            fonts |= set(font.getBestCmap())
    assert COVERAGE.read_text(encoding="ascii") == written(fonts)


def test_letters_of_french_are_all_there():
    letters = "àâæçéèêëîïôœùûüÿÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ«»’…–—·€\u00a0\u202f"
    assert printable(letters) == letters
    assert printable(unicodedata.normalize("NFD", letters)) == unicodedata.normalize("NFD", letters)


def test_the_licence_of_the_fonts_is_beside_them():
    assert "SIL OPEN FONT LICENSE Version 1.1" in LICENCE.read_text(encoding="utf-8")

"""Places in other scripts than ours: « تولوز » is Toulouse, « 上加龙省 » Haute-Garonne.

``fixtures/spellings`` holds them, as ``build_spellings`` makes them; its SOURCES says from what.
``spellings()`` reads them, ``foreign_normalised()`` folds what people write in several ways.
"""

import functools
import unicodedata

from django.conf import settings

from .files import read_table

FOLDER = settings.BASE_DIR / "fixtures" / "spellings"

# The scripts that are kept (ISO 15924), by the first word of their characters' Unicode names.
SCRIPTS = {
    "ARABIC": "Arab",
    "ARMENIAN": "Armn",
    "BENGALI": "Beng",
    "CJK": "Hani",
    "CYRILLIC": "Cyrl",
    "DEVANAGARI": "Deva",
    "ETHIOPIC": "Ethi",
    "GEORGIAN": "Geor",
    "GURMUKHI": "Guru",
    "SINHALA": "Sinh",
    "TAMIL": "Taml",
    "TIBETAN": "Tibt",
}
KINDS = {
    "communes": "commune",
    "communes_bengali": "commune",
    "departements": "departement",
    "regions": "region",
}
FIELDS = ("code", "ecriture", "orthographe")
HAN_FIELDS = ("traditionnel", "simplifie")

# What stands between words or sounds, and is written or not.
BETWEEN = frozenset(" -‐‑–—－'’‘·・‧.་།\u200c\u200d")

FOLDED = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ةہھەۀۃ", "ه"),
        # Persian and Urdu keyboards have their own yeh and kaf.
        **dict.fromkeys("ىیې", "ي"),
        "ک": "ك",
        "ё": "е",
    }
)
# "town", "département", "région" behind a Chinese name.
HAN_ENDINGS = ("大区", "地区", "市", "省")


def script_of(text):
    """Return the script (ISO 15924) in which all of ``text`` is written, or None.

    None too where it holds anything but letters and what stands between them.
    """
    found = set()
    for character in text:
        if character in BETWEEN:
            continue
        if unicodedata.category(character)[0] not in "LM":
            return None
        word = unicodedata.name(character, "").partition(" ")[0]
        if word != "COMBINING":
            found.add(SCRIPTS.get(word))
    return found.pop() if len(found) == 1 else None


def folded(text, simplified):
    """Return ``text`` as it is compared; ``simplified`` is {traditional: simplified Chinese}.

    Without spaces, hyphens and points, Arabic vowels and stresses, in lower case.
    """
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    text = "".join(
        simplified.get(character, character)
        for character in text.translate(FOLDED)
        if unicodedata.category(character)[0] in "LMN" and not _is_left_out(character)
    )
    for ending in HAN_ENDINGS:
        if len(text) > len(ending) + 1 and text.endswith(ending):
            return text.removesuffix(ending)
    return text


def _is_left_out(character):
    """Whether it is a vowel or a stretch of Arabic, or a stress: printed for learners only."""
    if character == "ـ":
        return True
    name = unicodedata.name(character, "")
    return unicodedata.category(character) == "Mn" and name.startswith(("ARABIC", "COMBINING"))


def foreign_normalised(text):
    """Return ``text`` as the keys of ``spellings()`` are written: "Сен-Дени" → "сендени"."""
    return folded(text, _simplified(FOLDER))


def spellings(folder=FOLDER):
    """Return {folded spelling: [(kind, code)]} of all that is kept, sorted; read at each call.

    A kind is "commune", "departement" or "region", a code INSEE's. Raises FileFault.
    """
    simplified = _simplified(folder)
    found = {}
    for name, kind in KINDS.items():
        for row in read_spellings(folder, name):
            places = found.setdefault(folded(row["orthographe"], simplified), [])
            places.append((kind, row["code"]))
    return {spelling: sorted(set(places)) for spelling, places in found.items()}


def read_spellings(folder, name):
    """Return the rows of ``name``.csv in ``folder``. Raises FileFault."""
    rows = read_table(folder / f"{name}.csv", FIELDS, told_apart_by=("code", "orthographe"))
    for row in rows:
        if row["ecriture"] not in SCRIPTS.values():
            raise row.fault("ecriture", f"« {row['ecriture']} » n’est pas une écriture connue.")
        if script_of(row["orthographe"]) != row["ecriture"]:
            raise row.fault("orthographe", f"ce n’est pas écrit en {row['ecriture']}.")
    return rows


@functools.cache
def _simplified(folder):
    return {
        row["traditionnel"]: row["simplifie"] for row in read_table(folder / "han.csv", HAN_FIELDS)
    }

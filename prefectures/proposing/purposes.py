"""For what a contact is, or for whom a row of a table, in the page's own words."""

import re

# "Tél. :", "par courriel à l'adresse": how, and not for what.
HOW = re.compile(
    r"\b(?:tél(?:éphone)?|tel|e?-?mails?|courriels?|mél|contacte[rz]|au|à|par|l[’']adresse|le|"
    r"numéro|suivant|suivante|ou|appelez|écrivez)$",
    re.IGNORECASE,
)
# Of another contact, no purpose of this one; and a page says "pour" itself.
IS_A_WAY = re.compile(r"@|\d(?:\D?\d){5}")
FOR = re.compile(r"^pour\s+(?=\w)", re.IGNORECASE)
AROUND_WORDS = " \xa0-–•:;,.(/\n"
LEAST_PURPOSE, LONGEST_PURPOSE = 8, 120


def purpose(page, place):
    """Return for what a contact is, in the words just before it or right above; "" for none."""
    start, _ = page.sentence(place)
    index = page.at(place)
    said = first_cell(page, place) or _without_how(page.text[start:place])
    if IS_A_WAY.search(said):
        # "mail ou téléphone": what is said stands before both.
        said = ""
    above = page.lines[index - 1] if index else None
    if not said and above and (above.announces or above.is_title):
        said = _without_how(above.text)
    said = FOR.sub("", said)
    return said if LEAST_PURPOSE <= len(said) <= LONGEST_PURPOSE else ""


def first_cell(page, place):
    """Return what begins the row of a table that ``place`` is in; "" for none."""
    line = page.lines[page.at(place)]
    head, colon, _ = line.text.partition(" : ")
    is_before = line.start + len(head) < place
    return head if colon and is_before and " | " in line.text else ""


def _without_how(text):
    """Return ``text`` without the words at its end that say by which way."""
    text = text.strip(AROUND_WORDS)
    while how := HOW.search(text):
        text = text[: how.start()].rstrip(AROUND_WORDS)
    return text

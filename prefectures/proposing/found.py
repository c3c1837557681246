"""What has a form of its own on a page: e-mails, telephones, hours, codes, dates, amounts.

Patterns are sought in the flat text, values taken from the page's own.
"""

import re
from itertools import islice
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from .flat import flat

AT = r"\s?(?:@|\[\s?(?:at|a|arobase|arrobase)\s?\]|\(\s?(?:at|a|arobase|arrobase)\s?\)|\{at\})\s?"
DOT = r"(?:\.|\s?\[\s?(?:dot|point)\s?\]\s?|\s?\(\s?(?:dot|point)\s?\)\s?)"
EMAIL = re.compile(
    rf"(?<![a-z0-9._%+-])[a-z0-9][a-z0-9._%+-]{{0,63}}{AT}[a-z0-9-]{{1,63}}"
    rf"(?:{DOT}[a-z0-9-]{{1,63}}){{0,6}}{DOT}[a-z]{{2,12}}\b(?!\.[a-z])"
)
PHONE = re.compile(
    r"(?<![\d/.,-])(?:(?:\+|00)\s?(?:33|262|590|594|596|508)\s?(?:\(0\)\s?)?[1-9]|0[1-9])(?:[\s.\-/]{0,3}\d\d){4}(?![\d/])"
)
# 3939, 34 30, 116 117; only where somebody says that it is a number to call.
SHORT_NUMBER = re.compile(
    r"(?:tel(?:ephone)?\.?|numero|appel(?:ez|er|ant)|telephon(?:ez|er|ant)|composez|joignable|"
    r"allo service public)[^.\n\d]{0,40}?\b(3\d\s?\d\d|1\d\d|116\s?\d{3})\b(?![\s.]?\d)"
)
CODE = re.compile(
    r"\bcode(?:\s+(?:d'|de\s+|du\s+)?(?:la\s+)?(?:reservation|acces|rendez-vous|rdv|demarche))?"
    r"(?:\s+(?:suivant|a saisir|est|sera))*\s*:?\s*[«\"“(]?\s*"
)
CODE_ITSELF = re.compile(r"[A-Z0-9][A-Z0-9]*(?:[ -][A-Z]{0,4}\d[A-Z0-9]*|-[A-Z0-9]+)*\b")
LONGEST_CODE = 20
# Of each, on a page: many more than any page has.
MOST = 200

MONTHS = "janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
DATE = rf"(?:\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}|(?:\d{{1,2}}(?:er)?\s+)?(?:{MONTHS})\s+\d{{4}})"
PRINTED_DATE = re.compile(
    r"(?:mis(?:e)?s?\s+a\s+jour|mise\s+a\s+jour|maj|actualisee?|modifiee?|version|publiee?|"
    r"edition|derniere\s+(?:modification|revision)|revisee?)"
    rf"(?:\s+(?:le|du|de|en|au|au\s+cours\s+de|maj|effectuee|:))*\s*:?\s*({DATE})"
)

# "Nevers, le 19 janvier 2026": a line that says little else.
DATE_ALONE = re.compile(rf"^(?:[^\n\d]{{0,40}}[(, ])?({DATE})(?:\s*[),.].{{0,20}})?$", re.MULTILINE)

DAYS = r"(?:lun|mar|mercre|jeu|vendre|same)dis?|dimanches?"
TIME = r"\d{1,2}\s?(?:h(?:eures?)?|:)\s?(?:\d{2})?(?!\d)|midi"
HOURS_WORD = re.compile(
    rf"(?P<time>{TIME})|(?P<day>{DAYS})|(?P<with>apres-midi|matins?|jours?|feries?|sauf|hors|"
    r"ouvrables?|semaine|chaque|tous|toute|la|les?|du|des?|au|aux|a|et|ou|puis|entre|jusqu'a|"
    r"jusqu'au|sans|interruption|uniquement|d'|l')|(?P<sign>[,:/|;()-])"
)
DAY_OR_TIME = re.compile(rf"{TIME}|{DAYS}")
ROW_OF_A_DAY = re.compile(rf"({DAYS})\s*:")
LONGEST_START, LONGEST_HOURS = 60, 400
# Something between two words of a time-table: a space, or nothing after "d'".
GAP = re.compile(r"\s*")
EDGES = re.compile(
    r"^(?:[,:/|;()\s-]|(?:et|ou|a|au|aux|la|le(?!\s+matin)|de|puis|uniquement|sauf|hors|sans)\b(?!\s*\d))+"
)
TAIL = re.compile(
    r"(?:[,:/|;()\s-]|\b(?:et|ou|a|au|aux|la|les?|du|des?|de|puis|entre|sauf|hors|sans|uniquement|"
    r"tous|chaque|l'|d'))+$"
)
AMOUNT = re.compile(r"\b\d{1,4}(?:[.,]\d{2})?\s?(?:€|euros?\b)")


class Found(NamedTuple):
    value: str
    start: int
    end: int


def emails(page):
    """Yield each e-mail, "[at]" and "[point]" written as they are read; links' own included."""
    text = page.text
    for found in islice(EMAIL.finditer(page.flat), MOST):
        value = re.sub(DOT, ".", re.sub(AT, "@", text[found.start() : found.end()].lower()))
        if _is_email(value):
            yield Found(_as_typed(value, text[found.start() : found.end()]), *found.span())
    for line in page.lines:
        for start, end, href in line.links:
            if href.lower().startswith("mailto:"):
                value = href[len("mailto:") :].partition("?")[0].strip()
                shown = line.text[start:end]
                if _is_email(value) and not EMAIL.search(flat(shown)):
                    yield Found(value, line.start + start, line.start + end)


def _as_typed(value, text):
    return text if _is_email(text) else value


def _is_email(value):
    try:
        validate_email(value)
    except ValidationError:
        return False
    return True


def phones(page):
    text = page.flat
    for found in islice(PHONE.finditer(text), MOST):
        yield Found(_in_pairs(page.text[found.start() : found.end()]), *found.span())
    for found in islice(SHORT_NUMBER.finditer(text), MOST):
        yield Found(page.text[found.start(1) : found.end(1)], *found.span(1))


def _in_pairs(number):
    """Return a French number as people read it: "04 66 49 60 00"."""
    signs = "".join(sign for sign in number if sign.isdigit())
    signs = "0" + signs[-9:]
    return " ".join(signs[at : at + 2] for at in range(0, 10, 2))


def codes(page):
    """Yield the codes that a booking asks for: capitals and figures."""
    for found in islice(CODE.finditer(page.flat), MOST):
        code = CODE_ITSELF.match(page.text, found.end())
        if not code or len(code[0]) > LONGEST_CODE or (code[0].isdigit() and len(code[0]) == 5):
            continue
        is_named = bool(re.search("reserv|acces|rendez|rdv|demarche|:", found[0]))
        if is_named and code[0] not in ("CESEDA", "POSTAL"):
            yield Found(code[0], *code.span())


def hours(page):
    """Yield the times at which one comes or calls: "les lundis et jeudis de 14h00 à 16h00"."""
    text, place = page.flat, 0
    for _ in range(MOST):
        found = DAY_OR_TIME.search(text, place)
        if not found:
            return
        start, end, times, days = _run(text, found.start())
        place = max(end, found.end())
        if not times or (times < 2 and not days):
            continue
        start += len(text[start:end]) - len(EDGES.sub("", text[start:end]))
        end -= len(text[start:end]) - len(TAIL.sub("", text[start:end]))
        value = page.text[start:end]
        line = page.lines[page.at(start)]
        row_of = ROW_OF_A_DAY.match(text, line.start)
        if row_of and not days and "|" in line.text:
            # A row of a table: its day stands in its first cell.
            value = f"{page.text[slice(*row_of.span(1))]} {value}"
        yield Found(value, start, end)


def _run(text, place):
    """Return (start, end, times, days) of the words of a time-table around ``place``."""
    line_start = text.rfind("\n", 0, place) + 1
    start = place
    # The few words before: "entre", "du", "les".
    before = re.search(
        r"(?:\b(?:entre|du|de|les?|tous|chaque|des|la|matins?|apres-midi|semaine|jours?|ouvrables?|au|a|l')\s*)+$",
        text[max(line_start, place - LONGEST_START) : place],
    )
    if before:
        start = place - len(before[0])
    times = days = 0
    end = place
    while word := HOURS_WORD.match(text, GAP.match(text, end).end()):
        if "\n" in text[end : word.start()] or end - start > LONGEST_HOURS:
            break
        times += bool(word["time"])
        days += bool(word["day"])
        end = word.end()
    return start, end, times, days


def printed_dates(page):
    """Yield the dates that a page says of itself, the last change first."""
    text = page.flat
    told = [
        found
        for dates in (PRINTED_DATE, DATE_ALONE)
        for found in islice(dates.finditer(text), MOST)
    ]
    told.sort(key=lambda found: (bool(re.match("publie", found[0])), found.re is DATE_ALONE))
    for found in told:
        yield Found(page.text[found.start(1) : found.end(1)], *found.span(1))


def amounts(page):
    """Yield the clauses that name a sum of money."""
    for found in islice(AMOUNT.finditer(page.text), MOST):
        start, end = page.sentence(found.start())
        sentence = page.text[start:end]
        at = found.start() - start
        parted = [cut.end() for cut in re.finditer(r"[,;:]\s", sentence[:at])]
        after = re.search(r"[;]|,\s(?!\d)", sentence[at:])
        first = parted[-1] if parted and len(sentence) > 160 else 0
        last = at + after.start() if after and len(sentence) > 160 else len(sentence)
        yield Found(sentence[first:last].strip(), start + first, start + last)

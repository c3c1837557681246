"""The postal addresses of a page: the lines before a postal code and its town."""

import re
from itertools import islice, pairwise
from typing import NamedTuple

from .flat import either, flat
from .page import FAR
from .towns import CODE, MOST_CODES

MOST_LINES = 7
LONGEST_LINE = 90
ROAD = (
    r"(?:rue|avenue|av\.?|boulevard|bd\.?|blvd|place|pl\.?|quai|cours|allees?|impasse|route|chemin|"
    r"square|esplanade|faubourg|rond-point|passage|promenade|mail|montee|voie|parvis|residence|"
    r"cite|hotel|immeuble|batiment|bat\.?|espace|centre|zone|za|zi|lieu-dit)\b"
)
NUMBER = r"\d{1,4}(?:\s?[-/]\s?\d{1,4})?(?:\s?(?:bis|ter|quater|[a-d])\b)?,?\s+"
STREET = re.compile(rf"(?:{NUMBER}){ROAD}|(?<![a-z]){ROAD}(?=\s+[a-z])")
NUMBERED_STREET = re.compile(rf"{NUMBER}{ROAD}")
BOX = re.compile(r"\b(?:bp|cs|tsa|b\.p\.?|c\.s\.?)\s?n?°?\s?\d{2,6}(?:\s\d{2,3})?\b")
# "préfecture de l'Ariège": what the envelope begins with.
OFFICE = re.compile(
    r"\b(?:(?:sous-)?prefecture(?:\s+de\s+police)?|monsieur le prefet|madame la prefete|"
    r"m\.\s?le prefet|mme la prefete|le prefet|hotel de prefecture)\b"
)
PLACE_NAME = re.compile(
    r"(?:\s+(?:de\s+la\s+|de\s+l'\s?|des\s+|du\s+|de\s+|d'\s?)[a-z]+(?:[-'][a-z]+)*)"
)
VERB = either(
    r"\b(?:envoy|adress(?:er|ez|e a)|transmett|depos(?:er|ez)|present(?:er|ez))",
    r"\bvous (?:pouvez|devez|serez)", r"\b(?:doit|doivent|sera|seront|est|sont|faut|serez)\b",
    r"\b(?:merci|veuillez|telecharg|tel\b|telephone|fax|courriel|horaires?|ouvert)",
    r"\bsoit dans", r"\bdans l[ae]", r"\bsituee?s?\b", r"\bsise?\b",
)  # fmt: skip
STARTS = re.compile(
    r"^(?:[-–•·>*]\s*)?(?:(?:soit\s+)?(?:par\s+(?:courrier|voie\s+postale|la\s+poste)|adresse(?:\s+postale)?|"
    r"courrier|sur place)\s*:\s*)"
)
# "L'adresse du bureau", above the address.
ANNOUNCES = re.compile(r"(?:l'|notre\s+|votre\s+)?adresse\b")
PARTS = re.compile(r"\s+[-–—|/]\s+|\s*[;,]\s+")
ONLY_CODE = re.compile(r"\d{5}$")


class Address(NamedTuple):
    """``value`` is as on an envelope; ``departement`` that of its town, "" where none is said."""

    value: str
    start: int
    end: int
    departement: str


def addresses(page, towns):
    """Return the ``Address``es of a page, each once for each place where it stands."""
    found = []
    for code in islice(CODE.finditer(page.flat), MOST_CODES):
        town = towns.after(code.start())
        if town:
            address = _before(page, code.start(), *town)
            if address and not (found and address.start < found[-1].end):
                found.append(address)
    found += _without_code(page, towns, found)
    return sorted(found, key=lambda each: each.start)


def _before(page, code, end, departement):
    """Return the address whose postal code is at ``code`` and whose town ends at ``end``."""
    index = page.at(code)
    own = page.lines[index]
    begins = max(own.start, code - FAR)
    start = begins + _start_in(page.text[begins:code])
    lines = [page.text[start:end]]
    is_whole = start > own.start or _is_whole(lines[0])
    at = index - 1
    while at >= 0 and len(lines) < MOST_LINES and not is_whole:
        line = page.lines[at]
        if not _may_be_of_address(page, at, index):
            break
        begin = _start_in(line.text)
        lines.insert(0, line.text[begin:])
        start = line.start + begin
        if begin:
            break
        at -= 1
    if lines == [page.text[code:end]]:
        return None
    value = "\n".join(_as_on_an_envelope(lines))
    return Address(value, start, end, departement)


def _is_whole(line):
    """Whether a line holds the office, the street and the town: nothing above it is needed."""
    words = flat(line)
    office, street = OFFICE.search(words), STREET.search(words)
    return bool(office and street and office.start() < street.start())


def _start_in(text):
    """Return where the address begins in ``text``, the words that announce it left out."""
    words = flat(text)
    start = 0
    announced = STARTS.match(words)
    if announced:
        start = announced.end()
    for colon in re.finditer(r":\s+", words):
        start = max(start, colon.end())
    sentence = VERB.search(words, start)
    if sentence:
        # In a sentence, it begins with the office, else with its street.
        after = sentence.end()
        office = OFFICE.search(words, after)
        street = NUMBERED_STREET.search(words, after) or STREET.search(words, after)
        begins = [each.start() for each in (office, street) if each]
        start = min(begins) if begins else len(text)
    return start


def _may_be_of_address(page, at, last):
    line, below = page.lines[at], page.lines[at + 1]
    words = page.words_of(at)
    if line.announces or len(line.text) > LONGEST_LINE:
        # "Adresse : Préfecture de l'Oise" announces, and begins.
        return False
    is_same = line.block == page.lines[last].block or line.block == below.block
    # A paragraph a line is how addresses are written where nobody knows of line breaks.
    is_beside = line.tag == "p" and below.tag == "p" and not line.text.rstrip().endswith((".", "?"))
    if not (is_same or is_beside):
        return False
    if ":" in words and _start_in(line.text) < len(line.text):
        return not VERB.search(words[_start_in(line.text) :])
    is_of_another = _code_in(line.text) or ANNOUNCES.match(words)
    return not VERB.search(words) and not is_of_another and not words.endswith((".", ";"))


def _as_on_an_envelope(lines):
    """Return the lines of an envelope; those that are there are kept, one line alone is parted."""
    if len(lines) > 1:
        parted = [part for line in lines for part in _around_code(line)]
    else:
        parted = [
            line
            for part in PARTS.split(_protected(lines[0]))
            for piece in _around_code(part.replace("\x00", ", ").replace("\x01", " / "))
            for line in _office_and_street(piece)
        ]
    parted = [line.strip(" -–,;/|") for line in parted]
    return _with_town([line for line in parted if line])


def _protected(line):
    """Keep the comma of "45, avenue d'Alsace" and the strokes of "DAMI / BSE" from parting it."""
    line = re.sub(r"(\b\d{1,4}(?:\s?(?:bis|ter))?),\s+", "\\1\x00", line)
    return re.sub(r"(?<=[A-Z]{2})\s/\s(?=[A-Z]{2,6}\b(?!\s[A-Z]))", "\x01", line)


def _around_code(line):
    """Part "2 rue de la préfecture 09000 FOIX" before the code; a box stays with it."""
    code = _code_in(line)
    if not code or code.start() == 0:
        return [line]
    before = line[: code.start()].strip(" -–,;/|")
    words = flat(before)
    box = BOX.search(words)
    if box and box.start() == 0 and box.end() == len(words):
        return [line]
    return [before, line[code.start() :]]


def _code_in(line):
    """Return the match of the postal code of a line: no box, whose number may look like one."""
    boxes = [box.span() for box in BOX.finditer(flat(line))]
    for code in CODE.finditer(line):
        if not any(start <= code.start() < end for start, end in boxes):
            return code
    return None


def _office_and_street(line):
    """Part "PREFECTURE DU GARD DAMI / BSE / AES 10 avenue Feuchères" where one would."""
    words = flat(line)
    office = OFFICE.match(words)
    cuts = []
    if office:
        named = PLACE_NAME.match(words, office.end())
        if named and named.end() < len(words):
            cuts.append(named.end())
    street = NUMBERED_STREET.search(words, cuts[-1] if cuts else 0)
    if street and street.start() > 0:
        cuts.append(street.start())
    box = BOX.search(words, cuts[-1] if cuts else 0)
    if box and box.start() > 0 and not CODE.search(words, box.end()):
        cuts.append(box.start())
    edges = [0, *cuts, len(line)]
    return [line[first:last] for first, last in pairwise(edges)]


def _with_town(lines):
    """Put a code that lost its town in a parting back together with it."""
    joined = []
    for line in lines:
        if joined and ONLY_CODE.search(joined[-1]) and _code_in(joined[-1]):
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
    return joined


def _without_code(page, towns, known):
    """Yield "1 rue Guillemette à Nîmes": a street, and a town of the département."""
    text = page.flat
    for street in islice(NUMBERED_STREET.finditer(text), MOST_CODES):
        if any(each.start <= street.start() < each.end for each in known):
            continue
        line_end = min(page.lines[page.at(street.start())].end, street.end() + LONGEST_LINE)
        for link in re.finditer(r"\s(?:a|[-,])\s+", text[street.end() : line_end]):
            begins = street.end() + link.end()
            end = towns.named_at(begins)
            if end and end <= line_end:
                yield Address(page.text[street.start() : end], street.start(), end, "")
                break

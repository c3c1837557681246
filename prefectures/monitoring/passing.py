"""What a page says that is another tomorrow, and of no matter: dates its server prints, counters.

A date in a sentence that says something ("à compter du 1er mars") is content, and stays.
"""

import re

from .plain_words import plain

ADDRESS = re.compile(r"<([^<>\s]+)>")
SCHEME = re.compile(r"(?:https?:)?//")
# What parts a line into remarks: "Publié le 3 mars 2026 | 12 vues".
REMARKS = re.compile(r"[|•·()\[\]]|\s[–—-]\s|(?<=[.!?;])\s")

# All patterns below are of words as ``plain`` makes them.
DAY_NAME = "(?:(?:lun|mar|mercre|jeu|vendre|same)di|dimanche)"
MONTH = (
    "(?:janv(?:ier)?|fevr?(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|aout|sept(?:embre)?"
    "|oct(?:obre)?|nov(?:embre)?|dec(?:embre)?)"
)
DATE = rf"(?:{DAY_NAME} )?(?:\d{{1,2}}(?:er)? (?:{MONTH}|\d\d?) \d{{4}}|\d{{4}} \d\d? \d\d?)"
TIME = r"(?:a )?\d\d?(?:h(?: ?\d\d)?| \d\d(?: \d\d)?)"
MOMENT = rf"{DATE}(?: {TIME})?"
AGO = r"il y a \d+ (?:minutes?|heures?|jours?|semaines?|mois|ans?)"
DONE = (
    "(?:maj|mise? a jour|mise? en ligne|publiee?|publication|modifiee?|modification|creee?|creation"
    "|imprimee?|generee?|actualisee?|actualisation|revisee?|revision|redigee?|consultee?|posteee?)"
)
OF_WHAT = "(?:cette )?(?:page|article|fiche|contenu|document|information|site|rubrique)s?"
PRINTED_LABEL = rf"(?:{OF_WHAT} )?(?:derniere )?{DONE}(?: et {DONE})?(?: (?:le|du|en date du))?"
PRINTED = rf"{PRINTED_LABEL} (?:{MOMENT}|{AGO})"
ONLY_A_LABEL = re.compile(PRINTED_LABEL)
SIGNED = re.compile(rf"(?:le )?{MOMENT} par(?: \w+){{1,4}}")
TODAY = (
    rf"(?:nous sommes|on est|aujourd hui|date du jour)(?: le)? (?:{MOMENT}|{DAY_NAME} \d\d?"
    rf"(?:er)? {MONTH})|il est {TIME}"
)
BY_A_SERVER = re.compile(
    rf"(?:(?:^| )(?:et )?(?:{PRINTED}|{TODAY}|{AGO}))+(?: (?:par|dans|sur)(?: \w+){{1,6}})?"
)
# Beside a title, say. "A été mis à jour le 3 mars" is a sentence.
ENDS_PRINTED = re.compile(rf"(?<! ete)(?<! est)(?<! sont) (?:maj|mis a jour) (?:le )?{MOMENT}$")
ONLY_A_DATE = re.compile(MOMENT)
# Before a date, these make it one that matters.
ANNOUNCES = re.compile(
    r"(?:.* )?(?:le|du|au|jusqu au|dates?|compter|partir|ferm\w+|exception\w+|suivant\w*|calendrier"
    r"|ouvert\w*|jours?|entre|limite|echeance)"
)
COUNTED = (
    "(?:visites?|visiteurs?|vues?|lectures?|consultations?|telechargements?|partages?|clics?"
    "|commentaires?|reponses?|j aime|likes?|(?:personnes?|visiteurs?) en ligne)"
)
COUNTER = re.compile(
    rf"(?:(?:nombre|total) (?:de|des) )?{COUNTED} \d[\d ]*"
    rf"|(?:deja |environ |plus de )?\d[\d ]*(?:k )?{COUNTED}(?: (?:de|sur) (?:cette|la) page)?"
    rf"|(?:{OF_WHAT} )?(?:a ete )?(?:deja )?(?:vue?|lue?|consultee?|telechargee?|visitee?)"
    r"(?: par)? \d[\d ]*(?:fois|personnes)"
    r"|temps de lecture(?: estime)? \d+ (?:min\w*|secondes?)|\d+ min\w* de lecture"
)
WEIGHT = r"\d+(?: \d+)? ?(?:ko|mo|go|kio|mio|kb|mb|octets?)"
FORMAT = "(?:pdf|docx?|odt|ods|xlsx?|rtf|zip|jpe?g|png)"
FILE = re.compile(
    rf"(?<![^ ])(?:(?:au )?(?:format )?{FORMAT} {WEIGHT}"
    rf"|{WEIGHT} (?:au )?(?:format )?{FORMAT}|(?<=> ){WEIGHT})(?![^ ])(?! max| au plus| par )"
)
COPYRIGHT = re.compile(r"(?<![^ ])copyright (?:\d{4} )?\d{4}(?![^ ])")
WINDOW = re.compile(
    r"(?<![^ ])(?:(?:lien )?(?:externe )?(?:s )?(?:ouvre|ouvrir|ouverture) )?(?:dans )?"
    r"(?:une? )?(?:nouvelle fenetre|nouvel onglet)(?![^ ])"
)
HOUR = re.compile(r"(?<![^ ])0?(\d{1,2}) ?h(?:eures?)?(?: ?(\d\d))?(?![^ ])")
TELEPHONE = re.compile(r"(?<![^ ])(?:0|33 (?:0 )?)([1-9](?: \d\d){4})(?![^ ])")
FIGURES = re.compile(r"[0-9]|\bnouv")
MOST_TIMES = 10


def without_passing(line):
    """Return ``line`` as it is compared: its bare words, and the addresses it leads to.

    Of what a printed date, a counter or the weight of a file was, nothing is left. Once more, it
    changes nothing.
    """
    found = _without(line)
    if not FIGURES.search(found):
        return found
    for _ in range(MOST_TIMES):
        before, found = found, _without(found)
        if found == before:
            break
    return found


def _without(line):
    pieces = []
    for number, piece in enumerate(ADDRESS.split(line) if "<" in line else [line]):
        if number % 2:
            address = SCHEME.sub("", piece, count=1).replace("/index.php/", "/")
            pieces.append(f"<{address.rstrip('/').casefold()}>")
        else:
            pieces += [_remark(remark) for remark in REMARKS.split(piece)]
    words = " ".join(piece for piece in pieces if piece)
    if FIGURES.search(words):
        words = WINDOW.sub("", words)
        words = COPYRIGHT.sub("copyright", FILE.sub("", words))
        words = TELEPHONE.sub(_joined, HOUR.sub(_hour, words))
    return " ".join(words.split())


def _remark(text):
    words = plain(text)
    if not FIGURES.search(words):
        return words
    if any(passing.fullmatch(words) for passing in (BY_A_SERVER, SIGNED, COUNTER)):
        return ""
    return ENDS_PRINTED.sub("", words)


def _hour(found):
    minutes = found[2] if found[2] and found[2] != "00" else ""
    return f"{int(found[1])}h{minutes}"


def _joined(found):
    return "0" + found[1].replace(" ", "")


def are_only_dates(lines):
    """Return, of lines as ``without_passing`` makes them, which are dates that a server printed.

    A date by itself is one, unless it stands in a list of dates or something announces it.
    """
    is_date = [bool(ONLY_A_DATE.fullmatch(line)) for line in lines]
    found = []
    for at, line in enumerate(lines):
        above = lines[at - 1] if at else ""
        is_listed = (at and is_date[at - 1]) or (at + 1 < len(lines) and is_date[at + 1])
        is_printed = bool(ONLY_A_LABEL.fullmatch(above))
        is_announced = bool(ANNOUNCES.fullmatch(above)) and not is_printed
        found.append(is_date[at] and line != "" and not is_listed and not is_announced)
    return found

"""What the map says: of each way to file and of each age, a name, and the sign that goes with it.

Colours are many, and some readers see few: every coloured place bears its sign too.
"""

from django.utils.translation import gettext_noop as noop
from django.utils.translation import pgettext

WAYS = {
    "post": noop("par la poste"),
    "online": noop("en ligne"),
    "appointment": noop("sur rendez-vous"),
    "counter": noop("au guichet"),
    "email": noop("par courriel"),
    "phone": noop("par téléphone"),
    "several": noop("plusieurs façons, selon le cas"),
    "closed": noop("suspendu ou sans objet"),
    "not_stated": noop("non précisé par la préfecture"),
    "unknown": noop("nous ne savons pas"),
    "no_sheet": noop("pas encore de fiche"),
}
WAY_SIGNS = {
    "post": "P",
    "online": "L",
    "appointment": "R",
    "counter": "G",
    "email": "C",
    "phone": "T",
    "several": "+",
    "closed": "×",
    "not_stated": "N",
    "unknown": "?",
    "no_sheet": "",
}
AGES = {
    "fresh": noop("moins de 6 mois"),
    "half_a_year": noop("de 6 mois à 1 an"),
    "a_year": noop("de 1 à 2 ans"),
    "two_years": noop("2 ans ou plus"),
    "no_date": noop("sans date"),
    "no_sheet": noop("pas encore de fiche"),
}
# Each is in its words: who speaks to a telephone says what it shows (WCAG 2.5.3).
AGE_SIGNS = {
    "fresh": "M",
    "half_a_year": "6",
    "a_year": "1",
    "two_years": "2",
    "no_date": "?",
    "no_sheet": "",
}


def signs(known):
    """Return WAY_SIGNS or AGE_SIGNS as the language of the page has them, in its words."""
    return {name: pgettext("signe", sign) if sign else "" for name, sign in known.items()}


OUT_OF_FORCE = noop("hors de ses dates")
ALL_GROUNDS = noop("toutes")

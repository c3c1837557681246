"""What the map says: of each way to file and of each age, a name, and the sign that goes with it.

Colours are many, and some readers see few: every coloured place bears its sign too.
"""

WAYS = {
    "post": "par la poste",
    "online": "en ligne",
    "appointment": "sur rendez-vous",
    "counter": "au guichet",
    "email": "par courriel",
    "phone": "par téléphone",
    "several": "plusieurs façons, selon le cas",
    "closed": "suspendu ou sans objet",
    "not_stated": "non précisé par la préfecture",
    "unknown": "nous ne savons pas",
    "no_sheet": "pas encore de fiche",
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
    "fresh": "moins de 6 mois",
    "half_a_year": "de 6 mois à 1 an",
    "a_year": "de 1 à 2 ans",
    "two_years": "2 ans ou plus",
    "no_date": "sans date",
    "no_sheet": "pas encore de fiche",
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
OUT_OF_FORCE = "hors de ses dates"
ALL_GROUNDS = "toutes"

"""Other names that places go by, as ``text.naming.normalised`` writes them."""

# Régions that were: the law of 16 January 2015 (n° 2015-29) put them together. {as it is searched:
# (code INSEE of today's région, as it was written)}.
FORMER_REGIONS = {
    "alsace": ("44", "Alsace"),
    "aquitaine": ("75", "Aquitaine"),
    "auvergne": ("84", "Auvergne"),
    "basse normandie": ("28", "Basse-Normandie"),
    "bourgogne": ("27", "Bourgogne"),
    "champagne ardenne": ("44", "Champagne-Ardenne"),
    "franche comte": ("27", "Franche-Comté"),
    "haute normandie": ("28", "Haute-Normandie"),
    "languedoc roussillon": ("76", "Languedoc-Roussillon"),
    "limousin": ("75", "Limousin"),
    "lorraine": ("44", "Lorraine"),
    "midi pyrenees": ("76", "Midi-Pyrénées"),
    "nord pas de calais": ("32", "Nord-Pas-de-Calais"),
    "picardie": ("32", "Picardie"),
    "poitou charentes": ("75", "Poitou-Charentes"),
    "rhone alpes": ("84", "Rhône-Alpes"),
}
# Other names of today: {as it is searched: code INSEE}.
REGIONS = {
    "aura": "84",
    "banlieue parisienne": "11",
    "bfc": "27",
    "cote d azur": "93",
    "hdf": "32",
    "idf": "11",
    "paca": "93",
    "provence": "93",
    "region parisienne": "11",
}
DEPARTEMENTS = {
    "guyane francaise": "973",
    "ile de la reunion": "974",
    "neuf trois": "93",
    "spm": "975",
}
COMMUNES = {
    "prefecture de police": "75056",
    "saint denis de la reunion": "97411",
    "saint pierre de la reunion": "97416",
}

"""Whose page an address is: the State's sites are called after their départements."""

import re
from urllib.parse import urlsplit

from ..text.naming import normalised

# Sites that do not bear the name of their département.
NAMED_OTHERWISE = {"prefecturedepolice": "75", "prefecture-police": "75"}


def departement_of(address, names):
    """Return the code of the département whose site ``address`` is on, None where none is named.

    ``names`` are {code: name}.
    """
    try:
        host = urlsplit(address if "://" in address else f"https://{address}").hostname or ""
    except ValueError:
        return None
    labels = {_letters(label) for label in host.split(".")}
    for name, code in NAMED_OTHERWISE.items():
        if _letters(name) in labels:
            return code
    return next((code for code, name in names.items() if _letters(name) in labels), None)


def _letters(name):
    """ "Val-d'Oise" and "val-doise" alike; "La Réunion" is "reunion" in its address."""
    return re.sub(r"^la(?=reunion$)|[^a-z0-9]", "", normalised(name).replace(" ", ""))

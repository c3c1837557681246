"""What one may do with the data, as files and pages say it: nothing is granted that nobody gave."""

from django.conf import settings

from ...importexport.open_data import tables as names

OPEN_LICENCE = "Licence Ouverte 2.0"
OPEN_LICENCE_ADDRESS = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
# What INSEE and the State's directory published under it.
OF_THE_STATE = (names.REGIONS, names.DEPARTEMENTS, names.OFFICES)
RESERVED = "Tous droits réservés par le Gisti : demandez-lui avant de republier."
QUOTED = "Les citations appartiennent à leurs auteurs."


def rights_of(table):
    """Return {name: value} of what a file of ``table`` says of it, in French."""
    if table.name in OF_THE_STATE:
        return {"licence": OPEN_LICENCE, "licence_address": OPEN_LICENCE_ADDRESS}
    return {"licence": settings.TEXTS_LICENCE or RESERVED, "quotations": QUOTED}


def texts_licence():
    """Return what was said of the association's texts, "" where nothing was."""
    return settings.TEXTS_LICENCE

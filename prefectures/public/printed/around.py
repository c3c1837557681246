"""What stands once at the end of a brochure: what holds everywhere, who helps, the offices."""

from django.utils.formats import date_format

from ...brochure import blocks
from ...brochure.rich import rich
from ..offices import who_receives
from .sheet import mail

CHAPTER, SECTION = 1, 2


def everywhere(departements):
    """Return the chapters that follow the sheets of ``departements``, each ``OnPaper``."""
    sheets = [sheet for departement in departements for sheet in departement.sheets]
    return [
        *_chapter("Ce qui vaut partout", _general_texts(sheets)),
        *_chapter("Qui peut vous aider", _helping(departements)),
        *_chapter("Les guichets de l’État, pour les contacter", _offices(departements)),
    ]


def _chapter(title, content):
    return [blocks.heading(CHAPTER, title, is_listed=True), *content] if content else []


def _general_texts(sheets):
    """Return what holds in every préfecture: the sheets all bring the same."""
    found = []
    for text in sheets[0].general_texts if sheets else []:
        found += [blocks.heading(SECTION, text.title), *rich(text.text, SECTION)]
        found += [blocks.said(text.law_article, look="note")] if text.law_article else []
    return found


def _helping(departements):
    found = []
    for each in departements:
        here = each.sheets[0].helping_here if each.sheets else []
        if here:
            found += [blocks.heading(SECTION, each.departement.full_name), _helpers(here)]
    anywhere = next((each.sheets[0].helping_everywhere for each in departements if each.sheets), [])
    if anywhere:
        found += [blocks.heading(SECTION, "Partout en France"), _helpers(anywhere)]
    return found


def _helpers(places):
    """Return each place in a line; what is part of its name already is not said again."""
    items = []
    for place in places:
        said = [place.name]
        said += [more for more in (place.city, place.phone) if more and more not in place.name]
        items.append([blocks.said(", ".join(said))])
    return blocks.bullets(items)


def _offices(departements):
    """Return where the State is reached: an address there is not where one files."""
    found = []
    for each in departements:
        if each.offices:
            receiving, not_receiving = who_receives(each.sheets)
            names = ", ".join(office.name for office in each.offices if office.key in receiving)
            only = f"À notre connaissance, ces demandes vont seulement à : {names}."
            found += [
                blocks.heading(SECTION, each.departement.full_name),
                *([blocks.said(only)] if names else []),
                blocks.bullets(
                    [_office(office, office.key in not_receiving) for office in each.offices]
                ),
            ]
    said = blocks.said("Ces adresses servent à contacter l’État, pas à déposer.", strong=True)
    return [said, *found] if found else []


def _office(office, is_not_receiving):
    found = [blocks.said(office.name, strong=True)]
    if is_not_receiving:
        found.append(blocks.said("ne reçoit pas ces demandes, à notre connaissance"))
    reached = [office.address, f"Téléphone : {office.phone}" if office.phone else ""]
    reached = "\n".join(filter(None, reached))
    found += [blocks.said(reached)] if reached else []
    found += [mail(office.email)] if office.email else []
    found += [blocks.said(office.website)] if office.website else []
    source = [office.source, date_format(office.source_on) if office.source_on else ""]
    source = ", relevées le ".join(filter(None, source))
    return [*found, *([blocks.said(f"Coordonnées : {source}", look="note")] if source else [])]

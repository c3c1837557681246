"""A whole brochure: its cover, its contents, and what each département has."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ...brochure import blocks
from ...brochure.rich import rich
from ...models import Prefecture
from ...models.age import today
from ...text.qr_code import qr_code
from .. import wording
from ..offices import who_receives
from .sheet import sheet_blocks

AUTHOR = "Gisti"
ASSOCIATION = "gisti, groupe d’information et de soutien des immigré·e·s"
TITLE = "Modalités de dépôt d’une demande d’admission exceptionnelle au séjour"
SECTION = 2
Kind = Prefecture.Kind


def booklet(place, departements, whole):
    """Return what ``brochure.typ`` sets.

    ``place`` is (its name, the path of its brochure); ``departements`` are ``OnPaper``; ``whole``
    makes of a path the address that readers know.
    """
    name, path = place
    address, day = whole(path), today()
    return {
        "title": f"{TITLE}. {name}",
        "author": AUTHOR,
        "description": f"{name} : où et comment déposer sa demande, état au {date_format(day)}.",
        "date": {"year": day.year, "month": day.month, "day": day.day},
        # A text: what stands at the foot of each page may not lead anywhere (ISO 14289-1).
        "footer": [blocks.run(f"État au {date_format(day)}. La version du jour : {address}")],
        "contents_title": "Sommaire",
        "cover": _cover(name, departements, address, day),
        "blocks": [
            block for departement in departements for block in departement.blocks(whole)
        ]
        + _general_texts(departements),
    }


def _cover(name, departements, address, day):
    return [
        blocks.said(ASSOCIATION, look="brand"),
        blocks.said(TITLE, look="title"),
        blocks.said(name, look="subtitle"),
        blocks.beside_a_code(
            [
                blocks.said(f"État au {date_format(day)}."),
                blocks.said(
                    "Les préfectures changent leurs règles sans prévenir. "
                    "Avant d’agir, regardez la version du jour :"
                ),
                blocks.paragraph(*blocks.address(address)),
            ],
            qr_code(address),
            f"Code à lire avec un téléphone : {address}",
        ),
        blocks.bullets([[departement.listed()] for departement in departements]),
    ]


def _general_texts(departements):
    """Return what holds in every préfecture: the sheets all bring the same."""
    sheets = [sheet for departement in departements for sheet in departement.sheets]
    found = []
    for text in sheets[0].general_texts if sheets else []:
        found += [blocks.heading(SECTION, text.title), *rich(text.text, SECTION)]
        found += [blocks.said(text.law_article, look="note")] if text.law_article else []
    if not found:
        return []
    title = blocks.heading(1, "Ce qui vaut partout", is_listed=True)
    return [blocks.new_page(), title, *found]


class OnPaper:
    """A département in a brochure: ``sheets`` in their order, ``offices`` in theirs."""

    def __init__(self, departement, sheets, offices):
        self.departement, self.sheets, self.offices = departement, sheets, offices
        self.label = f"departement-{departement.code}"

    def listed(self):
        """Return its line on the cover."""
        words = self.departement.full_name
        if not self.sheets:
            words += " : pas encore de fiche"
        return blocks.paragraph(blocks.run(words, label=self.label))

    def blocks(self, whole):
        title = blocks.heading(1, self.departement.full_name, is_listed=True, label=self.label)
        found = [blocks.new_page(), title, *self._offices_in_short()]
        if not self.sheets:
            return [*found, *self._nothing_known(), *self._offices()]
        for rank, sheet in enumerate(self.sheets):
            found += [blocks.new_page()] if rank else []
            found += sheet_blocks(sheet, whole(sheet.get_absolute_url()))
        return [*found, *self._helping(), *self._offices()]

    def _offices_in_short(self):
        """Return the région, the préfecture and the sous-préfectures, as the document names them."""
        region = self.departement.region
        seats = [office.name for office in self.offices if office.kind != Kind.SOUS_PREFECTURE]
        below = [office for office in self.offices if office.kind == Kind.SOUS_PREFECTURE]
        said = [f"Région {region.name}"] if region else []
        said += [f"{name[:1].upper()}{name[1:]}" for name in seats]
        if len(below) == 1:
            said.append(f"{below[0].name[:1].upper()}{below[0].name[1:]}")
        elif below:
            said.append(f"Sous-préfectures : {', '.join(office.city for office in below)}")
        return [blocks.said("\n".join(said))] if said else []

    def _nothing_known(self):
        unknown = _("%(place)s : %(what)s") % {
            "place": self.departement.name,
            "what": wording.said("unknown"),
        }
        return [
            blocks.said(f"{unknown}.", look="lead"),
            blocks.said(wording.said("meanwhile")),
        ]

    def _helping(self):
        items = [
            [blocks.said(", ".join(filter(None, [place.name, place.city, place.phone])))]
            for place in self.sheets[0].helping
        ]
        title = blocks.heading(SECTION, "Qui peut vous aider")
        return [title, blocks.bullets(items)] if items else []

    def _offices(self):
        """Return where the State is reached: an address there is none where one files."""
        if not self.offices:
            return []
        receiving, not_receiving = who_receives(self.sheets)
        names = [office.name for office in self.offices if office.key in receiving]
        said = "Ces adresses servent à contacter l’État, pas à déposer."
        if names:
            said += (
                " À notre connaissance, ces demandes vont seulement à : " + ", ".join(names) + "."
            )
        return [
            blocks.heading(SECTION, "Les guichets de l’État, pour les contacter"),
            blocks.said(said),
            blocks.bullets([_office(office, office.key in not_receiving) for office in self.offices]),
        ]


def _office(office, is_not_receiving):
    name = f"{office.name[:1].upper()}{office.name[1:]}"
    found = [blocks.said(name, strong=True)]
    if is_not_receiving:
        found.append(blocks.said("ne reçoit pas ces demandes, à notre connaissance"))
    reached = [
        office.address,
        f"Téléphone : {office.phone}" if office.phone else "",
        f"Courriel : {office.email}" if office.email else "",
        office.website,
    ]
    found += [blocks.said("\n".join(filter(None, reached)))] if any(reached) else []
    source = ", relevées le ".join(
        filter(None, [office.source, date_format(office.source_on) if office.source_on else ""])
    )
    return [*found, *([blocks.said(f"Coordonnées : {source}", look="note")] if source else [])]

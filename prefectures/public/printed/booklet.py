"""A whole brochure: its cover, its contents, and what each département has."""

from itertools import chain

from django.utils.formats import date_format

from ...brochure import blocks
from ...models import Prefecture
from ...models.age import today
from ...text.qr_code import qr_code
from .. import wording
from .around import everywhere
from .sheet import sheet_blocks

AUTHOR = "Gisti"
ASSOCIATION = "gisti, groupe d’information et de soutien des immigré·e·s"
TITLE = "Modalités de dépôt d’une demande d’admission exceptionnelle au séjour"
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
        "description": f"{name} : où et comment déposer sa demande, état au {date_format(day)}.",
        "date": {"year": day.year, "month": day.month, "day": day.day},
        # A text: what stands at the foot of each page may not lead anywhere (ISO 14289-1).
        "footer": [blocks.run(f"État au {date_format(day)}. La version du jour : {address}")],
        "contents_title": "Sommaire",
        "cover": _cover(name, departements, address, day),
        "blocks": [
            *chain.from_iterable(departement.blocks(whole) for departement in departements),
            *everywhere(departements),
        ],
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
                    "Avant d’agir, regardez la version du jour :"
                ),
                blocks.paragraph(*blocks.address(address)),
            ],
            qr_code(address),
            f"Code à lire avec un téléphone : {address}",
        ),
        blocks.bullets([[departement.listed()] for departement in departements]),
    ]


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
        name = self.departement.full_name
        title = blocks.heading(1, name, is_listed=True, label=self.label)
        found = [title, *self._offices_in_short()]
        if not self.sheets:
            return [*found, *self._nothing_known()]
        for sheet in self.sheets:
            found += sheet_blocks(sheet, whole(sheet.get_absolute_url()))
            found.append(blocks.new_page())
        return [blocks.new_page(), *found]

    def _offices_in_short(self):
        """Return the région and the offices, as the head of a page of the document names them."""
        region = self.departement.region
        seats = [office.name for office in self.offices if office.kind != Kind.SOUS_PREFECTURE]
        below = [office for office in self.offices if office.kind == Kind.SOUS_PREFECTURE]
        said = [f"Région {region.name}"] if region else []
        said += seats
        if len(below) == 1:
            said.append(below[0].name)
        elif below:
            said.append(f"Sous-préfectures : {', '.join(office.city for office in below)}")
        return [blocks.said("\n".join(said))] if said else []

    def _nothing_known(self):
        unknown = f"{self.departement.name} : {wording.said('unknown')}."
        return [
            blocks.said(unknown, look="lead"),
            blocks.said(wording.said("meanwhile")),
        ]

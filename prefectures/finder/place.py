"""What may be found: a commune, a département, a région, an office, with what tells it apart."""

from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext as _

from ..models import Commune
from ..models.addresses import address
from ..text.naming import of_place


class Kind(Enum):
    REGION = "region"
    DEPARTEMENT = "departement"
    OFFICE = "office"
    COMMUNE = "commune"


@dataclass(frozen=True, slots=True)
class Place:
    """``population`` ranks: that of a département or région is the sum of its communes', that of an
    office its département's. ``slug`` is empty for a commune, whose address is made of its name.

    A commune has its ``departement`` (a Place), maybe an ``arrondissement`` (code, name, article),
    and the code of its city in ``part_of_id`` if it is a part of Paris, Lyon or Marseille.
    """

    kind: Kind
    code: str
    name: str
    population: int
    slug: str = ""
    departement: "Place | None" = None
    arrondissement: tuple | None = None
    part_of_id: str | None = None
    postal_codes: tuple = ()
    # The région of a département, where it has another name.
    region_name: str = ""
    # Of an office: whether it is the préfecture itself.
    is_head: bool = False

    def __str__(self):
        return f"{self.name} ({self.code})"

    @property
    def key(self):
        return self.kind, self.code

    @property
    def departement_id(self):
        """The code of its département, or its own if it is one; "" for a région."""
        if self.kind is Kind.REGION:
            return ""
        return self.departement.code if self.departement else self.code

    @property
    def arrondissement_id(self):
        return self.arrondissement[0] if self.arrondissement else None

    @property
    def address(self):
        if self.kind is Kind.COMMUNE:
            return Commune(code=self.code, name=self.name).get_absolute_url()
        kind = Kind.DEPARTEMENT if self.kind is Kind.OFFICE else self.kind
        return address(kind.value, self.slug)

    @property
    def where(self):
        """What tells places of one name apart: "Hérault (34), arrondissement de Lodève"."""
        if self.departement is None:
            return self.region_name
        if self.arrondissement is None or self.part_of_id:
            return str(self.departement)
        __, name, article = self.arrondissement
        return _("%(departement)s, arrondissement %(of_name)s") % {
            "departement": self.departement,
            "of_name": of_place(article, name),
        }

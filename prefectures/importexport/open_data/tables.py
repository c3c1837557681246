"""The tables of the open data, and what each of their columns means: the models say most of it.

A row says what the line of a file of sheets does (``docs/format-des-fiches.md``), by the same
names, and a few things that follow from the rest, which are told and never read again: ``told``.
The dictionary, the JSON Schema, the files and the loading of them are all made of these tables.
"""

from dataclasses import dataclass, field
from functools import cache

from django.db import models

from ...models import (
    Departement,
    GeneralText,
    GlossaryTerm,
    Ground,
    HelpPlace,
    Prefecture,
    Procedure,
    Region,
)
from ...models.fields import ChoiceSetField, RichTextField, WebAddressField
from ...published.document import CURRENT
from ...sheets.kinds import ROWS, known_by

TEXT, HTML, PAGE, WEB = "texte", "texte mis en forme", "adresse de ce site", "adresse"
DAY, MOMENT, NUMBER, TRUTH = "date", "date et heure", "nombre", "oui ou non"
CODE, CODES, CHOICE, CHOICES = "code", "liste de codes", "choix", "liste de choix"


@dataclass(frozen=True)
class Column:
    """``values`` are those that it may have, {value: French words}, where they are counted.

    ``is_always`` there, or left out where it is empty; ``is_told`` of what follows from the rest.
    """

    name: str
    meaning: str
    kind: str
    values: dict = field(default_factory=dict)
    is_always: bool = False
    is_told: bool = False

    @property
    def is_list(self):
        return self.kind in (CODES, CHOICES)


@dataclass(frozen=True)
class Table:
    """``name`` is that of its files, ``model`` what its rows are, None of what is only told.

    Rows that stand alone are known by ``key``; ``has_departement`` those of a département.
    """

    name: str
    title: str
    model: type | None
    columns: tuple
    key: str = ""
    has_departement: bool = True

    @property
    def loaded(self):
        """Return the columns that make a row again."""
        return [column for column in self.columns if not column.is_told]


def told(name, meaning, kind, values=(), *, is_always=True):
    return Column(name, meaning, kind, dict(values), is_always, is_told=True)


def of_model(model, names, always=()):
    """Return the columns of these fields of ``model``."""
    return tuple(_of_field(model._meta.get_field(name), name in always) for name in names)


def _of_field(field, is_always):
    choices = {key: str(words) for key, words in field.choices or () if key}
    return Column(field.name, str(field.verbose_name), _kind(field), choices, is_always)


def _kind(field):
    if field.is_relation:
        return NUMBER if known_by(field.related_model) == "number" else _codes(field)
    if isinstance(field, ChoiceSetField):
        return CHOICES
    if field.choices:
        return CHOICE
    for kind, name in (
        (models.BooleanField, TRUTH),
        (models.DateField, DAY),
        (models.IntegerField, NUMBER),
        (RichTextField, HTML),
        (WebAddressField, WEB),
    ):
        if isinstance(field, kind):
            return name
    return CODE if field.name in ("code", "slug") else TEXT


def _codes(field):
    return CODES if field.many_to_many else CODE


PLACE = ("code", "name", "article", "slug")
OFFICE = (
    "departement",
    "slug",
    "kind",
    "city",
    "article",
    "printed_name",
    "seat_of",
    "parent",
    *Prefecture.CONTACTS,
)
GROUND = ("slug", "name", "description", "covers_all", "is_neighbour", "position")
HELP_PLACE = (
    "slug",
    "name",
    "kind",
    "departements",
    "description",
    "address",
    "city",
    "phone",
    "email",
    "website",
    "hours",
    "languages",
    "source",
    "verified_on",
)
GENERAL_TEXT = ("slug", "title", "text", "law_article", "position")
TERM = ("slug", "term", "also_written", "explanation", "law_article")
# Of a verification the day is public, and no more.
OF_A_SHEET = tuple(name for name in CURRENT.SHEET if name != "last_verified_on")
NAMED = ("offices", "offices_not_receiving", "grounds", "arrondissements")
COMMUNES = ("communes_included", "communes_excluded")
# What a row of a sheet leads to.
LEADING = {
    "steps": ("source", "office"),
    "quotations": ("link",),
    "referrals": ("ground", "office", "sheet"),
}
SHEET_KEY = Column("sheet_key", "code de la fiche", CODE, is_always=True)
ITS_PAGE = told("page", "sa page sur ce site", PAGE)
IS_GONE = told("is_gone", "la fiche qui répondait n’est plus en ligne", TRUTH, is_always=False)
BECAME = {
    "new": "nouvelle fiche",
    "changed": "fiche modifiée ou vérifiée",
    "withdrawn": "fiche retirée",
}
REGIONS, DEPARTEMENTS, OFFICES, SHEETS = "regions", "departements", "guichets", "fiches"
GROUNDS, HELP_PLACES, TEXTS, TERMS = "motifs", "lieux-d-aide", "textes-generaux", "glossaire"
CHANGES = "changements"


@cache
def tables():
    """Return {name: ``Table``}, in the order in which they are told."""
    found = [*_places(), _sheets(), *_rows_of_sheets(), *_around(), _changes()]
    return {table.name: table for table in found}


def _places():
    places = ("code", "name", "article", "slug")
    yield Table(
        REGIONS,
        "Régions",
        Region,
        (*of_model(Region, PLACE, places), ITS_PAGE),
        key="code",
        has_departement=False,
    )
    yield Table(
        DEPARTEMENTS,
        "Départements",
        Departement,
        (*of_model(Departement, [*PLACE, "region"], places), ITS_PAGE),
        key="code",
    )
    always = ("departement", "slug", "kind", "city", "article")
    yield Table(
        OFFICES,
        "Guichets de l’État",
        Prefecture,
        (
            told("key", "code du guichet", CODE),
            *of_model(Prefecture, OFFICE, always),
            told("name", "nom du guichet", TEXT),
        ),
        key="key",
    )


def _sheets():
    always = ("departement", "title", "slug", "situation")
    names = ["departement", *OF_A_SHEET, *NAMED, *COMMUNES]
    return Table(
        SHEETS,
        "Fiches",
        Procedure,
        (
            told("key", "code de la fiche", CODE),
            *of_model(Procedure, names, always),
            Column("last_verified_on", "dernière vérification de la source, par l’équipe", DAY),
            told("online_since", "en ligne ainsi depuis le", DAY),
            ITS_PAGE,
            told("document", "son contenu publié, pour un programme", PAGE),
            told("sha256", "empreinte de ce contenu", TEXT),
        ),
        key="key",
    )


def _rows_of_sheets():
    always = ("number", "group", "kind", "role", "value", "publisher", "text", "ground")
    for kind in ROWS:
        names = [*CURRENT.ROWS[kind.part], *LEADING.get(kind.part, ())]
        own = of_model(kind.model, names, () if kind.part == "links" else always)
        if kind.part == "links":
            own = of_model(kind.model, names, ("number", "kind", "publisher"))
        more = (IS_GONE,) if kind.part == "referrals" else ()
        yield Table(
            kind.name,
            f"{kind.plural.capitalize()} des fiches",
            kind.model,
            (SHEET_KEY, *own, *more),
        )


def _around():
    yield Table(
        GROUNDS,
        "Motifs de la demande",
        Ground,
        of_model(Ground, GROUND, ("slug", "name")),
        key="slug",
        has_departement=False,
    )
    yield Table(
        HELP_PLACES,
        "Lieux d’aide",
        HelpPlace,
        of_model(HelpPlace, HELP_PLACE, ("slug", "name", "kind", "source", "verified_on")),
        key="slug",
    )
    yield Table(
        TEXTS,
        "Textes qui valent pour toutes les fiches",
        GeneralText,
        of_model(GeneralText, GENERAL_TEXT, ("slug", "title", "text")),
        key="slug",
        has_departement=False,
    )
    yield Table(
        TERMS,
        "Mots difficiles, expliqués",
        GlossaryTerm,
        of_model(GlossaryTerm, TERM, ("slug", "term", "explanation")),
        key="slug",
        has_departement=False,
    )


def _changes():
    return Table(
        CHANGES,
        "Ce qui a changé dans les fiches",
        None,
        (
            told("at", "en ligne depuis", MOMENT),
            told("changeset", "numéro du changement", NUMBER),
            told("sheet_key", "code de la fiche ce jour-là", CODE),
            told("departement", "département", CODE),
            told("title", "titre de la fiche ce jour-là", TEXT),
            told("kind", "ce qu’elle est devenue", CHOICE, BECAME.items()),
            told("public_reason", "raison, pour le public", TEXT, is_always=False),
            told("page", "la page de ce changement", PAGE),
        ),
    )

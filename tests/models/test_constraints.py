"""What the database itself refuses, whoever writes, and the sentence that a form shows for it."""

from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from prefectures.models import (
    Acknowledgement,
    Changeset,
    Contact,
    FormerCommune,
    GeneralText,
    GivenAddress,
    GlossaryTerm,
    Ground,
    HelpPlace,
    JournalEntry,
    KeptBytes,
    Link,
    PageReading,
    PostalCode,
    Prefecture,
    Procedure,
    PublishedDocument,
    Quotation,
    Referral,
    Revision,
    Snooze,
    Step,
    WatchedAddress,
)

from .making import draft

pytestmark = pytest.mark.django_db

TWICE = "existe déjà"


def sheet(**fields):
    return Procedure(**{"departement_id": "09", "title": "Une fiche", "slug": "fiche", **fields})


def prefecture(**fields):
    fields = {"kind": "sous_prefecture", "city": "Foix", "slug": "guichet", **fields}
    return Prefecture(departement_id="09", **fields)


def help_place(**fields):
    given = {"name": "La Cimade", "slug": "cimade", "kind": "association", "source": "un dépliant"}
    return HelpPlace(**{**given, "verified_on": "2025-03-01", **fields})


def step(**fields):
    return Step(**{"procedure": draft(), "number": 1, "kind": "post", "role": "files", **fields})


def contact(**fields):
    fields = {"number": 1, "kind": "phone", "value": "05 61 02 10 00", **fields}
    return Contact(procedure=draft(), **fields)


def link(**fields):
    return Link(**{"procedure": draft(), "number": 1, "label": "Notice", **fields})


def quotation(**fields):
    return Quotation(**{"procedure": draft(), "number": 1, "text": "<p>Un</p>", **fields})


def to_itself():
    sheet = draft()
    return [Referral(procedure=sheet, number=1, ground=Ground.objects.first(), sheet=sheet)]


def sharing_a_number(model, **fields):
    procedure = draft()
    return [model(procedure=procedure, number=1, **fields) for _ in range(2)]


def snooze(**fields):
    return Snooze(
        **{"procedure": draft(), "until": date(2099, 1, 1), "reason": "Plus tard", **fields}
    )


def watched(**fields):
    given = {"url": "https://a.fr", "host": "a.fr", "verdict": "works", "seen": "works"}
    return WatchedAddress(**{**given, "digest": "0" * 64, "since": "2026-12-01", **fields})


def given(**fields):
    address = watched()
    put(address)
    return GivenAddress(procedure=draft(), address=address, **fields)


def given_twice():
    one = given()
    return one, GivenAddress(procedure=one.procedure, address=one.address)


def changed_some_day():
    row = given()
    at, kept = timezone.now(), KeptBytes.of(b"texte")
    fields = {"first_seen_at": at, "last_seen_at": at, "text": kept, "original": kept}
    row.changed = PageReading.objects.create(address=row.address, **fields)
    return [row]


def acknowledgement(**fields):
    return Acknowledgement(**{"kind": "ended", "fingerprint": "0" * 64, "reason": "Vu", **fields})


def acknowledged_twice():
    procedure = draft()
    return [acknowledgement(procedure=procedure) for _ in range(2)]


def postal_code():
    return PostalCode.objects.select_related("commune").first()


def revision(**fields):
    """Return a second revision of a sheet that is at its first."""
    first = draft().revisions.get()
    fresh = {"number": 2, "changeset": Changeset.objects.exclude(pk=first.changeset_id).first()}
    same = {name: getattr(first, name) for name in fields}
    return Revision(procedure=first.procedure, publication="draft", **{**fresh, **same})


def documents(**fields):
    """Return two documents that one changeset gives a sheet."""
    procedure = draft()
    given = {"changeset": Changeset.objects.first(), "at": Changeset.objects.first().at}
    given |= {"departement_id": "09", "slug": "fiche", "title": "Une fiche", **fields}
    return [PublishedDocument(procedure=procedure, **given) for _ in range(2)]


# name: (the objects, of which the last one is refused; what the form says)
CASES = {
    "changeset_has_reason": (
        lambda: [Changeset(origin="form", reason="")],
        "Dites en quelques mots pourquoi",
    ),
    "changeset_origin_is_known": (
        lambda: [Changeset(origin="rumeur", reason="Pour le test")],
        "Origine inconnue",
    ),
    "document_one_a_changeset": (documents, TWICE),
    "document_whole_or_none": (
        lambda: documents(sha256="0" * 64)[:1],
        "son format et son empreinte",
    ),
    "ground_one_covers_all": (
        lambda: [Ground(slug="autre", name="Autre", covers_all=True)],
        "Un seul motif",
    ),
    "prefecture_slug_unique_in_departement": (
        lambda: [prefecture(), prefecture(city="Pamiers")],
        "porte déjà ce nom",
    ),
    "prefecture_one_a_departement": (
        lambda: [prefecture(kind="prefecture")],
        "Ce département a déjà sa préfecture",
    ),
    "prefecture_kind_is_known": (
        lambda: [prefecture(kind="mairie")],
        "Type de guichet inconnu",
    ),
    "prefecture_other_has_a_name": (
        lambda: [prefecture(kind="other")],
        "Donnez son nom",
    ),
    "helpplace_has_name": (lambda: [help_place(name="")], "Donnez le nom de ce lieu d’aide."),
    "helpplace_has_source": (lambda: [help_place(source="")], "Dites d’où vient"),
    "helpplace_kind_is_known": (lambda: [help_place(kind="mairie")], "Type de lieu d’aide"),
    "glossaryterm_has_term": (lambda: [GlossaryTerm(slug="a", explanation="b")], "Donnez le mot"),
    "glossaryterm_has_explanation": (
        lambda: [GlossaryTerm(slug="a", term="b")],
        "Expliquez ce mot",
    ),
    "generaltext_has_title": (lambda: [GeneralText(slug="a", text="<p>b</p>")], "Donnez un titre"),
    "generaltext_has_text": (
        lambda: [GeneralText(slug="a", title="b")],
        "un titre seul ne dit rien",
    ),
    "prefecture_has_a_city": (lambda: [prefecture(city="")], "Donnez la ville"),
    "procedure_slug_unique_in_departement": (
        lambda: [sheet(), sheet(title="Une autre")],
        "a déjà cette adresse",
    ),
    "procedure_slug_is_free": (lambda: [sheet(slug="au")], "réservée au site"),
    "procedure_has_title": (lambda: [sheet(title="")], "Donnez un titre"),
    "procedure_valid_dates_in_order": (
        lambda: [sheet(valid_from="2024-02-02", valid_until="2024-02-01")],
        "La fin de validité vient avant son début",
    ),
    "procedure_situation_is_known": (
        lambda: [sheet(situation="perdue")],
        "Situation inconnue",
    ),
    "procedure_publication_is_known": (
        lambda: [sheet(publication="cachee")],
        "État de publication inconnu",
    ),
    "procedure_transition_is_told": (
        lambda: [sheet(transition_on="2026-03-01")],
        "dites aussi ce qui change",
    ),
    "ground_neighbour_is_not_all": (
        lambda: [Ground(slug="autre", name="Autre", covers_all=True, is_neighbour=True)],
        "Une demande voisine ne vaut pas pour tous",
    ),
    "step_number_unique": (lambda: sharing_a_number(Step, kind="post", role="files"), TWICE),
    "step_group_from_one": (lambda: [step(group=0)], "commence à 1"),
    "step_kind_is_known": (lambda: [step(kind="pigeon")], "Action inconnue"),
    "step_role_is_known": (lambda: [step(role="perdu")], "Rôle d’étape inconnu"),
    "step_registered_is_known": (lambda: [step(registered="oui")], "choix inconnu"),
    "step_date_of_a_source": (lambda: [step(known_on="2026-04-02")], "par quel lien"),
    "contact_number_unique": (
        lambda: sharing_a_number(Contact, kind="phone", value="05 61 02 10 00"),
        TWICE,
    ),
    "contact_has_value": (lambda: [contact(value="")], "Donnez l’adresse, le numéro"),
    "contact_kind_is_known": (lambda: [contact(kind="pigeon")], "Type de contact inconnu"),
    "journalentry_kind_is_known": (
        lambda: [JournalEntry(kind="rumeur")],
        "Le journal ne connaît pas cela",
    ),
    "link_number_unique": (lambda: sharing_a_number(Link, label="Notice"), TWICE),
    "link_has_label_or_url": (lambda: [link(label="")], "un texte ou une adresse"),
    "link_kind_is_known": (lambda: [link(kind="rumeur")], "Type de lien inconnu"),
    "link_publisher_is_known": (lambda: [link(publisher="rumeur")], "Source inconnue"),
    "quotation_number_unique": (lambda: sharing_a_number(Quotation, text="<p>Un</p>"), TWICE),
    "quotation_has_text": (lambda: [quotation(text="")], "Recopiez les mots"),
    "quotation_publisher_is_known": (lambda: [quotation(publisher="rumeur")], "Source inconnue"),
    "referral_number_unique": (
        lambda: sharing_a_number(Referral, ground=Ground.objects.first()),
        TWICE,
    ),
    "referral_not_to_itself": (to_itself, "ne renvoie pas à elle-même"),
    "acknowledgement_once": (acknowledged_twice, "vient de le dire"),
    "acknowledgement_has_reason": (
        lambda: [acknowledgement(procedure=draft(), reason="")],
        "pourquoi c’est voulu",
    ),
    "snooze_has_reason": (lambda: [snooze(reason="")], "pourquoi c’est remis"),
    "snooze_ends_later": (lambda: [snooze(until=date(2020, 1, 1))], "Choisissez un jour à venir"),
    "watchedaddress_verdict_is_known": (lambda: [watched(verdict="mort")], "Verdict inconnu"),
    "watchedaddress_verdict_is_dated": (lambda: [watched(since=None)], "Dites depuis quand"),
    "given_once_by_a_sheet": (given_twice, TWICE),
    "given_change_is_dated": (changed_some_day, "de quand est le changement"),
    "postal_code_once_a_commune": (
        lambda: [PostalCode(commune=postal_code().commune, code=postal_code().code)],
        TWICE,
    ),
    "former_commune_once": (
        lambda: [
            FormerCommune(
                code="09999", status="commune-associee", name=name, search=name, commune_id="09122"
            )
            for name in ("un", "deux")
        ],
        TWICE,
    ),
    "revision_number_unique": (lambda: [revision(number="same")], TWICE),
    "revision_one_a_changeset": (lambda: [revision(changeset="same")], TWICE),
}


def constraints():
    return {
        constraint.name
        for model in apps.get_app_config("prefectures").get_models()
        if model.__module__.startswith("prefectures.models")
        for constraint in model._meta.constraints
    }


def put(item):
    """Write ``item`` past every gate of ours."""
    models.QuerySet(type(item)).bulk_create([item])


@pytest.mark.parametrize("name", CASES)
def test_the_database_refuses(name):
    *others, bad = CASES[name][0]()
    for other in others:
        put(other)
    with pytest.raises(IntegrityError), transaction.atomic():
        put(bad)


@pytest.mark.parametrize("name", CASES)
def test_the_form_refuses_in_french(name):
    make, sentence = CASES[name]
    *others, bad = make()
    for other in others:
        put(other)
    with pytest.raises(ValidationError) as refusal:
        bad.validate_constraints()
    assert sentence in " ".join(refusal.value.messages)


# What Django says of the field itself, before a constraint is looked at.
OF_THE_FIELD = ("n’est pas dans la liste", "ne peut pas être vide")


@pytest.mark.parametrize("name", CASES)
def test_a_full_check_says_why_in_french(name):
    make, sentence = CASES[name]
    *others, bad = make()
    for other in others:
        put(other)
    with pytest.raises(ValidationError) as refusal:
        bad.full_clean()
    said = " ".join(refusal.value.messages)
    assert any(words in said for words in (sentence, *OF_THE_FIELD))


def test_every_constraint_of_the_models_is_tried_here():
    assert set(CASES) == constraints()


@pytest.mark.parametrize("slug", ["changements", "historique", "au", ""])
def test_a_sheet_cannot_take_an_address_of_the_site(slug):
    with pytest.raises(IntegrityError), transaction.atomic():
        put(sheet(slug=slug))


@pytest.mark.parametrize(
    "dates",
    [
        {"valid_from": "2024-02-01"},
        {"valid_until": "2024-02-01"},
        {"valid_from": "2024-02-01", "valid_until": "2024-02-01"},
    ],
)
def test_dates_of_validity_in_order_or_half_given_are_accepted(dates):
    put(sheet(**dates))
    assert Procedure.objects.filter(slug="fiche").exists()


def test_the_same_address_serves_in_two_departements():
    put(sheet())
    put(sheet(departement_id="11"))
    assert Procedure.objects.filter(slug="fiche").count() == 2


def test_a_link_may_be_announced_without_its_address():
    link(url="").full_clean(exclude=["number"])


@pytest.mark.parametrize(
    ("model", "field", "name"),
    [
        (Procedure, "situation", "procedure_situation_is_known"),
        (Procedure, "publication", "procedure_publication_is_known"),
        (Prefecture, "kind", "prefecture_kind_is_known"),
        (HelpPlace, "kind", "helpplace_kind_is_known"),
        (Step, "kind", "step_kind_is_known"),
        (Step, "role", "step_role_is_known"),
        (Contact, "kind", "contact_kind_is_known"),
        (Link, "kind", "link_kind_is_known"),
        (Link, "publisher", "link_publisher_is_known"),
        (Changeset, "origin", "changeset_origin_is_known"),
        (JournalEntry, "kind", "journalentry_kind_is_known"),
    ],
)
def test_the_database_knows_exactly_the_choices_of_the_form(model, field, name):
    (constraint,) = [item for item in model._meta.constraints if item.name == name]
    ((_, known),) = constraint.condition.children
    choices = dict(model._meta.get_field(field).flatchoices)
    assert set(known) == set(choices)

"""The documents that the migration makes of a history are those that were kept as it went."""

from importlib import import_module

import pytest
from django.apps import apps

from prefectures.models import (
    Arrondissement,
    Departement,
    GeneralText,
    Ground,
    HelpPlace,
    Link,
    Prefecture,
    Procedure,
    PublishedDocument,
    Referral,
    Verification,
    changeset,
)

from ..models.making import all_grounds, draft, edited, published, written
from ..public.made_up import FILES, load_made_up

pytestmark = pytest.mark.usefixtures("unguarded")
write = import_module("prefectures.migrations.0016_documents_of_the_past").write


def kept():
    columns = ("changeset", "procedure", "departement", "slug", "title", "format", "sha256")
    rows = PublishedDocument.objects.order_by("changeset", "procedure")
    return [
        (*row[:-1], row[-1] and bytes(row[-1])) for row in rows.values_list(*columns, "content")
    ]


def told_again():
    PublishedDocument.objects.all().delete()
    write(apps, None)
    return kept()


def much_happens():
    sheet, other = published("Une fiche", "34"), published("Une autre", "09")
    office = Prefecture.objects.filter(departement="34").first()
    with changeset("Des lignes"):
        sheet.offices.add(office)
        sheet.offices_not_receiving.add(Prefecture.objects.filter(departement="34").last())
        sheet.arrondissements.set(Arrondissement.objects.filter(departement="34"))
        link = sheet.links.create(url="https://a.example/", consulted_on="2026-01-02")
        sheet.steps.create(kind="counter", office=office, source=link, group=2)
        sheet.quotations.create(text="<p>Des mots</p>", link=link)
        sheet.contacts.create(kind="phone", value="05 61 02 10 00")
    written(Referral, procedure=sheet, ground=all_grounds(), sheet=other, note="ici")
    written(Verification, procedure=sheet, verified_on="2025-01-02")
    place = written(
        HelpPlace, name="Zoé", kind="association", source="un dépliant", verified_on="2025-03-01"
    )
    with changeset("Elle aide ici"):
        place.departements.set(["34"])
    edited(office, printed_name="Maison")
    edited(Ground.objects.get(covers_all=True), name="Tout")
    edited(Departement.objects.get(code="34"), name="Hérô")
    edited(GeneralText.objects.first(), title="Autre titre")
    edited(sheet, slug="ailleurs", refused_channels=["postal"])
    edited(other, publication="archived")
    edited(draft("Brouillon"), headline="Secret.")
    written(Link, procedure=sheet, label="Notice")
    with changeset("Fin"):
        place.delete()
        other.delete()


def test_what_happened_is_told_again_to_the_last_byte():
    for name in FILES:
        load_made_up(name)
    much_happens()
    expected = kept()
    assert len(expected) > 100
    assert told_again() == expected


def test_every_sheet_has_its_document_again():
    PublishedDocument.objects.all().delete()
    write(apps, None)
    for sheet in Procedure.objects.published():
        assert sheet.documents.latest("pk").sha256


def test_where_there_is_no_history_nothing_is_told():
    class Nothing:
        """A site whose tables are just made."""

        def get_model(self, label, name):
            found = apps.get_model(label, name)
            return type("Empty", (), {"objects": found.objects.none()})

    before = kept()
    write(Nothing(), None)
    assert kept() == before

"""Whole sheets from a JSON file: loaded once, through the gate, and never again."""

import json
from datetime import date

import pytest
from django.conf import settings

from prefectures.importexport.sheet_file import load_sheets
from prefectures.models import Changeset, Link, Procedure, Revision, Step, changeset

OCCITANIE = settings.BASE_DIR / "fixtures" / "occitanie.json"

pytestmark = pytest.mark.django_db


def staff_saves(item, **fields):
    for name, value in fields.items():
        setattr(item, name, value)
    with changeset("L’équipe le sait mieux", origin=Changeset.Origin.FORM):
        item.save()


# --- GISTI's fourteen sheets ------------------------------------------------------------------


@pytest.fixture
def loading():
    return Changeset.objects.get(file_name="occitanie.json")


def test_fourteen_sheets_are_loaded_in_their_order():
    sheets = json.loads(OCCITANIE.read_text(encoding="utf-8"))["sheets"]
    assert len(sheets) == 14
    assert list(Procedure.objects.order_by("pk").values_list("title", flat=True)) == [
        sheet["title"] for sheet in sheets
    ]


def test_every_departement_of_occitanie_has_its_sheet():
    assert Procedure.objects.published().values("departement").distinct().count() == 13


def test_the_load_says_where_the_sheets_come_from(loading):
    assert loading.reason == "Reprise du document GISTI du 22/02/2023"
    assert "22/02/2023" in loading.public_reason


def test_the_load_is_a_command_s_and_nobody_s(loading):
    assert (loading.author, loading.origin, loading.is_minor) == (None, "command", False)


def test_every_sheet_has_its_first_version_from_that_load(loading):
    assert set(Revision.objects.values_list("number", "changeset", "publication")) == {
        (1, loading.pk, "published")
    }
    assert set(Procedure.objects.values_list("version", flat=True)) == {1}


def test_every_row_of_a_sheet_is_in_history_with_that_reason(loading):
    for model in (Procedure, Step, Link):
        assert set(model.history.values_list("changeset", "history_type")) == {(loading.pk, "+")}
        assert model.history.count() == model.objects.count()


def test_a_quotation_knows_the_link_that_it_comes_from():
    foix = Procedure.objects.get(departement="09")
    assert foix.quotations.get().link.host == "www.ariège.gouv.fr"


def test_loading_again_writes_nothing():
    before = Changeset.objects.count()
    loaded, left_alone = load_sheets(OCCITANIE)
    assert (loaded, len(left_alone)) == ([], 14)
    assert Changeset.objects.count() == before
    assert Revision.objects.count() == 14


def test_a_sheet_edited_since_is_left_alone(beziers):
    staff_saves(beziers, title="Béziers, depuis 2026")
    assert load_sheets(OCCITANIE)[0] == []
    beziers.refresh_from_db()
    assert (beziers.title, beziers.version) == ("Béziers, depuis 2026", 2)


def test_a_sheet_whose_address_changed_since_does_not_come_back(beziers):
    staff_saves(beziers, slug="beziers")
    assert load_sheets(OCCITANIE)[0] == []
    assert Procedure.objects.count() == 14


def test_a_sheet_deleted_since_does_not_come_back(beziers):
    with changeset("Elle ne vaut plus", origin=Changeset.Origin.FORM):
        beziers.delete()
    assert load_sheets(OCCITANIE)[0] == []
    assert Procedure.objects.count() == 13


def test_a_step_removed_since_does_not_come_back(beziers):
    count = beziers.steps.count()
    with changeset("Cette étape n’existe plus", origin=Changeset.Origin.FORM):
        beziers.steps.first().delete()
    load_sheets(OCCITANIE)
    assert beziers.steps.count() == count - 1


def test_only_the_sheets_that_are_new_are_loaded(sheet_file, beziers):
    other = {**sheet_file.sheet, "slug": beziers.slug}
    sheet_file.document["sheets"].append(other)
    loaded, left_alone = load_sheets(sheet_file.write())
    assert loaded == ["34/une-fiche"]
    assert left_alone == ["34/sous-prefecture-de-beziers"]


# --- The form of the file ---------------------------------------------------------------------


def loaded_from(sheet_file):
    load_sheets(sheet_file.write())
    return Procedure.objects.get(slug=sheet_file.sheet["slug"])


def test_steps_contacts_and_links_are_numbered_in_their_order(sheet_file):
    sheet_file.sheet["steps"] = [{"kind": kind} for kind in ("post", "drop_box", "counter")]
    sheet_file.sheet["contacts"] = [
        {"kind": "phone", "value": "1"},
        {"kind": "phone", "value": "2"},
    ]
    sheet_file.sheet["links"] = [{"label": "b"}, {"label": "a"}]
    sheet = loaded_from(sheet_file)
    assert list(sheet.steps.order_by("number").values_list("number", "kind")) == [
        (1, "post"),
        (2, "drop_box"),
        (3, "counter"),
    ]
    assert [(c.number, c.value) for c in sheet.contacts.order_by("number")] == [(1, "1"), (2, "2")]
    assert [(k.number, k.label) for k in sheet.links.order_by("number")] == [(1, "b"), (2, "a")]


def test_steps_of_one_group_show_in_the_order_of_the_file(sheet_file):
    sheet_file.sheet["steps"] = [{"kind": kind} for kind in ("post", "drop_box", "counter")]
    [alternatives] = loaded_from(sheet_file).step_groups
    assert [step.kind for step in alternatives] == ["post", "drop_box", "counter"]


def test_a_territory_is_written_in_codes_of_insee(sheet_file):
    sheet_file.sheet |= {
        "arrondissements": ["341"],
        "communes_included": ["34142"],
        "communes_excluded": ["34032"],
        "territory_note": "rive gauche",
    }
    sheet = loaded_from(sheet_file)
    assert [place.code for place in sheet.arrondissements.all()] == ["341"]
    assert [place.name for place in sheet.communes_included.all()] == ["Lodève"]
    assert [place.name for place in sheet.communes_excluded.all()] == ["Béziers"]


def test_offices_and_grounds_are_written_as_their_addresses(sheet_file):
    sheet_file.sheet["offices"].append("34/sous-prefecture-de-lodeve")
    sheet_file.sheet["grounds"] = ["travail", "metiers-en-tension"]
    sheet = loaded_from(sheet_file)
    assert {office.key for office in sheet.offices.all()} == set(sheet_file.sheet["offices"])
    assert {ground.slug for ground in sheet.grounds.all()} == {"travail", "metiers-en-tension"}


def test_dates_numbers_and_lists_keep_their_kind(sheet_file):
    sheet_file.sheet |= {
        "updated_on": "2023-02-22",
        "valid_until": None,
        "position": 3,
        "quotations": [{"text": "Des mots", "is_excerpt": True}],
        "refused_channels": ["online", "postal"],
    }
    sheet = loaded_from(sheet_file)
    assert (sheet.updated_on, sheet.valid_until) == (date(2023, 2, 22), None)
    assert (sheet.position, sheet.quotations.get().is_excerpt) == (3, True)
    assert sheet.refused_channels == ["postal", "online"]


def test_a_role_that_is_left_out_follows_from_the_kind(sheet_file):
    sheet_file.sheet["steps"] = [{"kind": "book_online"}]
    assert loaded_from(sheet_file).steps.get().role == "appointment"


def test_rich_text_is_cleaned_as_in_the_form(sheet_file):
    sheet_file.sheet["warning"] = "<p onclick='x()'>Bonjour</p><script>x()</script>"
    assert loaded_from(sheet_file).warning == "<p>Bonjour</p>"


def test_lines_of_a_list_become_its_items(sheet_file):
    sheet_file.sheet["conditions"] = "Cinq ans de présence\n– un passeport"
    conditions = loaded_from(sheet_file).conditions
    assert conditions == "<ul><li>Cinq ans de présence</li><li>un passeport</li></ul>"


def test_an_address_is_stored_to_the_letter(sheet_file):
    url = "https://www.ariège.gouv.fr/Fiche%20de+situation%20(2).pdf#2"
    sheet_file.sheet["links"] = [{"url": url}]
    assert loaded_from(sheet_file).links.get().url == url


def test_a_sheet_without_publication_is_a_draft(sheet_file):
    sheet_file.document["sheets"] = [{"departement": "34", "slug": "vide", "title": "Vide"}]
    load_sheets(sheet_file.write())
    assert Procedure.objects.get(slug="vide").publication == "draft"


def test_the_author_and_the_reasons_of_the_file_are_written_down(sheet_file, admin_user):
    sheet_file.document["public_reason"] = "Une reprise, en public"
    load_sheets(sheet_file.write(), author=admin_user)
    record = Changeset.objects.first()
    assert (record.reason, record.public_reason) == ("Une reprise", "Une reprise, en public")
    assert (record.author, record.file_name) == (admin_user, "fiches.json")


def test_a_byte_order_mark_is_no_fault(sheet_file):
    text = sheet_file.write().read_text(encoding="utf-8")
    sheet_file.write_text("\ufeff" + text)
    assert load_sheets(sheet_file.path)[0] == ["34/une-fiche"]

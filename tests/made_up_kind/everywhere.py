"""A kind of row that was only declared is there wherever sheets are read, compared and written.

Run by ``tests/sheets/test_made_up_kind.py``, in a process and a database of its own.
"""

import json

import pytest

from prefectures.contradictions import contradictions_of
from prefectures.history.timeline import timeline
from prefectures.history.undo import undo
from prefectures.importexport.files import write_table
from prefectures.importexport.resources import KINDS, WHOLE_SHEETS, export
from prefectures.importexport.sheet_file import load_sheets
from prefectures.models import FaultySheetsError, Procedure, changeset
from prefectures.models.numbering import MOST_ROWS_OF_A_SHEET
from prefectures.sheets.canonical import document
from prefectures.sheets.kinds import ROWS
from prefectures.sheets.reading import sheets_at, sheets_now

from ..admin.forms import posted
from ..admin.test_conflict import resent
from ..admin.test_tracked import address
from ..importexport.planning import imported
from .models import Remark

pytestmark = pytest.mark.django_db
REMARKS = next(kind for kind in ROWS if kind.model is Remark)


@pytest.fixture
def url(sheet):
    return address(Procedure, "change", sheet.pk)


def texts(sheet):
    return list(sheet.remarks.order_by("number").values_list("text", flat=True))


def changed_meanwhile(remark, text):
    with changeset("Appelé"):
        remark.text = text
        remark.save()


# --- The form ---------------------------------------------------------------------------------


def test_the_form_shows_it_and_says_how_to_add_one(admin_client, url):
    page = admin_client.get(url)
    assert "La première" in page.content.decode()
    assert "Ajouter une remarque" in page.content.decode()


def test_the_form_saves_changed_and_new_rows_in_their_order(admin_client, sheet, url):
    new = {
        "remarks-TOTAL_FORMS": 2,
        "remarks-0-text": "La vraie première",
        "remarks-1-text": "Avant elle",
        "remarks-1-order": 0,
    }
    admin_client.post(url, posted(admin_client.get(url), **new, reason="Vu"))
    assert texts(sheet) == ["La vraie première", "Avant elle"]
    assert [remark.text for remark in sheet.remarks.all()] == ["Avant elle", "La vraie première"]


def test_two_people_at_once_choose_between_their_texts(admin_client, sheet, url):
    opened = admin_client.get(url)
    changed_meanwhile(sheet.remarks.get(), "La leur")
    page = admin_client.post(url, posted(opened, **{"remarks-0-text": "La mienne"}, reason="Vu"))
    (conflict,) = page.context["merge"].conflicts
    assert conflict.label == "remarque n° 1\xa0: Texte"
    assert (conflict.base, conflict.theirs, conflict.mine) == (
        "La première",
        "La leur",
        "La mienne",
    )
    admin_client.post(url, resent(page, **{f"{conflict.name}-choice": "mine"}))
    assert texts(sheet) == ["La mienne"]


def test_a_copy_of_the_sheet_has_it(admin_client, sheet):
    sent = {"departement": "34", "title": "Une copie", "reason": "Pour le travail"}
    admin_client.post(address(Procedure, "duplicate", sheet.pk), sent)
    assert texts(Procedure.objects.get(title="Une copie")) == ["La première"]


# --- Files ------------------------------------------------------------------------------------


def test_it_has_a_table_of_its_own(sheet):
    assert REMARKS in WHOLE_SHEETS
    assert KINDS["remarques"] is REMARKS
    table = export(REMARKS, Procedure.objects.all())
    assert table.dict[0]["fiche"] == sheet.key
    assert table.dict[0]["texte"] == "La première"


def test_its_table_comes_back_unchanged(admin_user, sheet):
    text = write_table("csv", export(REMARKS, Procedure.objects.all()))
    assert imported(text, admin_user).pk is None


def test_an_import_of_its_rows_is_written_and_undone(admin_user, sheet):
    file = f"fiche;numéro;texte\n{sheet.key};1;La seule\n{sheet.key};;Une autre\n"
    record = imported(file, admin_user, kind_name="remarques")
    assert texts(sheet) == ["La seule", "Une autre"]
    assert not undo(record, admin_user).kept
    assert texts(sheet) == ["La première"]


def test_undoing_leaves_what_somebody_changed_since(admin_user, sheet):
    file = f"fiche;numéro;texte\n{sheet.key};1;La seule\n"
    record = imported(file, admin_user, kind_name="remarques")
    changed_meanwhile(sheet.remarks.get(), "La leur")
    undone = undo(record, admin_user, leaving_later_changes=True)
    assert [(item.name, item.kept) for item in undone.kept] == [
        (f"{sheet.key} remarque n° 1", "changé depuis, reste tel quel\xa0: texte")
    ]


def test_a_file_of_sheets_holds_it(sheet, tmp_path):
    state = sheets_now([sheet.pk])[sheet.pk]
    said = document(state, {}) | {"slug": "ailleurs", "grounds": ["tous-motifs"]}
    assert said["remarks"][0]["text"] == "La première"
    for remark in said["remarks"]:
        del remark["number"]
    path = tmp_path / "fiches.json"
    path.write_text(json.dumps({"reason": "Une reprise", "sheets": [said]}))
    assert load_sheets(path)[0] == ["34/ailleurs"]
    assert texts(Procedure.objects.get(slug="ailleurs")) == ["La première"]


# --- History and checks -----------------------------------------------------------------------


def test_an_earlier_version_has_it_as_it_was(sheet):
    changed_meanwhile(sheet.remarks.get(), "La seconde")
    then, now = (sheets_at({sheet.pk: version})[sheet.pk] for version in (1, 2))
    assert [state.rows[REMARKS][1].values["text"] for state in (then, now)] == [
        "La première",
        "La seconde",
    ]


def test_what_happened_to_it_is_told_in_words(sheet):
    changed_meanwhile(sheet.remarks.get(), "La seconde")
    (touched,) = timeline(Procedure, sheet.pk)[0].touched
    assert touched.name == "remarque n° 1"
    (change,) = touched.changes
    assert (change.label, change.before, change.after) == ("texte", "La première", "La seconde")


def test_it_is_enough_to_read_on_a_published_sheet(sheet):
    with pytest.raises(FaultySheetsError), changeset("Pour le test"):
        sheet.remarks.get().delete()


def test_a_sheet_has_no_more_than_a_hundred_of_them(sheet):
    def add_a_hundred():
        with changeset("Trop"):
            for number in range(MOST_ROWS_OF_A_SHEET):
                sheet.remarks.create(text=f"Une de plus, {number}")

    with pytest.raises(FaultySheetsError, match="au plus 100 remarques"):
        add_a_hundred()


def test_an_accent_in_one_of_its_addresses_is_pointed_out(sheet):
    with changeset("Pour le test"):
        sheet.remarks.create(text="Accentuée", page="https://www.hérault.gouv.fr/")
    found = contradictions_of([Procedure.objects.get(pk=sheet.pk)])[sheet.pk]
    told = [(item.where, item.field) for item in found if item.kind == "accented_host"]
    assert told == [("remarque n° 2", "page")]

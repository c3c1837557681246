"""What a file brings in its texts: plain text where the site keeps HTML, signs that nobody sees."""

import pytest

from prefectures.importexport.sheet_file import load_sheets
from prefectures.models import Procedure
from prefectures.territories.files import FileFault

from ..models.making import edited
from .planning import BEZIERS, faults, imported, plan

pytestmark = pytest.mark.django_db

PLAIN = "Apportez :\n- une photo\n- un timbre\n\nVoir <www.gouv.fr>"
AS_HTML = (
    "<p>Apportez :</p><ul><li>une photo</li><li>un timbre</li></ul><p>Voir &lt;www.gouv.fr&gt;</p>"
)


def sheet_with_note(text):
    cell = text.replace('"', '""')
    return f'fiche;note du Gisti\n{BEZIERS};"{cell}"\n'


def test_plain_text_of_a_cell_keeps_its_lines_and_its_lists(beziers, admin_user):
    imported(sheet_with_note(PLAIN), admin_user)
    beziers.refresh_from_db()
    assert beziers.editorial_note == AS_HTML


def test_html_of_a_cell_stays_as_it_is(beziers, admin_user):
    imported(sheet_with_note("<p>Un</p>\n<p>deux</p>"), admin_user)
    beziers.refresh_from_db()
    assert beziers.editorial_note == "<p>Un</p>\n<p>deux</p>"


def test_a_text_without_tags_comes_back_unchanged(beziers, admin_user):
    edited(beziers, editorial_note="Lu &amp; vu\nhier")
    (row,) = plan(sheet_with_note("Lu &amp; vu\nhier"), admin_user).rows
    assert row.changes == []


def test_plain_text_of_a_json_file_keeps_its_lines_and_its_lists(sheet_file):
    sheet_file.sheet["warning"] = PLAIN
    load_sheets(sheet_file.write())
    assert Procedure.objects.get(slug="une-fiche").warning == AS_HTML


@pytest.mark.parametrize("mark", ["\u202e", "\u2066"], ids=ascii)
def test_a_title_that_reads_otherwise_than_it_is_stored_is_refused(admin_user, sheet_file, mark):
    [(line, column, sentence)] = faults(f"fiche;titre\n{BEZIERS};Fiche {mark}cod\n", admin_user)
    assert (line, column) == (2, "titre")
    assert "sens de lecture" in sentence
    sheet_file.sheet["title"] = f"Fiche {mark}cod"
    with pytest.raises(FileFault, match="sens de lecture"):
        load_sheets(sheet_file.write())


def test_a_text_that_is_too_long_is_refused_with_its_line(admin_user):
    [(line, column, sentence)] = faults(sheet_with_note("a\n" * 30_000), admin_user)
    assert (line, column) == (2, "note du Gisti")
    assert "100 000 au plus" in sentence


def test_a_cleaned_text_may_be_as_long_as_its_bound(sheet_file):
    text = f"<p>{'a' * 99_993}</p>"
    sheet_file.sheet["warning"] = text
    load_sheets(sheet_file.write())
    assert Procedure.objects.get(slug="une-fiche").warning == text

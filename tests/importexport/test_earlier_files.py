"""Spreadsheets from before quotations had a table are understood, or refused by name."""

import pytest
from django.db.models import QuerySet

from prefectures.models import Procedure, Quotation, Step, changeset

from ..models.making import draft, edited, published, written
from .planning import BEZIERS, faults, imported, plan
from .test_planner import write_set_of

pytestmark = pytest.mark.django_db

HEADER = "fiche;version;texte de la préfecture;cité depuis;extrait\n"


def row(sheet, text="", link="", excerpt="non", version=None):
    version = sheet.version if version is None else version
    return f"{sheet.key};{version};{text};{link};{excerpt}\n"


def words(sheet):
    return list(sheet.quotations.values_list("text", "link__number", "is_excerpt"))


def test_the_words_that_are_there_are_no_change(beziers, admin_user):
    text = beziers.quotations.get().text
    found = plan(HEADER + row(beziers, text, "2"), admin_user)
    assert [planned.status for planned in found.rows] == ["unchanged", "unchanged"]


def test_other_words_are_those_of_the_first_quotation(beziers, admin_user):
    imported(HEADER + row(beziers, "<p>Autres</p>", "1", "oui"), admin_user)
    assert words(beziers) == [("<p>Autres</p>", 1, True)]


def test_a_file_with_one_of_the_columns_changes_that_alone(beziers, admin_user):
    before = beziers.quotations.get().text
    imported(f"fiche;extrait\n{BEZIERS};oui\n", admin_user)
    assert words(beziers) == [(before, 2, True)]


def test_names_of_the_code_are_understood_too(beziers, admin_user):
    imported(f"fiche;official_text\n{BEZIERS};<p>Autres</p>\n", admin_user)
    assert beziers.quotations.get().text == "<p>Autres</p>"


def test_a_sheet_that_quotes_nothing_gets_its_first_quotation(admin_user):
    sheet = draft()
    imported(HEADER + row(sheet, "<p>Des mots</p>"), admin_user)
    assert words(sheet) == [("<p>Des mots</p>", None, False)]


def test_a_new_sheet_quotes_its_own_link(admin_user):
    content = write_set_of(
        fiches="fiche;titre;texte de la préfecture;cité depuis\n09/neuve;Neuve;<p>Un</p>;1\n",
        liens="fiche;numéro;adresse\n09/neuve;1;https://www.ariege.gouv.fr/\n",
    )
    imported(content, admin_user)
    assert words(Procedure.objects.get(slug="neuve")) == [("<p>Un</p>", 1, False)]


def test_an_empty_cell_changes_nothing(admin_user, beziers):
    rows = row(published()) + row(beziers, "", "2")
    assert plan(HEADER + rows, admin_user).to_write == []


def test_a_source_without_any_words_is_refused(admin_user):
    [(line, column, _)] = faults(HEADER + row(published(), "", "1"), admin_user)
    assert (line, column) == (2, "tirée du lien")


def test_an_excerpt_of_no_words_is_refused(admin_user):
    told = faults(f"fiche;extrait\n{published().key};oui\n", admin_user)
    assert (told[0][:2], told[-1][2]) == ((2, "texte cité"), "Recopiez les mots cités.")


def test_an_empty_cell_takes_the_words_away_where_empty_cells_erase(beziers, admin_user):
    imported(f"fiche;texte de la préfecture\n{BEZIERS};\n", admin_user, erases_empty=True)
    assert words(beziers) == []


def test_words_that_were_taken_away_since_do_not_come_back_unseen(beziers, admin_user):
    version = beziers.version
    with changeset("Pour le test"):
        beziers.quotations.get().delete()
    text = HEADER + row(beziers, "<p>Un</p>", version=version)
    assert "supprimée depuis l’export" in faults(text, admin_user)[0][2]


def test_words_that_both_changed_are_asked_about(beziers, admin_user):
    version = beziers.version
    edited(beziers.quotations.get(), text="<p>Les leurs</p>")
    [asked] = plan(
        HEADER + row(beziers, "<p>Les miens</p>", "2", version=version), admin_user
    ).conflicted
    assert [conflict.label for conflict in asked.conflicts] == ["texte cité"]


def test_a_link_that_is_none_of_the_sheet_is_named(beziers, admin_user):
    [(line, column, sentence)] = faults(HEADER + row(beziers, "<p>Un</p>", "9"), admin_user)
    assert (line, column) == (2, "tirée du lien")
    assert "9" in sentence


def test_a_file_that_has_both_is_refused_by_the_name_of_the_column(beziers, admin_user):
    content = write_set_of(
        fiches=f"fiche;texte de la préfecture\n{BEZIERS};<p>Un</p>\n",
        citations=f"fiche;numéro;texte cité\n{BEZIERS};1;<p>Deux</p>\n",
    )
    [(line, column, sentence)] = faults(content, admin_user)
    assert (line, column) == (1, "texte de la préfecture")
    assert "n’existe plus" in sentence


@pytest.mark.parametrize(("cell", "kept"), [("oui", "required"), ("non", ""), ("x", None)])
def test_yes_and_no_of_registered_post_are_understood(admin_user, cell, kept):
    sheet = draft()
    written(Step, procedure=sheet, kind="post")
    text = f"fiche;numéro;en recommandé\n{sheet.key};1;{cell}\n"
    if kept is None:
        [(_, column, sentence)] = faults(text, admin_user)
        assert column == "en recommandé"
        assert "exigé par la préfecture" in sentence
        return
    imported(text, admin_user)
    assert sheet.steps.get().registered == kept


def test_many_sheets_ask_as_much_as_one(beziers, admin_user, django_assert_max_num_queries):
    sheets = Procedure.objects.all()
    text = HEADER + "".join(row(sheet, "<p>Un</p>") for sheet in sheets)
    with django_assert_max_num_queries(60):
        assert len(plan(text, admin_user).rows) == 2 * len(sheets)
    assert Quotation.objects.filter(text="<p>Un</p>").count() == 0


def test_the_conditions_are_known_by_their_earlier_title(beziers, admin_user):
    imported(f"fiche;qui peut demander\n{BEZIERS};Cinq ans de présence\n", admin_user)
    beziers.refresh_from_db()
    assert beziers.conditions == "<ul><li>Cinq ans de présence</li></ul>"


def test_paragraphs_that_were_kept_before_they_were_lists_are_no_change(beziers, admin_user):
    # As the edition before kept them.
    QuerySet(Procedure).filter(pk=beziers.pk).update(conditions="<p>Cinq ans</p>")
    text = f"fiche;qui peut demander\n{BEZIERS};<p>Cinq ans</p>\n"
    assert plan(text, admin_user).to_write == []
    changed = f"fiche;qui peut demander\n{BEZIERS};<p>Dix ans</p>\n"
    assert [row.status for row in plan(changed, admin_user).rows] == ["changed"]

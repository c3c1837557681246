"""What an import would do, row by row: nothing guessed or dropped, every fault at its line."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prefectures.importexport.files import FileRefusedError, read_file, write_set, write_table
from prefectures.importexport.files.bounds import Bounds
from prefectures.importexport.planner import plan_import
from prefectures.importexport.resources import KINDS, WHOLE_SHEETS, export
from prefectures.importexport.write import write_plan
from prefectures.models import (
    Changeset,
    Ground,
    Link,
    Prefecture,
    Procedure,
    Referral,
    Revision,
    Step,
    changeset,
)
from prefectures.sheets.kinds import ALONE, SHEETS
from tests.sheets.kinds import LINKS

from ..models.making import all_grounds, draft, edited, office, published
from .planning import BEZIERS, faults, imported, plan

pytestmark = pytest.mark.django_db


# --- What was exported comes back ---------------------------------------------------------------


@pytest.fixture
def every_kind_of_cell(beziers):
    """A sheet whose texts hold all that a spreadsheet could spoil."""
    with changeset("Pour le test"):
        beziers.headline = "=cmd|' /C calc'!A0\n- liste ; « guillemets » \"droits\""
        beziers.situation_note = "'=x"
        beziers.territory_note = "+33 4\t_x0041_ 😀 مرحبا"
        beziers.refused_channels = ["postal", "email"]
        beziers.valid_from = "2026-01-02"
        beziers.save()
        Step.objects.create(
            procedure=beziers, kind="telephone", phone="0466496000", hours="@lundi\n|mardi"
        )
        Link.objects.create(procedure=beziers, label="Annoncé, pas donné", printed_date="03/2020")
        foix = Procedure.objects.get(departement="09")
        beziers.conditions = "Cinq ans & plus\nun <b>passeport</b>"
        beziers.save()
        Referral.objects.create(procedure=beziers, ground=all_grounds(), sheet=foix, note="x")
    return beziers


@pytest.mark.parametrize("kind", list(KINDS.values()), ids=list(KINDS))
@pytest.mark.parametrize("form", ["csv", "xlsx", "ods", "json"])
def test_a_table_comes_back_unchanged(every_kind_of_cell, admin_user, kind, form):
    chosen = (kind.model if kind in ALONE else Procedure).objects.all()
    found = plan(write_table(form, export(kind, chosen)), admin_user)
    assert [row.name for row in found.rows if row.status != "unchanged"] == []
    assert len(found.with_status("unchanged")) == kind.model.objects.count()


@pytest.mark.parametrize("form", ["xlsx", "zip"])
@pytest.mark.parametrize("erases_empty", [False, True])
def test_a_whole_set_comes_back_unchanged_and_writes_nothing(
    every_kind_of_cell, admin_user, form, erases_empty
):
    content = write_set(form, {k.name: export(k, Procedure.objects.all()) for k in WHOLE_SHEETS})
    revisions, changesets = Revision.objects.count(), Changeset.objects.count()
    record = imported(content, admin_user, erases_empty=erases_empty)
    assert record.pk is None
    assert (Revision.objects.count(), Changeset.objects.count()) == (revisions, changesets)


def test_a_whole_set_makes_the_same_sheets_elsewhere(every_kind_of_cell, admin_user):
    content = write_set("zip", {k.name: export(k, Procedure.objects.all()) for k in WHOLE_SHEETS})

    def all_rows():
        return {
            kind.name: [
                row[:2] + row[3:] if kind is not SHEETS else row[:1] + row[2:]
                for row in export(kind, Procedure.objects.order_by("departement", "slug"))
            ]
            for kind in WHOLE_SHEETS
        }

    before = all_rows()
    with changeset("Tout enlever"):
        for sheet in Procedure.objects.all():
            sheet.delete()
    tables = read_file("x", content)
    for table in tables:
        for row in table.rows:
            row.cells["version"] = ""
    found = plan_import(tables, admin_user)
    assert found.is_decided, [(row.name, row.faults) for row in found.refused]
    write_plan(found, author=admin_user, file_name="x", file_digest="x")
    assert all_rows() == before


def test_it_costs_as_many_queries_for_a_sheet_as_for_all(every_kind_of_cell, admin_user):
    counts = []
    for chosen in (Procedure.objects.filter(slug="prefecture-de-foix"), Procedure.objects.all()):
        content = write_set("zip", {kind.name: export(kind, chosen) for kind in WHOLE_SHEETS})
        with CaptureQueriesContext(connection) as queries:
            plan(content, admin_user)
        counts.append(len(queries))
    assert counts[1] <= counts[0] + 2


def test_looking_at_a_file_holds_nobody_up(every_kind_of_cell, admin_user):
    content = write_set("zip", {k.name: export(k, Procedure.objects.all()) for k in WHOLE_SHEETS})
    with CaptureQueriesContext(connection) as queries:
        plan(content, admin_user)
    words = {query["sql"].split()[0] for query in queries}
    assert words == {"SELECT"}
    assert not any("FOR UPDATE" in query["sql"] for query in queries)


# --- What a file changes ------------------------------------------------------------------------


def test_only_what_the_file_says_is_changed(beziers, admin_user):
    (row,) = plan(f"fiche;titre\n{BEZIERS};Béziers\n", admin_user).rows
    assert [(change.label, change.before, change.after) for change in row.changes] == [
        ("titre", "Sous-préfecture de Béziers", "Béziers")
    ]


def test_a_change_of_looks_alone_is_shown_too(beziers, admin_user):
    edited(beziers, editorial_note="<p>Attention</p>")
    text = f"fiche;note du Gisti\n{BEZIERS};<p><strong>Attention</strong></p>\n"
    (row,) = plan(text, admin_user).rows
    assert row.changes[0].before != row.changes[0].after


def test_a_header_is_read_however_it_is_written(beziers, admin_user):
    for header in ("Phrase d'annonce", "PHRASE D’ANNONCE", "phrase_d_annonce", "headline"):
        (row,) = plan(f"Fiche;{header}\n{BEZIERS};Autre\n", admin_user).rows
        assert row.status == "changed", header


def test_an_empty_cell_erases_nothing(beziers, admin_user):
    assert plan(f"fiche;phrase d’annonce\n{BEZIERS};\n", admin_user).to_write == []


def test_an_empty_cell_erases_when_the_editor_says_so(beziers, admin_user):
    imported(f"fiche;phrase d’annonce\n{BEZIERS};\n", admin_user, erases_empty=True)
    beziers.refresh_from_db()
    assert beziers.headline == ""


def test_erasing_what_is_needed_is_refused(beziers, admin_user):
    assert faults(f"fiche;titre\n{BEZIERS};\n", admin_user, erases_empty=True)[0][:2] == (
        2,
        "titre",
    )


def test_lists_are_replaced(beziers, admin_user):
    ground = Ground.objects.filter(covers_all=False).first()
    imported(f"fiche;motifs\n{BEZIERS};{ground.slug}\n", admin_user)
    assert list(beziers.grounds.all()) == [ground]


def test_a_zero_that_excel_dropped_is_put_back(admin_user):
    sheet = draft(departement="09")
    code = sheet.departement.communes.first().code
    imported(f"fiche;communes ajoutées\n{sheet.key};{int(code)}\n", admin_user)
    assert [commune.code for commune in sheet.communes_included.all()] == [code]


@pytest.mark.parametrize("day", ["05/11/2026", "2026-11-05"])
def test_a_date_is_read_as_people_and_spreadsheets_write_it(beziers, admin_user, day):
    imported(f"fiche;valable à partir du\n{BEZIERS};{day}\n", admin_user)
    beziers.refresh_from_db()
    assert f"{beziers.valid_from}" == "2026-11-05"


def test_a_new_sheet_comes_with_its_steps_and_the_link_it_quotes(admin_user):
    new = "09/travail"
    content = write_set_of(
        fiches=f"fiche;titre;motifs;publication\n{new};Travail;{all_grounds().slug};publiée\n",
        citations=f"fiche;numéro;texte cité;tirée du lien\n{new};;<p>Cité</p>;4\n",
        etapes=f"fiche;numéro;action;adresse\n{new};;envoyer par la poste;Ici\n",
        liens=f"fiche;numéro;adresse\n{new};4;https://www.ariege.gouv.fr/\n",
    )
    imported(content, admin_user)
    sheet = Procedure.objects.get(slug="travail")
    assert sheet.is_published
    assert sheet.quotations.get().link.number == 4
    assert [(step.number, step.role) for step in sheet.steps.all()] == [(1, "files")]
    assert sheet.version == 1


def write_set_of(**tables):
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as found:
        for name, text in tables.items():
            found.writestr(f"{name}.csv", text)
    return out.getvalue()


def test_a_row_without_number_is_a_new_one(beziers, admin_user):
    with changeset("Pour le test"):
        step = Step.objects.create(procedure=beziers, kind="post")
    with changeset("Pour le test"):
        step.delete()
    imported(f"fiche;numéro;action\n{BEZIERS};;téléphoner\n{BEZIERS};;autre\n", admin_user)
    # 2 was given once, and is never given again.
    assert [step.number for step in beziers.steps.order_by("number")] == [1, 3, 4]


def test_a_row_marked_so_is_deleted(beziers, admin_user):
    imported(f"fiche;numéro;action;supprimer\n{BEZIERS};1;;oui\n", admin_user)
    assert not beziers.steps.exists()


def test_a_sheet_marked_so_is_deleted_with_its_parts(admin_user):
    sheet = published()
    content = write_set_of(
        fiches=f"fiche;supprimer\n{sheet.key};oui\n",
        etapes=f"fiche;numéro;action\n{sheet.key};1;téléphoner\n",
    )
    imported(content, admin_user)
    assert not Procedure.objects.filter(pk=sheet.pk).exists()


def test_an_import_is_one_version_of_each_sheet(beziers, admin_user):
    content = write_set_of(
        fiches=f"fiche;titre\n{BEZIERS};Béziers\n",
        etapes=f"fiche;numéro;consignes\n{BEZIERS};1;Autre\n",
        liens=f"fiche;numéro;texte du lien\n{BEZIERS};1;Autre\n",
    )
    imported(content, admin_user)
    beziers.refresh_from_db()
    assert beziers.version == 2


def test_an_office_is_added_and_changed(admin_user):
    found = office()
    imported(
        "guichet;type;ville;nom imprimé;adresse postale\n"
        f"{found.key};;;;2 rue de la préfecture\n"
        "09/accueil;autre guichet;Foix;Accueil des étrangers;\n",
        admin_user,
    )
    found.refresh_from_db()
    assert found.address == "2 rue de la préfecture"
    assert Prefecture.objects.get(slug="accueil").name == "Accueil des étrangers"


# --- What is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        (f"fiche;tilte\n{BEZIERS};x\n", 1, "tilte", "inconnue"),
        (f"fiche;titre;Titre\n{BEZIERS};x;y\n", 1, "Titre", "deux fois"),
        (f"fiche;guichets où l’on dépose\n{BEZIERS};34/nulle-part\n", 2, "guichets où l’on dépose",
         "« 34/nulle-part »"),
        (f"fiche;motifs\n{BEZIERS};tous-motifs | inconnu\n", 2, "motifs", "« inconnu »"),
        (f"fiche;communes ajoutées\n{BEZIERS};99999\n", 2, "communes ajoutées", "« 99999 »"),
        (f"fiche;titre\n{BEZIERS};x\n{BEZIERS};y\n", 3, "", "La ligne 2"),
        (f"fiche;titre\n{BEZIERS};x;y\n", 2, "", "plus de cases"),
        (f"fiche;valable jusqu’au\n{BEZIERS};11/05/26\n", 2, "valable jusqu’au", "22/02/2023"),
        (f"fiche;valable à partir du\n{BEZIERS};31/02/2026\n", 2, "valable à partir du", "date"),
        (f"fiche;titre\n{BEZIERS};x\0y\n", 2, "titre", "caractère nul"),
        (f"fiche;publication\n{BEZIERS};en ligne\n", 2, "publication", "brouillon · publiée"),
        (f"fiche;extrait\n{BEZIERS};peut-être\n", 2, "extrait", "« oui » ou « non »"),
        (f"fiche;rang\n{BEZIERS};1,5\n", 2, "rang", "nombre entier"),
        (f"fiche;rang\n{BEZIERS};-1\n", 2, "rang", ""),
        ("fiche;titre\nBéziers;x\n", 2, "fiche", "34/sous-prefecture"),
        ("fiche;titre\n99/x;x\n", 2, "", "« 99 »"),
        ("fiche;titre\n34/changements;x\n", 2, "", "réservée"),
        ("fiche;titre;publication\n34/x;x;publiée\n", 2, "", "au moins un motif"),
        ("fiche;version;titre\n34/x;3;x\n", 2, "", "videz sa « version »"),
        ("fiche;version;titre\n34/x;0;x\n", 2, "", "videz sa « version »"),
        (f"fiche;version;titre\n{BEZIERS};2;x\n", 2, "", "n’existe pas ici"),
        (f"fiche;version;titre\n{BEZIERS};x;x\n", 2, "version", "nombre entier"),
        ("fiche;supprimer\n34/x;oui\n", 2, "", "rien à supprimer"),
        (f"fiche;supprimer\n{BEZIERS};peut-être\n", 2, "supprimer", "« oui » ou « non »"),
        (f"fiche;numéro;action\n{BEZIERS};9;autre\n", 2, "", "n° 9"),
        (f"fiche;numéro;action\n{BEZIERS};0;autre\n", 2, "numéro", "de 1 à 9999"),
        (f"fiche;numéro;action\n{BEZIERS};99999;autre\n", 2, "numéro", "de 1 à 9999"),
        ("fiche;numéro;action\n34/x;;autre\n", 2, "", "n’existe pas"),
        (f"fiche;numéro;action\n{BEZIERS};;\n", 2, "action", ""),
        (f"fiche;numéro;action;étape n°\n{BEZIERS};;autre;0\n", 2, "", "commence à 1"),
        (f"fiche;numéro;texte du lien;adresse\n{BEZIERS};1;;ftp://x\n", 2, "adresse", "https://"),
        (f"fiche;arrondissements concernés\n{BEZIERS};091\n", 2, "", "pas dans ce département"),
        (f"fiche;note du Gisti\n{BEZIERS};<a href=\"/x\">x</a>\n", 2, "note du Gisti", "incomplet"),
        ("guichet;type;ville\n09/autre;préfecture;Foix\n", 2, "", "a déjà sa préfecture"),
        (f"fiche;updated_on\n{BEZIERS};01/01/2100\n", 2, "dernière mise à jour", "avenir"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_line_and_column(admin_user, text, line, column, words):
    found = faults(text, admin_user)
    assert [fault for fault in found if fault[:2] == (line, column) and words in fault[2]], found


def test_a_file_that_does_not_say_of_what_it_speaks_is_refused(admin_user):
    with pytest.raises(FileRefusedError, match=r"colonne «\sfiche\s»"):
        plan("titre\nx\n", admin_user)


def test_columns_that_could_be_of_several_tables_are_asked_about(admin_user):
    text = f"fiche;numéro;rang\n{BEZIERS};1;3\n"
    with pytest.raises(FileRefusedError, match="choisissez-le dans la liste"):
        plan(text, admin_user)
    assert plan(text, admin_user, kind_name="liens").rows[0].kind is LINKS


def test_a_set_with_a_stranger_in_it_is_refused(admin_user):
    with pytest.raises(FileRefusedError, match=r"«\snotes\s»"):
        plan(write_set_of(fiches="fiche\n", notes="x\n"), admin_user)


def test_a_sheet_that_moved_is_named_by_its_new_address(beziers, admin_user):
    edited(beziers, slug="beziers")
    assert "34/beziers" in faults(f"fiche;titre\n{BEZIERS};x\n", admin_user)[0][2]


def test_an_office_may_stand_where_a_sheet_has_been(admin_user):
    edited(draft(), slug="ailleurs")
    office = "guichet;type;ville;nom imprimé\n09/une-fiche;autre guichet;Foix;Bureau\n"
    content = write_set_of(fiches="fiche;titre\n09/une-fiche;x\n", guichets=office)
    assert [row.kind for row in plan(content, admin_user).refused] == [SHEETS]


def test_the_last_step_of_a_published_sheet_is_not_taken_away(admin_user):
    sheet = published()
    found = faults(f"fiche;numéro;action;supprimer\n{sheet.key};1;;oui\n", admin_user)
    assert "au moins une étape" in found[0][2]


# --- What follows from a change is told as well -------------------------------------------------


def changes(text, user, **options):
    (row,) = plan(text, user, **options).rows
    return {change.label: (change.before, change.after) for change in row.changes}


def test_what_a_new_row_fills_in_by_itself_is_told(beziers, admin_user):
    found = changes(f"fiche;numéro;action\n{BEZIERS};;envoyer par la poste\n", admin_user)
    assert found["ce qu’elle obtient"] == ("", "dépose la demande")


def test_a_link_is_not_quoted_and_deleted_in_one_file(beziers, admin_user):
    content = write_set_of(
        citations=f"fiche;numéro;tirée du lien\n{BEZIERS};1;1\n",
        liens=f"fiche;numéro;supprimer\n{BEZIERS};1;oui\n",
    )
    assert "n’est pas, ou plus, dans la fiche" in faults(content, admin_user)[0][2]


def test_a_sheet_that_goes_says_how_much_goes_with_it(beziers, admin_user):
    (row,) = plan(f"fiche;supprimer\n{BEZIERS};oui\n", admin_user).rows
    assert row.takes_along == {"étape": 1, "liens": 2, "citation": 1}


def test_an_office_that_sheets_name_is_not_deleted(admin_user):
    found = faults("guichet;supprimer\n09/prefecture-de-foix;oui\n", admin_user)
    assert "Des fiches nomment ce guichet" in found[0][2]


# --- What looking at a file may cost ------------------------------------------------------------


def test_thousands_of_communes_that_are_none_are_not_asked_for_one_by_one(admin_user):
    codes = " | ".join(f"x{number}" for number in range(20_000))
    with CaptureQueriesContext(connection) as queries:
        found = faults(f"fiche;communes ajoutées\n{BEZIERS};{codes[:90_000]}\n", admin_user)
    assert "inconnu" in found[0][2]
    assert len(queries) < 30


def test_looking_at_a_file_ends_when_the_time_is_over(admin_user):
    ticks = iter([0, 1, 9])
    with pytest.raises(FileRefusedError, match="5 secondes"):
        plan(
            f"fiche;titre\n{BEZIERS};x\n34/nouvelle;y\n",
            admin_user,
            bounds=Bounds(clock=lambda: next(ticks)),
        )


def test_a_sheet_with_too_many_links_is_refused_before_anything_is_written(admin_user):
    rows = "".join(f"{BEZIERS};Lien {number}\n" for number in range(101))
    [(line, _, sentence)] = faults(f"fiche;texte du lien\n{rows}", admin_user, kind_name="liens")
    assert (line, sentence[:29]) == (2, "Une fiche a au plus 100 liens")

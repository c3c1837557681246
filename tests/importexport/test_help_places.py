"""The table of help places: keyed by their code, with the version that an export knew."""

import pytest

from prefectures.history.undo import undo
from prefectures.importexport.files import read_file, write_table
from prefectures.importexport.resources import export
from prefectures.importexport.write import write_plan
from prefectures.models import HelpPlace, StaleVersionError
from prefectures.sheets.kinds import HELP_PLACES

from ..admin.test_roles_matrix import LECTURE, RESPONSABLE, account
from ..models.making import edited
from .planning import faults, imported, plan

pytestmark = pytest.mark.django_db

KEY = "acces-au-droit-3039"
NEW = (
    "lieu d’aide;nom;type;départements;source;vérifié le\n"
    "cimade-beziers;La Cimade;association;34 | 9;un dépliant;01/03/2025\n"
)


def there(key=KEY):
    return HelpPlace.objects.get(slug=key)


def codes(place):
    return sorted(place.departements.values_list("pk", flat=True))


def exported():
    content = write_table("csv", export(HELP_PLACES, HelpPlace.objects.all()))
    return content.decode("utf-8-sig")


def test_a_place_is_known_by_its_code():
    (table,) = read_file("x.csv", exported().encode())
    [row] = table.rows
    assert row.cells["lieu d’aide"] == KEY
    assert row.cells["vérifié le"] == "29/05/2024"


def test_a_place_is_added_and_a_first_zero_that_a_spreadsheet_dropped_put_back(admin_user):
    imported(NEW, admin_user)
    place = there("cimade-beziers")
    assert (place.name, place.kind, codes(place)) == ("La Cimade", "association", ["09", "34"])


def test_the_preview_tells_départements_by_their_numbers(admin_user):
    [row] = plan(NEW, admin_user).to_write
    told = {change.label: change.after for change in row.changes}
    assert told["départements"] == "09 | 34"


def test_what_was_exported_comes_back_without_a_change(admin_user):
    imported(NEW, admin_user)
    assert plan(exported(), admin_user).in_words == "2 lignes inchangées"


def test_a_place_is_changed(admin_user):
    imported(f"lieu d’aide;téléphone;départements\n{KEY};09 70 82 31 90;34\n", admin_user)
    assert (there().phone, codes(there())) == ("09 70 82 31 90", ["34"])


def test_a_place_is_deleted(admin_user):
    imported(f"lieu d’aide;supprimer\n{KEY};oui\n", admin_user)
    assert not HelpPlace.objects.exists()


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("lieu d’aide;nom;type;vérifié le\nx;X;association;01/03/2025\n", "source", "d’où vient"),
        ("lieu d’aide;nom;type;source\nx;X;association;ici\n", "vérifié le", "Donnez le jour"),
        (f"lieu d’aide;départements\n{KEY};99\n", "départements", "« 99 » : inconnu."),
        (f"lieu d’aide;type\n{KEY};mairie\n", "type", "n’est pas un choix possible"),
        ("lieu d’aide;nom\nla cimade;X\n", "lieu d’aide", "ne désigne pas un lieu d’aide"),
        ("lieu d’aide;supprimer\nx;oui\n", "", "rien à supprimer"),
        ("lieu d’aide;nom;version\nx;X;12\n", "", "Il n’y a rien à cette adresse"),
        (f"lieu d’aide;ville;version\n{KEY};Paris;999999\n", "", "n’existe pas ici"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_column(admin_user, text, column, said):
    found = faults(text, admin_user)
    assert [line for line, _, _ in found] == [2] * len(found)
    assert [sentence for _, named, sentence in found if named == column and said in sentence]


def test_a_place_changed_since_the_export_is_a_conflict(admin_user):
    text = exported().replace(";3039;", ";0 800 00 30 39;")
    edited(there(), phone="09 70 82 31 90")
    [row] = plan(text, admin_user).undecided
    assert [(c.base, c.theirs, c.mine) for c in row.conflicts] == [
        ("3039", "09 70 82 31 90", "0 800 00 30 39")
    ]


def test_a_place_changed_since_the_preview_is_not_written(admin_user):
    found = plan(f"lieu d’aide;ville\n{KEY};Paris\n", admin_user)
    edited(there(), phone="09 70 82 31 90")
    with pytest.raises(StaleVersionError):
        write_plan(found, author=admin_user, file_name="x.csv", file_digest="x")


@pytest.mark.parametrize(("role", "refused"), [(LECTURE, 1), (RESPONSABLE, 0)])
def test_who_may_not_add_a_place_may_not_import_one(role, refused):
    assert len(faults(NEW, account(role))) == refused


def test_who_may_not_change_a_place_is_told_so():
    [(_, _, sentence)] = faults(f"lieu d’aide;ville\n{KEY};Paris\n", account(LECTURE))
    assert sentence == "Vous n’avez pas le droit de modifier de lieu d’aide : rien ne sera importé."


# --- Undoing the import -----------------------------------------------------------------------


def test_undoing_takes_away_a_place_that_was_added(admin_user):
    record = imported(NEW, admin_user)
    undo(record, admin_user)
    assert [place.slug for place in HelpPlace.objects.all()] == [KEY]


def test_undoing_puts_back_what_was_changed_its_départements_too(admin_user):
    record = imported(f"lieu d’aide;ville;départements\n{KEY};Paris;34\n", admin_user)
    undo(record, admin_user)
    assert (there().city, codes(there())) == ("", [])


def test_undoing_brings_back_a_place_that_was_deleted(admin_user):
    imported(f"lieu d’aide;départements\n{KEY};34\n", admin_user)
    record = imported(f"lieu d’aide;supprimer\n{KEY};oui\n", admin_user)
    undoing = undo(record, admin_user)
    assert codes(there()) == ["34"]
    assert [item.name for item in undoing.undone] == [f"lieu d’aide {KEY}"]


def test_a_place_whose_code_another_has_taken_since_does_not_come_back(admin_user):
    record = imported(f"lieu d’aide;supprimer\n{KEY};oui\n", admin_user)
    imported(NEW.replace("cimade-beziers", KEY), admin_user)
    undo(record, admin_user, leaving_later_changes=True)
    assert there().name == "La Cimade"


def test_undoing_leaves_what_somebody_changed_since(admin_user):
    record = imported(f"lieu d’aide;ville;horaires\n{KEY};Paris;le lundi\n", admin_user)
    edited(there(), city="Lyon")
    undo(record, admin_user, leaving_later_changes=True)
    assert there().city == "Lyon"
    assert there().hours == ""

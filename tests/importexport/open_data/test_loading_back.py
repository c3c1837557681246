"""The open data loaded into an empty site: its public pages are the same, to the byte."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from prefectures.importexport.open_data.loading import SiteIsNotEmptyError, load_open_data
from prefectures.importexport.open_data.reading import read_tables
from prefectures.models import (
    Changeset,
    Contact,
    Departement,
    GeneralText,
    GlossaryTerm,
    Ground,
    HelpPlace,
    Prefecture,
    Procedure,
    Revision,
    Step,
    Verification,
    changeset,
)
from prefectures.territories.files import FileFault
from prefectures.territories.load import load

from ...public.data.saved import saved
from ...public.made_up import FILES, load_made_up

pytestmark = pytest.mark.django_db


def pages(client):
    """Return {address: page} of all départements and sheets, and of what stands around them."""
    addresses = [
        "/se-faire-aider/",
        "/glossaire/",
        "/regions/occitanie/",
        "/carte/",
        "/communes/34142-lodeve/",
        *(each.get_absolute_url() for each in Departement.objects.order_by("code")),
        *sorted(each.get_absolute_url() for each in Procedure.objects.published()),
    ]
    return {address: client.get(address).content.decode() for address in addresses}


@pytest.fixture
def lived_in(db):
    """A site in which people worked: all that pages show was added to, changed, taken away."""
    for name in FILES:
        load_made_up(name)
    herault = Departement.objects.get(code="34")
    with changeset("Le travail de l’équipe"):
        office = Prefecture.objects.get(departement=herault, kind="prefecture")
        office.phone, office.source = "04 00 00 00 00", "dit au téléphone"
        office.save()
        Prefecture.objects.create(
            departement=herault, kind="other", city="Sète", printed_name="Point", parent=office
        )
        Prefecture.objects.get(departement="01", city="Gex").delete()
        herault.name = "Hérault-le-Bel"
        herault.save()
        Ground.objects.create(slug="soins", name="Soins", description="Pour se soigner.")
        GeneralText.objects.create(title="À savoir", text="<p>Gardez tout.</p>", position=0)
        GlossaryTerm.objects.get(slug="oqtf").delete()
        GlossaryTerm.objects.create(term="Parapluie", explanation="Pour la pluie.")
        place = HelpPlace.objects.create(
            name="Une permanence",
            kind="association",
            source="un dépliant",
            verified_on="2026-03-02",
        )
        place.departements.set([herault])
    with changeset("Le travail de l’équipe sur une fiche"):
        sheet = Procedure.objects.get(slug="sous-prefecture-de-beziers")
        first = Step.objects.create(procedure=sheet, kind="post", address="Béziers", position=2)
        Step.objects.create(procedure=sheet, kind="counter", hours="le lundi", position=1)
        Contact.objects.create(procedure=sheet, kind="phone", value="04 67 36 70 70")
        Verification.objects.create(procedure=sheet, verified_on="2026-11-02")
        first.delete()


@pytest.fixture
def emptied(request, occitanie_files):
    """Return a function that leaves the territory, and nothing else."""

    def empty():
        # PostgreSQL empties no table whose rows are yet to be checked.
        connection.check_constraints()
        request.getfixturevalue("empty_site")
        load(occitanie_files)

    return empty


@pytest.fixture
def folder(client, tmp_path):
    return saved(client, tmp_path)


def test_all_pages_of_the_document_are_the_same(client, folder, emptied):
    before = pages(client)
    emptied()
    load_open_data(folder, reason="Un site de secours")
    assert differing(before, pages(client)) == []
    assert len(before) > 115


def differing(before, after):
    return [address for address in before if before[address] != after.get(address)]


@pytest.mark.usefixtures("lived_in")
def test_all_pages_of_a_site_that_was_worked_in_are_the_same(client, tmp_path, emptied):
    before, folder = pages(client), saved(client, tmp_path)
    emptied()
    load_open_data(folder, reason="Un site de secours")
    assert differing(before, pages(client)) == []


@pytest.mark.usefixtures("lived_in")
def test_what_was_loaded_is_given_again_as_it_came(client, tmp_path, emptied):
    folder = saved(client, tmp_path)
    emptied()
    load_open_data(folder, reason="Un site de secours")
    for name in ("fiches", "etapes", "liens", "citations", "renvois", "guichets", "lieux-d-aide"):
        came = json.loads((folder / f"{name}.json").read_text())["rows"]
        again = client.get(f"/donnees/{name}.json").json()["rows"]
        assert [without_marks(row) for row in again] == [without_marks(row) for row in came]


def without_marks(row):
    """Return a row but for when it came online, and under which number."""
    return {name: value for name, value in row.items() if name not in ("online_since", "document")}


def test_who_loads_and_why_are_in_the_history(folder, emptied, request):
    emptied()
    user = request.getfixturevalue("admin_user")
    load_open_data(folder, reason="Un site de secours", author=user)
    record = Changeset.objects.get(reason="Un site de secours")
    assert (record.author, record.origin) == (user, "command")
    assert Revision.objects.filter(changeset=record).count() == 14


def test_a_site_that_has_sheets_is_left_as_it_is(folder):
    before = Changeset.objects.count()
    with pytest.raises(SiteIsNotEmptyError):
        load_open_data(folder, reason="Par erreur")
    assert Changeset.objects.count() == before


# --- Files that are wrong ---------------------------------------------------------------------

WRONG = {
    "unknown column": ("fiches", {"titre": "x"}, "champ « titre » : ce champ n’existe pas."),
    "no title": ("fiches", {"title": None}, "champ « title » : un texte est attendu ici."),
    "unknown office": ("fiches", {"offices": ["34/rien"]}, "« 34/rien » est inconnu."),
    "list of a text": ("fiches", {"offices": "34/rien"}, "une liste [ … ] de textes"),
    "future": ("fiches", {"last_verified_on": "2999-01-01"}, "champ « last_verified_on »"),
    "wrong day": ("fiches", {"last_verified_on": 5}, "champ « last_verified_on »"),
    "wrong choice": ("etapes", {"kind": "pigeon"}, "champ « kind »"),
    "unknown sheet": ("etapes", {"sheet_key": "34/rien"}, "« 34/rien » est inconnu."),
    "number as text": ("etapes", {"number": "1"}, "champ « number »"),
    "number below one": ("etapes", {"number": 0}, "champ « number »"),
    "same number": ("liens", {"number": 2}, "le numéro 2 est déjà plus haut."),
    "unknown link": ("citations", {"link": 99}, "la fiche n’a pas de lien de ce numéro."),
    "unknown région": ("departements", {"region": "99"}, "« 99 » est inconnu."),
    "unknown département": ("departements", {"code": "99"}, "load_territories d’abord."),
    "unknown parent": ("guichets", {"parent": "01/rien"}, "« 01/rien » est inconnu."),
    "slug as number": ("motifs", {"slug": 5}, "champ « slug » : un texte est attendu ici."),
    "same name": ("motifs", {"name": "Travail"}, "se contredisent"),
    "wrong day of help": ("lieux-d-aide", {"verified_on": "hier"}, "champ « verified_on »"),
    "half a sign": ("glossaire", {"explanation": "\ud800"}, "champ « explanation »"),
}


def said_of(folder, load=read_tables):
    with pytest.raises(FileFault) as caught:
        load(folder)
    return str(caught.value).replace("\u00a0", " ")


def changed(path, change):
    """Write the file at ``path`` otherwise; return what it was."""
    was = path.read_text()
    told = json.loads(was)
    change(told["rows"])
    path.write_text(json.dumps(told))
    return was


def load_it(folder):
    load_open_data(folder, reason="Un essai")


def test_each_fault_is_named_with_its_file_and_nothing_is_loaded(folder, emptied):
    emptied()
    before, told = Changeset.objects.count(), {}
    for name, (table, values, _) in WRONG.items():
        path = folder / f"{table}.json"
        was = changed(path, lambda rows, values=values: rows[0].update(values))
        told[name] = said_of(folder, load_it)
        path.write_text(was)
        assert (Changeset.objects.count(), Procedure.objects.count()) == (before, 0)
    assert {name: said for name, said in told.items() if WRONG[name][2] not in said} == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "ce n’est pas du JSON"),
        ("[]", "un objet { … } est attendu."),
        ("{}", "« etapes » est attendu ici."),
        ('{"table": "liens", "rows": []}', "« etapes » est attendu ici."),
        ('{"table": "etapes"}', "une liste [ … ] d’objets { … } est attendue ici."),
        ('{"table": "etapes", "rows": [1]}', "une liste [ … ] d’objets { … } est attendue ici."),
        ('{"table": "etapes", "rows": [{}]}', "champ « sheet_key » : un texte est attendu ici."),
    ],
)
def test_a_file_that_is_no_table_is_refused(folder, text, said):
    (folder / "etapes.json").write_text(text)
    told = said_of(folder)
    assert said in told
    assert "etapes.json, ligne 1" in told


def test_two_rows_of_one_key_are_refused(folder):
    changed(folder / "motifs.json", lambda rows: rows.append(rows[0]))
    assert "est déjà plus haut." in said_of(folder)


def test_a_sheet_that_cannot_be_published_so_is_refused(folder, emptied):
    emptied()
    changed(folder / "fiches.json", lambda rows: rows[0].pop("grounds"))
    assert "fiches.json, ligne 1" in said_of(folder, load_it)


# --- The command ------------------------------------------------------------------------------


def test_the_command_says_what_it_loaded(folder, emptied, capsys):
    emptied()
    call_command("load_open_data", str(folder), "--reason", "Un site de secours")
    assert "fiches 14" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Ce site a, ou a eu, des fiches"),
        (["--author", "personne"], "Aucun compte ne s’appelle « personne »."),
    ],
)
def test_the_command_says_why_it_does_nothing(tmp_path, arguments, said):
    with pytest.raises(CommandError) as caught:
        call_command("load_open_data", str(tmp_path), "--reason", "x", *arguments)
    assert said in str(caught.value).replace("\u00a0", " ")


def test_the_command_names_a_file_that_is_missing(tmp_path, emptied):
    emptied()
    with pytest.raises(CommandError, match=r"regions\.json, ligne 1.: ce fichier manque"):
        call_command("load_open_data", str(tmp_path), "--reason", "x")

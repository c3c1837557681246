"""From the npm package to the CSV files."""

import json
import subprocess
import tarfile

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from prefectures.management import npm_package
from prefectures.territories.build import build
from prefectures.territories.files import FILES, read_rows


def place(code, nom, liaison=None, **more):
    spoken = {} if liaison is None else {"typeLiaison": liaison}
    return {"code": code, "nom": nom, **spoken, **more}


def departement(code, nom, liaison, region, seat, zone="com"):
    return place(code, nom, liaison, region=region, chefLieu=seat, zone=zone)


# Communes déléguées and associées come without.
INHABITED = {"commune-actuelle", "arrondissement-municipal"}


def commune(kind, code, nom, liaison, departement, postal_codes=(), **more):
    codes = {"codesPostaux": postal_codes} if postal_codes else {}
    more = {"population": 100, **more} if kind in INHABITED else more
    return place(code, nom, liaison, type=kind, departement=departement, **codes, **more)


PACKAGE = {
    "regions": [
        place("11", "Île-de-France", 1, zone="metro"),
        place("06", "Mayotte", 0, zone="drom"),
        place("975", "Saint-Pierre-et-Miquelon", 0, zone="com"),
    ],
    "departements": [
        departement("72", "Sarthe", 3, "52", "72181", "metro"),
        departement("75", "Paris", 0, "11", "75056", "metro"),
        departement("975", "Saint-Pierre-et-Miquelon", None, "975", "97502"),
        departement("977", "Saint-Barthélemy", None, "977", "97701"),
        departement("978", "Saint-Martin", None, "978", "97801"),
        departement("987", "Polynésie française", None, "987", "98735"),
    ],
    "arrondissements": [
        place("721", "Flèche", 3, departement="72", chefLieu="72154"),
        place("751", "Paris", 0, departement="75", chefLieu="75056"),
    ],
    "communes": [
        commune(
            "arrondissement-municipal", "75101", "Paris 1er", 0, "75", ["75001"],
            arrondissement="751", commune="75056",
        ),
        commune("commune-deleguee", "72181", "Vieux Mans", 2, "72", chefLieu="72181"),
        commune("commune-associee", "72999", "Vieux Bourg", 2, "72", chefLieu="72181"),
        commune(
            "commune-actuelle", "72181", "Le Mans", 2, "72", ["72000", "72100"],
            arrondissement="723",
        ),
        commune(
            "commune-actuelle", "75056", "Paris", 0, "75", ["75001", "75002"],
            arrondissement="751",
        ),
        commune("commune-actuelle", "97502", "Saint-Pierre", 0, "975", ["97500"]),
        commune("commune-actuelle", "98735", "Papeete", 0, "987", ["98714"]),
        commune("commune-associee", "98799", "Afaahiti", 1, "987", chefLieu="98735"),
    ],
}  # fmt: skip


@pytest.fixture
def package(tmp_path):
    folder = tmp_path / "package"
    (folder / "data").mkdir(parents=True)
    for name, rows in PACKAGE.items():
        (folder / "data" / f"{name}.json").write_text(json.dumps(rows), encoding="utf-8")
    (folder / "package.json").write_text('{"name": "@etalab/decoupage", "version": "7.0.0"}')
    return folder


@pytest.fixture
def built(package, tmp_path):
    """Return the rows of a table that was built: lists of cells without the header."""
    folder = tmp_path / "built"
    folder.mkdir()
    build(package, folder)

    def rows(name):
        lines = (folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()
        assert lines[0] == ",".join(FILES[name])
        return [line.split(",") for line in lines[1:]]

    rows.folder = folder
    return rows


def test_regions_leave_out_the_overseas_collectivities(built):
    assert built("regions") == [["11", "Île-de-France", "d'"], ["06", "Mayotte", "de"]]


def test_the_three_collectivities_with_a_prefecture_stay_and_have_no_region(built):
    assert {row[0]: row[3] for row in built("departements")} == {
        "72": "52",
        "75": "11",
        "975": "",
        "977": "",
        "978": "",
    }


def test_communes_of_other_collectivities_are_left_out(built):
    assert not [row for row in built("communes") if row[3] == "987"]
    assert not [row for row in built("former_communes") if row[0].startswith("98")]


def test_a_place_without_type_liaison_takes_de(built):
    assert {row[0]: row[2] for row in built("departements")} == {
        "72": "de la",
        "75": "de",
        "975": "de",
        "977": "de",
        "978": "de",
    }


def test_a_municipal_arrondissement_stands_behind_its_commune_and_names_it(built):
    codes = [row[0] for row in built("communes")]
    assert codes == ["72181", "75056", "97502", "75101"]
    assert built("communes")[-1] == [
        "75101", "Paris 1er", "de", "75", "751", "75056", "75001", "100",
    ]  # fmt: skip


def test_postal_codes_share_one_cell(built):
    assert built("communes")[0] == ["72181", "Le Mans", "du", "72", "723", "", "72000 72100", "100"]


def test_a_commune_without_arrondissement_has_an_empty_cell(built):
    assert built("communes")[2] == ["97502", "Saint-Pierre", "de", "975", "", "", "97500", "100"]


def test_old_names_lead_to_the_commune_that_they_became_part_of(built):
    assert built("former_communes") == [
        ["72181", "commune-deleguee", "Vieux Mans", "72181"],
        ["72999", "commune-associee", "Vieux Bourg", "72181"],
    ]


def test_what_was_built_is_read_back_without_a_fault(built):
    for name in PACKAGE:
        assert len(read_rows(built.folder, name)) == len(built(name))


def test_a_build_that_fails_leaves_the_old_files(package, built):
    before = {path.name: path.read_bytes() for path in built.folder.iterdir()}
    (package / "data" / "regions.json").write_text("[]", encoding="utf-8")
    communes = [commune("commune-actuelle", "72181", "Le Mans", 99, "72")]
    (package / "data" / "communes.json").write_text(json.dumps(communes), encoding="utf-8")
    with pytest.raises(KeyError):
        build(package, built.folder)
    assert {path.name: path.read_bytes() for path in built.folder.iterdir()} == before


def test_the_edition_is_written_down(built):
    assert (built.folder / "EDITION").read_text() == "@etalab/decoupage 7.0.0\n"


# --- The command ------------------------------------------------------------------------------


@pytest.fixture
def base_dir(tmp_path, monkeypatch):
    """The command writes into fixtures/territories of the site: here, of another folder."""
    base = tmp_path / "site"
    (base / "fixtures" / "territories").mkdir(parents=True)
    monkeypatch.setattr(settings, "BASE_DIR", base)
    return base


@pytest.fixture
def archive(package, tmp_path):
    path = tmp_path / "paquet.tgz"
    with tarfile.open(path, "w:gz") as tar:
        tar.add(package, "package")
    return path


def test_the_command_rebuilds_the_files_from_an_archive(base_dir, archive, capsys):
    call_command("build_territories", "7.0.0", archive=archive)
    folder = base_dir / "fixtures" / "territories"
    assert len(read_rows(folder, "communes")) == 4
    assert "communes.csv : 4 lignes" in capsys.readouterr().out


def test_the_command_touches_no_file_that_is_not_insee_s(base_dir, archive):
    kept = base_dir / "fixtures" / "territories" / "printed_names.csv"
    kept.write_text("arrondissement,ville,article\n")
    call_command("build_territories", "7.0.0", archive=archive, verbosity=0)
    assert kept.read_text() == "arrondissement,ville,article\n"


def test_without_an_archive_the_command_asks_npm_for_that_version(base_dir, archive, monkeypatch):
    asked = []

    def npm(command, *, cwd, **options):
        asked.append(command)
        (cwd / "paquet.tgz").write_bytes(archive.read_bytes())
        return subprocess.CompletedProcess(command, 0, stdout="paquet.tgz\n")

    monkeypatch.setattr(npm_package.subprocess, "run", npm)
    call_command("build_territories", "7.0.0")
    assert asked == [["npm", "pack", "--silent", "@etalab/decoupage-administratif@7.0.0"]]
    assert len(read_rows(base_dir / "fixtures" / "territories", "regions")) == 2


def test_a_missing_npm_is_named_with_the_way_to_install_it(base_dir, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(CommandError, match=r"npm manque : installez-le \(apt install npm\)"):
        call_command("build_territories", "7.0.0")


def test_a_refusal_of_npm_is_shown_in_its_own_words(base_dir, monkeypatch):
    def npm(command, **options):
        raise subprocess.CalledProcessError(1, command, stderr="404 Not Found")

    monkeypatch.setattr(npm_package.subprocess, "run", npm)
    with pytest.raises(CommandError, match="404 Not Found"):
        call_command("build_territories", "99.0.0")


def test_the_command_takes_only_what_it_needs_of_the_archive(base_dir, package, archive, tmp_path):
    """Not even what would be written outside: Python's own filter is younger than 3.11."""
    (package / "autre.json").write_text("{}")
    with tarfile.open(archive, "w:gz") as tar:
        tar.add(package, "package")
        tar.add(package / "autre.json", f"{tmp_path}/dehors.json")
    call_command("build_territories", "7.0.0", archive=archive, verbosity=0)
    assert not (tmp_path / "dehors.json").exists()
    assert len(read_rows(base_dir / "fixtures" / "territories", "communes")) == 4


def test_an_archive_that_lacks_a_file_is_named_with_it(base_dir, package, archive):
    (package / "data" / "communes.json").unlink()
    with tarfile.open(archive, "w:gz") as tar:
        tar.add(package, "package")
    with pytest.raises(CommandError, match=r"paquet\.tgz : il manque data/communes\.json"):
        call_command("build_territories", "7.0.0", archive=archive)
    assert list((base_dir / "fixtures" / "territories").iterdir()) == []


@pytest.mark.parametrize("is_there", [False, True], ids=["missing", "not an archive"])
def test_an_archive_that_cannot_be_read_is_named(base_dir, tmp_path, is_there):
    path = tmp_path / "autre.tgz"
    if is_there:
        path.write_text("ceci n’est pas une archive", encoding="utf-8")
    with pytest.raises(CommandError, match=r"autre\.tgz"):
        call_command("build_territories", "7.0.0", archive=path)

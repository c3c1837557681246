"""Places in other scripts: what fixtures/spellings holds, and how it is found."""

import csv
import unicodedata

import pytest
from django.conf import settings

from prefectures.territories.files import FileFault, read_rows
from prefectures.territories.spellings import (
    FOLDER,
    KINDS,
    SCRIPTS,
    folded,
    foreign_normalised,
    read_spellings,
    script_of,
    spellings,
)

TERRITORIES = settings.BASE_DIR / "fixtures" / "territories"


@pytest.fixture(scope="module")
def found():
    return spellings()


@pytest.fixture(scope="module", params=KINDS)
def table(request):
    return request.param, read_spellings(FOLDER, request.param)


# --- What the files hold ------------------------------------------------------------------------


def test_every_code_is_one_of_insee_s(table):
    name, rows = table
    known = {row["code"] for row in read_rows(TERRITORIES, f"{KINDS[name]}s")}
    assert {row["code"] for row in rows} <= known


def test_rows_are_sorted(table):
    keys = [tuple(row.values()) for row in table[1]]
    assert keys == sorted(keys)


def test_spellings_are_composed_and_without_a_space_around(table):
    for row in table[1]:
        spelling = row["orthographe"]
        assert spelling == unicodedata.normalize("NFC", spelling).strip()


def test_no_latin_letter_and_no_digit_is_in_a_spelling(table):
    for row in table[1]:
        assert not any("LATIN" in unicodedata.name(c) or c.isdigit() for c in row["orthographe"])


def test_no_two_spellings_of_a_place_are_searched_alike(table):
    keys = [(row["code"], foreign_normalised(row["orthographe"])) for row in table[1]]
    assert len(keys) == len(set(keys))


def test_every_departement_and_region_is_known_in_arabic_and_chinese():
    for name in ("departements", "regions"):
        known = {row["code"] for row in read_rows(TERRITORIES, name)}
        rows = read_spellings(FOLDER, name)
        for script in ("Arab", "Hani"):
            assert {row["code"] for row in rows if row["ecriture"] == script} == known


def test_every_file_names_its_source():
    sources = (FOLDER / "SOURCES").read_text(encoding="utf-8")
    assert all(path.name in sources for path in FOLDER.glob("*.csv"))


def test_the_files_stay_small():
    assert sum(path.stat().st_size for path in FOLDER.glob("*.csv")) < 150_000


# --- What people write --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("تولوز", ("commune", "31555")),
        ("مرسيليا", ("commune", "13055")),
        ("ليون", ("commune", "69123")),
        ("نيس", ("commune", "06088")),
        ("مونبلييه", ("commune", "34172")),
        ("ستراسبورغ", ("commune", "67482")),
        ("بوبيني", ("commune", "93008")),
        ("كريتاي", ("commune", "94028")),
        ("باريس", ("commune", "75056")),
        ("پاریس", ("commune", "75056")),
        ("پیرس", ("commune", "75056")),
        ("Тулуза", ("commune", "31555")),
        ("ТУЛУЗА", ("commune", "31555")),
        ("Монпелье", ("commune", "34172")),
        ("Марсель", ("commune", "13055")),
        ("Ліон", ("commune", "69123")),
        ("Тарб", ("commune", "65440")),
        ("Родез", ("commune", "12202")),
        ("сен дени", ("commune", "93066")),
        ("马赛", ("commune", "13055")),
        ("馬賽", ("commune", "13055")),
        ("里昂", ("commune", "69123")),
        ("图卢兹", ("commune", "31555")),
        ("巴黎市", ("commune", "75056")),
        ("蒙彼利埃", ("commune", "34172")),
        ("প্যারিস", ("commune", "75056")),
        ("মার্সেই", ("commune", "13055")),
        ("টুলোস", ("commune", "31555")),
        ("துலூஸ்", ("commune", "31555")),
        ("ტულუზა", ("commune", "31555")),
        ("هيرولت", ("departement", "34")),
        ("Эро", ("departement", "34")),
        ("埃罗", ("departement", "34")),
        ("上加龙省", ("departement", "31")),
        ("হেরাল্ট", ("departement", "34")),
        ("مايوت", ("departement", "976")),
        ("Окситания", ("region", "76")),
        ("法兰西岛", ("region", "11")),
    ],
)
def test_a_place_is_found_by_the_name_that_people_write(found, written, place):
    places = found[foreign_normalised(written)]
    assert place in places


def test_a_spelling_that_means_several_places_gives_them_all(found):
    assert found[foreign_normalised("Сен-Дени")] == [("commune", "93066"), ("commune", "97411")]
    assert found[foreign_normalised("巴黎")] == [("commune", "75056"), ("departement", "75")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ليونٌ", "ليون"),
        ("ليـــون", "ليون"),
        ("أميان", "اميان"),
        ("إيل", "ايل"),
        ("مرسيلية", "مرسيليه"),
        ("مارسى", "مارسي"),
        ("پاریس", "پاريس"),
        ("کان", "كان"),
        ("سان-دوني", "سان دوني"),
        ("Орлёан", "орлеан"),
        ("Сен‑Дени", "СЕН ДЕНИ"),
        ("Пари́ж", "париж"),
        ("圣·但尼", "圣但尼"),
        ("里昂市", "里昂"),
        ("罗讷省", "罗讷"),
        ("圖盧茲", "图卢兹"),
        ("কোট-ডি‘আমর", "কোট ডিআমর"),
        ("ল্য\u200c মঁস", "ল্য মঁস"),
    ],
)
def test_what_people_vary_is_searched_alike(one, other):
    assert foreign_normalised(one) == foreign_normalised(other)


def test_the_arabic_article_stays():
    assert foreign_normalised("المارن") != foreign_normalised("مارن")


def test_a_chinese_name_is_not_emptied_by_its_ending():
    assert foreign_normalised("市") == "市"


def test_folding_twice_changes_nothing_more(table):
    for row in table[1]:
        once = foreign_normalised(row["orthographe"])
        assert once
        assert foreign_normalised(once) == once


@pytest.mark.parametrize("written", ["", " ", "Toulouse", "31000", "🙂", "\ud800"])
def test_anything_else_is_found_nowhere(found, written):
    assert foreign_normalised(written) not in found


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("تولوز", "Arab"),
        ("Сен-Дени", "Cyrl"),
        ("圖盧茲", "Hani"),
        ("প্যারিস", "Beng"),
        ("Lyon", None),
        ("Лион Lyon", None),
        ("トゥールーズ", None),
        ("里昂2", None),
        ("", None),
    ],
)
def test_a_text_is_in_one_script_or_in_none(text, script):
    assert script_of(text) == script


def test_folding_needs_no_file():
    assert folded("馬賽", {"馬": "马"}) == "马賽"


# --- What is wrong in a file --------------------------------------------------------------------


@pytest.fixture
def write(tmp_path):
    """Write tables of spellings; those that are not given are empty. Return their folder."""

    def write(name, *rows):
        for each in KINDS:
            with (tmp_path / f"{each}.csv").open("w", encoding="utf-8", newline="") as file:
                head = ("code", "ecriture", "orthographe")
                csv.writer(file).writerows([head, *(rows if each == name else ())])
        (tmp_path / "han.csv").write_text("traditionnel,simplifie\n", encoding="utf-8")
        return tmp_path

    return write


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (("31555", "Latn", "Toulouse"), "« Latn » n’est pas une écriture connue."),
        (("31555", "Cyrl", "تولوز"), "ce n’est pas écrit en Cyrl."),
        (("31555", "Arab", "تولوز (فرنسا)"), "ce n’est pas écrit en Arab."),
        (("31555", "Arab", ""), "cette cellule est vide."),
        (("69123", "Arab", "ليون"), "« ليون » est déjà plus haut."),
    ],
)
def test_a_fault_names_file_and_line(write, row, problem):
    folder = write("communes", ("69123", "Arab", "ليون"), row)
    with pytest.raises(FileFault) as caught:
        spellings(folder)
    assert f"{folder / 'communes.csv'}, ligne 3" in str(caught.value)
    assert problem in str(caught.value)


def test_a_place_may_have_several_spellings_and_a_spelling_several_places(write):
    folder = write(
        "departements", ("34", "Cyrl", "Эро"), ("34", "Cyrl", "Эр"), ("35", "Cyrl", "Эро")
    )
    assert spellings(folder) == {
        "эро": [("departement", "34"), ("departement", "35")],
        "эр": [("departement", "34")],
    }


def test_scripts_are_told_by_unicode_s_own_names():
    assert len(set(SCRIPTS.values())) == len(SCRIPTS)

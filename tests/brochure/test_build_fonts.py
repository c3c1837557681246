"""The fonts of the brochure are made of those that are published."""

import shutil

import pytest
from fontTools.ttLib import TTFont

from prefectures.brochure import build_fonts
from prefectures.brochure.build_fonts import PUBLISHED, build, members
from prefectures.brochure.coverage import FONTS

# A small one of ours stands for what a package holds.
HEBREW = "noto-sans-hebrew"


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package that holds a font under the name of another, and the folder where fonts go."""

    def package(name):
        for member in members(name).values():
            path = tmp_path / "package" / member
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(FONTS / f"{HEBREW}-400Regular.ttf", path)
        return tmp_path / "package"

    monkeypatch.setattr(build_fonts, "FONTS", tmp_path)
    return package


def test_a_package_names_its_files_as_it_spells_them():
    assert members("noto-sans-nko") == {"400Regular": "400Regular/NotoSansNKo_400Regular.ttf"}
    assert members("noto-sans-symbols-2")["400Regular"].endswith("NotoSansSymbols2_400Regular.ttf")


def test_each_style_of_a_package_is_written(package, tmp_path):
    found = build("noto-naskh-arabic", package("noto-naskh-arabic"), set())
    assert ord("א") in found
    for style in ("400Regular", "700Bold"):
        with TTFont(tmp_path / f"noto-naskh-arabic-{style}.ttf") as font:
            assert set(font.getBestCmap()) == found


def test_of_an_asian_font_what_no_standard_holds_is_left_out(package):
    found = build("noto-sans-sc", package("noto-sans-sc"), set())
    assert ord("א") not in found


def test_every_published_font_is_in_the_tree():
    there = {path.stem for path in FONTS.glob("*.ttf")}
    assert there == {
        f"{name}-{style}" for name, published in PUBLISHED.items() for style in published.styles
    }

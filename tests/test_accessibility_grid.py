"""The grid of the accessibility criteria counts as the public page says, and names its tests."""

import re

import pytest
from django.conf import settings

from .public.reading import text, tree

GRID = (settings.BASE_DIR / "docs" / "accessibilite.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\d+)\.(\d+) \| (.+?) \| (C|NC|NA) \| (C|NC|NA) \| (.+?) \| (.*?) \|$", re.M)
ROWS = ROW.findall(GRID)
# How many criteria the RGAA 4.1 has in each of its themes.
OF_THEMES = [9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12]
PUBLIC, TEAM = 3, 4


def counted(column):
    found = [row[column] for row in ROWS]
    met, missed, others = (found.count(state) for state in ("C", "NC", "NA"))
    rate = f"{100 * met / (met + missed):.1f}".replace(".", ",")
    return met, met + missed, others, rate


def test_every_criterion_is_there_once_in_its_order():
    expected = [
        (str(theme), str(number))
        for theme, most in enumerate(OF_THEMES, 1)
        for number in range(1, most + 1)
    ]
    assert [row[:2] for row in ROWS] == expected


def test_what_is_not_met_says_why():
    assert [row[:2] for row in ROWS if "NC" in row and not row[6]] == []


@pytest.mark.django_db
def test_the_page_says_what_the_grid_counts(client):
    page = tree(client.get("/accessibilite/").content.decode()).find(".//main")
    met, applicable, others, rate = counted(PUBLIC)
    (said,) = [text(each) for each in page.iter("p") if each.get("id") == "taux"]
    assert f"{met} critères sur {applicable} sont respectés, soit {rate} %" in said
    assert f"Les {others} autres" in said
    # Below half, and at all of them, the law has other words.
    assert 50 <= float(rate.replace(",", ".")) < 100
    assert "partiellement conforme" in text(page)
    for row in ROWS:
        if row[PUBLIC] == "NC":
            assert f"critère {row[0]}.{row[1]}" in text(page)


@pytest.mark.parametrize("column", [PUBLIC, TEAM])
def test_the_grid_sums_itself_up(column):
    met, applicable, others, rate = counted(column)
    summed_up = " ".join(GRID.split("## Résultat")[1].split("##")[0].split())
    assert f"{met} critères respectés sur {applicable}" in summed_up or (
        f"{met} sur {applicable}" in summed_up
    )
    assert f"({rate} %)" in summed_up
    assert f"{others} ne s’appliquent pas" in summed_up


def test_every_test_that_the_grid_names_is_there():
    tests = settings.BASE_DIR / "tests"
    for name in set(re.findall(r"`(test_\w+\.py)(?:::\w+)?`", GRID)):
        assert list(tests.rglob(name)), name
    for path, test in re.findall(r"`(test_\w+\.py)::(\w+)`", GRID):
        (found,) = tests.rglob(path)
        assert f"def {test}(" in found.read_text(encoding="utf-8")
    for folder in set(re.findall(r"`(tests/[\w/]+?)`", GRID)):
        assert (settings.BASE_DIR / folder).exists()

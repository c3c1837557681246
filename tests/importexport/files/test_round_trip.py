"""What is written is read back to the letter, whatever the cells hold."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tablib import Dataset

from prefectures.importexport.files import read_file, write_set, write_table

# What the site keeps: no control character but line ends, which its fields write "\n".
SIGNS = st.characters(blacklist_categories=("Cs", "Cc"))
CELLS = st.one_of(
    st.text(SIGNS, max_size=8),
    st.lists(st.sampled_from(["=", "'", "+", "-", "@", "|", "%", "\n", "\t", " ", '"', ";", "a"]))
    .map("".join),
    st.sampled_from(
        ["=cmd|' /C calc'!A0", "'=x", "''=x", "_x0041_", "_x005F_x0041_", "09", "1e5", "22/02/2023",
         "TRUE", "=1+1", "مرحبا", "😀", "l’été", "\ufeffx", "#N/A", "0612", " =x", "\n=x"]
    ),
)  # fmt: skip
ROWS = st.lists(st.lists(CELLS, min_size=3, max_size=3).filter(lambda row: "".join(row).strip()))
HEADERS = ["fiche", "n° 2", "qui n’est pas concerné·e"]


def dataset(rows):
    return Dataset(*rows, headers=HEADERS, title="fiches")


def cells(table):
    assert table.faults == []
    return [[row.cells[header] for header in HEADERS] for row in table.rows]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@settings(deadline=None, max_examples=120)
@given(ROWS)
@example([["a\rb", "a\r\nb", "x"]])
def test_a_table_comes_back_as_it_left(kind, rows):
    (table,) = read_file(f"fiches.{kind}", write_table(kind, dataset(rows)))
    assert cells(table) == rows


@pytest.mark.parametrize("kind", ["xlsx", "zip"])
@settings(deadline=None, max_examples=60)
@given(ROWS, ROWS)
def test_a_set_comes_back_as_it_left(kind, sheets, steps):
    sent = write_set(kind, {"fiches": dataset(sheets), "etapes": dataset(steps)})
    read = {table.name: cells(table) for table in read_file(f"tout.{kind}", sent)}
    assert read == {"fiches": sheets, "etapes": steps}


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_the_same_content_gives_the_same_bytes(kind):
    rows = [["34/a", "1", "x"]]
    assert write_table(kind, dataset(rows)) == write_table(kind, dataset(rows))


@pytest.mark.parametrize("kind", ["xlsx", "zip"])
def test_the_same_set_gives_the_same_bytes(kind):
    sets = [write_set(kind, {"fiches": dataset([["34/a", "1", "x"]])}) for _ in range(2)]
    assert sets[0] == sets[1]

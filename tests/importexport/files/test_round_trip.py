"""What is written is read back to the letter, whatever the cells hold."""

import io
import re

import openpyxl
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from odf import opendocument
from odf.table import TableCell
from odf.text import S
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from tablib import Dataset

from prefectures.importexport.files import read_file, write_set, write_table
from prefectures.importexport.files.formulas import made_harmless

# What the site keeps: no control character but line ends, which its fields write "\n".
SIGNS = st.characters(blacklist_categories=("Cs", "Cc"))
CELLS = st.one_of(
    st.text(SIGNS, max_size=8),
    st.lists(st.sampled_from([*"='+-@|%\n\t \";,10/a", "mai"])).map("".join),
    st.sampled_from(
        ["=cmd|' /C calc'!A0", "'=x", "''=x", "_x0041_", "_x005F_x0041_", "09", "1e5",
         "TRUE", "=1+1", "مرحبا", "😀", "l’été", "\ufeffx", "#N/A", "0612", " =x", "\n=x",
         "22/02/2023", "avril 2021", "8/12", "001", "0467000000", "vrai", "'5", "5"]
    ),
)  # fmt: skip
# The site keeps none of these, and the format cannot.
NOT_IN_ODS = re.compile("[\r\ufffe\uffff]")
ROWS = st.lists(st.lists(CELLS, min_size=3, max_size=3).filter(lambda row: "".join(row).strip()))
HEADERS = ["fiche", "n° 2", "qui n’est pas concerné·e"]


def dataset(rows):
    return Dataset(*rows, headers=HEADERS, title="fiches")


def cells(table):
    assert table.faults == []
    return [[row.cells[header] for header in HEADERS] for row in table.rows]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods", "json"])
@settings(max_examples=120)
@given(ROWS)
@example([["a\rb", "a\r\nb", "x"]])
@example([["=1", "'=1", "''=1"], ["8/12", "'8/12", "'5"], ["a,=1", "a,'=1", "'a\n'=1"]])
@example([["\n =x", " \n=x", "12\n+3"], [",'=", "'\t'-", "  a  b "], ["\t", "\ufffex", "x\n"]])
def test_a_table_comes_back_as_it_left(kind, rows):
    if kind == "ods":
        rows = [[NOT_IN_ODS.sub(" ", cell) for cell in row] for row in rows]
        assume(all("".join(row).strip() for row in rows))
    (table,) = read_file(f"fiches.{kind}", write_table(kind, dataset(rows)))
    assert cells(table) == rows


@pytest.mark.parametrize("kind", ["xlsx", "zip"])
@settings(max_examples=60)
@given(ROWS, ROWS)
def test_a_set_comes_back_as_it_left(kind, sheets, steps):
    sent = write_set(kind, {"fiches": dataset(sheets), "etapes": dataset(steps)})
    read = {table.name: cells(table) for table in read_file(f"tout.{kind}", sent)}
    assert read == {"fiches": sheets, "etapes": steps}


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods", "json"])
def test_the_same_content_gives_the_same_bytes(kind):
    rows = [["34/a", "1", "x"]]
    assert write_table(kind, dataset(rows)) == write_table(kind, dataset(rows))


@pytest.mark.parametrize("kind", ["xlsx", "zip"])
def test_the_same_set_gives_the_same_bytes(kind):
    sets = [write_set(kind, {"fiches": dataset([["34/a", "1", "x"]])}) for _ in range(2)]
    assert sets[0] == sets[1]


@given(CELLS)
def test_a_csv_that_was_saved_as_a_workbook_still_comes_back(cell):
    """The apostrophe is then in the text of a cell that says that it is text."""
    assume("".join(cell).strip())
    book = openpyxl.Workbook()
    for text in ("fiche", made_harmless(cell)):
        book.active.append([text])
        book.active.cell(book.active.max_row, 1).data_type = "s"
    out = io.BytesIO()
    assume(not ILLEGAL_CHARACTERS_RE.search(cell) and "_x" not in cell)
    book.save(out)
    (table,) = read_file("x.xlsx", out.getvalue())
    assert table.rows[0].cells["fiche"] == cell


def test_an_ods_of_another_program_is_read_and_it_reads_ours():
    ours = write_table("ods", dataset([["34/a", "  deux  espaces", "l’été\n=1"]]))
    document = opendocument.load(io.BytesIO(ours))
    (cell,) = document.getElementsByType(TableCell)[4:5]
    assert len(cell.getElementsByType(S)) == 2
    (table,) = read_file("x.ods", dataset([["34/a", "x", "l’été"]]).export("ods"))
    assert cells(table) == [["34/a", "x", "l’été"]]

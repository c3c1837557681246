"""What people send instead of a table, and what is wrong in one: a sentence for each."""

import io
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tablib import Dataset

from prefectures.importexport.files import (
    FileRefusedError,
    limits,
    read_file,
    write_set,
    write_table,
)

from ..planning import typed

HEAD = "fiche;titre\r\n"
LINE = "34/a;Un titre\r\n"


def refusal(content, name="maj.csv"):
    with pytest.raises(FileRefusedError) as refused:
        read_file(name, content)
    return typed(" ".join(refused.value.sentences))


def faults(content):
    (table,) = read_file("maj.csv", content)
    return [(fault.line, fault.column, typed(fault.sentence)) for fault in table.faults]


def workbook(*rows, **tabs):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for name, lines in tabs.items():
        sheet = book.create_sheet(name)
        for row in lines:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


TABLE = Dataset(["34/a", "=1"], ["34/b", "8/12"], headers=["fiche", "titre"], title="fiches")
SOUND = {
    "xlsx": write_table("xlsx", TABLE),
    "ods": write_table("ods", TABLE),
    "zip": write_set("zip", {"fiches": TABLE}),
}


def archive(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as found:
        for name, content in members.items():
            found.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "est un PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 50, "ancien classeur (.xls)"),
        (b"\x89PNG\r\n\x1a\n", "est une image"),
        (b"\xff\xd8\xff\xe0", "est une photo"),
        (b"Rar!\x1a\x07", "archive RAR"),
        (b"\x1f\x8b\x08", "décompressez-le"),
        (b"", "est vide"),
        (b"\xef\xbb\xbf\r\n", "est vide"),
        (b"<!DOCTYPE html><table></table>", "une page web"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>", "une page web ou du XML"),
        (b"PK\x05\x06" + b"\0" * 18, "ZIP est vide"),
        (b"PK\x03\x04 n'est pas un zip", "est abîmé"),
        (archive(word__document_dot_xml="x"), "document Word"),
        (archive(mimetype="application/vnd.oasis.opendocument.text"), "document LibreOffice"),
        (archive(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "est abîmé"),
        (b'{"sheets": []}', "pas une liste d’objets"),
        (b"[1, 2]", "pas une liste d’objets"),
        (b'[{"fiche": ["34/a"]}]', "seul un texte"),
        (b'[{"fiche": "34/a"}', "il est abîmé"),
        (b'[{"fiche": "34/a"}] x', "il est abîmé"),
        (b"[" * 1_000_000, "pas une liste d’objets"),
        (archive(xl__workbook_dot_bin="x"), ".xlsb"),
        (archive(photo_dot_jpg="x"), "photo.jpg"),
        (archive(xl__workbook_dot_xml="<a/>"), "est abîmé"),
        (b'fiche;titre\r\n34/a;"jamais ferm\xc3\xa9\r\n', "guillemet"),
        (b"\x81\x8d\x8f;\x90\r\n", "CSV UTF-8"),
        (b"a" * (limits.MOST_BYTES + 1), "plus de 10 Mo"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_is_no_table_is_refused_in_plain_words(content, words):
    assert words in refusal(content)


def test_a_pdf_is_recognised_whatever_it_calls_itself():
    assert "est un PDF" in refusal(b"%PDF-1.4", name="fiches.xlsx")


def test_a_protected_workbook_is_refused():
    content = bytearray(archive(fiches_dot_csv="x"))
    # The flag of encryption, in both headers of the entry.
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert "mot de passe" in refusal(bytes(content))


def answer(content):
    """Return the tables of a file, or the sentences with which it is refused."""
    try:
        return read_file("x", content)
    except FileRefusedError as refused:
        return refused.sentences


@pytest.mark.parametrize("kind", ["xlsx", "ods", "zip"])
@settings(max_examples=60)
@given(st.data())
def test_a_damaged_archive_is_refused_or_read_and_never_breaks_the_site(kind, data):
    whole = SOUND[kind]
    at = data.draw(st.integers(30, len(whole) - 1))
    damaged = whole[:at] + data.draw(st.binary(min_size=1, max_size=4)) + whole[at + 1 :]
    assert isinstance(answer(damaged), list)


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
@settings(max_examples=60)
@given(st.data())
def test_damaged_xml_is_refused_or_read_and_never_breaks_the_site(kind, data):
    members = zipfile.ZipFile(io.BytesIO(SOUND[kind]))
    name = data.draw(st.sampled_from([n for n in members.namelist() if n.endswith("xml")]))
    xml = members.read(name)
    at = data.draw(st.integers(0, len(xml) - 1))
    put = data.draw(st.sampled_from([b"", b"<", b'"', b"&#0;", b"&x;", b"9" * 20, b"-1", b"nan"]))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as forged:
        for member in members.namelist():
            damaged = xml[:at] + put + xml[at + data.draw(st.integers(0, 9)) :]
            forged.writestr(member, damaged if member == name else members.read(member))
    assert isinstance(answer(out.getvalue()), list)


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = archive(fiches_dot_csv=b"\0" * (limits.MOST_BYTES_UNPACKED + 1))
    assert len(bomb) < 100_000
    assert "décompressé" in refusal(bomb)


def test_a_file_without_a_name_in_a_zip_is_refused():
    named = archive(x="a")
    assert "abîmé" in refusal(named.replace(b"x", b"\0"))


def test_a_zip_in_a_zip_is_refused():
    assert "dedans.zip" in refusal(archive(dedans_dot_zip=archive(a="x")))


def test_a_zip_of_thousands_of_files_is_refused():
    assert "trop de fichiers" in refusal(archive(**{f"f{n}_dot_csv": "x" for n in range(600)}))


def test_an_entity_bomb_is_refused():
    bomb = (
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">&b;</workbook>'
    )
    real = zipfile.ZipFile(io.BytesIO(workbook(["fiche"], ["34/a"])))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as forged:
        for name in real.namelist():
            forged.writestr(name, bomb if name == "xl/workbook.xml" else real.read(name))
    assert "abîmé" in refusal(out.getvalue())


def test_a_table_that_is_too_long_is_refused():
    assert "12000 lignes" in refusal((HEAD + LINE * 12_001).encode())


def test_a_workbook_of_too_many_columns_is_refused():
    assert "100 colonnes" in refusal(workbook(["fiche"] + ["x"] * 200, ["34/a"] * 201))


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_a_csv_is_read_however_a_spreadsheet_saved_it(encoding, delimiter):
    text = f"fiche{delimiter}titre\r\n34/a{delimiter}L’été à « Sète » – 5 €\r\n"
    (table,) = read_file("maj.csv", text.encode(encoding))
    assert table.rows[0].cells == {"fiche": "34/a", "titre": "L’été à « Sète » – 5 €"}
    assert table.faults == []


def test_what_excel_says_of_its_delimiter_is_honoured():
    (table,) = read_file("maj.csv", b"sep=,\r\nfiche,titre\r\n34/a,x;y\r\n")
    assert table.rows[0].cells["titre"] == "x;y"


def test_a_ragged_row_is_named_by_its_line():
    assert faults((HEAD + LINE + "34/b;x;de trop\r\n").encode())[0][0] == 3
    assert "moins de cases" in faults((HEAD + "34/b\r\n").encode())[0][2]


def test_the_line_is_that_of_the_spreadsheet_not_of_the_text():
    content = HEAD + '34/a;"sur\r\ntrois\r\nlignes"\r\n34/b;x;de trop\r\n'
    assert faults(content.encode())[0][0] == 3


def test_a_nul_byte_is_named_by_its_line_and_column():
    ((line, column, sentence),) = faults((HEAD + "34/a;x\0y\r\n").encode())
    assert (line, column) == (2, "titre")
    assert "caractère nul" in sentence


def test_a_title_that_is_there_twice_is_named():
    ((line, column, _),) = faults(b"fiche;titre;titre\r\n34/a;x;y\r\n")
    assert (line, column) == (1, "titre")


def test_a_cell_under_no_title_is_named():
    assert "titre vide" in faults(b"fiche;;titre\r\n34/a;x;y\r\n")[0][2]


def test_a_formula_is_named_by_its_line_and_column():
    ((line, column, sentence),) = faults(workbook(["fiche", "titre"], ["34/a", "=1+1"]))
    assert (line, column) == (2, "titre")
    assert "formule" in sentence


def test_an_error_of_the_spreadsheet_is_named():
    assert "#N/A" in faults(workbook(["fiche", "titre"], ["34/a", "#N/A"]))[0][2]


def test_numbers_dates_and_truth_become_text():
    from datetime import datetime

    content = workbook(["a", "b", "c", "d", "e"], [34032.0, datetime(2023, 2, 22), True, None, 1.5])
    (table,) = read_file("x.xlsx", content)
    assert list(table.rows[0].cells.values()) == ["34032", "2023-02-22", "oui", "", "1.5"]


def test_blank_rows_are_skipped_and_lines_still_right():
    (table,) = read_file("x.xlsx", workbook(["a"], [None], ["x"]))
    assert [row.number for row in table.rows] == [3]


def test_a_hidden_tab_is_not_read():
    book = openpyxl.load_workbook(io.BytesIO(workbook(["a"], ["x"], cachee=[["b"], ["y"]])))
    book["cachee"].sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    assert len(read_file("x.xlsx", out.getvalue())) == 1


def test_what_a_mac_adds_to_a_zip_is_ignored():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as found:
        found.writestr("fiches.csv", HEAD + LINE)
        found.writestr("__MACOSX/._fiches.csv", "x")
    assert [table.name for table in read_file("x.zip", out.getvalue())] == ["fiches"]


def test_a_text_too_long_for_excel_is_not_cut_in_silence():
    long = Dataset(["34/a", "x" * 40_000], headers=["fiche", "texte"], title="fiches")
    with pytest.raises(FileRefusedError, match="Exportez en CSV"):
        write_table("xlsx", long)
    (table,) = read_file("x.csv", write_table("csv", long))
    assert len(table.rows[0].cells["texte"]) == 40_000


def test_what_looks_like_a_formula_is_text_in_excel():
    sent = Dataset(["=cmd|' /C calc'!A0"], headers=["a"], title="x")
    book = openpyxl.load_workbook(io.BytesIO(write_table("xlsx", sent)))
    assert book.active["A2"].data_type == "s"


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+33", "-x", "@a", "|x", "%x", "\tx", " =1", "0467000000", "001", "avril 2021", "8/12",
     "22/02/2023", "04 66 49 60 00", "1,50", "1e5", "14:00", "VRAI", "123456789012"],
)  # fmt: skip
def test_what_a_spreadsheet_would_run_or_alter_is_harmless_in_csv(text):
    sent = Dataset([text], headers=["a"], title="x")
    assert write_table("csv", sent).decode("utf-8-sig").splitlines()[1].lstrip('"')[0] == "'"


@pytest.mark.parametrize(
    "text", ["34032", "0", "12", "34/beziers", "oui", "Le 8 rue X", "2A", "a,b"]
)
def test_what_stays_as_it_is_gets_no_apostrophe_in_csv(text):
    sent = Dataset([text], headers=["a"], title="x")
    assert "'" not in write_table("csv", sent).decode("utf-8-sig")


@pytest.mark.parametrize("separator", [",", ";", "\t", "\n", ', "'])
def test_a_formula_behind_what_separates_cells_elsewhere_is_harmless(separator):
    sent = Dataset([f"a{separator}=1+1"], headers=["a"], title="x")
    assert "'=1+1" in write_table("csv", sent).decode().replace('\'""=', "'=").replace('\' ""', "'")


def test_an_ods_holds_text_only():
    sent = Dataset(["=1+1", "09"], headers=["a", "b"], title="x")
    content = zipfile.ZipFile(io.BytesIO(write_table("ods", sent))).read("content.xml").decode()
    assert "formula" not in content
    assert "=1+1" in content

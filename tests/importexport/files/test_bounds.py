"""Small files that would cost minutes: counted while they are read, refused in a sentence."""

import io
import zipfile

import pytest

from prefectures.importexport.files import FileRefusedError, limits, read_file
from prefectures.importexport.files.bounds import Bounds

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)


def packed(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return out.getvalue()


def xlsx(rows, texts=""):
    return packed(
        xl__workbook_dot_xml=f'<workbook {MAIN} xmlns:r="{RELATION}"><sheets>'
        '<sheet name="fiches" sheetId="1" r:id="rId1"/></sheets></workbook>',
        xl___rels__workbook_dot_xml_dot_rels="<Relationships>"
        f'<Relationship Id="rId1" Type="{RELATION}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{RELATION}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        xl__worksheets__sheet1_dot_xml=f"<worksheet {MAIN}>{rows}</worksheet>",
        xl__sharedStrings_dot_xml=f"<sst {MAIN}>{texts}</sst>",
    )


def ods(rows):
    return packed(
        mimetype="application/vnd.oasis.opendocument.spreadsheet",
        content_dot_xml=f"<office:document-content {OFFICE}><office:body><office:spreadsheet>"
        f'<table:table table:name="fiches">{rows}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>",
    )


def cell(text, place=""):
    place = f'r="{place}" ' if place else ""
    return f'<c {place}t="inlineStr"><is><t>{text}</t></is></c>'


def ods_cell(text, **repeated):
    told = "".join(f' table:number-{name}-repeated="{n}"' for name, n in repeated.items())
    return f"<table:table-cell{told}><text:p>{text}</text:p></table:table-cell>"


TITLES = f"<row>{cell('fiche')}{cell('titre')}</row>"
ODS_TITLES = f"<table:table-row>{ods_cell('fiche')}</table:table-row>"
LONG = "x" * 90_000


class NoTime:
    """A clock on which a second goes by each time somebody looks."""

    def __init__(self):
        self.seconds = 0

    def __call__(self):
        self.seconds += 1
        return self.seconds


def no_hurry():
    return 0


def refusal(content, **options):
    with pytest.raises(FileRefusedError) as refused:
        read_file("x", content, **options)
    return " ".join(refused.value.sentences)


FILES = {
    "empty cells": (lambda: xlsx(TITLES + "<row>" + "<c/>" * 1_000_000 + "</row>"), "cases"),
    "empty rows": (lambda: xlsx(TITLES + "<row/>" * 1_000_000), "cases"),
    "columns without end": (
        lambda: xlsx(TITLES + f"<row>{cell('x', 'ZZZ1')}</row>"),
        "100 colonnes",
    ),
    "a row number beyond any spreadsheet": (
        lambda: xlsx(TITLES + f'<row r="20000000">{cell("x")}</row>'),
        "abîmé",
    ),
    "a row that is there twice": (
        lambda: xlsx(TITLES + f'<row r="2">{cell("x")}</row><row r="2">{cell("y")}</row>'),
        "abîmé",
    ),
    "one text ten thousand times": (
        lambda: xlsx(
            TITLES + '<row><c t="s"><v>0</v></c></row>' * 10_000, f"<si><t>{LONG}</t></si>"
        ),
        "signes",
    ),
    "line breaks in a CSV": (lambda: b"fiche;titre\n" + b"\n" * 9_000_000, "cases"),
    "line breaks before a CSV": (lambda: b"x" + b"\n" * 9_000_000, "cases"),
    "semicolons": (lambda: b";" * 9_000_000, "cases"),
    "a ZIP of CSVs": (
        lambda: packed(**{f"f{n}_dot_csv": "fiche\n" + "\n" * 100_000 for n in range(20)}),
        "cases",
    ),
    "a row of an ODS repeated": (
        lambda: ods(
            ODS_TITLES + f'<table:table-row table:number-rows-repeated="1000000">{ods_cell("x")}'
            "</table:table-row>"
        ),
        "cases",
    ),
    "a cell of an ODS repeated": (
        lambda: ods(f"<table:table-row>{ods_cell('x', columns=999_999)}</table:table-row>"),
        "100 colonnes",
    ),
    "spaces of an ODS": (
        lambda: ods(
            "<table:table-row>" + ods_cell('<text:s text:c="999999999"/>') + "</table:table-row>"
        ),
        "signes",
    ),
    "repeated more often than a number can say": (
        lambda: ods(f"<table:table-row>{ods_cell('x', columns=10**20)}</table:table-row>"),
        "abîmé",
    ),
    "objects of a JSON": (lambda: b"[" + b"{}," * 3_000_000 + b"{}]", "cases"),
    "names of a JSON": (
        lambda: b"[" + b",".join(b'{"%d":1}' % n for n in range(200)) + b"]",
        "100 noms",
    ),
}


@pytest.mark.parametrize(("content", "words"), FILES.values(), ids=FILES)
def test_a_file_that_would_cost_minutes_is_refused_while_it_is_read(content, words):
    bounds = Bounds(clock=no_hurry)
    assert words in refusal(content(), bounds=bounds)
    assert bounds.rows <= limits.MOST_ROWS


@pytest.mark.parametrize(
    "content",
    [
        xlsx(TITLES + f"<row>{cell(LONG)}</row>" * 10),
        ods(f"<table:table-row>{ods_cell(LONG)}</table:table-row>" * 10),
        b"fiche\n" + b"x\n" * 10,
        b"[" + b'{"fiche":"x"},' * 10 + b"{}]",
        packed(fiches_dot_csv="fiche\n" + "x\n" * 10),
    ],
    ids=["xlsx", "ods", "csv", "json", "zip"],
)
def test_reading_ends_when_the_time_is_over(content):
    assert read_file("x", content)
    assert "5 secondes" in refusal(content, bounds=Bounds(clock=NoTime()))


def test_what_a_spreadsheet_leaves_empty_below_and_beside_costs_nothing():
    rows = (
        ODS_TITLES + "<table:table-row>" + ods_cell("34/a") + "<table:table-cell "
        'table:number-columns-repeated="16383"/></table:table-row><table:table-row '
        'table:number-rows-repeated="1048573"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    bounds = Bounds()
    (table,) = read_file("x", ods(rows), bounds=bounds)
    assert [row.cells for row in table.rows] == [{"fiche": "34/a"}]
    assert bounds.cells < 20


def test_the_lines_are_those_of_the_spreadsheet():
    row = f'<row r="5000">{cell("34/a", "A5000")}{cell("x", "B5000")}</row>'
    (table,) = read_file("x", xlsx(TITLES + row))
    assert [row.number for row in table.rows] == [5000]


@pytest.mark.parametrize("place", ["fiche", "34/a"])
def test_half_of_a_character_is_told(place):
    content = (
        xlsx(TITLES.replace("fiche", "fi_xD83D_"), "")
        if place == "fiche"
        else xlsx(TITLES + f"<row>{cell('34/_xD83D_a')}{cell('x')}</row>")
    )
    (table,) = read_file("x", content)
    assert "\ud83d" not in str([table.headers, [row.cells for row in table.rows]])


def test_two_halves_of_a_character_are_one():
    (table,) = read_file("x", xlsx(TITLES + f"<row>{cell('_xD83D__xDE00_')}</row>"))
    assert table.rows[0].cells["fiche"] == "😀"

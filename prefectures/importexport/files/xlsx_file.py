"""Excel workbooks, written as text: nothing is a formula, no zero is dropped, no date guessed."""

import io
import re
import zipfile

import openpyxl
from import_export.formats import base_formats
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from .formulas import kept_as_it_is
from .limits import refuse
from .zip_file import THE_SAME_DAY

# A cell of Excel holds no more; openpyxl would cut the rest off without a word.
MOST_CHARACTERS_IN_A_CELL = 32_767
# XML cannot hold these: Excel writes their number.
NOT_IN_XML = re.compile("[\r\ufffe\uffff]")
LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
WIDEST = 60


def write_xlsx(datasets):
    """Return the bytes of a workbook, a tab a table: {name: tablib Dataset}."""
    book = openpyxl.Workbook(write_only=False)
    book.remove(book.active)
    for name, dataset in datasets.items():
        _add(book, name, dataset)
    out = io.BytesIO()
    book.save(out)
    return _without_clock(out.getvalue())


def _add(book, name, dataset):
    sheet = book.create_sheet(name)
    rows = [dataset.headers, *(dataset[index] for index in range(len(dataset)))]
    wrapped, bold = Alignment(vertical="top", wrap_text=True), Font(bold=True)
    for number, row in enumerate(rows, 1):
        for index, text in enumerate(row, 1):
            if text == "":
                continue
            if len(text) > MOST_CHARACTERS_IN_A_CELL:
                refuse(
                    f"Ligne {number}, « {dataset.headers[index - 1]} » : ce texte a "
                    f"{len(text)} signes, une case d’Excel en tient {MOST_CHARACTERS_IN_A_CELL}. "
                    "Exportez en CSV."
                )
            cell = sheet.cell(number, index)
            # Set apart from its type, which openpyxl would guess: "=…" stays text.
            cell._value, cell.data_type = _escaped(text), "s"
            if number == 1:
                cell.font = bold
            else:
                cell.alignment = wrapped
    for index, column in enumerate(zip(*rows, strict=True), 1):
        longest = max(len(line) for text in column for line in text.split("\n"))
        sheet.column_dimensions[get_column_letter(index)].width = min(WIDEST, longest + 2)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions


def _escaped(text):
    text = LOOKS_ESCAPED.sub("_x005F_", kept_as_it_is(text))
    return NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def _without_clock(content):
    """Return the same workbook with fixed dates, so that the same content gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        for member in before.infolist():
            data = before.read(member)
            if member.filename == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"1980-01-01T00:00:00Z", data)
            fixed = zipfile.ZipInfo(member.filename, THE_SAME_DAY)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(fixed, data)
    return out.getvalue()


class TextXLSX(base_formats.XLSX):
    """Text only: nothing is a formula, no zero is dropped, no date guessed."""

    def export_data(self, dataset, **kwargs):
        return write_xlsx({dataset.title or "tableau": dataset})

"""Excel workbooks: every cell is read as text and written as text."""

import io
import re
import zipfile
from datetime import datetime, time
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml import DefusedXmlException
from import_export.formats import base_formats
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from .limits import MOST_COLUMNS, FileRefusedError, refuse
from .table import make_table
from .zip_file import THE_SAME_DAY

# A cell of Excel holds no more; openpyxl would cut the rest off without a word.
MOST_CHARACTERS_IN_A_CELL = 32_767
# How Excel writes what XML cannot hold, a carriage return for instance.
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
WIDEST = 60
BROKEN = (
    KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, EOFError, ParseError,
    zipfile.BadZipFile, DefusedXmlException,
)  # fmt: skip


def read_xlsx(content, counter):
    """Return the ``Table`` of each visible tab. Raises FileRefusedError."""
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
        return [
            make_table(sheet.title, _records(sheet), counter, pads_rows=True)
            for sheet in book.worksheets
            # A hidden tab is what the person does not see: neither shown nor imported.
            if sheet.sheet_state == "visible"
        ]
    except FileRefusedError:
        raise
    except BROKEN:
        refuse("Ce classeur est abîmé : ouvrez-le dans votre tableur et enregistrez-le à nouveau.")


def _records(sheet):
    # A workbook may lie about its size: only what is there counts.
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.rows, 1):
        texts, faults = [], []
        for index, cell in enumerate(cells):
            if index > MOST_COLUMNS and cell.value is not None:
                refuse(
                    f"Ce classeur a plus de {MOST_COLUMNS} colonnes : ce n’est pas un tel tableau."
                )
            texts.append(_text(cell))
            if cell.data_type == "f":
                faults.append((index, "C’est une formule : mettez à la place ce qu’elle donne."))
            elif cell.data_type == "e":
                faults.append((index, f"C’est une erreur du tableur ({cell.value})."))
        yield number, texts, faults


def _text(cell):
    value = cell.value
    if value is None or cell.data_type in "fe":
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, str):
        return ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
    return str(value)


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
                    f"Ligne {number}, « {dataset.headers[index - 1]} » : ce texte a "
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
    return LOOKS_ESCAPED.sub("_x005F_", text).replace("\r", "_x000D_")


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

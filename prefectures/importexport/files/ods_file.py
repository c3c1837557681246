"""LibreOffice spreadsheets: every cell is written as text, and read as text."""

import io
import re
import zipfile
from xml.sax.saxutils import escape, quoteattr

from import_export.formats import base_formats

from .archive import DAMAGED
from .formulas import as_it_was, kept_as_it_is
from .limits import MOST_COLUMNS, refuse
from .table import make_table
from .typed_cells import FORMULA, number_as_text
from .xml_stream import BROKEN, BrokenXMLError, parse
from .zip_file import THE_SAME_DAY

MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
# A spreadsheet says "and a million rows like this one" of what is empty below a table.
LAST_ROW = 1_048_576
DIGITS = re.compile(r"[0-9]{1,9}")
NUMBERS = {"float", "percentage", "currency"}


def read_ods(archive, bounds):
    """Return the ``Table`` of each visible tab. Raises FileRefusedError."""
    try:
        reader = _Content(bounds)
        with archive.open("content.xml") as stream:
            for _ in parse(stream, reader, bounds):
                pass
        return [
            make_table(name, rows, bounds)
            for name, style, rows in reader.tabs
            if style not in reader.hidden
        ]
    except (*DAMAGED, BrokenXMLError, OverflowError):
        refuse(BROKEN)


def _repeated(attributes, name):
    count = attributes.get(name, "1")
    if not DIGITS.fullmatch(count):
        raise ValueError(count)
    return max(1, int(count))


class _Content:
    """``tabs``: (name, style, rows) of each table; a row is (number, cells, [(index, fault)])."""

    def __init__(self, bounds):
        self.bounds = bounds
        self.tabs, self.hidden, self.style = [], set(), ""
        self.rows, self.number, self.row_repeated = [], 0, 1
        self.cells, self.faults, self.width = [], [], 0
        self.cell, self.lines, self.line = None, [], None
        # How deep in a note, a drawing or a record of changes: their texts are no cells'.
        self.aside = 0

    ASIDE = {"annotation", "shapes", "tracked-changes", "frame", "content-validations", "forms"}

    def start(self, name, attributes):
        if self.aside or name in self.ASIDE:
            self.aside += 1
        elif name == "style":
            self.style = attributes.get("name", "")
        elif name == "table-properties":
            if attributes.get("display") == "false":
                self.bounds.add_entry()
                self.hidden.add(self.style)
        elif name == "table":
            self.bounds.add_entry()
            self.rows, self.number = [], 0
            self.tabs.append((attributes.get("name", ""), attributes.get("style-name"), self.rows))
        elif name == "table-row":
            self.bounds.add_cells()
            self.row_repeated = _repeated(attributes, "number-rows-repeated")
            self.cells, self.faults, self.width = [], [], 0
        elif name in ("table-cell", "covered-table-cell"):
            self.bounds.add_cells()
            self.cell, self.lines = attributes, []
        elif self.cell is not None:
            self._start_text(name, attributes)

    def _start_text(self, name, attributes):
        if name == "p":
            self.line = []
        elif self.line is not None and name == "s":
            count = _repeated(attributes, "c")
            self.bounds.add_characters(count)
            self.line.append(" " * count)
        elif self.line is not None and name in ("tab", "line-break"):
            self.line.append("\t" if name == "tab" else "\n")

    def text(self, data):
        if self.line is not None and not self.aside:
            self.line.append(re.sub(r"[ \t\r\n]+", " ", data))

    def end(self, name):
        if self.aside:
            self.aside -= 1
        elif name == "p" and self.line is not None:
            self.lines.append("".join(self.line))
            self.line = None
        elif name in ("table-cell", "covered-table-cell") and self.cell is not None:
            self._keep_cell(self.cell, "\n".join(self.lines))
            self.cell = None
        elif name == "table-row":
            self._keep_row()

    def _keep_cell(self, attributes, text):
        count = _repeated(attributes, "number-columns-repeated")
        kind, fault = attributes.get("value-type"), ""
        if "formula" in attributes:
            text, fault = "", FORMULA
        elif kind in NUMBERS:
            text = number_as_text(attributes["value"])
        elif kind == "date":
            text = attributes["date-value"].removesuffix("T00:00:00")
        elif kind == "boolean":
            text = "oui" if attributes["boolean-value"] == "true" else "non"
        else:
            text = as_it_was(text)
        if text or fault:
            if self.width + count > MOST_COLUMNS:
                refuse(
                    f"Ce classeur a plus de {MOST_COLUMNS} colonnes : ce n’est pas un tel tableau."
                )
            self.cells += [""] * (self.width - len(self.cells)) + [text] * count
            self.bounds.add_cells(count)
            if fault:
                self.faults += [(self.width + index, fault) for index in range(count)]
        self.width = min(self.width + count, MOST_COLUMNS + 1)

    def _keep_row(self):
        first = self.number + 1
        self.number += self.row_repeated
        if self.number > 2 * LAST_ROW:
            raise ValueError(self.number)
        if self.cells:
            for number in range(first, self.number + 1):
                self.bounds.add_cells(len(self.cells))
                self.rows.append((number, list(self.cells), self.faults))


# --- Writing ------------------------------------------------------------------------------------

NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)
MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MEDIA_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
# Several spaces are one in this format, and XML keeps no carriage return.
SPECIAL = re.compile(r"^ | (?= )| $|\t|\r\n?|\n")
NOT_IN_XML = re.compile("[\ufffe\uffff]")


def write_ods(name, dataset):
    """Return the bytes of one table (a tablib ``Dataset`` of text)."""
    rows = [dataset.headers, *(dataset[index] for index in range(len(dataset)))]
    written = "".join(
        f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in rows
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMESPACES} '
        'office:version="1.2"><office:body><office:spreadsheet>'
        f"<table:table table:name={quoteattr(name)}>{written}</table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        # The format wants its name first, and not packed.
        for path, text in (
            ("mimetype", MEDIA_TYPE),
            ("content.xml", content),
            ("META-INF/manifest.xml", MANIFEST),
        ):
            member = zipfile.ZipInfo(path, THE_SAME_DAY)
            packed = path != "mimetype"
            member.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
            archive.writestr(member, text)
    return out.getvalue()


def _cell(text):
    if not text:
        return "<table:table-cell/>"
    if NOT_IN_XML.search(text):
        refuse("Un texte contient un caractère que le format ODS ne peut pas tenir : prenez XLSX.")
    lines = "".join(f"<text:p>{_line(line)}</text:p>" for line in kept_as_it_is(text).split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def _line(text):
    return SPECIAL.sub(lambda found: MARKS[found[0][0]], escape(text))


MARKS = {" ": "<text:s/>", "\t": "<text:tab/>", "\r": "<text:line-break/>", "\n": ""}


class TextODS(base_formats.ODS):
    """Text only, whose spaces and line breaks come back."""

    def export_data(self, dataset, **kwargs):
        return write_ods(dataset.title or "tableau", dataset)

"""Excel workbooks, read as text: the parts of their XML that hold cells, and no more.

openpyxl makes an object of each cell and fills every gap up to the row number that a file claims;
here a row is what it holds.
"""

import re
from datetime import datetime, time
from posixpath import join, normpath

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from .archive import DAMAGED, MOST_MEMBERS
from .formulas import as_it_was
from .limits import MOST_COLUMNS, refuse
from .table import make_table
from .typed_cells import FORMULA, NO_DATE, WHOLE, number_as_text
from .xml_stream import BROKEN, BrokenXMLError, parse, read_all

# How Excel writes what XML cannot hold, a carriage return for instance.
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
PLACE = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")
# Excel's own bounds.
LAST_ROW = 1_048_576
LONGEST_FORMAT = 255
UNREADABLE = (*DAMAGED, BrokenXMLError, IndexError, TypeError, OverflowError)


def read_xlsx(archive, bounds):
    """Return the ``Table`` of each visible tab. Raises FileRefusedError."""
    try:
        book = _part(archive, "xl/workbook.xml", _Workbook(bounds), bounds)
        paths = _part(archive, "xl/_rels/workbook.xml.rels", _Relations(bounds), bounds)
        texts, dates = _Texts(bounds), _Styles(bounds)
        if "sharedStrings" in paths.by_kind:
            _part(archive, paths.by_kind["sharedStrings"], texts, bounds)
        if "styles" in paths.by_kind:
            _part(archive, paths.by_kind["styles"], dates, bounds)
        return [
            make_table(name, _records(archive, path, book, texts, dates, bounds), bounds)
            for name, path in book.visible_tabs(paths)
        ]
    except UNREADABLE:
        refuse(BROKEN)


def _part(archive, path, reader, bounds):
    with archive.open(path) as stream:
        return read_all(stream, reader, bounds)


def _records(archive, path, book, texts, dates, bounds):
    reader = _Rows(book, texts.found, dates.kinds, bounds)
    with archive.open(path) as stream:
        for _ in parse(stream, reader, bounds):
            yield from reader.rows
            reader.rows.clear()


class _Reader:
    def __init__(self, bounds):
        self.bounds = bounds

    def start(self, name, attributes):
        pass

    def end(self, name):
        pass

    def text(self, data):
        pass


class _Workbook(_Reader):
    """The tabs, and from which day this workbook counts its dates."""

    def __init__(self, bounds):
        super().__init__(bounds)
        self.tabs, self.epoch = [], CALENDAR_WINDOWS_1900

    def start(self, name, attributes):
        if name == "sheet":
            self.tabs.append(attributes)
            if len(self.tabs) > MOST_MEMBERS:
                refuse("Ce classeur a trop d’onglets : ce n’est pas un tel tableau.")
        elif name == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            self.epoch = CALENDAR_MAC_1904

    def visible_tabs(self, paths):
        """Yield (name, path): a hidden tab is what the person does not see."""
        for tab in self.tabs:
            path = paths.tabs.get(tab["id"])
            if path and tab.get("state", "visible") == "visible":
                yield tab["name"], path


class _Relations(_Reader):
    def __init__(self, bounds):
        super().__init__(bounds)
        self.tabs, self.by_kind = {}, {}

    def start(self, name, attributes):
        if name != "Relationship":
            return
        self.bounds.add_entry()
        kind = attributes["Type"].rpartition("/")[2]
        path = normpath(join("/xl", attributes["Target"])).lstrip("/")
        if kind == "worksheet":
            self.tabs[attributes["Id"]] = path
        else:
            self.by_kind[kind] = path


class _Texts(_Reader):
    """The texts that cells point to."""

    def __init__(self, bounds):
        super().__init__(bounds)
        self.found, self.parts, self.is_text, self.is_reading_aid = [], [], False, False

    def start(self, name, attributes):
        if name == "t":
            self.is_text = not self.is_reading_aid
        elif name == "rPh":
            self.is_reading_aid = True

    def end(self, name):
        if name == "t":
            self.is_text = False
        elif name == "rPh":
            self.is_reading_aid = False
        elif name == "si":
            self.bounds.add_entry()
            self.found.append("".join(self.parts))
            self.parts = []

    def text(self, data):
        if self.is_text:
            self.parts.append(data)


class _Styles(_Reader):
    """``kinds``: of each style of cell, None or how to read its numbers: "date", "duration"."""

    def __init__(self, bounds):
        super().__init__(bounds)
        self.kinds, self.formats, self.is_in_cells = [], {}, False

    def start(self, name, attributes):
        if name == "numFmt":
            self.bounds.add_entry()
            self.formats[int(attributes["numFmtId"])] = attributes["formatCode"]
        elif name == "cellXfs":
            self.is_in_cells = True
        elif name == "xf" and self.is_in_cells:
            self.bounds.add_entry()
            self.kinds.append(self._kind(int(attributes.get("numFmtId", 0))))

    def end(self, name):
        if name == "cellXfs":
            self.is_in_cells = False

    def _kind(self, number):
        code = self.formats.get(number) or BUILTIN_FORMATS.get(number, "General")
        if len(code) > LONGEST_FORMAT or not is_date_format(code):
            return None
        return "duration" if is_timedelta_format(code) else "date"


class _Rows(_Reader):
    """``rows``: (number, cells, [(index, sentence)]) of each row that was read to its end."""

    def __init__(self, book, texts, kinds, bounds):
        super().__init__(bounds)
        self.epoch, self.texts, self.kinds = book.epoch, texts, kinds
        self.rows, self.number, self.columns = [], 0, {}
        self.cells, self.faults, self.index = {}, [], -1
        self.cell, self.parts, self.is_text, self.is_formula = {}, [], False, False
        self.is_reading_aid = False

    def start(self, name, attributes):
        if name == "v" or name == "t":
            self.is_text = not self.is_reading_aid
        elif name == "c":
            self.bounds.add_cells()
            self.cell, self.parts, self.is_formula = attributes, [], False
            self.index = self._index(attributes)
        elif name == "f":
            self.is_formula = True
        elif name == "rPh":
            self.is_reading_aid = True
        elif name == "row":
            self.bounds.add_cells()
            number = int(attributes.get("r", self.number + 1))
            if not self.number < number <= LAST_ROW:
                raise ValueError(number)
            self.number, self.index = number, -1

    def text(self, data):
        if self.is_text:
            self.parts.append(data)

    def end(self, name):
        if name == "v" or name == "t":
            self.is_text = False
        elif name == "rPh":
            self.is_reading_aid = False
        elif name == "c":
            self._keep("".join(self.parts))
        elif name == "row":
            if self.cells or self.faults:
                width = max(self.cells, default=-1) + 1
                cells = [self.cells.get(index, "") for index in range(width)]
                self.rows.append((self.number, cells, self.faults))
            self.cells, self.faults = {}, []

    def _index(self, attributes):
        """Return the place of a cell in its row, from 0: "C7" is 2."""
        if "r" not in attributes:
            return self.index + 1
        letters = PLACE.fullmatch(attributes["r"])[1]
        if letters not in self.columns:
            index = 0
            for letter in letters:
                index = index * 26 + ord(letter) - ord("A") + 1
            self.columns[letters] = index - 1
        index = self.columns[letters]
        if index <= self.index:
            raise ValueError(attributes["r"])
        return index

    def _keep(self, raw):
        kind, text, fault = self.cell.get("t", "n"), "", ""
        if self.is_formula:
            fault = FORMULA
        elif kind == "e":
            fault = f"C’est une erreur du tableur ({raw})."
        elif raw:
            text = self._text(kind, raw)
            fault = NO_DATE if text is None else ""
        if not text and not fault:
            return
        if self.index >= MOST_COLUMNS:
            refuse(f"Ce classeur a plus de {MOST_COLUMNS} colonnes : ce n’est pas un tel tableau.")
        self.cells[self.index] = text or ""
        if fault:
            self.faults.append((self.index, fault))

    def _text(self, kind, raw):
        """Return what the cell says; None for a number that is no date though it is shown so."""
        if kind == "s":
            return _unescaped(self.texts[_index_of_text(raw)])
        if kind in ("str", "inlineStr"):
            return _unescaped(raw)
        if kind == "b":
            return "oui" if raw == "1" else "non"
        if kind == "d":
            return _day(datetime.fromisoformat(raw))
        style = int(self.cell.get("s", 0))
        how = self.kinds[style] if 0 <= style < len(self.kinds) else None
        if how:
            try:
                return _day(from_excel(float(raw), self.epoch, timedelta=how == "duration"))
            except (ValueError, OverflowError):
                return None
        return number_as_text(raw)


def _index_of_text(raw):
    if not WHOLE.fullmatch(raw) or raw.startswith("-"):
        raise ValueError(raw)
    return int(raw)


def _unescaped(text):
    if "_x" in text:
        text = ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
        # A sign beyond the first 65,536 may be written as two halves, which are one again here.
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return as_it_was(text)


def _day(value):
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return str(value)

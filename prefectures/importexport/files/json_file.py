"""A table as JSON: a list of objects whose values are text, as an export gives it."""

import re
from json.decoder import scanstring

from .limits import MOST_COLUMNS, refuse
from .table import make_table
from .typed_cells import number_as_text

SPACE = re.compile(r"[ \t\r\n]*")
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
WORDS = {"true": "oui", "false": "non", "null": ""}
NOT_A_LIST = (
    "Ce JSON n’est pas une liste d’objets « [ { … }, { … } ] », comme celle d’un export : le site "
    "n’y trouve pas de lignes."
)


def read_json(content, bounds):
    """Return the ``Table`` of a JSON file; its lines are 2 for the first object, and so on.

    Only what a table can be is understood: no list or object in another. Raises FileRefusedError.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        refuse("Ce JSON n’est pas en UTF-8 : enregistrez-le à nouveau ainsi.")
    try:
        rows = list(_Objects(text, bounds))
    except ValueError:
        refuse("Ce fichier commence comme du JSON et n’en est pas : il est abîmé.")
    return make_table("", _records(rows), bounds)


def _records(rows):
    headers = list(dict.fromkeys(header for cells, _ in rows for header in cells))
    yield 1, headers, []
    for number, (cells, faults) in enumerate(rows, 2):
        places = [(headers.index(header), sentence) for header, sentence in faults]
        yield number, [cells.get(header, "") for header in headers], places


class _Objects:
    """Yields ({title: text}, [(title, sentence)]) of each object."""

    def __init__(self, text, bounds):
        self.text, self.bounds, self.at, self.titles = text, bounds, 0, set()

    def __iter__(self):
        self._expect("[", NOT_A_LIST)
        if self._next() != "]":
            yield self._object()
            while self._next() == ",":
                self.at += 1
                yield self._object()
        self._expect("]")
        if self._next():
            raise ValueError(self.at)

    def _next(self):
        """Return the next sign that is no space, "" at the end, without reading it."""
        self.at = SPACE.match(self.text, self.at).end()
        return self.text[self.at : self.at + 1]

    def _expect(self, sign, sentence=""):
        if self._next() != sign:
            if sentence:
                refuse(sentence)
            raise ValueError(self.at)
        self.at += 1

    def _object(self):
        self._expect("{", NOT_A_LIST)
        self.bounds.add_cells()
        self.bounds.look_at_the_clock()
        cells, faults = {}, []
        if self._next() != "}":
            self._pair(cells, faults)
            while self._next() == ",":
                self.at += 1
                self._pair(cells, faults)
        self._expect("}")
        return cells, faults

    def _pair(self, cells, faults):
        self.bounds.add_cells()
        self._expect('"')
        title, self.at = scanstring(self.text, self.at, True)
        self.titles.add(title)
        if len(self.titles) > MOST_COLUMNS:
            refuse(f"Ce JSON a plus de {MOST_COLUMNS} noms différents : ce n’est pas un tableau.")
        if title in cells:
            faults.append((title, "Ce nom est donné deux fois."))
        self._expect(":")
        cells[title] = self._value()

    def _value(self):
        sign = self._next()
        if sign == '"':
            value, self.at = scanstring(self.text, self.at + 1, True)
            return value
        if sign in ("[", "{"):
            refuse(
                "Dans ce JSON, une case est elle-même une liste ou un objet : seul un texte peut y "
                "être, comme dans un export."
            )
        for word, text in WORDS.items():
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return text
        number = NUMBER.match(self.text, self.at)
        if not number:
            raise ValueError(self.at)
        self.at = number.end()
        return number_as_text(number[0])

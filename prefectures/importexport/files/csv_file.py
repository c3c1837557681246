"""CSV as people's spreadsheets write it, in France and elsewhere."""

import codecs
import csv
import io

from import_export.formats import base_formats

from .formulas import as_it_was, made_harmless
from .limits import MOST_BYTES, MOST_CHARACTERS, refuse
from .table import make_table

# Python's own bound (131,072) would break the file at a long text; ours is that of a whole file.
csv.field_size_limit(MOST_BYTES)

DELIMITERS = ";,\t"
BOMS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]


def read_csv(name, content, bounds):
    """Return the ``Table`` of a CSV file. Raises FileRefusedError."""
    text = _text(content)
    delimiter, text = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    return make_table(name, _records(reader, bounds), bounds, is_padded=False)


def _text(content):
    """Return the text of UTF-8, UTF-16 or, failing these, what Windows writes in France."""
    marked = [encoding for bom, encoding in BOMS if content.startswith(bom)]
    encoding = marked[0] if marked else _utf16_without_mark(content) or "utf-8"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        if encoding.startswith("utf-16"):
            refuse("Ce texte en UTF-16 est abîmé : enregistrez-le à nouveau, en CSV UTF-8.")
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        refuse(
            "Ce n’est pas du texte que le site sache lire : enregistrez le tableau en "
            "« CSV UTF-8 » ou en .xlsx."
        )


def _utf16_without_mark(content):
    """Every other byte of Western text is zero; nowhere else would a file begin so."""
    head = content[:200]
    if len(head) < 4 or len(content) % 2:
        return ""
    low, high = head[0::2], head[1::2]
    if high.count(0) > len(high) * 0.8 and low.count(0) == 0:
        return "utf-16-le"
    if low.count(0) > len(low) * 0.8 and high.count(0) == 0:
        return "utf-16-be"
    return ""


def _delimiter(text):
    """Return the delimiter and the rest: the one most frequent in the titles, outside quotes."""
    first = text[:6].lower()
    if first.startswith("sep=") and len(text) > 4:
        return text[4], text.partition("\n")[2]
    counts, is_quoted = dict.fromkeys(DELIMITERS, 0), False
    for sign in text.lstrip()[:MOST_CHARACTERS]:
        if sign == '"':
            is_quoted = not is_quoted
        elif sign in "\r\n" and not is_quoted and any(counts.values()):
            break
        elif sign in counts and not is_quoted:
            counts[sign] += 1
    return max(counts, key=counts.get), text


def _records(reader, bounds):
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            bounds.add_cells(1 + len(cells))
            bounds.look_at_the_clock()
            yield number, [as_it_was(cell) for cell in cells], []
    except csv.Error:
        refuse(
            f"Après la ligne {number}, le fichier n’est plus un CSV : un guillemet y est sans "
            "doute ouvert et jamais fermé. Ouvrez-le dans un tableur et enregistrez-le à nouveau."
        )


def french_csv(rows):
    """Return what a French Excel opens with its accents and its columns: a mark, semicolons, CRLF.

    What is in the cells of ``rows`` must be harmless.
    """
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
    return codecs.BOM_UTF8 + out.getvalue().encode()


class FrenchCSV(base_formats.CSV):
    def is_binary(self):
        return True

    def get_read_mode(self):
        return "rb"

    def export_data(self, dataset, **kwargs):
        rows = (dataset.headers, *(dataset[index] for index in range(len(dataset))))
        return french_csv([made_harmless(cell) for cell in row] for row in rows)

"""From records of text to a ``Table``: titles first, each cell under its own."""

import re

from .limits import MOST_CHARACTERS, MOST_COLUMNS, Fault, Row, Table, refuse

# No database keeps the halves of a character, some no NUL either.
UNKEPT = re.compile("[\0\ud800-\udfff]")
REPLACED = "\ufffd"


def make_table(name, records, bounds, *, is_padded=True):
    """Return the ``Table`` of ``records``, (number, cells, [(index, sentence)]) each.

    ``is_padded``: the format drops the empty cells at the end of a row, so that a short row has
    lost nothing.
    """
    table = Table(name)
    width = 0
    for number, cells, faults in records:
        if not faults and not any(map(str.strip, cells)):
            continue
        if not table.headers:
            width = _read_headers(table, number, cells)
            continue
        bounds.add_row()
        bounds.add_characters(sum(map(len, cells)))
        bounds.look_at_the_clock()
        table.faults += [Fault(number, _title(table, index), words) for index, words in faults]
        _check(table, number, cells, width, is_padded)
        cells = [*cells, *[""] * (width - len(cells))]
        table.rows.append(Row(number, dict(zip(table.headers, cells, strict=False))))
    return table


def _read_headers(table, number, cells):
    if len(cells) > MOST_COLUMNS and any(map(str.strip, cells[MOST_COLUMNS:])):
        refuse(f"Ce fichier a plus de {MOST_COLUMNS} colonnes : ce n’est pas un tel tableau.")
    cells = cells[:MOST_COLUMNS]
    while cells and not cells[-1].strip():
        cells.pop()
    table.headers = [UNKEPT.sub(REPLACED, cell.strip()) for cell in cells]
    for header in sorted({h for h in table.headers if h and table.headers.count(h) > 1}):
        table.faults.append(Fault(number, header, "Ce titre de colonne est là deux fois."))
    return len(table.headers)


def _check(table, number, cells, width, is_padded):
    """Note what is wrong in a row; put a sign in ``cells`` for those that no database keeps."""
    if len(cells) > width and any(map(str.strip, cells[width:])):
        table.faults.append(
            Fault(number, "", "Cette ligne a plus de cases que la ligne des titres.")
        )
    if len(cells) < width and not is_padded:
        table.faults.append(
            Fault(number, "", "Cette ligne a moins de cases que la ligne des titres.")
        )
    if "" in table.headers and any(
        cell.strip() and not header for header, cell in zip(table.headers, cells, strict=False)
    ):
        table.faults.append(Fault(number, "", "Une case est remplie sous un titre vide."))
    for index, cell in enumerate(cells[:width]):
        if UNKEPT.search(cell):
            cells[index] = UNKEPT.sub(REPLACED, cell)
            words = "Un caractère nul" if "\0" in cell else "Une moitié de caractère"
            table.faults.append(
                Fault(number, _title(table, index), f"{words} : retapez cette case.")
            )
        if len(cell) > MOST_CHARACTERS:
            table.faults.append(
                Fault(number, _title(table, index), "Ce texte a plus de 100 000 signes.")
            )


def _title(table, index):
    return table.headers[index] if index < len(table.headers) else ""

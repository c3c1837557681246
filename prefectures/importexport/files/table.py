"""From records of text to a ``Table``: titles first, each cell under its own."""

from .limits import MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS, Fault, Row, Table, refuse


class RowCounter:
    """Counts the rows of a whole file, whatever tables they are in."""

    def __init__(self):
        self.count = 0

    def add(self):
        self.count += 1
        if self.count > MOST_ROWS:
            refuse(f"Ce fichier a plus de {MOST_ROWS} lignes : importez-le en plusieurs fois.")


def make_table(name, records, counter, *, pads_rows=False):
    """Return the ``Table`` of ``records``, (number, cells, [(index, sentence)]) each.

    ``pads_rows``: the format drops the empty cells at the end of a row, so that a short row has
    lost nothing.
    """
    table = Table(name)
    width = 0
    for number, cells, faults in records:
        if not any(cell.strip() for cell in cells) and not faults:
            continue
        if not table.headers:
            width = _read_headers(table, number, cells)
            continue
        counter.add()
        table.faults += [Fault(number, _title(table, index), words) for index, words in faults]
        _check(table, number, cells, width, pads_rows)
        cells = [*cells, *[""] * (width - len(cells))]
        table.rows.append(Row(number, dict(zip(table.headers, cells, strict=False))))
    return table


def _read_headers(table, number, cells):
    if len(cells) > MOST_COLUMNS and any(cell.strip() for cell in cells[MOST_COLUMNS:]):
        refuse(f"Ce fichier a plus de {MOST_COLUMNS} colonnes : ce n’est pas un tel tableau.")
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    table.headers = [cell.strip() for cell in cells]
    for header in sorted({h for h in table.headers if h and table.headers.count(h) > 1}):
        table.faults.append(Fault(number, header, "Ce titre de colonne est là deux fois."))
    return len(table.headers)


def _check(table, number, cells, width, pads_rows):
    if any(cell.strip() for cell in cells[width:]):
        table.faults.append(
            Fault(number, "", "Cette ligne a plus de cases que la ligne des titres.")
        )
    if len(cells) < width and not pads_rows:
        table.faults.append(
            Fault(number, "", "Cette ligne a moins de cases que la ligne des titres.")
        )
    for index, cell in enumerate(cells[:width]):
        if not table.headers[index] and cell.strip():
            table.faults.append(Fault(number, "", "Une case est remplie sous un titre vide."))
        if "\0" in cell:
            table.faults.append(
                Fault(number, _title(table, index), "Un caractère nul : retapez cette case.")
            )
        if len(cell) > MOST_CHARACTERS:
            table.faults.append(
                Fault(number, _title(table, index), "Ce texte a plus de 100 000 signes.")
            )


def _title(table, index):
    return table.headers[index] if index < len(table.headers) else ""

"""The journal leaves as a file, of whatever length: sent as it is read; that is noted too."""

import codecs
import csv
import io
import json
import logging
from itertools import chain, islice

from django.http import StreamingHttpResponse
from django.utils import timezone

from ...history.journal import count_lines
from ...history.records import COLUMNS, records
from ...importexport.files.formulas import made_harmless
from ...models import JournalEntry
from ...models.journal_entry import note

RECORDS_AT_ONCE = 200

logger = logging.getLogger(__name__)


def journal_file(user, filters, kind):
    """Return the answer that sends what ``filters`` ask for as "csv" or "json", None of another."""
    if kind not in WRITTEN:
        return None
    media_type, written = WRITTEN[kind]
    found = records(filters.asked)
    # Read before this export is noted: the file ends where it was asked for.
    first = list(islice(found, 1))
    count = count_lines(filters.asked)
    which = f"\u00a0; {filters.in_words}" if filters.in_words else ""
    note(
        JournalEntry.Kind.EXPORTED,
        user,
        f"journal, {kind.upper()}\u00a0: {count} ligne{'s' if count > 1 else ''}{which}",
    )
    return StreamingHttpResponse(
        _whole_or_told(written(chain(first, found)), BROKEN_OFF[kind]),
        content_type=media_type,
        headers={
            "Content-Disposition": f'attachment; filename="journal-{timezone.localdate()}.{kind}"'
        },
    )


def _whole_or_told(pieces, broken_off):
    """Yield ``pieces``; after an error, which the server would end like any answer, say so."""
    try:
        yield from pieces
    except Exception:
        logger.exception("L’export du journal s’est arrêté en chemin.")
        yield broken_off


def _as_csv(found):
    """Yield what a French Excel opens, as ``FrenchCSV`` writes it."""
    yield codecs.BOM_UTF8
    yield _rows([COLUMNS])
    while some := list(islice(found, RECORDS_AT_ONCE)):
        yield _rows(record.values() for record in some)


def _rows(rows):
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow(map(made_harmless, row))
    return out.getvalue().encode()


def _as_json(found):
    """Yield one array of objects, a line each: whole only with its last bracket."""
    yield b"["
    comma = "\n"
    while some := list(islice(found, RECORDS_AT_ONCE)):
        texts = (json.dumps(record, ensure_ascii=False) for record in some)
        yield (comma + ",\n".join(texts)).encode()
        comma = ",\n"
    yield b"\n]\n"


# An array without its last bracket is refused by whatever reads it: nothing more is to be said.
BROKEN_OFF = {
    "csv": _rows([["EXPORT INTERROMPU : ce fichier n’est pas entier, recommencez."]]),
    "json": b"",
}
WRITTEN = {
    "csv": ("text/csv; charset=utf-8", _as_csv),
    "json": ("application/json", _as_json),
}

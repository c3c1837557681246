"""Where to be helped, from a CSV file of ``fixtures``: what a public source says, with its day.

A place that the staff changed, renamed or deleted stays as they left it, whole: its source and its
day vouch for all that it says.
"""

import hashlib

from django.core.exceptions import ValidationError

from ..models import Changeset, Departement, HelpPlace, changeset
from ..sheets.checking import new_item, refusals
from ..sheets.difference import Change, differing
from ..sheets.kinds import HELP_PLACES
from ..sheets.reading import items_now
from ..sheets.writing import write
from ..territories.files import read_table
from ..territories.memory import said_by_loads
from .resources import TableResource, fields_in_columns

# The columns of the file are those of the table in spreadsheets, but for versions and deletions.
KEY = HELP_PLACES.one


def load_help_places(path):
    """Load the file at ``path``; return how many places it wrote, and how many it left alone.

    None when this file is there already. Raises FileFault with nothing written when it is wrong.
    """
    content = path.read_bytes() if path.exists() else b""
    sha = hashlib.sha256(content).hexdigest()
    loads = Changeset.objects.filter(file_name=path.name, file_digest__gt="")
    if loads.values_list("file_digest", flat=True).first() == sha:
        return None
    items = _read(path)
    changes = list(_changes(items))
    with changeset(
        f"Chargement des lieux d’aide ({path.name})",
        file_name=path.name,
        file_digest=sha,
        is_minor=True,
        is_kept_empty=True,
    ):
        write(changes)
    return len(changes), len(items) - len(changes)


def _read(path):
    """Return the ``Item`` of each place that the file describes."""
    resource, found = TableResource(HELP_PLACES), []
    resource.columns["departements"].widget.one.known = Departement.objects.in_bulk()
    headers = {name: column.column_name for name, column in resource.columns.items()}
    fields = fields_in_columns(HelpPlace)
    optional = {headers[name] for name, field in fields.items() if field.blank}
    for row in read_table(path, (KEY, *headers.values()), optional):
        item = new_item(HelpPlace, slug=row[KEY])
        for name, column in resource.columns.items():
            if row[headers[name]]:
                try:
                    item.values[name] = column.widget.clean(row[headers[name]])
                except ValidationError as error:
                    raise row.fault(headers[name], error.messages[0]) from error
        for name, sentences in refusals(HelpPlace, item).items():
            raise row.fault({**headers, "slug": KEY}.get(name, ""), sentences[0])
        found.append(item)
    return found


def _changes(items):
    """Yield the ``Change`` of each place that nobody but a load has written so far."""
    said = said_by_loads(HelpPlace)
    now = items_now(HelpPlace, list(HelpPlace.objects.values_list("pk", flat=True)))
    known = {item.values["slug"]: pk for pk, item in now.items()}
    # Under the code that a load gave it: the staff may have given it another since.
    known |= {values["slug"]: pk for pk, values in said.items()}
    for after in items:
        after.pk = known.get(after.values["slug"])
        before = now.get(after.pk)
        if after.pk is None:
            yield Change(HelpPlace, None, after)
            continue
        is_the_staff_s = before is None or differing(said.get(after.pk, {}), before.values)
        if not is_the_staff_s and differing(before.values, after.values):
            yield Change(HelpPlace, before, after)

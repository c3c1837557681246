"""The journal as records, one a field that changed: for files, of any length, read by the hundred.

Nothing of it is held: memory stays the same, and no transaction stays open.
"""

from collections import defaultdict
from itertools import chain

from django.utils import timezone

from .changes import ChangesOf, changes, count_changes
from .journal import lines
from .subjects import tracked

LINES_AT_ONCE = 200
CHANGES_AT_ONCE = 1000

COLUMNS = (
    "date",
    "qui",
    "nature",
    "raison",
    "raison pour le public",
    "fichier",
    "modification",
    "type",
    "objet",
    "action",
    "champ",
    "avant",
    "après",
)


def records(asked):
    """Yield {column: text} of all the lines that are ``asked`` for, newest first.

    Each line gives one at least, each object that it touched too.
    """
    place, has_more = None, True
    while has_more:
        found, has_more = lines(asked, LINES_AT_ONCE, older_than=place)
        counted = count_changes([line.record.pk for line in found if line.is_changeset])
        for some in _few_enough(found, counted):
            yield from _records_of(some, counted)
        place = found[-1].place if found else None


def _few_enough(found, counted):
    """Yield ``found`` in lists with few changes; what has many comes alone."""
    some, total = [], 0
    for line in found:
        count = sum(counted[line.record.pk].values()) if line.is_changeset else 0
        if some and total + count > CHANGES_AT_ONCE:
            yield some
            some, total = [], 0
        some.append(line)
        total += count
    if some:
        yield some


def _records_of(some, counted):
    own = [line for line in some if line.is_changeset]
    models = {model for line in own for model in counted[line.record.pk]}
    if len(some) == 1 and own:
        # It may have changed any number of things.
        yield from _told(own[0], _by_the_thousand(own[0], counted))
        return
    by_changeset = defaultdict(list)
    for model in filter(models.__contains__, tracked()):
        for change in changes(model, [line.record.pk for line in own]):
            by_changeset[change.changeset].append(change)
    for line in some:
        yield from _told(line, by_changeset[line.record.pk] if line.is_changeset else [])


def _by_the_thousand(line, counted):
    whole = ChangesOf(line.record.pk, counted[line.record.pk])
    for start in range(0, len(whole), CHANGES_AT_ONCE):
        yield from whole[start : start + CHANGES_AT_ONCE]


def _told(line, found):
    record = line.record
    same = {
        "date": timezone.localtime(record.at).isoformat(timespec="seconds"),
        "qui": line.who,
        "nature": str(line.kind.label),
        "raison": line.why,
    }
    if line.is_changeset:
        same |= {
            "raison pour le public": record.public_reason,
            "fichier": record.file_name,
            "modification": str(record.pk),
        }
    same = dict.fromkeys(COLUMNS, "") | same
    found = iter(found)
    first = next(found, None)
    if first is None:
        yield same
        return
    for change in chain([first], found):
        of_it = same | {
            "type": str(change.model._meta.verbose_name),
            "objet": change.full_name,
            "action": change.did,
        }
        if not change.fields:
            yield of_it
        for told in change.fields:
            yield of_it | {"champ": told.label, "avant": told.before, "après": told.after}

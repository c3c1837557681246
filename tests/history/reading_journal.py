"""What the tests of the journal share: its lines, and what they tell."""

from prefectures.history.changes import ChangesOf
from prefectures.history.journal import Asked, lines
from prefectures.models import Changeset


def all_lines(**asked):
    return lines(Asked(**asked), 10_000)[0]


def newest():
    return lines(Asked(), 1)[0][0]


def told(line):
    """Return {object: {field: (before, after)}} of a changeset."""
    found = ChangesOf(line.record.pk)
    return {
        change.full_name.replace("\xa0", " "): {
            item.label: (item.before, item.after) for item in change.fields
        }
        for change in found[0 : len(found)]
    }


def recorded(**fields):
    """Return a changeset that changed nothing."""
    return Changeset.objects.create(**{"reason": "Pour le test", "origin": "form", **fields})

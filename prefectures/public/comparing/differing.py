"""What was added, removed or changed in each part of a sheet, named as its page names it."""

from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from ...published.shown import sheet_of
from .lines import changed_lines
from .parts import PARTS
from .said import LISTS, Said, said_of_row, said_of_sheet

ADDITION, REMOVAL = noop("Ajout"), noop("Retrait")
CHANGE, ORDER = noop("Changement"), noop("Ordre")
UNSEEN = noop("Un détail de présentation a changé.")
ANOTHER_ORDER = noop("L’ordre a changé, ou ce qui est au choix.")
NOTHING = Said()


@dataclass
class Change:
    """``lines`` of a text that differ, each as [(kind, text)]; None where some are alike.

    ``is_free`` is whether somebody wrote that text, and not the site itself.
    """

    label: str
    lines: list
    is_free: bool


@dataclass
class Item:
    """Something in a part: ``kind`` is what became of it, ``name`` what it is."""

    kind: str
    name: str
    changes: list
    note: str = ""


@dataclass
class Part:
    title: str
    items: list


def compared(before, after):
    """Return the ``Part``s in which two contents of a sheet differ, in the order of its page."""
    sheets = sheet_of(before), sheet_of(after)
    parts = []
    for title, names in PARTS.items():
        items = []
        for name, label in names.items():
            given = before.get(name), after.get(name)
            if given[0] == given[1]:
                continue
            if name in LISTS:
                items += _of_list(LISTS[name], _(label), [each or [] for each in given], sheets)
            else:
                items.append(_of_value(name, _(label), before, after))
        if items:
            parts.append(Part(_(title), items))
    return parts


def _of_value(name, label, before, after):
    was, is_now = said_of_sheet(name, before), said_of_sheet(name, after)
    kind = CHANGE if name in before and name in after else ADDITION if name in after else REMOVAL
    changes = _changes({"": (was, is_now)})
    return _item(kind, label, changes, "" if changes else UNSEEN)


def _item(kind, name, changes, note=""):
    return Item(_(kind), name, changes, _(note))


def _changes(sides):
    """Return the ``Change``s of {label: what was ``Said`` before, and after}."""
    return [
        Change(label, lines, was.is_free and is_now.is_free)
        for label, (was, is_now) in sides.items()
        if (lines := changed_lines(was.text, is_now.text))
    ]


def _of_list(kind_of_list, label, given, sheets):
    """Yield the items of a list that differ: what came, what went, what became something else."""
    rows = [
        {row[kind_of_list.key]: (row, shown) for row, shown in zip(each, own, strict=True)}
        for each, own in zip(given, map(kind_of_list.of, sheets), strict=True)
    ]
    before, after = rows
    gone = [row for key, row in before.items() if key not in after]
    new = [row for key, row in after.items() if key not in before]
    items = []
    if kind_of_list.is_named_only:
        items += [
            _item(kind, _with(label, ", ".join(kind_of_list.name(shown) for __, shown in some)), [])
            for kind, some in ((REMOVAL, gone), (ADDITION, new))
            if some
        ]
    else:
        items += [_whole(kind_of_list, label, row, REMOVAL) for row in gone]
        items += [_whole(kind_of_list, label, row, ADDITION) for row in new]
    both = [key for key in after if key in before]
    for key in both:
        if before[key][0] != after[key][0]:
            item = _of_row(kind_of_list, label, before[key], after[key])
            items += [item] if item else []
    if _order(kind_of_list, before, both) != _order(kind_of_list, after, both):
        items.append(_item(ORDER, label, [], ANOTHER_ORDER))
    # The same rows twice, say: nothing that a reader sees.
    return items or [_item(CHANGE, label, [], UNSEEN)]


def _with(label, words):
    return _("%(label)s : %(value)s") % {"label": label, "value": words} if label else words


def _whole(kind_of_list, label, row, kind):
    texts = said_of_row(kind_of_list, *row)
    changes = _changes(
        {
            title: (NOTHING, said) if kind == ADDITION else (said, NOTHING)
            for title, said in texts.items()
        }
    )
    return _item(kind, _with(label, kind_of_list.name(row[1])), changes)


def _of_row(kind_of_list, label, before, after):
    was, is_now = said_of_row(kind_of_list, *before), said_of_row(kind_of_list, *after)
    changes = _changes(
        {
            title: (was.get(title, NOTHING), is_now.get(title, NOTHING))
            for title in dict.fromkeys([*was, *is_now])
        }
    )
    unseen = {name for name in before[0].keys() | after[0].keys() if _differs(name, before, after)}
    if not changes and unseen <= {"group"}:
        return None
    name = _with(label, kind_of_list.name(after[1]))
    return _item(CHANGE, name, changes, "" if changes else UNSEEN)


def _differs(name, before, after):
    return before[0].get(name) != after[0].get(name)


def _order(kind_of_list, rows, keys):
    """Return the ``keys`` in their order, those of one group together."""
    known = [key for key in rows if key in set(keys)]
    groups = groupby(known, key=lambda key: rows[key][0].get("group") or key)
    return [list(own) for __, own in groups]

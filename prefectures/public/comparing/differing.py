"""What was added, removed or changed in each part of a sheet, named as its page names it."""

from dataclasses import dataclass
from itertools import groupby

from ...published.shown import sheet_of
from .lines import changed_lines
from .parts import PARTS
from .said import LISTS, said_of_row, said_of_sheet

ADDITION, REMOVAL, CHANGE, ORDER = "Ajout", "Retrait", "Changement", "Ordre"
UNSEEN = "Un détail de présentation a changé."
ANOTHER_ORDER = "L’ordre a changé, ou ce qui est au choix."


@dataclass
class Change:
    """``lines`` of a text that differ, each as [(kind, text)]; None where some are alike."""

    label: str
    lines: list


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
                items += _of_list(LISTS[name], label, [each or [] for each in given], sheets)
            else:
                items.append(_of_value(name, label, before, after))
        if items:
            parts.append(Part(title, items))
    return parts


def _of_value(name, label, before, after):
    was, is_now = said_of_sheet(name, before), said_of_sheet(name, after)
    kind = CHANGE if name in before and name in after else ADDITION if name in after else REMOVAL
    lines = changed_lines(was, is_now)
    return Item(kind, label, [Change("", lines)] if lines else [], "" if lines else UNSEEN)


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
            Item(kind, _with(label, ", ".join(kind_of_list.name(shown) for _, shown in some)), [])
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
        items.append(Item(ORDER, label, [], ANOTHER_ORDER))
    # The same rows twice, say: nothing that a reader sees.
    return items or [Item(CHANGE, label, [], UNSEEN)]


def _with(label, words):
    return f"{label} : {words}" if label else words


def _whole(kind_of_list, label, row, kind):
    texts = said_of_row(kind_of_list, *row)
    sides = [("", text) if kind == ADDITION else (text, "") for text in texts.values()]
    changes = [
        Change(name, lines)
        for name, side in zip(texts, sides, strict=True)
        if (lines := changed_lines(*side))
    ]
    return Item(kind, _with(label, kind_of_list.name(row[1])), changes)


def _of_row(kind_of_list, label, before, after):
    was, is_now = said_of_row(kind_of_list, *before), said_of_row(kind_of_list, *after)
    changes = [
        Change(name, lines)
        for name in dict.fromkeys([*was, *is_now])
        if (lines := changed_lines(was.get(name, ""), is_now.get(name, "")))
    ]
    unseen = {name for name in before[0].keys() | after[0].keys() if _differs(name, before, after)}
    if not changes and unseen <= {"group"}:
        return None
    name = _with(label, kind_of_list.name(after[1]))
    return Item(CHANGE, name, changes, "" if changes else UNSEEN)


def _differs(name, before, after):
    return before[0].get(name) != after[0].get(name)


def _order(kind_of_list, rows, keys):
    """Return the ``keys`` in their order, those of one group together."""
    known = [key for key in rows if key in set(keys)]
    groups = groupby(known, key=lambda key: rows[key][0].get("group") or key)
    return [list(own) for _, own in groups]

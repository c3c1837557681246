"""The order of a sheet's rows, and which are alternatives: as it is said, as columns keep it.

Pure. An order is a list of lists: rows of one list are at choice ("ou"), the lists follow one
another ("puis").
"""

from itertools import groupby, pairwise

from ..models.fields import LAST_POSITION

# A row that has no number yet comes after those of its rank.
NOT_YET = float("inf")


def as_said(rows):
    """Return the order of ``rows``, [(row, whether it is an alternative to the one before)]."""
    order = []
    for row, is_alternative in rows:
        if is_alternative and order:
            order[-1].append(row)
        else:
            order.append([row])
    return order


def as_stored(columns):
    """Return the order of rows whose columns are {row: {"number", "position", …}}.

    Without a "group" each stands alone.
    """
    rows = sorted(columns, key=lambda row: (columns[row].get("group", 0), *_rank(columns[row])))
    grouped = groupby(rows, key=lambda row: columns[row].get("group", row))
    return [list(group) for _, group in grouped]


def only(order, rows):
    """Return ``order`` without what is not among ``rows``; who is left keeps to its list."""
    kept = ([row for row in group if row in rows] for group in order)
    return [group for group in kept if group]


def flat(order):
    return [row for group in order for row in group]


def with_rows_of(order, other):
    """Return ``order`` with the rows that only ``other`` has, each beside its neighbours there."""
    found = [list(group) for group in order]
    last = None
    for group in other:
        for index, row in enumerate(group):
            if row not in flat(found):
                _put_in(found, row, group[:index], group[index + 1 :], last)
            last = row
    return found


def _put_in(found, row, before, after, last):
    """Put ``row`` with the first known of its alternatives; without any, behind ``last``."""
    for neighbour, behind in [*((each, 1) for each in reversed(before)), *((e, 0) for e in after)]:
        for group in found:
            if neighbour in group:
                group.insert(group.index(neighbour) + behind, row)
                return
    index = next((i for i, group in enumerate(found) if last in group), -1)
    found.insert(index + 1, [row])


# --- Columns ----------------------------------------------------------------------------------


def numbered_steps(order, columns):
    """Return {row: {"group", "position"}} of an order of steps; see ``numbered``."""
    known = (next((columns[r]["group"] for r in group if r in columns), None) for group in order)
    found = {}
    for number, group in zip(_ascending(list(known)), order, strict=True):
        for row, rank in numbered(group, columns).items():
            found[row] = {"group": number, **rank}
    return found


def numbered(rows, columns):
    """Return {row: {"position"}}; ``columns`` are those of the rows that are stored already.

    They stay as they are wherever they say the same order.
    """
    ranks = []
    for row in rows:
        before = ranks[-1][0] if ranks else 0
        ranks.append(_rank(columns[row]) if row in columns else (before + 1, NOT_YET))
    if not _fits(ranks):
        ranks = [(position, NOT_YET) for position in range(1, len(ranks) + 1)]
    return {row: {"position": rank[0]} for row, rank in zip(rows, ranks, strict=True)}


def _ascending(numbers):
    """Return ``numbers`` where they rise, the missing ones (None) filled in; else 1, 2, 3…"""
    filled = []
    for number in numbers:
        before = filled[-1][0] if filled else 0
        filled.append((before + 1 if number is None else number,))
    return [n for (n,) in filled] if _fits(filled) else list(range(1, len(filled) + 1))


def _fits(ranks):
    rises = all(before < after for before, after in pairwise(ranks))
    return rises and (not ranks or ranks[-1][0] <= LAST_POSITION)


def _rank(columns):
    return columns["position"], columns["number"]

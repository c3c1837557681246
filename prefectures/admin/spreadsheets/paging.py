"""A plan of thousands of rows, a page at a time: what has to be looked at comes first."""

from collections import defaultdict

from ...importexport.plan import REMOVED
from ...sheets.merge import MINE, THEIRS
from ..paging import page_of_many

# The field that carries what was chosen from page to page.
KEPT = "choix_gardes"
ROWS_A_PAGE = 50
# Of those refused: the file has to be mended and sent again, whatever the others are.
MOST_REFUSED = 100


def in_order_of_weight(plan):
    """Return the rows to show: conflicts, deletions, what is doubtful, then the file's order."""

    def weight(row):
        if row.conflicts:
            return 0
        if row.status == REMOVED:
            return 1
        return 2 if row.notices else 3

    shown = [*plan.conflicted, *(row for row in plan.to_write if not row.conflicts)]
    return sorted(shown, key=weight)


def page_of(plan, number):
    """Return the page of that number (whatever was sent) of what there is to look at."""
    return page_of_many(in_order_of_weight(plan), number, ROWS_A_PAGE)


def page_to_decide(plan):
    """Return the number of the first page on which a conflict waits for a choice."""
    for index, row in enumerate(in_order_of_weight(plan)):
        if any(not conflict.choice for conflict in row.conflicts):
            return index // ROWS_A_PAGE + 1
    return 1


def choices_in(sent):
    """Return {name of the conflict: choice} of a page that was sent, and of those before it."""
    kept = (item.rpartition(":") for item in sent.get(KEPT, "").split())
    choices = {name: choice for name, _, choice in kept} | sent.dict()
    return {name: choice for name, choice in choices.items() if choice in (MINE, THEIRS)}


def kept_choices(plan, page):
    """Return the choices of other pages for ``choices_in``: one field, as forms hold so many."""
    shown = {id(row) for row in page.object_list}
    return " ".join(
        f"{conflict.name}:{conflict.choice}"
        for row in plan.conflicted
        if id(row) not in shown
        for conflict in row.conflicts
        if conflict.choice
    )


def lines_in_words(rows):
    """Return "étapes : lignes 2 à 30, 35" of rows, by table."""
    by_kind = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row.line)
    return [f"{kind.plural} : {_ranges(sorted(lines))}" for kind, lines in by_kind.items()]


def _ranges(lines):
    runs = []
    for line in lines:
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    words = ", ".join(str(first) if first == last else f"{first} à {last}" for first, last in runs)
    return f"{'lignes' if len(lines) > 1 else 'ligne'} {words}"

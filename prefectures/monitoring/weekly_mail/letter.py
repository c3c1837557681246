"""What the weekly mail says: what waits, the heaviest first, and whether the watch itself is well.

The same list goes to all: whoever has time takes the first.
"""

from dataclasses import dataclass

from django.utils import timezone

from ..itself import Condition, condition
from ..queue import waiting
from .addresses import change_address, queue_address, stop_address
from .plain_lines import lines_of

SHEETS_SHOWN, RISKS_SHOWN, SITES_SHOWN = 15, 6, 15
SILENT = "La surveillance des liens ne tourne plus"
UNREACHED = "Des sites ne répondent plus à la surveillance des liens"


@dataclass(frozen=True)
class News:
    """``sheets`` are the ``Checked`` that wait, in order; ``watch`` is how the watch is."""

    sheets: list
    watch: Condition

    @property
    def is_worth_a_mail(self):
        return bool(self.sheets or self.watch.failing) or self.watch.is_silent

    @property
    def subject(self):
        if self.watch.is_silent:
            return SILENT
        if not self.sheets:
            return UNREACHED
        return f"{_count(len(self.sheets), 'fiche')} à vérifier cette semaine"

    def text_for(self, account):
        """Return the mail to ``account``, as text that ends with a line end."""
        parts = [
            lines_of(f"Bonjour {account},"),
            *_of_the_fault(self.watch),
            *_of_sheets(self.sheets),
            *_of_the_watch(self.watch),
            lines_of("Gisti, guide des préfectures"),
            _why(account),
        ]
        return "\n\n".join("\n".join(lines) for lines in parts) + "\n"


def news():
    return News(waiting(), condition())


def _of_the_fault(watch):
    if not watch.is_silent:
        return
    yield lines_of("*** À RÉPARER D’ABORD ***")
    yield lines_of(watch.fault)
    yield lines_of(
        "Tant que c’est ainsi, personne ne voit qu’un lien est mort ou qu’une page a changé : "
        "prévenez la personne qui tient le serveur."
    )


def _of_sheets(sheets):
    if not sheets:
        return
    many = len(sheets) > 1
    told = f"{_count(len(sheets), 'fiche')} à vérifier"
    yield lines_of(f"{told}, la plus urgente d’abord :" if many else f"{told} :")
    for number, item in enumerate(sheets[:SHEETS_SHOWN], 1):
        yield _of_sheet(number, item)
    others = len(sheets) - SHEETS_SHOWN
    told = f"Et {_count(others, 'autre fiche', 'autres fiches')}" if others > 0 else "Les revoir"
    yield [*lines_of(f"{told} :"), queue_address()]


def _of_sheet(number, item):
    sheet, indent = item.sheet, "    "
    lines = lines_of(f"{sheet.departement} — {sheet.title}", indent, f"{number}.".ljust(4))
    for risk in item.risks[:RISKS_SHOWN]:
        lines += lines_of(risk.words, indent)
    others = len(item.risks) - RISKS_SHOWN
    if others > 0:
        lines += lines_of(f"Et {_count(others, 'autre raison', 'autres raisons')}.", indent)
    return [*lines, indent + change_address(sheet)]


def _of_the_watch(watch):
    if watch.failing:
        lines = lines_of("Ces sites ne répondent pas à la surveillance :")
        for site in watch.failing[:SITES_SHOWN]:
            since = f", depuis le {timezone.localtime(site.failing_since):%d/%m/%Y}"
            lines += lines_of(f"{site}{since}", "  ", "- ")
        others = len(watch.failing) - SITES_SHOWN
        if others > 0:
            lines += lines_of(_count(others, "autre", "autres"), "  ", "- ")
        yield lines
    if watch.overdue and not watch.is_silent:
        told = _count(watch.overdue, "lien n’a pas été visité", "liens n’ont pas été visités")
        yield lines_of(f"{told} depuis trois jours : la surveillance n’y arrive pas.")


def _why(account):
    return [
        *lines_of(
            "Vous recevez ce courrier parce que votre compte peut modifier les fiches : une fois "
            "par semaine au plus, et seulement s’il y a quelque chose à faire. Ne plus le "
            "recevoir :"
        ),
        stop_address(account),
    ]


def _count(number, one, many=None):
    return f"{number} {one if number < 2 else many or one + 's'}"

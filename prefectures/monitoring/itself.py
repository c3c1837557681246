"""How the watch itself is: when it last came to an end, when it runs next, what it does not reach.

A watch that died says nothing, which looks as if all were well: hence it is asked, and the desk,
the weekly mail and /sante/ say so loudly.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count
from django.utils import timezone

from ..models import WatchedAddress, WatchRun
from .due import is_overdue
from .hosts import failing

# As deploy/aes-watch.timer has it.
PERIOD = timedelta(hours=1)
SILENT_AFTER = 2 * PERIOD


@dataclass(frozen=True)
class Condition:
    """``last`` is the run that ended last, ``failing`` the sites that do not answer.

    ``fault`` says what keeps the watch from its work, "" where nothing does.
    """

    last: WatchRun | None
    next_at: datetime | None
    watched: int
    overdue: int
    failing: list
    fault: str

    @property
    def is_silent(self):
        return bool(self.fault)


def condition():
    """Return the ``Condition`` of the watch, of three questions."""
    now = timezone.now()
    late = Count("pk", filter=is_overdue(now))
    counts = WatchedAddress.objects.in_use().aggregate(watched=Count("pk"), overdue=late)
    last = WatchRun.objects.exclude(ended_at=None).order_by("-ended_at").first()
    return Condition(
        last=last,
        next_at=last.started_at + PERIOD if last else None,
        **counts,
        failing=list(failing()),
        fault=_fault(last, now),
    )


def _fault(last, now):
    if last is None:
        return "La surveillance n’a encore jamais tourné : personne ne visite les liens."
    if now - last.ended_at > SILENT_AFTER:
        at = timezone.localtime(last.ended_at)
        return (
            f"La surveillance ne tourne plus : son dernier passage s’est terminé le "
            f"{at:%d/%m/%Y à %H:%M}. Personne ne visite les liens depuis."
        )
    return last.fault

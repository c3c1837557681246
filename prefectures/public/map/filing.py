"""Which way a sheet is filed, and then a département: pure, and the same for map and figures.

**A sheet.** One that has ended, has not begun, or whose situation is closed (suspended, blocked,
not offered, without object here) is ``CLOSED``. One whose préfecture leaves it unsaid is
``NOT_STATED``; where all that the sheet rests on comes from others, nobody can say so, and it is
``UNKNOWN``, as is a sheet whose situation is unknown. Otherwise it is filed as its steps say:

- a step that files counts by the way of its kind; what the préfecture refuses does not, and what a
  court imposed does only where nothing else is left;
- a counter behind an appointment of an earlier group is ``APPOINTMENT``, whichever way one gets it;
- an appointment counts by itself where no step of another group files: the request is then filed
  at it. One after the filing (a summons) is no way to file;
- where no step files nor leads to an appointment, and the préfecture does not say what one of them
  is for, that is ``NOT_STATED``, or ``UNKNOWN`` where others told of it;
- where nothing is left, it is ``UNKNOWN``.

**A département.** What all its sheets say alike; ``SEVERAL`` where they, or the ways of one,
differ. Sheets that are only for neighbouring requests are no part of it.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from ...models import Channel, Procedure, Step
from ..wording import is_in_vain

Kind, Role, Situation = Step.Kind, Step.Role, Procedure.Situation


class Way(Enum):
    """How one files, in the order of the legend."""

    POST = "post"
    ONLINE = "online"
    APPOINTMENT = "appointment"
    COUNTER = "counter"
    EMAIL = "email"
    PHONE = "phone"
    SEVERAL = "several"
    CLOSED = "closed"
    NOT_STATED = "not_stated"
    UNKNOWN = "unknown"
    NO_SHEET = "no_sheet"


ORDER = list(Way)
BY_CHANNEL = {
    Channel.POSTAL: Way.POST,
    Channel.ONLINE: Way.ONLINE,
    Channel.ON_SITE: Way.COUNTER,
    Channel.EMAIL: Way.EMAIL,
    Channel.PHONE: Way.PHONE,
}


@dataclass(frozen=True)
class Told:
    """What the map keeps of a sheet, whatever the day. ``grounds`` are slugs, in their order."""

    departement: str
    ways: frozenset
    situation: str
    refuses_post: bool
    says_nothing: bool
    grounds: tuple
    covers_all: bool
    is_neighbour: bool
    valid_from: date | None
    valid_until: date | None
    known_on: date | None

    def is_in_force(self, day):
        has_begun = self.valid_from is None or self.valid_from <= day
        return has_begun and (self.valid_until is None or self.valid_until >= day)

    def ways_on(self, day):
        return self.ways if self.is_in_force(day) else frozenset({Way.CLOSED})


def told(sheet):
    """Return what the map keeps of ``sheet``, as its page shows it."""
    grounds = list(sheet.grounds.all())
    return Told(
        departement=sheet.departement.code,
        ways=frozenset(ways_of(sheet)),
        situation=sheet.situation,
        refuses_post=Channel.POSTAL in sheet.refused_channels,
        says_nothing=sheet.situation == Situation.NOT_STATED and sheet.speaks_for_the_state,
        grounds=tuple(ground.slug for ground in grounds),
        covers_all=any(ground.covers_all for ground in grounds),
        is_neighbour=bool(grounds) and all(ground.is_neighbour for ground in grounds),
        valid_from=sheet.valid_from,
        valid_until=sheet.valid_until,
        known_on=sheet.confirmed_on,
    )


def ways_of(sheet):
    """Return the ways of ``sheet``, on a day on which it is in force."""
    if sheet.situation in sheet.CLOSED:
        return {Way.CLOSED}
    if sheet.situation == Situation.UNKNOWN:
        return {Way.UNKNOWN}
    if sheet.situation == Situation.NOT_STATED:
        return {_unsaid(sheet.speaks_for_the_state)}
    steps = list(sheet.steps.all())
    offered = [step for step in steps if not (step.is_owed or is_in_vain(step, sheet))]
    imposed = [step for step in steps if step.is_owed]
    return _filed(offered) or _filed(imposed) or {_unclear(offered, sheet)}


def _unsaid(by_the_state):
    return Way.NOT_STATED if by_the_state else Way.UNKNOWN


def _filed(steps):
    """Return the ways of those of ``steps`` that file, or at which one files."""
    filing = [step for step in steps if step.role == Role.FILES]
    appointments = [step for step in steps if step.role == Role.APPOINTMENT]
    ways = {_way(step, appointments) for step in filing}
    alone = [step for step in appointments if all(other.group == step.group for other in filing)]
    return (ways | {Way.APPOINTMENT} if alone else ways) - {None}


def _way(step, appointments):
    if step.kind == Kind.WAIT_FOR_SUMMONS:
        return Way.APPOINTMENT
    if step.kind == Kind.COUNTER and any(other.group < step.group for other in appointments):
        return Way.APPOINTMENT
    return BY_CHANNEL.get(step.channel)


def _unclear(steps, sheet):
    unstated = [step for step in steps if step.role == Role.NOT_STATED]
    if not unstated:
        return Way.UNKNOWN
    by_the_state = any(
        step.source.is_of_the_state if step.source else sheet.speaks_for_the_state
        for step in unstated
    )
    return _unsaid(by_the_state)


def ways_together(sheets, day):
    """Return what ``sheets`` say on ``day``, each once, in the order of the legend."""
    said = {way for sheet in sheets for way in sheet.ways_on(day)}
    return sorted(said, key=ORDER.index) or [Way.NO_SHEET]


def as_one(ways):
    """Return the one ``Way`` that stands for ``ways``."""
    return ways[0] if len(ways) == 1 else Way.SEVERAL

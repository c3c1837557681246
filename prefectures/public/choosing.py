"""Which of several sheets of a département is one's own: by where one lives, then by ground."""

from dataclasses import dataclass, field


@dataclass
class Territory:
    """A part of a département, with the sheets that hold there; ``sheet`` says which part."""

    sheet: object
    sheets: list = field(default_factory=list)

    @property
    def options(self):
        """Return (grounds, sheets) of all that one may ask for there, in their order.

        Grounds that the same sheets answer stand together; none where they do not say for which.
        """
        by_ground, options = {}, {}
        for sheet in self.sheets:
            for ground in list(sheet.grounds.all()) or [None]:
                by_ground.setdefault(ground, []).append(sheet)
        for ground, sheets in by_ground.items():
            grounds, _ = options.setdefault(tuple(sheet.pk for sheet in sheets), ([], sheets))
            grounds += [ground] if ground else []
        return list(options.values())


def territories(sheets):
    """Return the ``Territory`` of each part that ``sheets`` tell apart, in their order."""
    parts = {}
    for sheet in sheets:
        parts.setdefault(_part(sheet), Territory(sheet)).sheets.append(sheet)
    return list(parts.values())


def _part(sheet):
    places = (sheet.arrondissements, sheet.communes_included, sheet.communes_excluded)
    return (*(frozenset(place.pk for place in each.all()) for each in places), sheet.territory_note)

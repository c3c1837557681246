"""Where a published sheet holds: competence comes from sheets, and from nothing else.

As ``contradictions/territory.py`` has it for the editors: nothing named is the whole département,
what is excluded is taken away at last, and words alone say nothing that a program could claim.
"""

from dataclasses import dataclass
from enum import Enum


class Why(Enum):
    """Why a sheet holds in a commune."""

    LISTED = "listed"
    ARRONDISSEMENT = "arrondissement"
    DEPARTEMENT = "departement"
    # Only a note says in which part of the département: it may, and the note is shown.
    NOTE = "note"


@dataclass(frozen=True)
class Territory:
    """Codes of what a sheet names; ``has_note`` tells that words say more."""

    departement: str
    arrondissements: frozenset
    included: frozenset
    excluded: frozenset
    has_note: bool

    def why(self, commune):
        """Return ``Why`` the sheet holds in ``commune``, or None where it does not.

        Of a commune it is asked ``code``, ``departement_id``, ``arrondissement_id`` and
        ``part_of_id``: what holds in Paris holds in each of its municipal arrondissements.
        """
        own = {commune.code, commune.part_of_id}
        if own & self.excluded:
            return None
        if own & self.included:
            return Why.LISTED
        if commune.arrondissement_id in self.arrondissements:
            return Why.ARRONDISSEMENT
        if self.arrondissements or self.included or commune.departement_id != self.departement:
            return None
        return Why.NOTE if self.has_note and not self.excluded else Why.DEPARTEMENT


def territory_of(sheet):
    """Return the ``Territory`` of a sheet as it is shown."""
    return Territory(
        sheet.departement.code,
        _codes(sheet.arrondissements),
        _codes(sheet.communes_included),
        _codes(sheet.communes_excluded),
        bool(sheet.territory_note),
    )


def territory_in(content):
    """Return the ``Territory`` that the content of a document says, in the current format."""
    return Territory(
        content["departement"]["code"],
        *(
            frozenset(place["code"] for place in content.get(name, ()))
            for name in ("arrondissements", "communes_included", "communes_excluded")
        ),
        bool(content.get("territory_note")),
    )


def _codes(places):
    return frozenset(place.code for place in places.all())

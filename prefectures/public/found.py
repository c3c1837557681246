"""What the site answers to what somebody typed: a page to go to, or places to choose from."""

from collections import defaultdict
from dataclasses import dataclass

from ..finder.place import Kind, Place
from ..models.addresses import address
from ..published.covering import Territory, territory_of
from ..published.every import OfEach
from .wording.finding import place_name, told_apart


@dataclass(frozen=True)
class Answering:
    """A published sheet, as far as a list of places shows it: where it holds, and where it is.

    ``slugs`` are those of its address, which is another in each language.
    """

    territory: Territory
    title: str
    slugs: tuple

    @property
    def address(self):
        return address("procedure", *self.slugs)


def _answering(sheet):
    return Answering(territory_of(sheet), sheet.title, (sheet.departement.slug, sheet.slug))


_sheets = OfEach(_answering)


class Answers:
    """The published sheets, asked which of them answer in a place. One question to the database."""

    def __init__(self):
        self._by_departement = defaultdict(list)
        self._by_commune = defaultdict(list)
        for sheet in _sheets.now():
            self._by_departement[sheet.territory.departement].append(sheet)
            for code in sheet.territory.included:
                self._by_commune[code].append(sheet)

    def of(self, place):
        """Return the sheets that hold in a commune, or that a département has, as a list."""
        if place.kind is not Kind.COMMUNE:
            return self._by_departement[place.departement_id]
        near = self._by_departement[place.departement_id]
        named = [*self._by_commune[place.code], *self._by_commune[place.part_of_id]]
        sheets = dict.fromkeys([*near, *named])
        return [sheet for sheet in sheets if sheet.territory.why(place)]


@dataclass(frozen=True)
class Listed:
    """A place to choose, and the sheets that answer there; ``label`` is the name that it had."""

    place: Place
    label: str
    sheets: list

    @property
    def name(self):
        return place_name(self.place, self.label)

    @property
    def told_apart(self):
        return told_apart(self.place)

    @property
    def has_answers(self):
        """Whether it is told what answers there: a région is many places."""
        return self.place.kind is not Kind.REGION


def same_answer(found, answers):
    """Return where all the communes of a postal code have their answer, "" if not all the same."""
    communes = found.places
    if not found.is_by_number or any(place.kind is not Kind.COMMUNE for place in communes):
        return ""
    first, *others = [answers.of(place) for place in communes]
    if any(other != first for other in others):
        return ""
    if len(first) == 1:
        return first[0].address
    departements = {place.departement for place in communes}
    return departements.pop().address if len(departements) == 1 else ""


def listed(found, answers):
    """Return the places found as ``Listed``, in their order."""
    return [
        Listed(candidate.place, candidate.label, answers.of(candidate.place))
        for candidate in found.candidates
    ]

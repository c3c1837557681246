"""Of when the information on a département is: of its oldest sheet, lest one new sheet hide it."""

from enum import Enum

from ...models.age import MONTHS_BEFORE_STALE, months_since


class Age(Enum):
    """Whole months since the day, in the order of the legend."""

    FRESH = "fresh"
    HALF_A_YEAR = "half_a_year"
    A_YEAR = "a_year"
    TWO_YEARS = "two_years"
    NO_DATE = "no_date"
    NO_SHEET = "no_sheet"


# From how many months on, the oldest first.
FROM = {Age.TWO_YEARS: 24, Age.A_YEAR: 12, Age.HALF_A_YEAR: MONTHS_BEFORE_STALE, Age.FRESH: 0}


def oldest(sheets):
    """Return the day of the oldest of ``sheets`` that has one, or None."""
    return min((sheet.known_on for sheet in sheets if sheet.known_on), default=None)


def age_of(sheets):
    if not sheets:
        return Age.NO_SHEET
    day = oldest(sheets)
    if day is None:
        return Age.NO_DATE
    months = months_since(day)
    return next(age for age, least in FROM.items() if months >= least)

"""Which published sheets hold in a commune: its answer."""

from typing import NamedTuple

from ..models import Procedure
from .covering import Why, territory_of


class Held(NamedTuple):
    """A sheet that holds in a commune, and why."""

    sheet: Procedure
    why: Why


class Holding:
    """Sheets as they are shown, asked where they hold; the territory of each is read once."""

    def __init__(self, sheets):
        self._territories = [(sheet, territory_of(sheet)) for sheet in sheets]

    def there(self, commune):
        """Return each sheet that is ``Held`` in ``commune``, in their order."""
        found = [Held(sheet, there.why(commune)) for sheet, there in self._territories]
        return [held for held in found if held.why]

    def whole(self, commune, parts):
        """Return the answer of a city with its ``parts``; None where it is not one for all.

        A city without parts has its own. One whose parts have all the same has that, even where
        sheets name its parts and not itself.
        """
        own = self.there(commune)
        answers = [self.there(part) for part in parts]
        if not answers or all(sheets_of(answer) == sheets_of(own) for answer in answers):
            return own
        is_one = all(sheets_of(answer) == sheets_of(answers[0]) for answer in answers)
        return answers[0] if is_one else None


def sheets_of(answer):
    """Return what makes an answer the same as another: its sheets."""
    return [held.sheet.pk for held in answer]

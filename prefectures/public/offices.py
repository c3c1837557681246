"""Which offices receive requests, as far as sheets tell: nothing else makes one competent."""

from ..models import Procedure

UNSAID = (Procedure.Situation.NOT_STATED, Procedure.Situation.UNKNOWN)


def telling(sheets):
    """Return the sheets that tell where one files, or that one cannot."""
    return [sheet for sheet in sheets if sheet.situation not in UNSAID]


def who_receives(sheets):
    """Return the keys of offices that receive requests as far as is known, and do not."""
    open_sheets = [sheet for sheet in telling(sheets) if not sheet.is_closed]
    receiving = {office.key for sheet in open_sheets for office in sheet.receiving_offices}
    closed = {office.key for sheet in sheets for office in sheet.closed_offices}
    return receiving, closed - receiving


def receiving_offices(sheets):
    """Return the offices that receive requests as far as is known, each once."""
    receiving, _ = who_receives(sheets)
    found = {office.key: office for sheet in sheets for office in sheet.receiving_offices}
    return [office for key, office in found.items() if key in receiving]

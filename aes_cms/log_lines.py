"""What is written down of an error: one line of JSON, that tells nothing of who asked for what.

The machine's journal keeps the lines; ``journalctl -u aes -o cat`` gives them back.
"""

import json
import logging
import traceback
from datetime import UTC, datetime

# What errors of these names say is of the machine. What others say may be what somebody searched
# for, or wrote.
OF_THE_MACHINE = {"OSError", "OperationalError", "InterfaceError", "InternalError"}
MOST_PLACES = 30


class JsonLines(logging.Formatter):
    """Writes a record as one line. One with a ``request`` is of what somebody asked."""

    def format(self, record):
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info and record.exc_info[1]:
            of_somebody = hasattr(record, "request")
            line["errors"] = [_told(error, of_somebody) for error in _chain(record.exc_info[1])]
        return json.dumps(line, ensure_ascii=False, default=str)


def _chain(error):
    """Yield the error and those that it came of, as Python's own traceback would."""
    known = set()
    while error is not None and id(error) not in known:
        known.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _told(error, of_somebody):
    names = {kind.__name__ for kind in type(error).__mro__}
    places = traceback.extract_tb(error.__traceback__)[-MOST_PLACES:]
    return {
        "error": f"{type(error).__module__}.{type(error).__qualname__}",
        "says": str(error) if not of_somebody or names & OF_THE_MACHINE else None,
        "places": [f"{place.filename}:{place.lineno} {place.name}" for place in places],
    }

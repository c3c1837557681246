"""How long an address may take, and how much it may send."""

from dataclasses import dataclass
from time import monotonic


@dataclass(frozen=True)
class Limits:
    """``seconds`` for all of it: name, connection, headers, body, and every redirect."""

    seconds: float = 20
    most_bytes: int = 8 * 2**20
    most_redirects: int = 8


LIMITS = Limits()


class Deadline:
    def __init__(self, seconds):
        self._end = monotonic() + seconds

    def left(self):
        """Return the seconds that are left; raise ``TimeoutError`` for none."""
        left = self._end - monotonic()
        if left <= 0:
            raise TimeoutError
        return left

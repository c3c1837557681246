"""The outlines of the départements, as ``manage.py build_map`` left them."""

import csv
from functools import cache
from typing import NamedTuple

from django.conf import settings

# Too small on a phone to be touched: each has a tile besides.
SMALL = ("75", "78", "90", "91", "92", "93", "94", "95")


class Outline(NamedTuple):
    """``x`` and ``y`` say where a sign has most room, ``path`` is SVG's "d"."""

    x: int
    y: int
    path: str


@cache
def outlines():
    """Return {code: ``Outline``} of the départements that are drawn."""
    path = settings.BASE_DIR / "fixtures" / "map" / "departements.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: Outline(int(row["x"]), int(row["y"]), row["trace"])
            for row in csv.DictReader(file)
        }

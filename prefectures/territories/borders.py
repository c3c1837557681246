"""Outlines that touch, made simpler together: a border is drawn once, and both sides have it.

Pure: rings are lists of (x, y), closed without repeating their first point.
"""

from collections import defaultdict
from itertools import pairwise
from math import dist, hypot


def simplified(rings, *, same_within, tolerance):
    """Return ``rings`` in their order with fewer points; one of which nothing is left is [].

    Points nearer than ``same_within`` are one: each outline was drawn by itself, and rounded. What
    is left out is nearer than ``tolerance`` to the line that is drawn instead (Douglas–Peucker).
    Points where borders meet stay.
    """
    one = _OnePlace(same_within)
    walks = [_without_repeats([one.of(point) for point in ring]) for ring in rings]
    meeting = _where_borders_meet(walks)
    drawn = {}

    def draw(arc):
        """Return ``arc`` simplified: the same points whichever way it is walked."""
        is_turned = (arc[-1], arc[-2]) < (arc[0], arc[1])
        key = tuple(reversed(arc)) if is_turned else tuple(arc)
        if key not in drawn:
            drawn[key] = _fewer(key, tolerance)
        return list(reversed(drawn[key])) if is_turned else list(drawn[key])

    found = []
    for walk in walks:
        points = [point for arc in _arcs(walk, meeting) for point in draw(arc)[:-1]]
        found.append(points if len(points) > 2 else [])
    return found


class _OnePlace:
    """Gives points that are nearly the same the first of them."""

    def __init__(self, same_within):
        self._within = same_within
        self._cells = defaultdict(list)

    def of(self, point):
        column, row = (int(value // self._within) for value in point)
        near = [
            other
            for across in (-1, 0, 1)
            for down in (-1, 0, 1)
            for other in self._cells.get((column + across, row + down), ())
            if dist(point, other) <= self._within
        ]
        if near:
            return min(near, key=lambda other: dist(point, other))
        self._cells[column, row].append(point)
        return point


def _without_repeats(walk):
    return [point for place, point in enumerate(walk) if point != walk[place - 1]]


def _where_borders_meet(walks):
    around = defaultdict(set)
    for walk in walks:
        for place, point in enumerate(walk):
            around[point].add(walk[place - 1])
            around[walk[place - 1]].add(point)
    return {point for point, others in around.items() if len(others) != 2}


def _arcs(walk, meeting):
    """Return ``walk`` cut where borders meet; an island begins at its first point in any order."""
    if len(walk) < 3:
        return []
    cuts = [place for place, point in enumerate(walk) if point in meeting]
    if not cuts:
        cuts = [walk.index(min(walk))]
    turned = walk[cuts[0] :] + walk[: cuts[0] + 1]
    ends = [place - cuts[0] for place in cuts] + [len(walk)]
    return [turned[start : end + 1] for start, end in pairwise(ends)]


def _fewer(arc, tolerance):
    if arc[0] != arc[-1]:
        return _between(arc, tolerance)
    # A ring by itself: there and back from its farthest point.
    middle = max(range(len(arc)), key=lambda place: dist(arc[0], arc[place]))
    return [
        *_between(arc[: middle + 1], tolerance),
        *_between(arc[middle:], tolerance)[1:],
    ]


def _between(arc, tolerance):
    kept, waiting = {0, len(arc) - 1}, [(0, len(arc) - 1)]
    while waiting:
        start, end = waiting.pop()
        places = range(start + 1, end)
        if not places:
            continue
        far = max(places, key=lambda place: _away(arc[place], arc[start], arc[end]))
        if _away(arc[far], arc[start], arc[end]) > tolerance:
            kept.add(far)
            waiting += [(start, far), (far, end)]
    return [arc[place] for place in sorted(kept)]


def _away(point, start, end):
    """Return how far ``point`` is from the segment."""
    across, down = end[0] - start[0], end[1] - start[1]
    length = across * across + down * down
    along = 0
    if length:
        along = ((point[0] - start[0]) * across + (point[1] - start[1]) * down) / length
        along = min(1, max(0, along))
    return hypot(point[0] - start[0] - along * across, point[1] - start[1] - along * down)


def area(ring):
    """Return the area of ``ring``."""
    pairs = zip(ring, [*ring[1:], *ring[:1]], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def roomiest_point(ring):
    """Return the whole point inside ``ring`` that is farthest from its line: where a sign fits."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    sides = list(zip(ring, [*ring[1:], *ring[:1]], strict=True))
    inside = [
        (x, y)
        for x in range(int(min(xs)), int(max(xs)) + 1)
        for y in range(int(min(ys)), int(max(ys)) + 1)
        if _is_inside((x, y), sides)
    ]
    return max(inside, key=lambda point: min(_away(point, *side) for side in sides))


def _is_inside(point, sides):
    x, y = point
    crossed = sum(
        (a[1] > y) != (b[1] > y) and x < a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1])
        for a, b in sides
    )
    return crossed % 2 == 1

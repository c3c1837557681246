"""From the npm package to the outlines of the map."""

import csv
import json
import re
import tarfile
from itertools import pairwise

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from prefectures.territories import outlines
from prefectures.territories.borders import area, roomiest_point, simplified
from prefectures.territories.outlines import build, rings_of

SIMPLE = {"same_within": 0.3, "tolerance": 1.5}


def along(*points, steps=10):
    """Return a line through ``points``, with many points between them."""
    return [
        (a[0] + (b[0] - a[0]) * step / steps, a[1] + (b[1] - a[1]) * step / steps)
        for a, b in pairwise(points)
        for step in range(steps)
    ]


def edges(ring):
    return {frozenset(pair) for pair in zip(ring, [*ring[1:], *ring[:1]], strict=True)}


# --- Borders ----------------------------------------------------------------------------------


def test_what_is_straight_keeps_its_corners_only():
    square = along((0, 0), (20, 0), (20, 20), (0, 20), (0, 0))
    assert set(simplified([square], **SIMPLE)[0]) == {(0, 0), (20, 0), (20, 20), (0, 20)}


def test_neighbours_that_were_rounded_apart_share_one_border_after():
    crooked = [(10, 0), (11, 5), (13, 10), (11, 15), (10, 20)]
    west = [(0, 0), *crooked, (0, 20)]
    east = [(20, 0), (20, 20), *((x + 0.1, y - 0.1) for x, y in reversed(crooked))]
    found = simplified([west, east], **SIMPLE)
    shared = edges(found[0]) & edges(found[1])
    assert shared == {
        frozenset({(10, 0), (13, 10)}),
        frozenset({(13, 10), (10, 20)}),
    }


def test_where_three_meet_a_point_stays_though_it_is_on_a_line():
    north = [(0, 0), (20, 0), (20, 10), (10, 10), (0, 10)]
    south_west = [(0, 10), (10, 10), (10, 20), (0, 20)]
    south_east = [(10, 10), (20, 10), (20, 20), (10, 20)]
    assert (10, 10) in simplified([north, south_west, south_east], **SIMPLE)[0]


def test_what_is_drawn_is_never_farther_than_allowed():
    bay = [(0, 0), (10, 1.4), (20, 0), (20, 5), (30, 20), (0, 20)]
    assert (10, 1.4) not in simplified([bay], **SIMPLE)[0]
    assert (10, 1.6) in simplified([[(0, 0), (10, 1.6), *bay[2:]]], **SIMPLE)[0]


def test_a_ring_of_which_nothing_is_left_is_empty():
    assert simplified([[(0, 0), (0.1, 0), (0, 0.1)]], **SIMPLE) == [[]]


def test_the_roomiest_point_of_a_hook_is_inside_it():
    hook = [(0, 0), (30, 0), (30, 4), (10, 4), (10, 30), (0, 30)]
    x, y = roomiest_point(hook)
    assert 0 < x < 10
    assert 0 < y < 30
    assert area(hook) == 30 * 4 + 10 * 26


# --- The package ------------------------------------------------------------------------------

LOCATIONS = [
    {"name": "Ouest", "id": "2a", "path": "m 0,0 10,0 1,5 -1,5 -10,0 z m 2,30 1,0 0,1 z"},
    {"name": "Est", "id": "01", "path": "m 10,0 10,0 0,10 -10,0 1,-5 z"},
]


@pytest.fixture
def package(tmp_path):
    folder = tmp_path / "package"
    folder.mkdir()
    script = json.dumps({"viewBox": "0 0 20 40", "locations": LOCATIONS})
    (folder / "index.js").write_text(f"export default {script};\n")
    (folder / "package.json").write_text('{"name": "@essai/carte", "version": "3.0.0"}')
    return folder


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "map"
    folder.mkdir()
    return folder


def rows(folder):
    with (folder / "departements.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_path_begins_again_from_where_its_first_ring_did():
    first, second = rings_of("m 1,1 2,0 0,2 z m 5,5 1,0 0,1 z")
    assert first == [(2, 2), (6, 2), (6, 6)]
    assert second[0] == (12, 12)


def test_a_path_that_is_drawn_otherwise_is_refused():
    with pytest.raises(ValueError, match="« C »"):
        rings_of("m 0,0 C 1,1 2,2 3,3 z")


def test_codes_are_written_as_insee_does_in_their_order(package, folder):
    build(package, folder)
    assert [row["code"] for row in rows(folder)] == ["01", "2A"]
    assert (folder / "EDITION").read_text() == "@essai/carte 3.0.0\n"


def test_an_island_that_would_be_a_dot_is_left_out(package, folder):
    build(package, folder)
    assert [row["trace"].count("M") for row in rows(folder)] == [1, 1]


def test_a_build_that_fails_leaves_the_old_file(package, folder):
    build(package, folder)
    before = (folder / "departements.csv").read_bytes()
    (package / "index.js").write_text('{"locations": [{"id": "01", "path": "m 0,0 C 1,1"}]}')
    with pytest.raises(ValueError, match="C"):
        build(package, folder)
    assert (folder / "departements.csv").read_bytes() == before


# --- The command ------------------------------------------------------------------------------


@pytest.fixture
def base_dir(tmp_path, monkeypatch):
    base = tmp_path / "site"
    (base / "fixtures" / "map").mkdir(parents=True)
    monkeypatch.setattr(settings, "BASE_DIR", base)
    return base


def packed(package, tmp_path):
    path = tmp_path / "paquet.tgz"
    with tarfile.open(path, "w:gz") as tar:
        tar.add(package, "package")
    return path


def test_the_command_writes_the_outlines_and_says_how_many(base_dir, package, tmp_path, capsys):
    call_command("build_map", "3.0.0", archive=packed(package, tmp_path))
    assert len(rows(base_dir / "fixtures" / "map")) == 2
    assert "2 départements, " in capsys.readouterr().out


def test_an_archive_that_lacks_the_drawing_is_named(base_dir, package, tmp_path):
    (package / "index.js").unlink()
    with pytest.raises(CommandError, match=r"paquet\.tgz : il manque index\.js"):
        call_command("build_map", "3.0.0", archive=packed(package, tmp_path))


# --- What is kept in the tree -----------------------------------------------------------------

KEPT = settings.BASE_DIR / "fixtures" / "map"
NUMBERS = re.compile(r"-?\d+")


def drawn(trace):
    """Return the rings of "M1 2l3 4-5 6z", as points."""
    for ring in filter(None, trace.split("z")):
        values = [int(number) for number in NUMBERS.findall(ring)]
        points = [(values[0], values[1])]
        for across, down in zip(values[2::2], values[3::2], strict=True):
            points.append((points[-1][0] + across, points[-1][1] + down))
        yield points


def test_each_of_the_96_departements_of_europe_is_drawn_once():
    codes = [row["code"] for row in rows(KEPT)]
    assert len(codes) == len(set(codes)) == 96
    assert {"2A", "2B", "75"} < set(codes)
    assert "20" not in codes


def test_both_sides_of_every_border_are_the_same_line():
    """An edge inside France is in two outlines; where it were in one, a sliver would show."""
    sides = {}
    for row in rows(KEPT):
        for ring in drawn(row["trace"]):
            for edge in edges(ring):
                sides.setdefault(edge, set()).add(row["code"])
    assert max(map(len, sides.values())) == 2
    inside = {code for codes in sides.values() if len(codes) == 2 for code in codes}
    assert {"03", "15", "23", "48", "87"} < inside
    # These lie amid others: no edge of theirs is a coast.
    for code in ("03", "15", "23", "48", "58", "87"):
        assert all(len(codes) == 2 for codes in sides.values() if code in codes), code


def test_the_drawing_fits_the_frame_of_the_page():
    template = (settings.BASE_DIR / "templates/prefectures/_map_drawing.html").read_text("utf-8")
    width, height = map(int, re.search(r'viewBox="0 0 (\d+) (\d+)"', template).groups())
    assert (width, height) == (613 * outlines.SCALE, 585 * outlines.SCALE)
    for row in rows(KEPT):
        for ring in drawn(row["trace"]):
            assert all(0 <= x <= width and 0 <= y <= height for x, y in ring)

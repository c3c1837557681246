"""From the npm package ``@etalab/decoupage-administratif`` to compact CSV files.

INSEE's Code officiel géographique, Licence Ouverte 2.0. Communes déléguées and associées come
without postal codes: they have those of the commune that they became part of.
"""

import csv
import json
import tempfile
from pathlib import Path

from ..text.naming import ARTICLE_OF_TNCC, Article
from .files import FILES

# What is read of the package.
SOURCES = ("regions", "departements", "arrondissements", "communes")
MEMBERS = ("package.json", *(f"data/{name}.json" for name in SOURCES))

# Zone "com" holds Pacific and austral territories too, which have no préfecture of this kind.
COLLECTIVITES = {"975", "977", "978"}


def article(row):
    return ARTICLE_OF_TNCC[row["typeLiaison"]] if row.get("typeLiaison") else Article.DE


def build(package, folder):
    """Write the CSV files of ``folder`` from the unpacked ``package``; return rows by file.

    All of them or, when something fails, none.
    """

    def read(name):
        return json.loads((package / "data" / f"{name}.json").read_text(encoding="utf-8"))

    communes = {row["code"]: row for row in read("communes") if row["type"] == "commune-actuelle"}
    others = [row for row in read("communes") if row["type"] != "commune-actuelle"]
    regions = [row for row in read("regions") if row["zone"] != "com"]
    departements = [
        row for row in read("departements") if row["zone"] != "com" or row["code"] in COLLECTIVITES
    ]
    known = {row["code"] for row in departements}

    tables = {
        "regions": ((row["code"], row["nom"], article(row)) for row in regions),
        "departements": (
            (
                row["code"],
                row["nom"],
                article(row),
                "" if row["code"] in COLLECTIVITES else row["region"],
                row["chefLieu"],
            )
            for row in departements
        ),
        "arrondissements": (
            (row["code"], row["nom"], article(row), row["departement"], row["chefLieu"])
            for row in read("arrondissements")
        ),
        "communes": (
            (
                row["code"],
                row["nom"],
                article(row),
                row["departement"],
                row.get("arrondissement", ""),
                row.get("commune", ""),
                " ".join(row.get("codesPostaux", ())),
                row["population"],
            )
            # A municipal arrondissement comes after the commune that it is part of.
            for row in [
                *communes.values(),
                *(row for row in others if row["type"] == "arrondissement-municipal"),
            ]
            if row["departement"] in known
        ),
        "former_communes": (
            (row["code"], row["type"], row["nom"], row["chefLieu"])
            for row in others
            if row["type"] != "arrondissement-municipal" and row["departement"] in known
        ),
    }
    edition = json.loads((package / "package.json").read_text(encoding="utf-8"))
    counts = {}
    # In the same folder, thus on the same disk: replacing a file cannot stop halfway.
    with tempfile.TemporaryDirectory(dir=folder) as aside:
        aside = Path(aside)
        for name, rows in tables.items():
            rows = list(rows)
            with (aside / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(FILES[name])
                writer.writerows(rows)
            counts[name] = len(rows)
        (aside / "EDITION").write_text(
            f"{edition['name']} {edition['version']}\n", encoding="utf-8"
        )
        for path in aside.iterdir():
            path.replace(folder / path.name)
    return counts

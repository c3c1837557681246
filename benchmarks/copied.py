"""A copy of the site to measure in, and a thousand sheets to import into it."""

import os
import sqlite3
import sys
from contextlib import closing
from io import StringIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COUNT = 1000
TEXT = "<p>" + "Le dossier complet est envoyé par la poste, en recommandé. " * 20 + "</p>"


def copy_site(folder):
    """Have Django work in ``folder``, on a copy of the SQLite site of DATA_DIR.

    With DATABASE_URL, the database that it names is used as it is, and prepared by ``prepare``.
    """
    source = Path(os.environ.get("DATA_DIR") or ROOT / "var") / "aes.sqlite3"
    if not os.environ.get("DATABASE_URL"):
        if not source.exists():
            sys.exit(f"{source} is not there: start script/server once, or set DATA_DIR.")
        copy_database(source, folder)
    os.environ["DATA_DIR"] = folder


def copy_database(source, folder):
    """Copy a database of SQLite into ``folder``, whoever writes it meanwhile."""
    with (
        closing(sqlite3.connect(source)) as before,
        closing(sqlite3.connect(Path(folder) / "aes.sqlite3")) as after,
    ):
        before.backup(after)


def prepare():
    """Make what the copy lacks: its static files, and the content of an empty PostgreSQL."""
    from django.core.management import call_command
    from django.db import connection

    call_command("collectstatic", interactive=False, verbosity=0)
    if connection.vendor == "postgresql":
        call_command("prepare_site", stdout=StringIO())


def new_sheets():
    """Return the tables of ``COUNT`` new sheets, with two steps and three links each."""
    from tablib import Dataset

    from prefectures.models import Departement

    departements = [item.code for item in Departement.objects.all()]
    sheets = Dataset(headers=["fiche", "titre", "motifs", "texte de la préfecture", "publication"])
    steps = Dataset(headers=["fiche", "numéro", "action", "adresse", "consignes"])
    links = Dataset(headers=["fiche", "numéro", "texte du lien", "adresse"])
    for index in range(COUNT):
        key = f"{departements[index % len(departements)]}/mesure-{index}"
        sheets.append([key, f"Fiche {index}", "travail", TEXT, "publiée"])
        for _ in range(2):
            steps.append([key, "", "envoyer par la poste", "1 place de la Préfecture", "x" * 80])
        for number in range(3):
            links.append([key, "", f"Lien {number}", f"https://www.exemple.gouv.fr/{number}"])
    return {"fiches": sheets, "etapes": steps, "liens": links}

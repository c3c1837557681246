"""What keeping a thousand sheets costs: an import of them with steps and links, and their list.

    AES_MODE=development .venv/bin/python benchmarks/editing.py

Reads the site of DATA_DIR, which ``script/server`` has prepared, and leaves it as it was. Budget:
preview and confirmation of 1,000 sheets in 10 s together, 12 queries for their list. Times are also
given as a share of that budget; the machine's other work counts in them.
"""

import os
import sys
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aes_cms.settings")

import django

django.setup()

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tablib import Dataset

from prefectures.importexport.files import read_file, write_set
from prefectures.importexport.planner import plan_import
from prefectures.importexport.resources import WHOLE_SHEETS, export
from prefectures.importexport.write import write_plan
from prefectures.models import Departement, Ground, Procedure, User

COUNT = 1000
BUDGET = 10
TEXT = "<p>" + "Le dossier complet est envoyé par la poste, en recommandé. " * 20 + "</p>"


def new_sheets():
    """Return the tables of ``COUNT`` new sheets, with two steps and three links each."""
    departements = [item.code for item in Departement.objects.all()]
    ground = Ground.objects.get(covers_all=False, slug="travail").slug
    sheets = Dataset(headers=["fiche", "titre", "motifs", "texte de la préfecture", "publication"])
    steps = Dataset(headers=["fiche", "numéro", "action", "adresse", "consignes"])
    links = Dataset(headers=["fiche", "numéro", "texte du lien", "adresse"])
    for index in range(COUNT):
        key = f"{departements[index % len(departements)]}/mesure-{index}"
        sheets.append([key, f"Fiche {index}", ground, TEXT, "publiée"])
        for _ in range(2):
            steps.append([key, "", "envoyer par la poste", "1 place de la Préfecture", "x" * 80])
        for number in range(3):
            links.append([key, "", f"Lien {number}", f"https://www.exemple.gouv.fr/{number}"])
    return {"fiches": sheets, "etapes": steps, "liens": links}


def changed_sheets():
    """Return the tables of all sheets, exported, with a word changed in each row that has texts."""
    datasets = {kind.name: export(kind, Procedure.objects.all()) for kind in WHOLE_SHEETS}
    changed = {}
    for name, column in (("fiches", "titre"), ("etapes", "consignes"), ("liens", "texte du lien")):
        rows = datasets[name].dict
        for row in rows:
            row[column] += " bis"
        changed[name] = Dataset(*(row.values() for row in rows), headers=datasets[name].headers)
    return changed


def measure(label, tables, user):
    for kind in ("zip", "xlsx"):
        content = write_set(kind, tables)
        with transaction.atomic():
            started = perf_counter()
            plan = plan_import(read_file(kind, content), user)
            previewed = perf_counter()
            plan = plan_import(read_file(kind, content), user)
            write_plan(plan, author=user, file_name=kind, file_digest="x")
            done = perf_counter()
            transaction.set_rollback(True)
        total = done - started
        print(
            f"{label:<28}{kind:<6}preview {previewed - started:5.1f} s   confirm "
            f"{done - previewed:5.1f} s   {total / BUDGET:5.0%} of the budget   {plan.in_words}"
        )


def count_queries(user):
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    for label, url in (
        ("list of sheets", reverse("admin:prefectures_procedure_changelist")),
        ("desk", reverse("admin:index")),
    ):
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url)
        assert response.status_code == 200
        print(f"{label:<34}{len(queries)} queries for {Procedure.objects.count()} sheets")


def main():
    user = User.objects.filter(is_superuser=True, is_active=True).first()
    tables = new_sheets()
    with transaction.atomic():
        measure("new", tables, user)
        count_queries(user)
        plan = plan_import(read_file("zip", write_set("zip", tables)), user)
        write_plan(plan, author=user, file_name="zip", file_digest="x")
        measure("a change in every row", changed_sheets(), user)
        count_queries(user)
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()

"""What grows with the site: queries and time of each page at 1, 100 and 1,000 sheets, then with
100,000 rows of history; and how much memory a worker takes.

    AES_MODE=development .venv/bin/python benchmarks/growth.py [rounds] [words of the page's name]
    script/on-postgresql .venv/bin/python benchmarks/growth.py

Everything is made in a temporary folder (on PostgreSQL in databases beside that of DATABASE_URL):
a thousand sheets have 5,000 links. Pages are made by Django itself, without those kept in front of
it. Times are medians of interleaved rounds, of CPU on SQLite, of the clock on PostgreSQL, and given
as ratios: to one sheet where the page shows as much, to a hundred where it lists them (marked *).
Budget: as many queries, 1.2 times the time.
"""

import gc
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aes_cms.settings")

SIZES = {"1": (1, 0), "100": (100, 0), "1,000": (1000, 0), "+ history": (1000, 100_000)}
REQUESTS = 2000
MEMORY = "--memory"


def pages():
    """Return {name: (address, whether it lists sheets)}."""
    sheet = Procedure.objects.get(departement=MEASURED[0], slug=MEASURED[1])
    place = sheet.departement
    last = sheet.documents.latest("pk").changeset_id
    here = "admin:prefectures_procedure"
    listed = reverse(f"{here}_changelist")
    journal = reverse("admin:prefectures_journalentry_changelist")
    author = User.objects.get(username="mesure")
    return {
        "home": ("/", False),
        "région": (place.region.get_absolute_url(), False),
        "département": (place.get_absolute_url(), False),
        "sheet": (sheet.get_absolute_url(), False),
        "sheet as of today": (f"{sheet.get_absolute_url()}au/{localdate()}/", False),
        "history of a sheet": (f"{sheet.get_absolute_url()}historique/", False),
        "two versions compared": (f"{sheet.get_absolute_url()}historique/?a={last}", False),
        "changes": ("/changements/", False),
        "changes of a région": (f"{place.region.get_absolute_url()}changements/", False),
        "changes of a département": (f"{place.get_absolute_url()}changements/", False),
        "changes, new sheets": ("/changements/?genre=new", False),
        "changes, withdrawn sheets": ("/changements/?genre=withdrawn", False),
        "feed": ("/changements.atom", False),
        "search": ("/recherche/?q=montpellier", False),
        "about": ("/a-propos/", False),
        "admin desk": (reverse("admin:index"), False),
        "admin list": (listed, True),
        "admin list, last page": (f"{listed}?p=2", True),
        "admin list, with contradictions": (f"{listed}?contradictions=avec", True),
        "admin list, old": (f"{listed}?age=ancienne", True),
        "admin list, searched by code": (f"{listed}?q=34", True),
        "admin list, searched by words": (f"{listed}?q=mesuree", True),
        "admin form": (reverse(f"{here}_change", args=[sheet.pk]), False),
        "admin form, new": (reverse(f"{here}_add"), False),
        "admin history of a sheet": (reverse(f"{here}_history", args=[sheet.pk]), False),
        "admin versions, one": (reverse(f"{here}_version", args=[sheet.pk, 2]), False),
        "admin versions, compared": (
            reverse(f"{here}_compare", args=[sheet.pk, 2, sheet.version]),
            False,
        ),
        "admin versions, going back": (reverse(f"{here}_restore", args=[sheet.pk, 2]), False),
        "admin versions, deleted sheets": (reverse(f"{here}_deleted"), False),
        "admin contradictions": (reverse(f"{here}_contradictions"), True),
        "admin queue": (reverse(f"{here}_queue"), True),
        "admin offices": (reverse("admin:prefectures_prefecture_changelist"), False),
        "admin offices, searched": (
            reverse("admin:prefectures_prefecture_changelist") + "?q=beziers",
            False,
        ),
        "admin départements": (reverse("admin:prefectures_departement_changelist"), False),
        "admin départements, covered": (
            reverse("admin:prefectures_departement_changelist") + "?couverture=ancienne",
            True,
        ),
        "admin communes": (reverse("admin:prefectures_commune_changelist"), False),
        "admin journal": (journal, False),
        "admin journal, of a person": (f"{journal}?personne={author.pk}", False),
        "admin journal, of a sheet": (f"{journal}?objet=procedure&cle={sheet.key}", False),
        "admin journal, of a rare kind": (f"{journal}?nature=verification", False),
        "admin journal, by words": (f"{journal}?mots=dernier", False),
    }


# --- Databases --------------------------------------------------------------------------------


def use(name):
    connection.close()
    connection.settings_dict["NAME"] = name


def copied(name, folder):
    """Copy the database in use; return the name of the copy."""
    source = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        copy = str(Path(folder) / f"{name}.sqlite3")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [copy])
        return copy
    copy = f"growth_{name}"
    use("postgres")
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{source}"')
    use(source)
    return copy


def make_sites(folder):
    """Return {size: name of its database}."""
    prepare()
    source, sites = connection.settings_dict["NAME"], {}
    for number, (size, (sheets, rows)) in enumerate(SIZES.items()):
        sites[size] = copied(f"size{number}", folder)
        use(sites[size])
        grow(sheets, rows)
        use(source)
    return sites


# --- Measures ---------------------------------------------------------------------------------


def signed_in():
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(username="mesure"))
    return client


def measure(sites, rounds, words):
    clock = process_time if connection.vendor == "sqlite" else perf_counter
    queries, times, asked = {}, defaultdict(list), {}
    # It looks at all there is, always within the same page: tens of ms that are not its own.
    gc.disable()
    for turn in range(rounds + 1):
        gc.collect()
        for size, name in sites.items():
            use(name)
            if not turn:
                wanted = {page: told for page, told in pages().items() if words in page}
                asked[size] = signed_in(), wanted
            client, wanted = asked[size]
            for page, (address, _) in wanted.items():
                if not turn:
                    client.get(address)
                    with CaptureQueriesContext(connection) as captured:
                        answer = client.get(address)
                    assert answer.status_code == 200, (page, answer.status_code)
                    queries[page, size] = len(captured)
                    continue
                started = clock()
                client.get(address)
                times[page, size].append(clock() - started)
    return queries, {key: median(found) for key, found in times.items()}


def tell(queries, times, wanted):
    sizes = list(SIZES)
    print(f"{'page':<34}{'queries':^26}{'ms':^34}{'ratio':^20}")
    head = "".join(f"{size:>10}" for size in sizes[1:])
    print(f"{'':<34}{'':2}{'  '.join(sizes)}{'':4}{'1':>7}{head}{'1,000':>9}{'+ history':>11}")
    for page, (_, lists_sheets) in wanted.items():
        base = times[page, "100" if lists_sheets else "1"]
        asked = "".join(f"{queries[page, size]:>6}" for size in sizes)
        taken = "".join(f"{1000 * times[page, size]:>9.1f}" for size in sizes)
        ratios = "".join(f"{times[page, size] / base:>9.2f}" for size in sizes[2:])
        print(f"{page + ('*' if lists_sheets else ''):<34}{asked:<26}{taken}{ratios}")


def measure_memory():
    """Tell what this process, a worker, takes before and after many requests of all the pages."""
    client, wanted = signed_in(), pages()
    told = {}
    for number in range(REQUESTS):
        address, _ = list(wanted.values())[number % len(wanted)]
        client.get(address)
        if number + 1 in (len(wanted), REQUESTS // 2, REQUESTS):
            told[number + 1] = megabytes("VmRSS")
    steps = ", ".join(f"{amount:.0f} MB after {count:,}" for count, amount in told.items())
    most = megabytes("VmHWM")
    print(f"memory of a worker: {steps}; {most:.0f} MB at most (kept pages not counted)")


def megabytes(name):
    status = Path("/proc/self/status").read_text()
    return int(status.partition(f"{name}:")[2].split()[0]) / 1024


def main(folder):
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    words = sys.argv[2] if len(sys.argv) > 2 else ""
    call_command("collectstatic", interactive=False, verbosity=0)
    own = connection.settings_dict["NAME"]
    sites = make_sites(folder)
    try:
        queries, times = measure(sites, rounds, words)
        wanted = {page: told for page, told in pages().items() if words in page}
        tell(queries, times, wanted)
        largest = list(sites.values())[-1]
        subprocess.run([sys.executable, __file__, MEMORY, largest], check=True)
    finally:
        use(own)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                for name in sites.values():
                    cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        if MEMORY not in sys.argv:
            os.environ["DATA_DIR"] = folder
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection
        from django.test import Client
        from django.test.utils import CaptureQueriesContext
        from django.urls import reverse
        from django.utils.timezone import localdate
        from grown_site import MEASURED, grow, prepare

        from prefectures.models import Procedure, User

        if MEMORY in sys.argv:
            use(sys.argv[-1])
            measure_memory()
        else:
            main(folder)

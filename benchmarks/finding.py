"""What finding a place costs, and how often it is found: all communes, all slips in large names.

    AES_MODE=development .venv/bin/python benchmarks/finding.py
    script/on-postgresql .venv/bin/python benchmarks/finding.py

Loads the whole territory and GISTI's sheets into a site of its own, in a new DATA_DIR (SQLite) or
in the database of DATABASE_URL, which must be empty. Then, in this process and by the address as a
browser would ask it, without a server: each commune by its name and département, by its name alone,
and each postal code; the same for proposals while one types; the 300 most populous communes with
every letter left out, doubled or changed with the next. Budget: exact and by its beginning 10 ms
p99, with a mistake 50 ms; of the slips 98 % among the first three, none that leads elsewhere. At
the end the offices on the page of every commune are held against those of the sheets, by the
tables themselves.
"""

import gc
import os
import sys
import tempfile
from functools import partial
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("AES_MODE", "development")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aes_cms.settings")
if "DATABASE_URL" not in os.environ:
    os.environ["DATA_DIR"] = tempfile.mkdtemp()

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings

from prefectures.finder.finding import find
from prefectures.finder.kept import index
from tests.finder.test_mistakes import FIRST, MOST_POPULOUS, slips
from tests.public.test_every_commune import (
    every_answer,
    holding_by_the_tables,
    receiving_by_the_tables,
)

# Asked by their address: a sample is enough.
BY_ADDRESS = 2_000


def percentiles(seconds):
    ordered = sorted(seconds)
    ranks = [ordered[int(len(ordered) * share)] for share in (0.5, 0.99)]
    return "".join(f"{1000 * each:>9.1f}" for each in [*ranks, ordered[-1]])


def report(what, seconds, said=""):
    print(f"{what:<44}{len(seconds):>8}{percentiles(seconds)}  {said}", flush=True)


def timed(ask, queries):
    """Return (answer to each query, seconds that each took)."""
    answers, seconds = [], []
    for query in queries:
        begun = perf_counter()
        answers.append(ask(query))
        seconds.append(perf_counter() - begun)
    return answers, seconds


def prepare():
    call_command("migrate", verbosity=0)
    call_command("load_territories", verbosity=0)
    call_command("load_sheets", ROOT / "fixtures/occitanie.json", verbosity=0)
    connection.ensure_connection()


def by_name_and_departement(communes):
    found, seconds = timed(find, [f"{each.name}, {each.departement.name}" for each in communes])
    pairs = list(zip(communes, found, strict=True))
    led = sum(answer.only == place for place, answer in pairs)
    listed = sum(answer.only != place and place in answer.places[:FIRST] for place, answer in pairs)
    said = f"{led} led to, {listed} among the first, {len(communes) - led - listed} missed"
    report("name, département", seconds, said)


def by_name(communes):
    found, seconds = timed(find, [each.name for each in communes])
    pairs = list(zip(communes, found, strict=True))
    led = sum(answer.only == place for place, answer in pairs)
    wrong = [place.name for place, answer in pairs if answer.only and not _is(answer.only, place)]
    report("name alone", seconds, f"{led} led to, {len(wrong)} led elsewhere {wrong[:5]}")


def _is(only, place):
    return only == place or only == place.departement


def by_postal_code(known):
    codes = list(known.by_postal_code)
    found, seconds = timed(find, codes)
    missed = sum(
        place not in answer.places
        for code, answer in zip(codes, found, strict=True)
        for place in known.by_postal_code[code]
    )
    report("postal code", seconds, f"{missed} communes missed")


def by_slip(communes):
    towns = sorted(communes, key=lambda each: -each.population)
    towns = [each for each in towns if not each.part_of_id][:MOST_POPULOUS]
    every = [(slip, town) for town in towns for slip in slips(town.name)]
    found, seconds = timed(find, [slip for slip, _ in every])
    first = elsewhere = 0
    for (_, town), answer in zip(every, found, strict=True):
        first += town in answer.places[:FIRST]
        alone = answer.places if len(answer.places) == 1 else filter(None, [answer.only])
        elsewhere += any(place != town for place in alone)
    said = f"{100 * first / len(every):.1f} % among the first three, {elsewhere} led elsewhere"
    report("one slip in a large name", seconds, said)


def while_typing(communes):
    begun = [each.name[:length] for each in communes[::10] for length in (2, 3, 5, 8)]
    _, seconds = timed(lambda text: find(text, typing=True), begun)
    report("typed so far", seconds)


def _asked(client, address, query):
    return client.get(address, {"q": query})


def by_address(communes):
    client = Client(SERVER_NAME="127.0.0.1")
    some = [each.name for each in communes[:: max(1, len(communes) // BY_ADDRESS)]]
    wrong = [f"{name[:-2]}{name[-1]}" for name in some if len(name) > 5]
    for address in ("/recherche/", "/recherche/propositions/"):
        for what, queries in (("a name", some), ("a mistake", wrong)):
            _, seconds = timed(partial(_asked, client, address), queries)
            report(f"{address} {what}", seconds)


def offices(communes):
    begun = perf_counter()
    shown, tables = every_answer(), holding_by_the_tables()
    receiving = {}
    wrong = []
    for commune in communes:
        slugs = frozenset(tables[commune.code])
        if slugs not in receiving:
            receiving[slugs] = receiving_by_the_tables(slugs)
        if shown[commune.code] != (slugs, receiving[slugs]):
            wrong.append(commune.name)
    print(
        f"offices on the pages of {len(communes)} communes: {len(wrong)} other than those of the "
        f"sheets {wrong[:5]}, {perf_counter() - begun:.1f} s"
    )


def main():
    prepare()
    begun = perf_counter()
    known = index()
    communes = list(known.communes.values())
    # As the server does.
    gc.freeze()
    print(f"{connection.vendor}: {len(communes)} communes read in {perf_counter() - begun:.1f} s")
    print(f"{'milliseconds':<44}{'asked':>8}{'p50':>9}{'p99':>9}{'max':>9}")
    by_name_and_departement(communes)
    by_name(communes)
    by_postal_code(known)
    by_slip(communes)
    while_typing(communes)
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    with override_settings(STORAGES=settings.STORAGES | {"staticfiles": {"BACKEND": plain}}):
        by_address(communes)
    offices(communes)


if __name__ == "__main__":
    main()

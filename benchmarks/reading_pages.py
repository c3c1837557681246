"""How much of what a sheet leads to is proposed from its page, and how much that it does not.

    AES_MODE=development .venv/bin/python benchmarks/reading_pages.py

First the fourteen sheets of GISTI's document, each with its quotations and links as a page; then
the twelve pages of tests/data/pages, made up before the rules. Needs the site of DATA_DIR, which
``script/server`` has prepared, for its communes. At the end, what the longest pages cost, as a
share of a request's five seconds. Budget: right >= 95 %, wrong <= 5 %; tests/proposing holds it.
"""

import os
import sys
from pathlib import Path
from time import process_time

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aes_cms.settings")

import django

django.setup()

from prefectures.models.fields import MOST_IN_RICH_TEXT
from prefectures.proposing.marking import marked
from tests.proposing import scoring

SECONDS_OF_A_REQUEST = 5
WIDTH = 52
# What a page may be made of to keep the site busy.
REPEATED = {
    "e-mails": "envoyez a@b.fr ",
    "telephones": "04 66 49 60 00 ",
    "addresses": "<p>Préfecture du Gard<br>10 rue A<br>30000 Nîmes</p>",
    "links": '<p><a href="https://www.gard.gouv.fr/rdv/">prendre rendez-vous</a></p>',
    "hours": "lundi de 9h à 12h et ",
    "refusals": "les dossiers ne sont pas acceptés par courrier. ",
    "lines": "le dossier est adressé à :<br>",
    "one word": "a",
    "signs": "a@",
}


def table(title, scores):
    heads = "".join(f"{kind:>12}" for kind in scoring.KINDS)
    print(f"\n{title:<{WIDTH}}{heads}{'right':>9}{'wrong':>7}")
    total = [0, 0, 0]
    for name, score in scores.items():
        cells = "".join(
            f"{f'{right}/{right + missing}' if right + missing else '–':>12}"
            for right, missing, _ in score.counts().values()
        )
        three = [len(score.right), len(score.missing), len(score.wrong)]
        total = [old + new for old, new in zip(total, three, strict=True)]
        print(f"{name:<{WIDTH}}{cells}{share(*three[:2]):>9}{three[2]:>7}")
    right, missing, wrong = total
    print(f"right {share(right, missing)} of {right + missing}, wrong {share(wrong, right)}")


def share(part, rest):
    return f"{100 * part / (part + rest):.0f} %" if part + rest else "–"


def scores_of_the_document():
    return {
        sheet["slug"]: scoring.score(
            scoring.wanted_of(sheet),
            scoring.reading_of(*scoring.page_of(sheet), sheet["departement"]),
        )
        for sheet in scoring.sheets_of_the_document()
    }


def scores_of_made_up_pages():
    found = {}
    for name in scoring.made_up_pages():
        source, facts = scoring.made_up(name)
        reading = scoring.reading_of(source, facts["address"], facts["departement"])
        found[name] = scoring.score(scoring.right_of(facts), reading)
    return found


def costs():
    print(f"\n{MOST_IN_RICH_TEXT:,} signs of one thing, read and marked: share of 5 s of CPU")
    for name, piece in REPEATED.items():
        source = piece * (MOST_IN_RICH_TEXT // len(piece))
        begun = process_time()
        reading = scoring.reading_of(source, "https://www.gard.gouv.fr/", "30")
        marked(reading.page, reading.proposals)
        print(f"{name:<{WIDTH}}{(process_time() - begun) / SECONDS_OF_A_REQUEST:>8.0%}")


table("GISTI's document", scores_of_the_document())
table("Made up", scores_of_made_up_pages())
costs()

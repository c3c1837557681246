"""What a page costs that is not kept for now: CPU beside an empty Django view, and queries.

    AES_MODE=development .venv/bin/python benchmarks/cold_page.py [rounds]
    AES_MODE=development .venv/bin/python benchmarks/cold_page.py --against ANOTHER_TREE [rounds]

Works in copies of the site of DATA_DIR (SQLite), which ``script/server`` has prepared and
collected. The empty view has no middleware and asks no database; the page passes all that the
server calls. Both are called in turn, in one process and without a server, whose own work would
make the ratio smaller. Budget: 4 queries, and 8 times the CPU of the view.

Each page is measured twice: *made*, as by a process that never made it, and packed as it is for
whoever asks first; *moved*, as after a change of the content that the page does not show.

Pages are asked for one after the other, so that nothing of one is at hand from the call before.
With ``--against`` the same is measured in another tree, round by round, each in a process of its
own (its DATA_DIR is BEFORE_DATA_DIR, or the same).
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import process_time
from wsgiref.util import setup_testing_defaults

from copied import copy_database

ROOT = Path(__file__).resolve().parent.parent
PAGES = {
    "home": "/",
    "région": "/regions/occitanie/",
    "sheet": "/departements/46-lot/prefecture-de-cahors/",
    "commune": "/communes/34142-lodeve/",
    "commune without a sheet": "/communes/69123-lyon/",
    "map": "/carte/",
    "help places": "/se-faire-aider/",
    "glossary": "/glossaire/",
    "about": "/a-propos/",
}
DEPARTEMENTS = {"of no sheet": {0}, "of one": {1}, "of two": {2}, "of more": range(4, 100)}
# {way: how many MB of pages are kept}
WAYS = {"made": "0", "moved": "64"}
CALLS = 20


def ask(application, address):
    environ = {
        "PATH_INFO": address,
        "HTTP_HOST": "127.0.0.1",
        "HTTP_ACCEPT_ENCODING": "gzip, deflate, br",
    }
    setup_testing_defaults(environ)
    said = []
    answer = application(environ, lambda status, headers, exc_info=None: said.append(status))
    b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    assert said[0].startswith("200"), (address, said)


def cpu(application, address):
    """Return the CPU of a call, in microseconds."""
    start = process_time()
    ask(application, address)
    return (process_time() - start) * 1e6


def serve_rounds(way):
    """Measure a round for each line of standard input: {page: [µs, queries]}, and the view's."""
    # Where pages are made, nothing fits in what keeps them.
    os.environ["KEPT_PAGES_MB"] = WAYS[way]
    from django.core.handlers.wsgi import WSGIHandler
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext, override_settings

    from aes_cms.wsgi import application
    from prefectures.models import ContentVersion

    def move():
        with transaction.atomic():
            ContentVersion.move()

    with override_settings(MIDDLEWARE=[]):
        empty = WSGIHandler()
    pages, queries = PAGES | departements(), {}
    for address in pages.values():
        ask(application, address)
    move()
    for name, address in pages.items():
        with CaptureQueriesContext(connection) as captured:
            ask(application, address)
        queries[name] = len(captured)
    for _ in sys.stdin:
        took = {name: [] for name in pages}
        with override_settings(ROOT_URLCONF="empty_site"):
            view = median(cpu(empty, "/vide") for _ in range(CALLS * 10))
        for _ in range(CALLS):
            move()
            for name, address in pages.items():
                took[name].append(cpu(application, address))
        found = {name: [median(took[name]), queries[name]] for name in pages}
        print(json.dumps({"view": view, "pages": found}), flush=True)


def departements():
    """Return {name: address} of a département of each kind that the site has."""
    from django.db.models import Count, Q

    from prefectures.models import Departement

    published = Count("procedures", Q(procedures__publication="published"))
    counted = list(Departement.objects.annotate(count=published).order_by("-code"))
    return {
        f"département {name}": item.get_absolute_url()
        for name, counts in DEPARTEMENTS.items()
        for item in [next((item for item in counted if item.count in counts), None)]
        if item is not None
    }


class Tree:
    """A tree of the code, measured ``way`` in a process and on a copy of the site of its own."""

    def __init__(self, root, data, way, folder):
        copy_database(Path(data) / "aes.sqlite3", folder)
        (folder / "static").symlink_to((Path(data) / "static").resolve())
        paths = os.pathsep.join([str(root), str(ROOT / "benchmarks")])
        environ = os.environ | {"PYTHONPATH": paths, "DATA_DIR": str(folder)}
        environ.setdefault("DJANGO_SETTINGS_MODULE", "aes_cms.settings")
        self.process = subprocess.Popen(
            [sys.executable, __file__, "--serve", way],
            cwd=root,
            env=environ,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def round(self):
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


def compare(trees, rounds):
    """Print what ``rounds`` of each of ``trees``, {(tree, way): Tree}, took."""
    found = [{key: tree.round() for key, tree in trees.items()} for _ in range(rounds)]
    names = list(dict.fromkeys(name for name, _ in trees))
    print(" " * 36 + "".join(f"{way:>8}: queries, × an empty view      " for way in WAYS))
    for page in next(iter(found[0].values()))["pages"]:
        for name in names:
            print(f"{page if name == names[0] else '':<28}{name:<8}", end="")
            for way in WAYS:
                measured = [each[name, way] for each in found]
                ratios = sorted(one["pages"][page][0] / one["view"] for one in measured)
                print(
                    f"{measured[0]['pages'][page][1]:>12}{median(ratios):>10.1f}"
                    f"  ({ratios[0]:.1f} to {ratios[-1]:.1f})".ljust(46),
                    end="",
                )
            print()
    views = [one["view"] for each in found for one in each.values()]
    print(f"the empty view takes {median(views):.0f} µs")


def main(words):
    data = os.environ.get("DATA_DIR") or ROOT / "var"
    roots = {"now": (ROOT, data)}
    if words[:1] == ["--against"]:
        before = Path(words[1]).resolve(), os.environ.get("BEFORE_DATA_DIR") or data
        roots, words = {"before": before} | roots, words[2:]
    with tempfile.TemporaryDirectory() as folder:
        trees = {}
        for name, (root, site) in roots.items():
            for way in WAYS:
                own = Path(folder) / f"{name}-{way}"
                own.mkdir()
                trees[name, way] = Tree(root, site, way, own)
        compare(trees, int(words[0]) if words else 9)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        serve_rounds(sys.argv[2])
    else:
        main(sys.argv[1:])

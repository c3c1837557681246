"""What a page costs when nothing keeps it ready: CPU beside an empty Django view, and queries.

    AES_MODE=development .venv/bin/python benchmarks/cold_page.py [rounds]
    AES_MODE=development .venv/bin/python benchmarks/cold_page.py --against ANOTHER_TREE [rounds]

Reads the site of DATA_DIR, which ``script/server`` has prepared and collected. The empty view has
no middleware and asks no database; the page passes all that the server calls, and is packed as it
is for whoever asks first. Both are called in turn, in one process and without a server, whose own
work would make the ratio smaller. Budget: 4 queries, and 8 times the CPU of the view.

Pages are asked for one after the other, so that nothing of one is at hand from the call before.
With ``--against`` the same is measured in another tree, round by round, each in a process of its
own (its DATA_DIR is BEFORE_DATA_DIR, or the same); the last column holds one against the other.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import process_time
from wsgiref.util import setup_testing_defaults

ROOT = Path(__file__).resolve().parent.parent
PAGES = {
    "home": "/",
    "région": "/regions/occitanie/",
    "sheet": "/departements/46-lot/prefecture-de-cahors/",
    "help places": "/se-faire-aider/",
    "glossary": "/glossaire/",
    "about": "/a-propos/",
}
DEPARTEMENTS = {"of no sheet": {0}, "of one": {1}, "of two": {2}, "of more": range(4, 100)}
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


def serve_rounds():
    """Measure a round for each line of standard input: {page: [µs, queries]}, and the view's."""
    # Nothing fits in it: each page is made anew.
    os.environ["KEPT_PAGES_MB"] = "0"
    from django.core.handlers.wsgi import WSGIHandler
    from django.db import connection
    from django.test.utils import CaptureQueriesContext, override_settings

    from aes_cms.wsgi import application

    with override_settings(MIDDLEWARE=[]):
        empty = WSGIHandler()
    pages, queries = PAGES | departements(), {}
    for name, address in pages.items():
        ask(application, address)
        with CaptureQueriesContext(connection) as captured:
            ask(application, address)
        queries[name] = len(captured)
    for _ in sys.stdin:
        took = {name: [] for name in pages}
        with override_settings(ROOT_URLCONF="empty_site"):
            view = median(cpu(empty, "/vide") for _ in range(CALLS * 10))
        for _ in range(CALLS):
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
    """A tree of the code, measured in a process of its own."""

    def __init__(self, root, data):
        paths = os.pathsep.join([str(root), str(ROOT / "benchmarks")])
        environ = os.environ | {"PYTHONPATH": paths, "DATA_DIR": str(data)}
        environ.setdefault("DJANGO_SETTINGS_MODULE", "aes_cms.settings")
        self.process = subprocess.Popen(
            [sys.executable, __file__, "--serve"],
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
    found = [[tree.round() for tree in trees] for _ in range(rounds)]
    print(f"{'page':<30}{'queries':>8}{'µs':>8}{'× an empty view':>17}  (lowest to highest)")
    for name in found[0][-1]["pages"]:
        for at in range(len(trees)):
            took = [each[at]["pages"][name][0] for each in found]
            ratios = sorted(us / each[at]["view"] for us, each in zip(took, found, strict=True))
            before = [each[0]["pages"][name][0] for each in found]
            share = median(us / other for us, other in zip(took, before, strict=True))
            print(
                f"{name if not at else '':<30}{found[0][at]['pages'][name][1]:>8}"
                f"{median(took):>8.0f}{median(ratios):>17.1f}  "
                f"({ratios[0]:.1f} to {ratios[-1]:.1f})" + (f"{share:>8.2f}" if at else "")
            )
    print(f"{'the empty view':<38}{median(each[-1]['view'] for each in found):>8.0f}")


def main(words):
    data = os.environ.get("DATA_DIR") or ROOT / "var"
    trees = [Tree(ROOT, data)]
    if words[:1] == ["--against"]:
        other, words = Path(words[1]).resolve(), words[2:]
        trees.insert(0, Tree(other, os.environ.get("BEFORE_DATA_DIR") or data))
    compare(trees, int(words[0]) if words else 9)


if __name__ == "__main__":
    if sys.argv[1:] == ["--serve"]:
        serve_rounds()
    else:
        main(sys.argv[1:])

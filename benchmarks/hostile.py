"""What somebody can send to keep the site busy: the longest that any of it takes.

    AES_MODE=development .venv/bin/python benchmarks/hostile.py

The files, texts and pairs of texts are those of the tests, as long as they may be. Budget: 5 s of
one worker, whatever it is; given as shares of it, in seconds of the processor. Needs what
script/test has installed; reads nothing and writes nothing.
"""

import os
import sys
from contextlib import suppress
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aes_cms.settings")

import django

django.setup()

from prefectures.importexport.files import FileRefusedError, read_file
from prefectures.models.fields import MOST_TO_CLEAN
from prefectures.text.differences import word_differences
from prefectures.text.pasted import normalise_pasted
from prefectures.text.rich_text import clean_rich_text
from tests.importexport.files.test_bounds import FILES
from tests.text import test_differences as words
from tests.text import test_pasted_without_bounds as texts

BUDGET = 5
SHOWN = 5


def seconds(work, *args):
    started = process_time()
    with suppress(FileRefusedError):
        work(*args)
    return process_time() - started


def show(title, taken):
    """Print the slowest of ``taken``, {name: seconds}."""
    print(f"{title}: {len(taken)} cases, the slowest of them")
    for name, time in sorted(taken.items(), key=lambda item: -item[1])[:SHOWN]:
        print(f"    {time:5.2f} s  {time / BUDGET:4.0%} of the budget  {name}")


def main():
    files = {name: made() for name, (made, _) in FILES.items()}
    show("Files, read", {name: seconds(read_file, "x", file) for name, file in files.items()})
    sent = {name: texts.hostile(name, MOST_TO_CLEAN) for name in texts.HOSTILE}
    show("Texts, cleaned", {name: seconds(clean_rich_text, text) for name, text in sent.items()})
    show("Texts, pasted", {name: seconds(normalise_pasted, text) for name, text in sent.items()})
    compared = {name: seconds(word_differences, *pair) for name, pair in words.HOSTILE.items()}
    show("Texts, compared", compared)


if __name__ == "__main__":
    main()

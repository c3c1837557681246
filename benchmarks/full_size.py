"""The slowest tests at their full size: twenty editors of one sheet, 400 series of edits, 150 of
changes of which every page and every document is read again, 300 of edits after which each version
is gone back to, 100 ways of touching the history, 100 kills of a server at work, 10,000 hostile
requests, 100 hostile texts in every field, 20 backups while four people save.

    .venv/bin/python benchmarks/full_size.py [tests]
    script/on-postgresql .venv/bin/python benchmarks/full_size.py

The suite runs them with six editors, 60, 3 or 4, 12 series, 4 ways, 10 kills, 600 requests, 3 texts
and 3 backups. Needs what script/test has installed; tells how long each took.
"""

import os
import sys
from pathlib import Path

import pytest

SLOWEST = [
    "tests/admin/test_concurrent_editors.py",
    "tests/gate/test_tracking_random.py",
    "tests/public/cache/test_never_old.py",
    "tests/published/test_whatever_is_changed.py",
    "tests/history/test_restoring_random.py",
    "tests/sealing/test_tampering.py",
    "tests/test_killed.py",
    "tests/monitoring/test_killed_watch.py",
    "tests/hostile/test_any_request.py",
    "tests/hostile/test_any_text.py",
    "tests/backups/test_while_editing.py",
]

if __name__ == "__main__":
    os.chdir(Path(__file__).resolve().parent.parent)
    sys.path.insert(0, os.getcwd())
    os.environ["TESTS_AT_FULL_SIZE"] = "1"
    os.environ.setdefault("AES_MODE", "development")
    sys.exit(pytest.main(["--durations", "9", "-rP", *(sys.argv[1:] or SLOWEST)]))

"""Declaring a kind of row is enough: ``tests/made_up_kind`` does it, in a site of its own."""

import os
import subprocess
import sys

from django.conf import settings


def test_a_kind_of_row_that_was_only_declared_is_seen_everywhere(tmp_path):
    """It adds a table and a model: another process keeps them out of all the other tests."""
    run = subprocess.run(
        [
            sys.executable,
            *("-m", "pytest", "tests/made_up_kind/everywhere.py", "-p", "no:xdist"),
            *("-o", "addopts=", "-o", f"cache_dir={tmp_path}"),
            "--ds=tests.made_up_kind.settings",
        ],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr

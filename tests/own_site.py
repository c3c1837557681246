"""Tests of a site of their own: another process, with its own settings and database."""

import os
import subprocess
import sys

from django.conf import settings


def run(name, folder):
    """Run ``tests/<name>/everywhere.py`` with the settings beside it; its data go in ``folder``."""
    done = subprocess.run(
        [
            sys.executable,
            *("-m", "pytest", f"tests/{name}/everywhere.py", "-p", "no:xdist"),
            *("-o", "addopts=", "-o", f"cache_dir={folder}"),
            f"--ds=tests.{name}.settings",
        ],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATA_DIR": str(folder)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr

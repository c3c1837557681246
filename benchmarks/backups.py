"""What a backup takes: seconds and bytes, and how long it is until it is back.

    AES_MODE=development .venv/bin/python benchmarks/backups.py
    script/on-postgresql .venv/bin/python benchmarks/backups.py

In a temporary folder (on PostgreSQL in the database of DATABASE_URL, which must be empty, and which
is replaced): GISTI's fourteen sheets; then a thousand more; then 100,000 rows of history more.
Times are of the clock.
"""

import os
import sys
import tempfile
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aes_cms.settings")

SHEETS, HISTORY = 1000, 100_000


def tell(label, folder):
    started = perf_counter()
    made = make(folder, 14)
    backed_up = perf_counter()
    restore(made.path, lambda *told: None)
    back = perf_counter()
    print(
        f"{label}: {megabytes(made.manifest.unpacked_size)} in {megabytes(made.manifest.size)}, "
        f"made in {backed_up - started:.1f} s, verified and back in {back - backed_up:.1f} s"
    )


def main(folder):
    prepare()
    load_sheets(settings.BASE_DIR / "fixtures" / "occitanie.json")
    tell("14 sheets", folder)
    add_sheets(SHEETS)
    tell(f"{SHEETS:,} more", folder)
    add_history(HISTORY, timezone.now() - timedelta(days=3650))
    with transaction.atomic():
        seal_what_was_there(apps)
    tell(f"{HISTORY:,} rows of history more", folder)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder
        from datetime import timedelta

        import django

        django.setup()
        from django.apps import apps
        from django.conf import settings
        from django.db import transaction
        from django.utils import timezone
        from grown_site import add_history, add_sheets, prepare

        from prefectures.backups.folder import megabytes
        from prefectures.backups.making import make
        from prefectures.backups.restoring import restore
        from prefectures.importexport.sheet_file import load_sheets
        from prefectures.sealing.sealing import seal_what_was_there

        main(Path(folder) / "backups")

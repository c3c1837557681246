"""What it takes to set the brochures: Occitanie's as GISTI wrote it, then all those of a full site.

    AES_MODE=development .venv/bin/python benchmarks/brochures.py [published sheets]

Sites of their own: one has GISTI's fourteen sheets, the other 300 of the same length over the
départements (``grown_site.py``). The first is what who asks first waits for, in a process that set
none: fonts are read, QR codes made. Budgets: Occitanie <= 1 s, the 18 régions <= 10 s.
"""

import os
import sys
import tempfile
from io import StringIO
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
SHEETS = 300
ADDRESS = "https://guide.example.org"


def seconds(make):
    """Return (CPU, by the clock, what ``make`` returns): CPU with that of who sets the pages."""
    started = cpu(), perf_counter()
    made = make()
    return cpu() - started[0], perf_counter() - started[1], made


def cpu():
    return sum(os.times()[:4])


def brochure(slug):
    return typeset(booklet_of_region(slug, lambda path: f"{ADDRESS}{path}"))


def tell(what, cpu, clock, size):
    print(f"{what:<44}{cpu:>8.2f} s of CPU{clock:>8.2f} by the clock{size / 1024:>9.0f} KiB")


def main(sheets):
    call_command("prepare_site", stdout=StringIO())
    for what in ("Occitanie, the first of a process", "Occitanie, again"):
        cpu, clock, made = seconds(lambda: brochure("occitanie"))
        tell(what, cpu, clock, len(made))
    # Of ten sheets, eight are published.
    add_sheets(sheets * 10 // 8)
    slugs = Region.objects.order_by("slug").values_list("slug", flat=True)
    there = Procedure.objects.published().count()
    cpu, clock, made = seconds(lambda: [brochure(slug) for slug in slugs])
    tell(f"{len(made)} régions, {there} published sheets", cpu, clock, sum(map(len, made)))


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aes_cms.settings")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder
        import django

        django.setup()
        from django.core.management import call_command
        from grown_site import add_sheets

        from prefectures.brochure.typesetting import typeset
        from prefectures.models import Procedure, Region
        from prefectures.public.printed.region import booklet_of_region

        main(int(sys.argv[1]) if len(sys.argv) > 1 else SHEETS)

"""The watch is killed amid its work: what it noted stays, the rest is visited, the lock is free."""

import random
import signal
import subprocess
import sys
from datetime import timedelta
from time import sleep

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from prefectures.models import KeptBytes, PageReading, Verdict, WatchedAddress, WatchRun

from ..seed import SEED
from ..served import variables
from ..size import AT_FULL_SIZE
from .watching import sheet_giving, withdraw_the_rest

pytestmark = pytest.mark.django_db(transaction=True)
KILLS = 50 if AT_FULL_SIZE else 3
# Seconds from the first page that is asked for.
LATEST = 0.5
SITES, PAGES = 6, 50 if AT_FULL_SIZE else 15
# Fewer left than this, and a run would be over before it is killed.
FEWEST_LEFT = 60


def started(folder):
    env = variables(folder)
    env["DJANGO_SETTINGS_MODULE"] = "tests.monitoring.reaching_this_machine"
    return subprocess.Popen(
        [sys.executable, "manage.py", "watch", "--pause", "0"],
        cwd=settings.BASE_DIR,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def noted_today():
    """Return the paths of what was visited since a day last passed."""
    since = timezone.now() - timedelta(hours=1)
    rows = WatchedAddress.objects.filter(checked_at__gt=since).order_by()
    return {url.split("/", 3)[3] for url in rows.values_list("url", flat=True)}


def let_a_day_pass():
    WatchedAddress.objects.update(checked_at=timezone.now() - timedelta(days=1))


def wrong():
    """Return what is not as a run leaves it, whenever it ends."""
    tried = WatchedAddress.objects.exclude(checked_at=None)
    without_reading = tried.filter(given_by__is_source=True).exclude(
        pk__in=PageReading.objects.values("address")
    )
    return [
        *tried.exclude(verdict=Verdict.WORKS, seen=Verdict.WORKS, page_state="text"),
        *without_reading,
        *WatchedAddress.objects.filter(checked_at=None).exclude(verdict="", seen=""),
        *PageReading.objects.filter(text__kept_size=0),
    ]


def test_nothing_is_lost_nothing_is_visited_twice_and_the_lock_is_free(local_site, tmp_path):
    chance = random.Random(SEED)
    print(f"seed {SEED}")
    addresses, sheets = [], []
    for site in range(SITES):
        own = []
        for page in range(PAGES):
            path = f"/{site}/{page}"
            local_site.says(path, f"La page {page} dit comment déposer une demande, site {site}.")
            own.append(local_site.address(path, host=f"127.0.0.{site + 2}"))
        sheets.append(sheet_giving(*own, title=f"Fiche {site}"))
        addresses += own
    withdraw_the_rest(*sheets)
    killed = again = 0
    for number in range(KILLS):
        if len(addresses) - len(noted_today()) < FEWEST_LEFT:
            let_a_day_pass()
        before = noted_today()
        local_site.asked.clear()
        connection.close()
        process = started(tmp_path)
        while not local_site.asked and process.poll() is None:
            sleep(0.005)
        sleep(chance.uniform(0, LATEST))
        killed += process.poll() is None
        process.send_signal(signal.SIGKILL)
        printed, _ = process.communicate()
        assert process.returncode in (-signal.SIGKILL, 0), printed.decode()
        assert wrong() == [], f"kill {number}, seed {SEED}"
        asked = [path.removeprefix("/") for _, path in local_site.asked]
        # Whatever was noted before is not asked for again, and nothing twice.
        assert set(asked) & before == set()
        assert len(asked) == len(set(asked))
        again += len(set(asked) - noted_today())
    print(f"{KILLS} runs, {killed} of them killed, {again} answers to be asked for again")
    assert killed
    # What was left is visited, by a run that nobody kills, and nothing is left over.
    let_a_day_pass()
    done = started(tmp_path)
    printed, _ = done.communicate(timeout=120)
    assert done.returncode == 0, printed.decode()
    assert len(noted_today()) == len(addresses)
    assert wrong() == []
    assert not KeptBytes.objects.filter(texts_of=None, originals_of=None).exists()
    assert WatchRun.objects.exclude(ended_at=None).latest("pk").checked == len(addresses)

"""One run of the watch: it visits what is due, and notes each answer as it comes.

A run that is killed has lost nothing but the answers that it was waiting for: each is noted in a
short transaction of its own, and what was not visited stays the oldest. The lock is the kernel's,
and goes with the process.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db import OperationalError, transaction
from django.utils import timezone

from ..backups.folder import one_at_a_time
from ..gate.locking import locked
from ..models import Verdict, WatchedAddress, WatchRun
from . import alerts, evidence, given, hosts
from .due import due
from .fetch import LIMITS, Reach, fetch
from .judging import is_ours, judge
from .noting import note
from .page_state import PageState
from .reading import Reader
from .sources import kept, note_text
from .visiting import Visits

LOCK = "watch.lock"
BUSY = "Un autre passage de la surveillance est en cours : attendez sa fin."
NO_NETWORK = (
    "Presque aucun des sites n’a répondu : c’est sans doute le réseau de ce serveur qui manque. "
    "Rien n’a été noté sur les liens."
)
MOST, HOSTS_AT_ONCE, PAUSE, MINUTES = 300, 8, 2.0, 50
RUNS_KEPT_FOR = timedelta(days=90)
READABLE = {Verdict.WORKS, Verdict.MOVED}


@dataclass
class Watch:
    """``most`` addresses, ``hosts_at_once``, ``pause`` seconds between two pages of one site.

    No page is begun after ``minutes``. ``on_progress`` is told (label, done, total).
    """

    most: int = MOST
    hosts_at_once: int = HOSTS_AT_ONCE
    pause: float = PAUSE
    minutes: float = MINUTES
    on_progress: object = lambda *told: None
    _visits: object = field(default=None, init=False)
    _is_stopped: bool = field(default=False, init=False)

    def stop(self):
        """Begin no other page; what was asked is noted yet. May be called by a signal."""
        self._is_stopped = True
        if self._visits is not None:
            self._visits.stop()

    def run(self):
        """Visit what is due; return the ``WatchRun``. Raises RefusedError where one is at work."""
        with one_at_a_time(settings.DATA_DIR / LOCK, BUSY):
            record = WatchRun.objects.create(started_at=timezone.now())
            given.bring_up_to_date()
            by_host = due(timezone.now(), self.most)
            record.due = sum(map(len, by_host.values()))
            record.save()
            with Reader() as reader:
                self._note_all(record, reader, by_host)
            alerts.renew()
            evidence.make_room()
            WatchRun.objects.filter(started_at__lt=timezone.now() - RUNS_KEPT_FOR).delete()
            record.ended_at = timezone.now()
            record.save()
            return record

    def _note_all(self, record, reader, by_host):
        self._visits = Visits(
            by_host,
            ask,
            at_once=self.hosts_at_once,
            pause=self.pause,
            seconds=60 * self.minutes,
        )
        if self._is_stopped:
            self._visits.stop()
        # What may be the fault of our own network waits until all sites were asked.
        heard, waiting = set(), []
        for address, fetched in self._visits.answers():
            if is_ours(fetched):
                waiting.append((address, fetched))
                continue
            heard.add(address.host)
            self._note(record, reader, address, fetched)
        if hosts.is_our_network({address.host for address, _ in waiting}, heard):
            record.fault = NO_NETWORK
            return
        for address, fetched in waiting:
            self._note(record, reader, address, fetched)

    def _note(self, record, reader, address, fetched):
        # Somebody may write for long, an import say: the next run comes back.
        with suppress(OperationalError):
            note_answer(record, reader, address, fetched)
        self.on_progress("Liens visités", record.checked, record.due)


def ask(url):
    reach = Reach(also=tuple(settings.WATCH_ALSO_REACHES))
    return fetch(url, reach=reach, limits=LIMITS, agent=agent())


def agent():
    """Return how the watch presents itself: what it is, and whom to write to about it."""
    about = f"+{settings.PUBLIC_ADDRESS}/a-propos/; " if settings.PUBLIC_ADDRESS else ""
    told = f"aes-guide-watch/1.0 ({about}{settings.CONTACT_EMAIL})"
    # A header holds nothing else; whoever reads it guesses the sign that is missing.
    return told.encode("ascii", "replace").decode()


def note_answer(record, reader, address, fetched):
    """Note what ``address`` answered: its verdict and, of a source, its text; count it as done."""
    at, day = timezone.now(), timezone.localdate()
    read = None
    if fetched.body:
        read = reader.read(fetched.body, fetched.content_type, fetched.charset, fetched.final_url)
    judgement = judge(fetched, read and read.state, known_kind=address.kind)
    is_source = (
        judgement.verdict in READABLE
        and read is not None
        and read.state == PageState.TEXT
        # Half a page is another text each time.
        and not fetched.is_cut
        and address.given_by.filter(is_source=True, is_given=True).exists()
    )
    # Before anything is held.
    told = kept(address, read, fetched) if is_source else None
    with transaction.atomic():
        for fresh in locked(WatchedAddress, [address.pk]).values():
            note(fresh, judgement, at, day)
            fresh.page_state = read.state if read else ""
            fresh.save()
            if told:
                note_text(fresh, *told, fetched.content_type, at, day)
        hosts.note_host(address.host, fetched, judgement.detail, at)
        record.checked += 1
        record.save()

"""A mirror, made anew where it is no longer right, and left alone where it is."""

import gc
import os
from dataclasses import dataclass
from time import perf_counter, sleep

from django.conf import settings
from django.utils import timezone

from ..languages import bare
from ..mirrored import Copy
from . import manifest, state
from .addresses import OF_A_SHEET, addresses
from .faults import MirrorError
from .folder import Folder
from .moment import moment_now
from .packing import beside
from .pages import Maker, all_made, static_file, written

# Whoever publishes while it is made has what changed made again, so often.
MOST_ROUNDS = 5
# How often who follows the site asks whether it changed.
SECONDS = 1


@dataclass
class Built:
    """What a run did: pages ``made`` anew, of which ``kept`` came out the same; of ``pages``.

    ``seconds`` it took, by the clock.
    """

    made: int = 0
    kept: int = 0
    pages: int = 0
    files: int = 0
    seconds: float = 0

    def __add__(self, later):
        return Built(
            self.made + later.made,
            self.kept + later.kept,
            later.pages,
            later.files,
            self.seconds + later.seconds,
        )


def build(path, progress, processes=None):
    """Bring the mirror in the folder ``path`` up to date, and return what was ``Built``.

    It is that of one moment: what is published meanwhile is made again, and is in it.
    """
    with Folder(path).locked() as folder:
        mirror, built = Mirror(folder, progress, processes), Built()
        for _ in range(MOST_ROUNDS):
            pages = mirror.pages_of_now()
            if pages:
                return built + Built(pages=pages, files=built.files)
            built += mirror.made_of_now()
        if not mirror.pages_of_now():
            raise MirrorError(
                "Le site change sans cesse : ce miroir a quelques secondes de retard. Relancez la "
                "commande."
            )
        return built


def follow(path, progress, processes, tell):
    """Bring the mirror up to date, then at each change, and ``tell`` what was ``Built``.

    It ends where it fails, or is ended. Who stays knows what pages are made of, and is sooner done.
    """
    with Folder(path).locked() as folder:
        mirror = Mirror(folder, progress, processes)
        while True:
            if not mirror.pages_of_now():
                tell(mirror.made_of_now())
                # What is known of forty thousand files stays: it is not gone through amid the next.
                gc.collect()
                gc.freeze()
            sleep(SECONDS)


class Mirror:
    """The mirror in a ``folder`` that is ours alone, and what is known of its versions."""

    def __init__(self, folder, progress, processes):
        self.folder, self.progress = folder, progress
        self.processes = processes or len(os.sched_getaffinity(0))
        self._states, self._files = {}, {}

    def pages_of_now(self):
        """Return how many pages it has if it is that of now, None if it is not."""
        number, moment = self.folder.current, moment_now()
        if number in self._states:
            known = self._states[number]
            return len(known.traces.pages) if known.moment == moment else None
        return number and state.pages_at(self.folder.state_of(number), moment)

    def made_of_now(self):
        """Make it that of now, and return what was ``Built``."""
        started = perf_counter()
        # Before all that is read: what changes meanwhile is of a later moment.
        run = Run(self, moment_now())
        built = run.build()
        built.seconds = perf_counter() - started
        self._states = {run.next: run.state}
        self._files = {run.next: run.files, run.number: run.old_files}
        self.folder.clean_up()
        return built

    def state_of(self, number):
        """Return the ``State`` of a version, None where it is not known."""
        if number in self._states:
            return self._states[number]
        return number and state.read(self.folder.state_of(number))

    def files_of(self, number):
        """Return {name: (SHA-256, size)} of a version; nothing where it does not tell."""
        if number in self._files:
            return self._files[number]
        try:
            return manifest.read(self.folder.version(number)).files if number else {}
        except MirrorError:
            return {}


class Run:
    """One way through: from the version of ``mirror`` that is served to the ``next``."""

    def __init__(self, mirror, moment):
        self.folder, self.progress = mirror.folder, mirror.progress
        self.processes, self.moment = mirror.processes, moment
        self.number = self.folder.current
        self.next = (self.number or 0) + 1
        self.copy = Copy(timezone.localdate(), settings.PUBLIC_ADDRESS)
        self.before = mirror.state_of(self.number)
        self.old_files = mirror.files_of(self.number)
        if not self.old_files:
            self.before = None
        # Of the version that becomes the next one.
        self.oldest = self.folder.before
        self.there = mirror.files_of(self.oldest)

    def build(self):
        self.addresses = addresses(self.copy.site)
        self.mirrored = _mirrored(self.addresses)
        stale = self._stale()
        wanted = [address for address in self.addresses if address.file in stale]
        # What is of one place is asked for together, in all languages: it is read once.
        wanted.sort(key=lambda address: bare(address.asked))
        building = self.folder.begun(self.there and self.oldest)
        digests = {name: digest for name, (digest, _) in self.old_files.items()}
        maker = Maker(building, self.copy, self.mirrored, digests)
        made = []
        for page in all_made(maker, wanted, self.processes):
            made.append(page)
            self.progress("Pages", len(made), len(wanted))
        kept = [address.file for address in self.addresses if address.file not in stale]
        traces = state.Traces.of(self.before and self.before.traces, kept, made)
        self.files = self._files(building, kept, made, traces)
        said = self.moment["day"], self.copy.site, self.moment["content"], self.files
        manifest.Manifest(*said).save(building)
        self.state = state.State(self.moment, self.mirrored, traces)
        self.state.save(self.folder.state_of(self.next))
        self.folder.serve(building, self.next)
        return Built(
            len(made), sum(page.kept for page in made), len(self.addresses), len(self.files)
        )

    def _stale(self):
        """Return the files of the pages that are to be made."""
        everything = {address.file for address in self.addresses}
        if not self.before or any(
            self.before.moment[part] != self.moment[part] for part in ("day", "program")
        ):
            return everything
        before = self.before.addresses
        moved = {
            asked
            for asked in before.keys() | self.mirrored.keys()
            if before.get(asked) != self.mirrored.get(asked)
        }
        if not all(map(OF_A_SHEET.fullmatch, moved)):
            return everything
        traces = self.before.traces
        led_elsewhere = {
            file for file, leading in traces.leading.items() if not moved.isdisjoint(leading)
        }
        known = traces.pages.keys()
        return (everything - known) | ((traces.changed() | led_elsewhere) & everything)

    def _files(self, building, kept, made, traces):
        """Bring to ``building`` what stays as it was; return the files of the whole mirror."""
        files = {}
        for page in made:
            files |= page.written
        same = [*kept, *(page.file for page in made if page.kept)]
        for name in traces.static:
            file = f"static/{name}"
            if file in self.old_files and not self._is_of_another_program:
                same.append(file)
            else:
                files |= written(building, file, static_file(name))
        names = [name for file in same for name in beside(file)]
        self._link(building, [name for name in names if self._has_moved(name)])
        files |= {name: self.old_files[name] for name in names}
        _remove(building, self.there.keys() - files.keys())
        return files

    def _has_moved(self, name):
        """Whether a file that stays as it is served is another one in the oldest version."""
        return self.there.get(name) != self.old_files[name]

    @property
    def _is_of_another_program(self):
        return not self.before or self.before.moment["program"] != self.moment["program"]

    def _link(self, building, names):
        old, folders = str(self.folder.version(self.number or 0)), set()
        for name in names:
            where = name.rpartition("/")[0]
            if where not in folders:
                folders.add(where)
                os.makedirs(f"{building}/{where}", exist_ok=True)
            if name in self.there:
                os.unlink(f"{building}/{name}")
            os.link(f"{old}/{name}", f"{building}/{name}")


def _remove(building, names):
    """Remove files, and the folders that they leave empty."""
    for name in names:
        os.unlink(building / name)
        for folder in (building / name).parents:
            if folder == building or any(folder.iterdir()):
                break
            folder.rmdir()


def _mirrored(found):
    """Return {address: file} of all that is in the mirror."""
    return {asked: each.file for each in found for asked in (each.asked, *each.others)}

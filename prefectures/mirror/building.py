"""A mirror, made anew where it is no longer right, and left alone where it is."""

import os
from dataclasses import dataclass

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


@dataclass
class Built:
    """What a run did: pages ``made`` anew, of which ``kept`` came out the same; of ``pages``."""

    made: int = 0
    kept: int = 0
    pages: int = 0
    files: int = 0


def build(path, progress, processes=None):
    """Bring the mirror in the folder ``path`` up to date, and return what was ``Built``.

    It is that of one moment: what is published meanwhile is made again, and is in it.
    """
    processes = processes or len(os.sched_getaffinity(0))
    total = Built()
    with Folder(path).locked() as folder:
        for _ in range(MOST_ROUNDS):
            # Before all that is read: what changes meanwhile is of a later moment.
            moment, number = moment_now(), folder.current
            pages = number and state.pages_at(folder.state_of(number), moment)
            if pages:
                total.pages = pages
                return total
            run = Run(folder, moment, progress, processes)
            built = run.build()
            total.made += built.made
            total.kept += built.kept
            total.pages, total.files = built.pages, built.files
            folder.clean_up()
            if moment_now() == moment:
                return total
    raise MirrorError(
        "Le site change sans cesse : ce miroir a quelques secondes de retard. Relancez la commande."
    )


class Run:
    """One way through: from the version that is served to the next."""

    def __init__(self, folder, moment, progress, processes):
        self.folder, self.progress, self.processes = folder, progress, processes
        self.moment, self.number = moment, folder.current
        self.copy = Copy(timezone.localdate(), settings.PUBLIC_ADDRESS)
        self.before = self.number and state.read(folder.state_of(self.number))
        self.old_files = self._files_of(self.number)
        if not self.old_files:
            self.before = None
        # Of the version that becomes the next one.
        self.oldest = self.folder.before
        self.there = self._files_of(self.oldest)

    def _files_of(self, number):
        """Return {name: [SHA-256, size]} of a version; nothing where it does not tell."""
        if not number:
            return {}
        try:
            return manifest.read(self.folder.version(number)).files
        except MirrorError:
            return {}

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
        files = self._files(building, kept, made, traces)
        manifest.Manifest(self.moment["day"], self.copy.site, self.moment["content"], files).save(
            building
        )
        number = (self.number or 0) + 1
        state.State(self.moment, self.mirrored, traces).save(self.folder.state_of(number))
        self.folder.serve(building, number)
        return Built(len(made), sum(page.kept for page in made), len(self.addresses), len(files))

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

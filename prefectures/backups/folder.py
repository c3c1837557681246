"""Where backups lie: a folder, of which nothing is touched but what was surely put there by us."""

import fcntl
import os
import re
import shutil
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from time import sleep

from . import manifest as manifests
from .keeping import to_drop
from .refusing import RefusedError

STAMP = "%Y%m%dT%H%M%SZ"
NAME = re.compile(r"aes-(\d{8}T\d{6}Z)\.(sqlite3\.gz|pgdump)")
DRAFT = ".en-cours-"
LOCK = ".verrou"
# Besides what a backup itself takes.
MARGIN = 16 * 2**20


class BackupFolder:
    def __init__(self, path):
        self.path = Path(path)

    def backups(self):
        """Return {moment: path} of those that are whole: with what describes them beside them."""
        return {
            datetime.strptime(match[1], STAMP).replace(tzinfo=UTC): path
            for path in self.path.iterdir()
            if (match := NAME.fullmatch(path.name)) and manifests.path_beside(path).exists()
        }

    def newest(self):
        """Return when the last one was made, None where there is none. Raises OSError."""
        return max(self.backups(), default=None) if self.path.is_dir() else None

    @contextmanager
    def drafting(self):
        """Yield a folder for what is in the making, which is gone afterwards; one at a time."""
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        busy = f"Une autre sauvegarde est en cours dans {self.path} : attendez qu’elle finisse."
        with one_at_a_time(self.path / LOCK, busy):
            # Left by one that was killed, or by a power cut.
            for left in self.path.glob(f"{DRAFT}*"):
                shutil.rmtree(left, ignore_errors=True)
            draft = Path(mkdtemp(prefix=DRAFT, dir=self.path))
            try:
                yield draft
            finally:
                shutil.rmtree(draft, ignore_errors=True)

    def require_room(self, wanted):
        require_room(self.path, wanted)

    def free_name(self, suffix):
        """Return (moment, name) for a backup: of this second, or of the next that has none."""
        while True:
            now = datetime.now(UTC).replace(microsecond=0)
            name = f"aes-{now:{STAMP}}.{suffix}"
            if not (self.path / name).exists():
                return now, name
            sleep(0.1)

    def add(self, packed, manifest):
        """Put the file ``packed`` there for good. What describes it comes last: it then counts."""
        path, beside = self.path / manifest.file, manifests.path_beside(self.path / manifest.file)
        draft = packed.with_name("manifest")
        manifest.write(draft)
        os.rename(packed, path)
        os.rename(draft, beside)
        sync_folder(self.path)
        return path

    def drop_old(self, keep):
        """Delete those that need not stay; return (deleted, left alone: they may not be ours)."""
        there = self.backups()
        dropped, left = [], []
        for moment in to_drop(there, keep):
            path = there[moment]
            (dropped if self._drop(path) else left).append(path)
        return dropped, left

    @staticmethod
    def _drop(path):
        """Delete a backup, if it is to the byte what was made here; return whether it was."""
        try:
            manifest = manifests.read(path)
            if manifest.file != path.name or path.is_symlink() or not manifest.fits(path):
                return False
            # It no longer counts from here on.
            manifests.path_beside(path).unlink()
            path.unlink()
        except (RefusedError, OSError):
            return False
        return True


@contextmanager
def one_at_a_time(lock, busy):
    """Let one process at a time in here, by the file ``lock``; the others get RefusedError."""
    with open(lock, "w", opener=manifests.for_owner) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RefusedError(busy) from None
        yield


def require_room(path, wanted):
    """Raise RefusedError where the disk of the folder ``path`` has not ``wanted`` bytes left."""
    free = shutil.disk_usage(path).free
    if free < wanted + MARGIN:
        raise RefusedError(
            f"Il manque de la place dans {path} : il faut {megabytes(wanted + MARGIN)}, il en "
            f"reste {megabytes(free)}. Libérez-en, ou choisissez un autre dossier."
        )


def megabytes(size):
    return f"{size / 2**20:.1f}".replace(".", ",") + " Mo"


def sync_folder(path):
    """Have the names in a folder survive a power cut."""
    # Some network disks cannot.
    with suppress(OSError):
        folder = os.open(path, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

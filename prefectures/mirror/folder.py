"""The folder of a mirror: versions beside each other, and a link to the one that is served.

    DIR/site            a link to the version that is served; a server shows what is behind it
    DIR/versions/12/    whole, and never written to again; files that did not change are shared
    DIR/private/        what the next run has to know, and the lock
    DIR/.miroir-aes     says that the folder is ours: in another one nothing is touched

A version is made under another name, and becomes the served one by a rename, which is one step for
whoever reads. The one before stays for those who are amid a page, until the next run makes of it
the next version: a few files of thirty thousand are not the same.
"""

import fcntl
import os
import re
import shutil
from contextlib import contextmanager
from pathlib import Path

from .faults import MirrorError, told

MARK = ".miroir-aes"
SERVED = "site"
NUMBER = re.compile("[0-9]{1,9}")
SAID_IN_MARK = "Ce dossier est un miroir du site, fait par manage.py build_mirror.\n"


class Folder:
    """The folder of a mirror, which is ours or empty; made where it is not there."""

    def __init__(self, path):
        self.path = Path(path).absolute()
        self.versions, self.private = self.path / "versions", self.path / "private"

    @contextmanager
    def locked(self):
        """Hold the folder alone within; clean up what a run that was killed has left."""
        try:
            self._take()
            with open(self.private / "lock", "w") as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    raise MirrorError(
                        f"Un autre build_mirror écrit déjà dans {self.path} : attendez sa fin."
                    ) from None
                self.clean_up()
                yield self
        except OSError as error:
            raise told(error) from error

    def _take(self):
        if not (self.path / MARK).exists():
            if self.path.exists() and any(self.path.iterdir()):
                raise MirrorError(
                    f"{self.path} n’est pas vide et n’est pas un miroir : rien n’y est touché. "
                    "Donnez un dossier vide, ou qui n’existe pas encore."
                )
            self.path.mkdir(parents=True, exist_ok=True)
            (self.path / MARK).write_text(SAID_IN_MARK, encoding="utf-8")
        self.versions.mkdir(exist_ok=True)
        self.private.mkdir(mode=0o700, exist_ok=True)

    @property
    def current(self):
        """Return the number of the version that is served, or None."""
        try:
            number = os.readlink(self.path / SERVED).rpartition("/")[2]
        except FileNotFoundError:
            return None
        is_there = NUMBER.fullmatch(number) and (self.versions / number).is_dir()
        return int(number) if is_there else None

    def version(self, number):
        return self.versions / str(number)

    def state_of(self, number):
        return self.private / f"{number}.json"

    @property
    def before(self):
        """Return the number of the version before the one that is served, or None."""
        numbers = [int(path.name) for path in self.versions.iterdir() if _is_number(path)]
        return max((each for each in numbers if each < (self.current or 0)), default=None)

    def begun(self, of):
        """Return the folder in which a version is made: of the version ``of``, or empty."""
        path = self.versions / f"building-{os.getpid()}"
        if of:
            os.rename(self.version(of), path)
        else:
            path.mkdir()
        return path

    def serve(self, building, number):
        """Have readers see what was made, from one moment to the next."""
        os.rename(building, self.version(number))
        link = self.path / f"{SERVED}.new"
        link.unlink(missing_ok=True)
        link.symlink_to(f"versions/{number}")
        # What a power cut takes must not be what the link leads to.
        os.sync()
        os.replace(link, self.path / SERVED)

    def clean_up(self):
        """Remove all versions but the one that is served and the one before it."""
        kept = {self.current, self.before}
        for path in self.versions.iterdir():
            if not (_is_number(path) and int(path.name) in kept):
                shutil.rmtree(path)
        for path in self.private.glob("*.json"):
            if path.stem != str(self.current):
                path.unlink()


def _is_number(path):
    return bool(NUMBER.fullmatch(path.name))

"""Pages of a mirror, made and packed into a folder, over all processors where they are many."""

import os
from contextlib import ExitStack
from dataclasses import dataclass, field
from hashlib import sha256
from multiprocessing import get_context
from multiprocessing.connection import wait
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import connections

from ..mirrored import making
from .asking import Asking
from .faults import MirrorError, told
from .links import Links
from .packing import packed

# Fewer are made sooner than another process is started.
FEWEST_TO_SHARE = 64


@dataclass
class Made:
    """A page that was made: its file, and all that tells later whether it is still right.

    ``kept`` is whether its bytes are those of the last mirror, and so no file was written.
    ``written`` is {name: (SHA-256, size)}. ``questions`` are (query, values, digest of the answer),
    None where nothing tells. ``leading`` are the addresses of sheets to which it leads.
    """

    file: str
    questions: list | None
    leading: set
    static: set
    kept: bool = False
    written: dict = field(default_factory=dict)


class Maker:
    """Makes pages for ``copy`` into ``folder``; ``before`` is {file: SHA-256} of the last."""

    def __init__(self, folder, copy, mirrored, before):
        self.folder, self.copy, self.mirrored, self.before = folder, copy, mirrored, before
        self._asking = None

    def made(self, address):
        self._asking = self._asking or Asking()
        with making(self.copy):
            answer = self._asking(address.asked)
        links, body = Links(self.mirrored, address, self.copy.site), answer.body
        if answer.is_page:
            body = links.made_relative(body.decode()).encode()
        made = Made(address.file, answer.questions.answered, links.leading, links.files)
        made.kept = self.before.get(address.file) == sha256(body).hexdigest()
        if not made.kept:
            made.written = written(self.folder, address.file, body)
        return made


def written(folder, name, body):
    """Write a file and what stands beside it; return {name: (SHA-256, size)}."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    said = {}
    for each, content in packed(name, body).items():
        # Not into the file that is there, which other versions may share.
        (folder / each).unlink(missing_ok=True)
        (folder / each).write_bytes(content)
        said[each] = sha256(content).hexdigest(), len(content)
    return said


def static_file(name):
    """Return the bytes of a static file as pages name it."""
    # Where names do not tell the content, as in development, files are not collected.
    collected = Path(staticfiles_storage.path(name))
    path = collected if collected.exists() else finders.find(name)
    if path is None:
        raise MirrorError(
            f"Le miroir n’est pas fait : le fichier {name}, que les pages demandent, n’est pas "
            "rassemblé. Lancez d’abord : manage.py collectstatic --no-input"
        )
    return Path(path).read_bytes()


def all_made(maker, addresses, processes):
    """Yield what was ``Made`` of each of ``addresses``, in any order."""
    if processes == 1 or len(addresses) < FEWEST_TO_SHARE:
        yield from map(maker.made, addresses)
        return
    # A connection is of one process; each opens its own.
    connections.close_all()
    fork, readers = get_context("fork"), []
    with ExitStack() as ending:
        for share in range(1, processes):
            reader, writer = fork.Pipe(duplex=False)
            # Each takes pages of all kinds, which take as long as each other.
            own = addresses[share::processes]
            process = fork.Process(
                target=_made_apart, args=(maker, own, writer, [*readers, reader]), daemon=True
            )
            process.start()
            writer.close()
            readers.append(reader)
            ending.callback(process.join)
            ending.callback(reader.close)
        # This one takes its share, too: what it learns is of use to the next.
        for address in addresses[::processes]:
            yield maker.made(address)
            yield from _received(readers, waits=False)
        yield from _received(readers)


def _made_apart(maker, addresses, writer, readers):
    # Who is alone with the end of a pipe notices that nobody reads any more, and stops.
    for reader in readers:
        reader.close()
    try:
        try:
            for address in addresses:
                writer.send(maker.made(address))
            writer.send(None)
        except MirrorError as error:
            writer.send(error)
        except OSError as error:
            writer.send(told(error))
    except BrokenPipeError:
        os._exit(1)


def _received(readers, *, waits=True):
    """Yield what those who still work have made, to their end or as far as they are."""
    while readers and (ready := wait(readers, None if waits else 0)):
        for reader in ready:
            try:
                made = reader.recv()
            except EOFError:
                raise MirrorError(
                    "Le miroir n’est pas fait : un des processus s’est arrêté. L’ancien, s’il y en "
                    "a un, reste."
                ) from None
            if isinstance(made, MirrorError):
                raise made
            if made is None:
                readers.remove(reader)
            else:
                yield made

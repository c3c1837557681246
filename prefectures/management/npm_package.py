"""What a command that makes fixtures of an npm package needs of it: the files that it reads."""

import subprocess
import tarfile
import tempfile
from contextlib import contextmanager
from pathlib import Path

from django.core.management.base import CommandError


def add_arguments(parser, example):
    parser.add_argument("version", help=f"version du paquet : {example}")
    parser.add_argument(
        "--archive", type=Path, help="le paquet .tgz déjà téléchargé (sinon : npm pack)"
    )


@contextmanager
def unpacked(name, version, archive, members):
    """Give the folder in which ``members`` of the package are, and nothing else of it.

    ``archive`` is the .tgz, or None, and then npm fetches it. Raises CommandError.
    """
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        path = archive or _download(f"{name}@{version}", scratch)
        try:
            package = _unpack(path, scratch / "package", members)
        except (OSError, tarfile.TarError) as error:
            raise CommandError(f"{path} : cette archive est illisible ({error}).") from error
        yield package


def _unpack(path, package, members):
    with tarfile.open(path) as tar:
        files = {member.name: member for member in tar if member.isfile()}
        for name in members:
            if f"package/{name}" not in files:
                raise CommandError(f"{path} : il manque {name} dans cette archive.")
            (package / name).parent.mkdir(parents=True, exist_ok=True)
            (package / name).write_bytes(tar.extractfile(files[f"package/{name}"]).read())
    return package


def _download(package, folder):
    try:
        packed = subprocess.run(
            ["npm", "pack", "--silent", package],
            cwd=folder,
            check=True,
            capture_output=True,
            text=True,
        )
    except FileNotFoundError:
        raise CommandError(
            "npm manque : installez-le (apt install npm), ou donnez le paquet avec --archive."
        ) from None
    except subprocess.CalledProcessError as error:
        raise CommandError(f"npm n’a pas pu télécharger le paquet :\n{error.stderr}") from None
    return folder / packed.stdout.split()[-1]

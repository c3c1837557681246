"""What keeps a mirror from being made or read, in words for whoever runs the server."""

import errno

SAID = {
    errno.EACCES: "le droit d’y écrire manque",
    errno.EPERM: "le droit d’y écrire manque",
    errno.EROFS: "ce disque ne se laisse pas écrire",
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "la place accordée est épuisée",
    errno.ENOTDIR: "ce n’est pas un dossier",
    errno.EXDEV: "il est à cheval sur deux disques",
}


class MirrorError(Exception):
    """The mirror is not made; the one that was there still stands."""


def told(error):
    """Return the ``MirrorError`` that says an ``OSError``."""
    why = SAID.get(error.errno, error.strerror or str(error))
    where = f" ({error.filename})" if error.filename else ""
    return MirrorError(f"Le miroir n’est pas fait : {why}{where}. L’ancien, s’il y en a un, reste.")

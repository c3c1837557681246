"""What keeps a database from answering or writing, for no fault of who asks, and what is said.

A disk is full, somebody else writes, the file can only be read, the server is stopped. None of
these is a fault of the program, which has a page of its own: each can be mended, and what was sent
is then sent again.
"""

from typing import NamedTuple

from django.db import DatabaseError, InterfaceError, OperationalError

from .gone import DatabaseGoneError


class Trouble(NamedTuple):
    """``title`` and ``sentence`` for the page, ``in_form`` for what comes back as it was typed.

    ``seconds`` after which it makes sense to try again.
    """

    title: str
    sentence: str
    in_form: str
    seconds: int


KEPT = (
    "Votre texte est encore ici : laissez cette page ouverte, prévenez la personne qui tient le "
    "serveur, et enregistrez à nouveau quand ce sera réparé."
)
BUSY = Trouble(
    "Le site est occupé",
    "Quelqu’un d’autre enregistre au même moment. Rien n’a été enregistré de votre côté : "
    "recommencez dans quelques secondes.",
    "Rien n’a été enregistré : quelqu’un d’autre enregistre en ce moment. Votre texte est encore "
    "ici : enregistrez à nouveau dans quelques secondes.",
    5,
)
FULL = Trouble(
    "Le disque du site est plein",
    "Rien n’a été enregistré. Prévenez la personne qui tient le serveur : il faut y faire de la "
    "place. Ensuite, recommencez.",
    f"Rien n’a été enregistré : le disque du serveur est plein. {KEPT}",
    60,
)
READ_ONLY = Trouble(
    "Le site ne peut rien enregistrer",
    "Rien n’a été enregistré : en ce moment, la base de données peut être lue, mais pas modifiée. "
    "Prévenez la personne qui tient le serveur. Quand ce sera réparé, recommencez.",
    "Rien n’a été enregistré : en ce moment, la base de données peut être lue, mais pas modifiée. "
    + KEPT,
    60,
)
AWAY = Trouble(
    "Le site ne peut pas lire ses données",
    "Rien n’a été enregistré : la base de données ne répond pas. Attendez une minute, puis "
    "recommencez. Si cela continue, prévenez la personne qui tient le serveur.",
    f"Rien n’a été enregistré : la base de données ne répond pas. {KEPT}",
    60,
)
GONE = Trouble(
    "Le site ne trouve plus ses données",
    "Rien n’a été enregistré : la base de données a été supprimée, déplacée ou remplacée. Prévenez "
    "tout de suite la personne qui tient le serveur. Il faut arrêter le site, remettre la base à "
    "sa place ou restaurer la dernière sauvegarde (manage.py restore), puis relancer le site.",
    f"Rien n’a été enregistré : la base de données a été supprimée ou remplacée. {KEPT}",
    60,
)

# https://www.sqlite.org/rescode.html: the last byte of what SQLite says.
OF_SQLITE = {
    5: BUSY,
    6: BUSY,
    8: READ_ONLY,
    10: AWAY,
    11: AWAY,
    13: FULL,
    14: AWAY,
    26: AWAY,
}
# https://www.postgresql.org/docs/current/errcodes-appendix.html, whole or by its class.
OF_POSTGRESQL = {
    "08": AWAY,
    "25006": READ_ONLY,
    "40001": BUSY,
    "40P01": BUSY,
    "53100": FULL,
    "53": AWAY,
    "55P03": BUSY,
    "57P": AWAY,
    "58": AWAY,
}


def trouble(error):
    """Return the ``Trouble`` of ``error``, or None where it is another fault."""
    if isinstance(error, DatabaseGoneError):
        return GONE
    if not isinstance(error, DatabaseError | InterfaceError):
        return None
    cause = error.__cause__
    if state := getattr(cause, "sqlstate", None):
        codes = (state, state[:3], state[:2])
        return next((OF_POSTGRESQL[code] for code in codes if code in OF_POSTGRESQL), None)
    if code := getattr(cause, "sqlite_errorcode", None):
        return OF_SQLITE.get(code & 0xFF)
    # Of a server that was never reached, or has left, there is no code.
    return AWAY if isinstance(error, OperationalError | InterfaceError) else None


def said_in_form(error):
    """Return what the form that comes back says; raise ``error`` where it is another fault."""
    found = trouble(error)
    if found is None:
        raise error
    return found.in_form

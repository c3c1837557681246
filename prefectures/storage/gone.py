"""A database that this site had and does not find: nothing is made in its place.

What it holds is the only copy; an empty one, filled with the sheets of its first day, would look
like a site that works. So a file in DATA_DIR remembers that there was one, and an absent or empty
database is refused as long as that file is there. See docs/decisions/0028-faults.md.
"""

from contextlib import suppress

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, OperationalError, ProgrammingError

# Every write of the site's has one: a site that was prepared has some.
WRITTEN = "prefectures_changeset"

KEPT = """\
Ce site a une base de données. Tant que ce fichier est là, le site refuse d’en commencer une autre.
Pour repartir d’une base vide, sans rien de ce qui a été écrit, supprimez ce fichier.

{place}
"""
REFUSED = """\
Ce site avait une base de données, et ne la trouve plus. Rien n’a été créé à sa place.
    cherchée ici :       {place}
    ce qui ne va pas :   {fault}
    connue jusqu’ici :   {known}
Si elle a été déplacée, remettez-la à sa place (ou corrigez DATABASE_URL ou DATA_DIR). Sinon,
restaurez la dernière sauvegarde avec « manage.py restore », puis relancez le site.
Pour repartir d’une base vide, sans rien de ce qui a été écrit : supprimez {marker},
puis lancez « manage.py prepare_site »."""
ABSENT = "ce fichier n’existe pas"
EMPTY = "elle est vide"
REPLACED = "le fichier a été supprimé, déplacé ou remplacé pendant que le site tournait"


class DatabaseGoneError(OperationalError):
    """There was a database, and it is not there: whatever is asked or written is refused."""


def gone(connection, fault):
    """Return the error that says where ``connection`` looked, and what to do."""
    return DatabaseGoneError(
        REFUSED.format(
            place=place_of(connection.settings_dict),
            fault=fault,
            known=known_place(),
            marker=settings.DATABASE_MARKER,
        )
    )


def place_of(database):
    """Return where a database of the settings is, without any secret."""
    if not database.get("HOST") and not database.get("USER"):
        return str(database["NAME"])
    where = ":".join(str(part) for part in (database["HOST"], database["PORT"]) if part)
    return f"PostgreSQL, {where or 'sur cette machine'}, base {database['NAME']}"


def is_of_the_site(connection):
    """Whether ``connection`` leads to the database of the settings: not to a copy, or a new one."""
    return place_of(connection.settings_dict) == place_of(settings.DATABASES[DEFAULT_DB_ALIAS])


def had_one():
    """Whether this site had a database, which is to be found or refused."""
    return settings.DATABASE_MARKER.exists()


def known_place():
    """Return where the database was when the site was last prepared."""
    with suppress(OSError, IndexError):
        return settings.DATABASE_MARKER.read_text(encoding="utf-8").splitlines()[-1]
    return "?"


def remember(connection):
    """Remember that this site has a database, and where. Raises OSError."""
    text = KEPT.format(place=place_of(connection.settings_dict))
    marker = settings.DATABASE_MARKER
    if not marker.exists() or marker.read_text(encoding="utf-8") != text:
        marker.write_text(text, encoding="utf-8")


def refuse_empty(connection, **kwargs):
    """Refuse a connection, just opened, to a database that holds nothing where one did."""
    if not is_of_the_site(connection) or not had_one():
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {WRITTEN} LIMIT 1")
            is_empty = cursor.fetchone() is None
    except (OperationalError, ProgrammingError):
        is_empty = WRITTEN not in connection.introspection.table_names()
    if is_empty:
        # Or it would serve the next query.
        connection.close()
        raise gone(connection, EMPTY)

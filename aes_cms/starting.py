"""Whether the site may start: each fault of its settings, a sentence that says what to set.

    python -m aes_cms.starting

``settings.py`` refuses what no command could work with; the start, by ``server.py`` and by
``script/serve``, also asks whether the data can be written. Neither Django nor the settings are
needed here: what is wrong is found in the variables, and all of it is said at once.
"""

import errno
import os
import re
import sys
from pathlib import Path
from tempfile import TemporaryFile
from urllib.parse import urlsplit

import dj_database_url
from django.conf.locale import LANG_INFO

BASE_DIR = Path(__file__).resolve().parent.parent
LOCALE = BASE_DIR / "prefectures/locale"
MODES = ("production", "development")
# What a number is when nothing is said; settings.py reads these and no other.
NUMBERS = {"KEPT_PAGES_MB": 64, "EVIDENCE_MB": 300, "EMAIL_PORT": 587}

DRAW_A_KEY = "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
# Django's own measures of a key (security.W009).
LEAST_SIGNS, LEAST_DIFFERENT_SIGNS, EXAMPLE = 50, 5, "django-insecure-"

NAME = r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*"
IPV6 = r"\[[0-9a-f:.]+\]"
HOST = re.compile(rf"\.?{NAME}|{IPV6}", re.IGNORECASE)
ORIGIN = re.compile(rf"https?://(?:(?:\*\.)?{NAME}|{IPV6})(?::\d{{1,5}})?", re.IGNORECASE)
ADDRESS = re.compile(rf"(https?)://(?:{NAME}|{IPV6})(?::\d{{1,5}})?", re.IGNORECASE)
# Of a folder in which nothing can be written; what else the system says is not French.
WHY_NOT = {
    errno.EACCES: "il n’en a pas le droit",
    errno.EPERM: "il n’en a pas le droit",
    errno.EROFS: "ce disque est en lecture seule",
    errno.ENOSPC: "ce disque est plein",
    errno.EDQUOT: "ce disque est plein",
    errno.ENOTDIR: "ce n’est pas un dossier",
    errno.EEXIST: "ce n’est pas un dossier",
}
ENGINES = ("django.db.backends.sqlite3", "django.db.backends.postgresql")


def stop_on(sentences):
    """End the process, saying all of them, if there are any."""
    if sentences:
        sys.exit("\n".join(sentences))


def faults(environ, *, at_start=False):
    """Return what is wrong with the settings in ``environ``, in the order of docs/exploitation.md.

    ``at_start`` also asks whether what the site is about to write can be written.
    """
    given = Given(environ)
    return [
        *_mode(given),
        *([] if given.is_development else _key(given)),
        *_public_address(given),
        *_hosts(given),
        *_origins(given),
        *_data(given, at_start),
        *_database(given, at_start),
        *_numbers(given),
    ]


class Given:
    """The variables, as ``settings.py`` reads them."""

    def __init__(self, environ):
        self.environ = environ

    def __getitem__(self, name):
        return self.environ.get(name, "").strip()

    def several(self, name):
        return [item.strip() for item in self[name].split(",") if item.strip()]

    @property
    def is_development(self):
        return self["AES_MODE"] == "development"

    @property
    def public_address(self):
        return self["PUBLIC_ADDRESS"].rstrip("/")


def languages(source):
    """Return [(code, its own name)] of the ``source`` and of each language that has a catalogue."""
    catalogues = {path.parent.parent.name for path in LOCALE.glob("*/LC_MESSAGES/django.po")}
    codes = [source, *sorted(catalogues - {source})]
    return [(code, LANG_INFO[code]["name_local"].capitalize()) for code in codes]


def data_dir(given):
    return Path(given or BASE_DIR / "var").resolve()


def host_of(address):
    """Return the machine's name in a public address, as ALLOWED_HOSTS has it; "" in none."""
    if not ADDRESS.fullmatch(address):
        return ""
    host = urlsplit(address).hostname
    return f"[{host}]" if ":" in host else host


def database(url, data_dir):
    """Return Django's settings of the database; raise ValueError if ``url`` names none of ours."""
    found = dj_database_url.parse(
        url or f"sqlite:///{data_dir / 'aes.sqlite3'}",
        conn_max_age=None,
        # A server that was started again has left: who asks next finds it, and sees nothing of it.
        conn_health_checks=True,
    )
    if found["ENGINE"] not in ENGINES or not found["NAME"]:
        raise ValueError("neither SQLite nor PostgreSQL, or no name")
    return found


def _mode(given):
    if given["AES_MODE"] not in ("", *MODES):
        yield (
            f"AES_MODE={given['AES_MODE']} : ce mode est inconnu. Donnez « production » pour un "
            "site en ligne, ou « development » pour essayer sur sa machine."
        )


def _key(given):
    key = given["SECRET_KEY"]
    why = (
        "est vide"
        if not key
        else f"a moins de {LEAST_SIGNS} signes"
        if len(key) < LEAST_SIGNS
        else f"a moins de {LEAST_DIFFERENT_SIGNS} signes différents"
        if len(set(key)) < LEAST_DIFFERENT_SIGNS
        else f"commence par « {EXAMPLE} », comme une clé d’essai"
        if key.startswith(EXAMPLE)
        else ""
    )
    if why:
        yield f"SECRET_KEY {why} : donnez une clé tirée au sort, par exemple avec {DRAW_A_KEY}"


def _public_address(given):
    address = given.public_address
    if not address:
        if not given.is_development:
            yield (
                "PUBLIC_ADDRESS est vide : donnez l’adresse du site, par exemple "
                "https://guide.example.org."
            )
        return
    found = ADDRESS.fullmatch(address)
    if not found or not (given.is_development or found[1].lower() == "https"):
        yield (
            f"PUBLIC_ADDRESS={given['PUBLIC_ADDRESS']} : donnez l’adresse du site, https:// et son "
            "nom, sans rien après, par exemple https://guide.example.org."
        )


def _hosts(given):
    hosts = given.several("ALLOWED_HOSTS")
    if given.is_development:
        return
    if "*" in hosts:
        yield (
            "ALLOWED_HOSTS=* ferait répondre le site sous n’importe quel nom : donnez ses noms, "
            "ou enlevez cette variable ; le nom est alors celui de PUBLIC_ADDRESS."
        )
        return
    for host in hosts:
        if not HOST.fullmatch(host):
            yield (
                f"ALLOWED_HOSTS : « {host} » n’est pas un nom de machine. Donnez le nom seul, "
                "sans https:// ni port, par exemple guide.example.org."
            )
    host = host_of(given.public_address)
    if hosts and host and not any(_names(pattern.lower(), host) for pattern in hosts):
        yield (
            f"ALLOWED_HOSTS n’a pas {host}, le nom de PUBLIC_ADDRESS : ajoutez-le, ou enlevez "
            "ALLOWED_HOSTS."
        )


def _names(pattern, host):
    """Tell whether Django would take ``host`` for ``pattern``: ".a.org" is a.org and all below."""
    return host == pattern or (pattern[0] == "." and f".{host}".endswith(pattern))


def _origins(given):
    for origin in given.several("CSRF_TRUSTED_ORIGINS"):
        if not ORIGIN.fullmatch(origin):
            yield (
                f"CSRF_TRUSTED_ORIGINS : « {origin} » n’est pas une origine. Donnez https:// et un "
                "nom, sans rien après, par exemple https://guide.example.org."
            )


def _data(given, at_start):
    folder = data_dir(given["DATA_DIR"])
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if at_start:
            TemporaryFile(dir=folder).close()
    except OSError as error:
        why = WHY_NOT.get(error.errno, f"erreur {error.errno} du système")
        yield (
            f"DATA_DIR={folder} : le site ne peut pas écrire dans ce dossier : {why}. "
            "Donnez-le à l’utilisateur qui lance le site, ou choisissez-en un autre."
        )


def _database(given, at_start):
    try:
        found = database(given["DATABASE_URL"], data_dir(given["DATA_DIR"]))
    except ValueError:
        # Not as it was given: it holds a password.
        yield (
            "DATABASE_URL n’est pas l’adresse d’une base : donnez "
            "postgres://utilisateur:secret@machine:5432/base, où les signes comme @ / # du secret "
            "sont écrits %40 %2F %23 ; sans cette variable, la base est un fichier dans DATA_DIR."
        )
        return
    if at_start and found["ENGINE"].endswith("sqlite3"):
        yield from _files_of_others(Path(found["NAME"]))


def _files_of_others(database_file):
    """The file and its companions, which a command run by another user may have made its own."""
    for path in (database_file, *(Path(f"{database_file}-{end}") for end in ("wal", "shm"))):
        if path.exists() and not os.access(path, os.R_OK | os.W_OK):
            yield (
                f"Le site ne peut pas écrire dans sa base, {path} : donnez ce fichier à "
                "l’utilisateur qui lance le site (chown)."
            )


def _numbers(given):
    for name, default in NUMBERS.items():
        value = given[name]
        if value and not (value.isascii() and value.isdigit()):
            yield f"{name}={value} : il faut un nombre entier, par exemple {default}."


if __name__ == "__main__":
    stop_on(faults(os.environ, at_start=True))

"""The moment of a mirror: what the content is, the day, and the program that made it.

Of another day or program every page is made anew: each says its day, and a program that shows the
same content otherwise says so in no question to the database.
"""

from functools import cache
from hashlib import blake2b

import django
from django.apps import apps
from django.conf import settings
from django.utils import timezone

from ..models import ContentVersion

# What pages say, or are made by, besides the database.
SETTINGS = (
    "PUBLIC_ADDRESS",
    "CONTACT_EMAIL",
    "ASSOCIATION_ADDRESS",
    "PUBLICATION_DIRECTOR",
    "HOSTING_PROVIDER",
    "STATIC_URL",
    "TEXTS_LICENCE",
)
# Of the program, what makes pages: told apart by how long its files are, and when written.
KINDS = {".py", ".html", ".css", ".js", ".mo", ".typ"}


def moment_now():
    """Return {part: what it is} of now, which JSON holds."""
    version = ContentVersion.objects.filter(pk=ContentVersion.ONLY).first()
    return {
        "content": str(version) if version else "",
        "day": timezone.localdate().isoformat(),
        "program": _program(),
    }


def _program():
    said = [_code(), *(f"{name}={getattr(settings, name)}" for name in SETTINGS)]
    return _digest(said)


# That of this process, whatever is put in its place meanwhile.
@cache
def _code():
    said = [django.__version__]
    for path in _files():
        state = path.stat()
        said.append(f"{path} {state.st_size} {state.st_mtime_ns}")
    return _digest(said)


def _digest(lines):
    return blake2b("\n".join(lines).encode(), digest_size=16).hexdigest()


def _files():
    folders = [apps.get_app_config("prefectures").path, settings.BASE_DIR / "templates"]
    found = [
        path
        for folder in map(settings.BASE_DIR.joinpath, folders)
        for path in folder.rglob("*.*")
        if path.suffix in KINDS
    ]
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    return sorted([*found, *([manifest] if manifest.exists() else [])])

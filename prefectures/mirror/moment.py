"""The moment of a mirror: what the content is, the day, and the program that made it.

Of another day or program every page is made anew: each says its day, and a program that shows the
same content otherwise says so in no question to the database.
"""

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
)
# Of the program, what makes pages: told apart by how long its files are, and when written.
KINDS = {".py", ".html", ".css", ".js", ".mo"}


def moment_now():
    """Return {part: what it is} of now, which JSON holds."""
    version = ContentVersion.objects.filter(pk=ContentVersion.ONLY).first()
    return {
        "content": str(version) if version else "",
        "day": timezone.localdate().isoformat(),
        "program": _program(),
    }


def _program():
    digest = blake2b(django.__version__.encode(), digest_size=16)
    for name in SETTINGS:
        digest.update(f"{name}={getattr(settings, name)}\n".encode())
    for path in _files():
        state = path.stat()
        digest.update(f"{path} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


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

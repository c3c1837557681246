"""The files of the site that never change while it runs: collected before it starts, or not at all.

    python -m aes_cms.static_files    collects them, unless all are there as in the code

Collecting packs each of them, which takes seconds; comparing takes some milliseconds.
"""

import json
import os
from filecmp import cmp

from .starting import stop_on

MISSING = (
    "Les fichiers du site (styles, scripts) manquent ou ne sont pas ceux de cette version, dans "
    "{folder} : lancez le site avec script/serve, ou d’abord manage.py collectstatic --no-input."
)


def are_collected():
    """Tell whether each file of the code is collected, as it is now and under its lasting name."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders

    manifest = settings.STATIC_ROOT / "staticfiles.json"
    try:
        named = json.loads(manifest.read_text(encoding="utf-8"))["paths"]
    except (OSError, ValueError, KeyError):
        return False
    return all(
        path in named
        and _is_same(storage.path(path), settings.STATIC_ROOT / path)
        and (settings.STATIC_ROOT / named[path]).is_file()
        for finder in get_finders()
        for path, storage in finder.list([])
    )


def _is_same(source, copy):
    try:
        return cmp(source, copy, shallow=False)
    except OSError:
        return False


def refuse_missing():
    """End the program, saying so, where the files of the site are not those of the code."""
    from django.conf import settings

    # While the code is worked on, they are read where they are.
    if not settings.DEBUG and not are_collected():
        stop_on([MISSING.format(folder=settings.STATIC_ROOT)])


def main():
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    if not settings.DEBUG and not are_collected():
        call_command("collectstatic", interactive=False, verbosity=0)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aes_cms.settings")
    main()

"""What the server calls, each before the next: static files, kept pages, whole bodies, Django."""

import os
import re

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aes_cms.settings")

# Before what is imported next, which needs the settings and the models.
application = get_wsgi_application()

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from whitenoise import WhiteNoise

from prefectures.public.cache import KeptPages, MakingHandler

from .bodies import WholeBodies
from .connections import close_with_threads
from .server import THREADS

# "site.0123456789ab.css": another text would have another name, so this one is right for ever.
NAMED_BY_CONTENT = re.compile(r"^.+\.[0-9a-f]{12}\..+$")


def add_headers(headers, path, url):
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"


def with_static_files(application):
    files = WhiteNoise(
        application,
        autorefresh=settings.DEBUG,
        allow_all_origins=False,
        immutable_file_test=NAMED_BY_CONTENT.pattern,
        add_headers_function=add_headers,
    )
    folders = [settings.STATIC_ROOT]
    if settings.DEBUG:
        # As they are in the code: nothing is collected while they change.
        folders = [
            storage.location for finder in get_finders() for storage in finder.storages.values()
        ]
    for folder in folders:
        files.add_files(str(folder), settings.STATIC_URL)
    return files


close_with_threads()
# Half of the threads are left to those who read.
application = WholeBodies(application, at_once=THREADS // 2)
if not settings.DEBUG:
    application = KeptPages(
        application, making=MakingHandler(), most_bytes=settings.KEPT_PAGES_BYTES
    )
application = with_static_files(application)

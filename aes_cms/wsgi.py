"""What the server calls, each before the next: headers, files, kept pages, bodies, Django."""

import os
import re

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aes_cms.settings")

# Before what is imported next, which needs the settings and the models.
application = get_wsgi_application()

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.urls import reverse
from whitenoise import WhiteNoise

from prefectures.public.cache import KeptPages, MakingHandler

from .bodies import WholeBodies
from .connections import close_with_threads
from .headers import SafeHeaders
from .mishaps import Mishaps
from .server import THREADS

# Twice the largest file that a screen takes, for it to be the screen that says so. The proxies are
# told the same (deploy/).
MOST_BYTES_SENT = 25_000_000
# "site.0123456789ab.css": another text would have another name, so this one is right for ever.
NAMED_BY_CONTENT = re.compile(r"^.+\.[0-9a-f]{12}\..+$")


def with_static_files(application):
    files = WhiteNoise(
        application,
        autorefresh=settings.DEBUG,
        allow_all_origins=False,
        immutable_file_test=NAMED_BY_CONTENT.pattern,
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
application = WholeBodies(
    application, at_once=THREADS // 2, most_bytes=MOST_BYTES_SENT, address=reverse("admin:index")
)
if not settings.DEBUG:
    application = KeptPages(
        application, making=MakingHandler(), most_bytes=settings.KEPT_PAGES_BYTES
    )
application = SafeHeaders(Mishaps(with_static_files(application)))

"""A real browser: Debian's Chromium, in French."""

import os

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from prefectures.models import User, changeset
from prefectures.public.cache import KeptPages, MakingHandler

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {
        "executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell"),
        "args": ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
    }


@pytest.fixture(scope="session")
def browser_context_args():
    return {"locale": "fr-FR", "timezone_id": "Europe/Paris"}


@pytest.fixture(scope="session", autouse=True)
def _kept_pages():
    """The server keeps its public pages, as the real one does."""

    def handler():
        pages = KeptPages(
            WSGIHandler(), making=MakingHandler(), most_bytes=settings.KEPT_PAGES_BYTES
        )

        def serve(environ, start_response):
            try:
                return pages(environ, start_response)
            finally:
                # This server has a thread for each connection, which nobody would close.
                pages.now.close()

        return serve

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.test.testcases.WSGIHandler", handler)
        yield


@pytest.fixture
def site(live_server):
    """The address of the running site, with GISTI's sheets."""
    return live_server.url


@pytest.fixture
def complaints(page):
    """What the browser's console complains of: scripts that fail, refusals of the policy."""
    found = []
    page.on("console", lambda message: message.type == "error" and found.append(message.text))
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


@pytest.fixture
def desk(page, site, client):
    """A page of the admin's, signed in as Claire."""
    with changeset("Un compte pour le test"):
        claire = User.objects.create_superuser("claire", first_name="Claire", last_name="Dubois")
    client.force_login(claire)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site}])
    page.set_viewport_size(DESK)
    return page

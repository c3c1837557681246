"""Every link of every file of a mirror leads to a file that is there, or out of it."""

import posixpath
import re
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest

from .conftest import LIVING

pytestmark = pytest.mark.django_db

CAHORS = "departements/46-lot/prefecture-de-cahors"
NEEDS_A_SERVER = re.compile(r"/admin|/recherche|finder\.|sw\.js")
LEADING = ("href", "src", "srcset", "action", "data-worker")


class Leads(HTMLParser):
    """What a page leads to, and what stands in it that needs a server."""

    def __init__(self, text):
        super().__init__()
        self.links, self.tags = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in LEADING]


def pages(served):
    return {
        path.relative_to(served).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(served.rglob("*.html"))
    }


def broken(served, name, links):
    """Return those of ``links`` of a page that lead nowhere, and those that no file can follow."""
    for link in links:
        parts = urlsplit(link)
        if parts.scheme or not parts.path:
            continue
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path)))
        if link.startswith("/") or parts.query or not (served / target).is_file():
            yield name, link


def faults(served):
    found = []
    for name, text in pages(served).items():
        leads = Leads(text)
        found += broken(served, name, leads.links)
        found += [(name, tag) for tag in ("form", "template") if tag in leads.tags]
        found += [(name, link) for link in leads.links if NEEDS_A_SERVER.search(link)]
    return found


def test_every_link_leads_to_a_file_or_to_the_living_site(mirror, served, living):
    mirror()
    assert faults(served) == []
    assert {
        "index.html",
        "ar/index.html",
        f"{CAHORS}/index.html",
        f"en/{CAHORS}/historique/index.html",
        "es/communes/34-herault/b/index.html",
        "regions/occitanie/changements/index.html",
    } <= pages(served).keys()


def test_without_a_living_site_what_is_not_there_is_not_led_to(mirror, served, in_french, settings):
    settings.PUBLIC_ADDRESS = ""
    mirror()
    assert faults(served) == []
    texts = pages(served).values()
    assert not [text for text in texts if "localhost" in text]
    assert not list(served.rglob("*.atom"))
    assert 'href="../../../communes/index.html"' in pages(served)["communes/46-lot/c/index.html"]


def test_a_single_commune_is_shown_by_the_living_site(mirror, served, living, in_french):
    mirror()
    assert (
        f'href="{LIVING}/communes/46042-cahors/"' in pages(served)["communes/46-lot/c/index.html"]
    )


def test_search_engines_are_led_to_the_living_site(mirror, served, living, in_french):
    mirror()
    text = pages(served)[f"{CAHORS}/index.html"]
    named = re.findall(r'<link rel="alternate" hreflang="[^"]*" href="([^"]*)">', text)
    assert named
    assert all(address.startswith(LIVING) for address in named)
    assert f"{LIVING}/changements/" in (served / "changements.atom").read_text()


def test_the_header_leads_to_the_lists_of_communes(mirror, served, living, in_french):
    mirror()
    home = (served / "index.html").read_text()
    assert '<a class="press" href="communes/index.html">Trouver votre commune</a>' in home

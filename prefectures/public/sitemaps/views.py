"""What tells search engines which pages there are: sitemaps (sitemaps.org), robots.txt (RFC 9309).

Ours, and not of Django's framework: docs/decisions/0040-being-found.md says why.
"""

from datetime import UTC
from io import StringIO

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.xmlutils import SimplerXMLGenerator

from ...languages import address_in
from ...public_address import whole_address
from ...sheets.shown import departement_as_shown
from ..asked import code_of
from ..pages import kept_page
from .listed import every_departement, files, pages_of, pages_of_site

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@kept_page
def index(request):
    own = [(each.address, each.changed_at) for each in files(every_departement())]
    return _file(request, "sitemapindex", "sitemap", own)


@kept_page
def of_site(request):
    return _pages(request, pages_of_site(every_departement()))


@kept_page
def of_departement(request, slug):
    departement = departement_as_shown(code_of(slug))
    if departement is None:
        raise Http404
    if departement.slug != slug:
        return redirect("sitemap_of_departement", departement.slug, permanent=True)
    return _pages(request, pages_of(departement))


@kept_page
def robots_txt(request):
    """Keep robots from what has no end, or is no page of readers.

    What bears noindex is let through: who may not read it would not know.
    """
    searches = [address_in(code, reverse("search")) for code, _ in settings.LANGUAGES]
    lines = [
        "User-agent: *",
        *(f"Disallow: {address}" for address in [reverse("admin:index"), *searches]),
        "",
        f"Sitemap: {whole_address(request, reverse('sitemap'))}",
    ]
    return HttpResponse(
        "".join(f"{line}\n" for line in lines), content_type="text/plain; charset=utf-8"
    )


def _pages(request, listed):
    """Answer with each page in each language: the pages themselves say which are the same one."""
    return _file(
        request,
        "urlset",
        "url",
        [
            (address_in(code, page.address), page.changed_at)
            for page in listed
            for code, _ in settings.LANGUAGES
        ],
    )


def _file(request, root, element, entries):
    written = StringIO()
    xml = SimplerXMLGenerator(written, "utf-8")
    xml.startDocument()
    xml.startElement(root, {"xmlns": NAMESPACE})
    site = whole_address(request, "/").removesuffix("/")
    for address, changed_at in entries:
        xml.startElement(element, {})
        xml.addQuickElement("loc", f"{site}{address}")
        if changed_at:
            moment = changed_at.astimezone(UTC).isoformat(timespec="seconds")
            xml.addQuickElement("lastmod", moment)
        xml.endElement(element)
        xml.characters("\n")
    xml.endElement(root)
    return HttpResponse(written.getvalue(), content_type="application/xml; charset=utf-8")

"""What a mirror holds: the one list of its addresses, and the file that each becomes.

Left out are the search, its suggestions, the page of each single commune, the admin, and what
speaks of a server: its health, its security, what keeps pages on a telephone.
"""

import re
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils import timezone, translation

from ..languages import address_in
from ..models import Commune, Departement, Procedure, PublishedDocument, Region
from ..public.data import files as data_files

LANGUAGES = [code for code, _ in settings.LANGUAGES]
# Of no place, in each language.
EVERYWHERE = (
    "home",
    "changes",
    "feed",
    "map",
    "map_file",
    "data",
    "help_places",
    "glossary",
    "about",
    "accessibility",
    "privacy",
    "legal_notice",
    "commune_lists",
)
OF_REGION = ("region", "changes_of_region", "feed_of_region")
OF_DEPARTEMENT = (
    "departement",
    "changes_of_departement",
    "feed_of_departement",
    "help_places_of",
    "commune_initials",
)
# They lead to the living site in each line: without its address there are none.
FEEDS = {"feed", "feed_of_region", "feed_of_departement"}

# Those that come and go; the others are there as long as their place.
OF_A_SHEET = re.compile(r"(?:/[a-z-]+)?/departements/[^/]+/[^/]+/.*")


@dataclass(frozen=True)
class Address:
    """An address of the site, with what is asked of it, and the ``file`` that it becomes.

    ``others`` are addresses that answer the same.
    """

    asked: str
    file: str
    others: tuple = ()

    def spoken(self, language):
        """Return the address of the same in another language than French, or its own."""
        if language == settings.LANGUAGE_CODE:
            return self
        return Address(
            address_in(language, self.asked),
            f"{language}/{self.file}",
            tuple(address_in(language, other) for other in self.others),
        )


def addresses(site):
    """Return each ``Address`` of the mirror of a site whose own address is ``site``, or ""."""
    with translation.override(settings.LANGUAGE_CODE):
        in_french = [
            *(_plain(*named) for named in _named() if site or named[0] not in FEEDS),
            *(_plain(*named) for named in _of_sheets()),
            *_past("as_of"),
        ]
        of_programs = [*_past("document_as_of"), *(_passed_on() if site else ())]
    spoken = [each.spoken(language) for language in LANGUAGES for each in in_french]
    return [*spoken, *of_programs]


def _named():
    """Yield (name, slugs…) of what there is whatever sheets there are."""
    regions = Region.objects.order_by("slug").values_list("slug")
    departements = Departement.objects.order_by("code").values_list("slug")
    yield from _each(EVERYWHERE, [()])
    yield from _each(OF_REGION, regions)
    yield from _each(OF_DEPARTEMENT, departements)
    yield from _each(("communes_of",), _initials())


def _passed_on():
    """Yield the addresses of files that say of themselves where the site is."""
    for name, places in (
        ("brochure_of_region", Region.objects.order_by("slug")),
        ("brochure_of_departement", Departement.objects.order_by("code")),
    ):
        for slug in places.values_list("slug", flat=True):
            yield _plain(name, slug)
    for path in data_files.addresses():
        yield Address(path, file_of(path))


def _each(names, places):
    return [(name, *slugs) for name in names for slugs in places]


def _initials():
    """Return (département, initial) of all communes."""
    current = Commune.objects.filter(is_current=True)
    named = current.annotate(initial=Substr("search", 1, 1)).order_by("departement", "initial")
    return [*named.values_list("departement__slug", "initial").distinct()]


def _of_sheets():
    """Return (name, slugs…) of the sheets that readers see, and of the past of all."""
    published = Procedure.objects.published().order_by("pk")
    online = [*published.values_list("departement__slug", "slug")]
    past = PublishedDocument.objects.exclude(sha256="").order_by("pk")
    places = _slugs()
    shown = {(places[code], slug) for code, slug in past.values_list("departement", "slug")}
    # What moved, or was withdrawn, has a history where it last stood.
    return [*_each(("procedure",), online), *_each(("history",), sorted({*online, *shown}))]


def _slugs():
    return dict(Departement.objects.values_list("code", "slug"))


def _plain(name, *slugs):
    path = reverse(name, args=slugs)
    return Address(path, file_of(path))


def file_of(path):
    """Return the file that a path becomes: "regions/occitanie/index.html"."""
    return f"{path[1:]}index.html" if path.endswith("/") else path[1:]


def _past(name):
    """Return the addresses of each state of each sheet, on the day on which it appeared.

    A day has the last of its states at its own address, as in the site; the others have one more.
    """
    places, found = _slugs(), []
    rows = [*_online()]
    standing = {}
    for sheet, code, slug, _, _ in rows:
        standing.setdefault((code, slug), set()).add(sheet)
    for (_, day), states in groupby(rows, key=lambda row: (row[0], row[3])):
        states = list(states)
        for row in states:
            sheet, code, slug, _, number = row
            path = reverse(name, args=[places[code], slug, day.isoformat()])
            asked = f"{path}?v={number}"
            is_the_day_s = row is states[-1] and standing[code, slug] == {sheet}
            if is_the_day_s:
                found.append(Address(path, file_of(path), (asked,)))
            else:
                folder, _, last = file_of(path).rpartition("/")
                file = f"{folder}/v/{number}/{last}"
                found.append(Address(asked, file))
    return found


def _online():
    """Yield (sheet, département, address, day, number) of each state that readers saw, in order."""
    shown = PublishedDocument.objects.exclude(sha256="").order_by("procedure", "pk")
    columns = ("procedure", "departement", "slug", "at", "changeset")
    for sheet, code, slug, at, number in shown.values_list(*columns):
        yield sheet, code, slug, timezone.localdate(at), number

"""What a mirror holds: the one list of its addresses, and the file that each becomes.

Left out are the search, its suggestions, the page of each single commune, the admin, and what
speaks of a server: its health, its security, what keeps pages on a telephone.
"""

from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils import timezone, translation

from ..models import Commune, Departement, Procedure, PublishedDocument, Region

LANGUAGES = [code for code, _ in settings.LANGUAGES]
# Of no place, in each language.
EVERYWHERE = (
    "home",
    "changes",
    "feed",
    "map",
    "map_file",
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


@dataclass(frozen=True)
class Address:
    """An address of the site, with what is asked of it, and the ``file`` that it becomes.

    ``others`` are addresses that answer the same. One that ``comes_and_goes`` is of a sheet.
    """

    asked: str
    file: str
    others: tuple = ()
    comes_and_goes: bool = False


def addresses(site):
    """Return each ``Address`` of the mirror of a site whose own address is ``site``, or ""."""
    found = []
    for language in LANGUAGES:
        with translation.override(language):
            found += [_plain(*named) for named in _named() if site or named[0] not in FEEDS]
            found += [_plain(*named, comes_and_goes=True) for named in _of_sheets()]
            found += _past("as_of")
    return [*found, *_past("document_as_of")]


def _named():
    """Yield (name, slugs…) of what there is whatever sheets there are."""
    regions = Region.objects.order_by("slug").values_list("slug")
    departements = Departement.objects.order_by("code").values_list("slug")
    yield from _each(EVERYWHERE, [()])
    yield from _each(OF_REGION, regions)
    yield from _each(OF_DEPARTEMENT, departements)
    yield from _each(("communes_of",), _initials())


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


def _plain(name, *slugs, comes_and_goes=False):
    path = reverse(name, args=slugs)
    return Address(path, file_of(path), comes_and_goes=comes_and_goes)


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
                found.append(Address(path, file_of(path), (asked,), comes_and_goes=True))
            else:
                folder, _, last = file_of(path).rpartition("/")
                file = f"{folder}/v/{number}/{last}"
                found.append(Address(asked, file, comes_and_goes=True))
    return found


def _online():
    """Yield (sheet, département, address, day, number) of each state that readers saw, in order."""
    shown = PublishedDocument.objects.exclude(sha256="").order_by("procedure", "pk")
    columns = ("procedure", "departement", "slug", "at", "changeset")
    for sheet, code, slug, at, number in shown.values_list(*columns):
        yield sheet, code, slug, timezone.localdate(at), number

"""The changes as Atom feeds (RFC 4287), each kept like a page until something is published."""

from datetime import UTC, datetime
from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from ..languages import is_french
from ..models.fields import CONTROL_CHARACTERS
from ..public_address import whole_address
from ..published import announced
from .changes import SHEETS_OF_A_CHANGE, Place, departement_at, region_at, told
from .pages import kept_page
from .wording import KINDS

MOST_ENTRIES = 50
AUTHOR = "Gisti"
# Of a feed without entries, and of identifiers, which never change: those of the site's first year.
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
TAG = "tag:gisti.org,2026:aes"


class Feed(Atom1Feed):
    content_type = "application/atom+xml; charset=utf-8"

    def latest_post_date(self):
        # Of a feed without entries Django says that it changed now.
        return max((item["updateddate"] for item in self.items), default=BEGINNING)


@kept_page
def everywhere(request):
    return _feed(request, Place())


@kept_page
def of_region(request, slug):
    return _feed(request, region_at(slug))


@kept_page
def of_departement(request, slug):
    place = departement_at(slug)
    if place.slug != slug:
        return redirect(place.feed_address, permanent=True)
    return _feed(request, place)


def _feed(request, place):
    asked = announced.Asked(place.departements)
    changes = announced.latest(asked, changesets=MOST_ENTRIES, sheets=SHEETS_OF_A_CHANGE)
    whole = partial(whole_address, request)
    feed = Feed(
        title=_title_of_feed(place),
        link=whole(place.changes_address),
        description="",
        subtitle=_("Ce qui change dans les fiches qui disent comment déposer sa demande."),
        language=get_language(),
        author_name=AUTHOR,
        feed_url=whole(request.path),
        feed_guid=_identifier("changements", place.slug or "tous"),
    )
    for change in map(told, announced.with_contents(changes)):
        number = change["changeset"].pk
        feed.add_item(
            title=_title(change),
            link=whole(f"{Place().changes_address}?v={number}"),
            # Told as HTML (RFC 4287, 3.1.1), in which a reason of ours is text.
            description=escape(_summary(change)),
            unique_id=_identifier("changement", number),
            pubdate=change["at"],
            updateddate=change["at"],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def _identifier(*parts):
    """Return what a reader of feeds knows something by: in each language it is something else."""
    own = "/".join(map(str, (TAG, *parts)))
    return own if is_french() else f"{own}/{get_language()}"


def _title_of_feed(place):
    if place.name:
        said = _("Gisti, admission exceptionnelle au séjour, changements : %(place)s")
        return said % {"place": place.name}
    return _("Gisti, admission exceptionnelle au séjour, changements")


def _title(change):
    names = [_name(sheet) for sheet in change["sheets"]]
    if len(names) == 1 and not change["others"]:
        return _plain(_became(change["sheets"][0]))
    return _plain(" ".join(filter(None, [", ".join(names), _others(change)])))


def _name(sheet):
    return f"{sheet.row.title} ({sheet.row.departement_id})"


def _became(sheet):
    return _("%(place)s : %(what)s") % {"place": _name(sheet), "what": _(KINDS[sheet.kind])}


def _others(change):
    count = change["others"]
    return ngettext("et %(n)s autre", "et %(n)s autres", count) % {"n": count} if count else ""


def _summary(change):
    """Return in plain text what became of each sheet, after what is said of all."""
    reason = change["changeset"].public_reason
    lines = [reason] if reason else []
    for sheet in change["sheets"]:
        parts = f" ({', '.join(sheet.titles)})" if sheet.kind == "changed" else ""
        lines.append(f"{_became(sheet)}{parts}.")
    if change["others"]:
        lines.append(f"{_others(change).capitalize()}.")
    return _plain("\n".join(lines))


def _plain(text):
    """Leave out what XML has no sign for."""
    return CONTROL_CHARACTERS.sub(" ", text)

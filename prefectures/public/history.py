"""The history of a sheet for readers: what was published, when and why, and what differs."""

from dataclasses import dataclass
from itertools import pairwise

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import PublishedDocument
from ..published.past import (
    document_of,
    during,
    standing_at,
    stood_before,
    version_of,
    versions_of,
)
from ..published.shown import as_shown
from .asked import DAY, code_of, day_of, number_of
from .comparing import changed_titles, compared, is_only_verified
from .pages import NoAnswerError, answers_why, public_page, unindexed, with_query
from .wording import long_day, long_moment

VERSIONS_A_PAGE = 20


@public_page
@answers_why
def history(request, departement, slug):
    here = request.path
    code = code_of(departement)
    asked = request.GET
    procedure = _standing(asked, code, slug, here)
    # Two at least: where the sheet is withdrawn, the one before says what it was.
    newest = list(versions_of(procedure)[: VERSIONS_A_PAGE + 1])
    sheet = as_shown(next(filter(None, map(document_of, newest))))
    address = reverse("history", args=[sheet.departement.slug, sheet.slug])
    if address != here and not asked.get("jour"):
        return redirect(with_query(request, address), permanent=True)
    shown = {
        "procedure": sheet,
        "address": here,
        "is_online": bool(newest[0].sha256),
        "newest": newest[0],
        "jour": asked.get("jour", ""),
        "today": timezone.localdate(),
    }
    if asked.get("de") or asked.get("a"):
        shown |= _comparison(procedure, asked.get("de", ""), asked.get("a", ""), here)
        return unindexed(render(request, "prefectures/compared.html", shown))
    before = asked.get("avant")
    shown |= _list(_older(procedure, before, here) if before else newest, not before)
    if not asked.get("jour"):
        shown["before"] = stood_before(code, slug, procedure)
    return unindexed(render(request, "prefectures/history.html", shown))


def _standing(asked, code, slug, here):
    """Return the key of the sheet whose history it is: that of now, or of a day at this address."""
    day = day_of(asked["jour"], _links(here), 400) if asked.get("jour") else None
    procedure = standing_at(code, slug, day)
    if procedure is None:
        raise Http404
    return procedure


def _links(here):
    return [(_("Voir l’historique de cette fiche"), here)]


# --- The list ---------------------------------------------------------------------------------


@dataclass
class Version:
    """What readers saw from ``row.at`` on; ``before`` is the row that it follows, or None.

    ``kind`` is what it was then, a key of ``KINDS``; ``titles`` those of the parts that it changed.
    """

    row: PublishedDocument
    before: PublishedDocument | None
    kind: str
    titles: list

    @property
    def is_compared(self):
        return self.kind == "changed"


def version(row, before):
    """Return the ``Version`` of a row, with its content, that follows ``before``, or None."""
    if not row.sha256:
        return Version(row, before, "withdrawn", [])
    if before is None:
        return Version(row, before, "new", [])
    if not before.sha256:
        return Version(row, before, "back", [])
    contents = document_of(before).content, document_of(row).content
    kind = "verified" if is_only_verified(*contents) else "changed"
    return Version(row, before, kind, changed_titles(*contents))


def _older(procedure, before, here):
    row = _version(procedure, number_of(before, _links(here)), here)
    return list(versions_of(procedure).filter(pk__lt=row.pk)[: VERSIONS_A_PAGE + 1])


def _list(rows, is_first_page):
    """Return what a page shows of ``rows``: one more than it lists, to compare the last with."""
    versions = [version(row, older) for row, older in pairwise([*rows, None])]
    return {
        "versions": versions[:VERSIONS_A_PAGE],
        "is_first_page": is_first_page,
        "oldest": rows[VERSIONS_A_PAGE - 1] if len(rows) > VERSIONS_A_PAGE else None,
    }


# --- Two of them ------------------------------------------------------------------------------


def _comparison(procedure, first, last, here):
    """Return what a page shows of two versions: of each its number, or a day."""
    if first == last:
        raise NoAnswerError(
            _("C’est la même version"),
            _("Une version ne diffère pas d’elle-même. Choisissez deux jours, ou deux versions."),
            _links(here),
            400,
        )
    new = _row(procedure, last, here) if last else versions_of(procedure).exclude(sha256="").first()
    old = _row(procedure, first, here) if first else _before(procedure, new, here)
    # From the older to the newer, in whatever order they are asked for.
    old, new = sorted((old, new), key=lambda row: row.pk)
    contents = document_of(old).content, document_of(new).content
    return {
        "old": old,
        "new": new,
        "parts": compared(*contents),
        "is_only_verified": is_only_verified(*contents),
    }


def _row(procedure, asked, here):
    """Return the row of a version by its number, or the last one that was there on a day."""
    if not DAY.fullmatch(asked):
        row = _version(procedure, number_of(asked, _links(here)), here)
        if not row.sha256:
            raise NoAnswerError(
                _("Il n’y a rien à comparer"),
                _("Le %(moment)s, cette fiche a été retirée.") % {"moment": long_moment(row.at)},
                _links(here),
            )
        return row
    day = day_of(asked, _links(here), 400)
    online = [state.row for state in during(procedure, day) if state.row.sha256]
    if not online:
        raise NoAnswerError(
            _("Rien n’était en ligne le %(day)s") % {"day": long_day(day)},
            _("Choisissez un autre jour : l’historique les donne tous."),
            _links(here),
        )
    return online[-1]


def _version(procedure, changeset, here):
    row = version_of(procedure, changeset)
    if row is None:
        raise NoAnswerError(
            _("Cette version n’existe pas"),
            _("Cette fiche n’a pas de version n° %(number)s.") % {"number": changeset},
            _links(here),
        )
    return row


def _before(procedure, new, here):
    before = versions_of(procedure).filter(pk__lt=new.pk).first()
    if before is None or not before.sha256:
        raise NoAnswerError(
            _("Il n’y a rien à comparer"),
            _("C’est la première version : rien n’était en ligne juste avant."),
            _links(here),
        )
    return before

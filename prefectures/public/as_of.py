"""A sheet as it was on a day: its page, and the content itself, whose digest anybody can check."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ..models.age import looked_from
from ..published.document import Document
from ..published.past import Now, Shown, during, first_of, now_of, standing_at, standing_with
from ..published.shown import as_shown
from .asked import code_of, day_of, number_of
from .pages import NoAnswerError, answers_why, public_page, unindexed, with_query
from .wording import hours, long_day, long_moment


@public_page
@answers_why
def as_of(request, departement, slug, day):
    found = _found(request, departement, slug, day)
    if found.address != request.path:
        return redirect(with_query(request, found.address), permanent=True)
    # Of what was old, ended or not begun yet, it says what it said then.
    with looked_from(found.day):
        response = render(
            request, "prefectures/as_of.html", {"procedure": found.sheet, "past": found}
        )
    return unindexed(response)


@public_page
@answers_why
def document(request, departement, slug, day):
    found = _found(request, departement, slug, day)
    address = found.document_address
    if address != request.path:
        return redirect(with_query(request, address), permanent=True)
    # Sent as it is, by us and by those in between: the digest is that of these bytes.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    body = found.document.json
    digest = b64encode(sha256(body).digest()).decode()
    return unindexed(
        HttpResponse(
            body,
            content_type="application/json",
            headers={
                "Cache-Control": "no-cache, no-transform",
                "Content-Digest": f"sha-256=:{digest}:",
                "Content-Disposition": 'inline; filename="document.json"',
            },
        )
    )


@dataclass
class PastDay:
    """A sheet on a day; of all its ``states`` then, ``state`` is the one that is shown."""

    day: date
    states: list
    state: Shown
    document: Document
    sheet: object
    now: Now

    @property
    def address(self):
        return address_of(self.sheet, self.day)

    @property
    def address_of_state(self):
        return f"{self.address}?v={self.state.row.changeset_id}"

    @property
    def document_address(self):
        """Return the address of the content, which is the same in all languages."""
        own = [self.sheet.departement.slug, self.sheet.slug, self.day.isoformat()]
        return reverse("document_as_of", args=own)

    @property
    def json_address(self):
        return f"{self.document_address}?v={self.state.row.changeset_id}"

    @property
    def is_current(self):
        return self.now.is_as_it_was

    @property
    def is_online(self):
        return self.now.is_online

    @property
    def stands_here(self):
        own = (self.sheet.departement.code, self.sheet.slug)
        return (self.now.departement, self.now.slug) == own

    @property
    def current_address(self):
        """Return where the sheet stands now."""
        departement, code = self.sheet.departement, self.now.departement
        # What moved to another département is led there.
        place = departement.slug if departement.code == code else code.lower()
        return reverse("procedure", args=[place, self.now.slug])

    @property
    def history_address(self):
        address = history_of(self.sheet)
        # Another sheet may stand there now.
        return address if self.is_online and self.stands_here else f"{address}?jour={self.day}"

    @property
    def hours(self):
        return self._hours(self.state)

    @property
    def since(self):
        return long_moment(self.state.row.at)

    @property
    def until(self):
        return long_moment(self.state.until) if self.state.until else ""

    @property
    def all_states(self):
        """Return (hours, address or "" where nothing was shown, whether shown) of each state."""
        return [
            (
                self._hours(state),
                f"{self.address}?v={state.row.changeset_id}" if state.row.sha256 else "",
                state is self.state,
            )
            for state in self.states
        ]

    def _hours(self, state):
        return hours(self.day, state.row.at, state.until)


def address_of(sheet, day):
    return reverse("as_of", args=[sheet.departement.slug, sheet.slug, day.isoformat()])


def history_of(sheet):
    return reverse("history", args=[sheet.departement.slug, sheet.slug])


def _found(request, departement, slug, asked):
    history = [
        (_("Voir l’historique de cette fiche"), reverse("history", args=[departement, slug]))
    ]
    day = day_of(asked, history)
    version = request.GET.get("v", "")
    changeset = number_of(version, history) if version else None
    code = code_of(departement)
    procedure = changeset and standing_with(code, slug, changeset)
    procedure = procedure or standing_at(code, slug, day)
    if procedure is None:
        raise Http404
    states = during(procedure, day)
    if not states:
        raise _not_yet(procedure, day, history)
    state = _asked_for(states, changeset, day, history)
    document = state.document
    sheet = as_shown(document)
    return PastDay(day, states, state, document, sheet, now_of(state.row))


def _asked_for(states, changeset, day, links):
    """Return the state that is asked for, the last of the day if none is."""
    if changeset is not None:
        states = [state for state in states if state.row.changeset_id == changeset]
        if not states:
            raise NoAnswerError(
                _("Cette version n’existe pas"),
                _("Le %(day)s, cette fiche n’avait pas de version de ce numéro.")
                % {"day": long_day(day)},
                links,
            )
    online = [state for state in states if state.row.sha256]
    if not online:
        raise NoAnswerError(
            _("Rien n’était en ligne le %(day)s") % {"day": long_day(day)},
            _("Cette fiche a été retirée le %(moment)s.")
            % {"moment": long_moment(states[-1].row.at)},
            links,
        )
    return online[-1]


def _not_yet(procedure, day, links):
    first = first_of(procedure)
    return NoAnswerError(
        _("Rien n’était en ligne le %(day)s") % {"day": long_day(day)},
        _("Cette fiche a été publiée ici pour la première fois le %(moment)s.")
        % {"moment": long_moment(first.at)},
        links,
    )

"""An address that has moved is replaced in all sheets that give it, each in a changeset of its own.

Only the address: nobody has looked at what the page says, so the sheet becomes no younger. What a
quotation lets read is somebody's words and stays; where its links lead is ours to say.
"""

import re
from contextlib import suppress
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import Q

from ..gate.locking import locked
from ..models import (
    Changeset,
    GivenAddress,
    Procedure,
    Quotation,
    StaleVersionError,
    changeset,
)
from ..models.fields import LineField, LinesField, RichTextField, WebAddressField
from ..models.watched import digest_of
from ..sheets.checking import refusals
from ..sheets.difference import changes
from ..sheets.kinds import ROWS, SHEETS
from ..sheets.locking import lock_as_read
from ..sheets.reading import names_of, sheets_now
from ..sheets.state import Item, State
from ..sheets.telling import about, differences, fields_in_order, to_be_named, touched
from ..sheets.writing import write
from ..storage.troubles import said_in_form
from . import alerts, given
from .in_texts import in_links, in_rich_words, in_words

DONE, REFUSED, NOTHING = "done", "refused", "nothing"
ARCHIVED = Procedure.Publication.ARCHIVED
# None of these is written alike in rich text and elsewhere.
WRITTEN_IN_TWO_WAYS = re.compile("[&<>\"'\xa0]")
STALE = "Elle a changé depuis que vous l’avez vue ({who} : « {reason} ») : rien n’y est remplacé."
PUT_AWAY = "Elle a été archivée entre-temps : une fiche archivée garde ses adresses."


@dataclass(frozen=True)
class Place:
    """``where`` an address stands in a sheet; ``is_kept`` where it stays: in somebody's words."""

    where: str
    is_kept: bool = False


@dataclass
class Replacement:
    """What becomes of a ``sheet`` where an address stands, and which sentences refuse it."""

    sheet: Procedure
    places: list
    changes: list = field(default_factory=list)
    told: list = field(default_factory=list)
    refused: list = field(default_factory=list)

    @property
    def is_ours(self):
        """Whether the address stands anywhere else than in what somebody's words let read."""
        return any(not place.is_kept for place in self.places)

    @property
    def kept(self):
        return [place for place in self.places if place.is_kept]


@dataclass(frozen=True)
class Result:
    """What came of one sheet: ``outcome``, and ``words`` that say why where it was refused."""

    sheet: Procedure
    outcome: str
    words: str = ""
    kept: tuple = ()


# --- Where an address stands ------------------------------------------------------------------


def sheets_with(url):
    """Return [(sheet, ``Place``s)] of the sheets that are not archived where ``url`` stands."""
    return [(sheet, _places(state, url)) for sheet, state in _with_states(url)]


def _with_states(url, pks=None):
    """Return [(sheet, its ``State``)] of those, or of those among ``pks``."""
    if pks is None:
        pks = _suspects(url)
    states = sheets_now(pks)
    sheets = Procedure.objects.exclude(publication=ARCHIVED).filter(pk__in=pks)
    sheets = sheets.select_related("departement").order_by(*Procedure._meta.ordering, "pk")
    # A sheet may go between the two questions.
    there = [(sheet, states[sheet.pk]) for sheet in sheets if states[sheet.pk].sheet]
    return [(sheet, state) for sheet, state in there if _places(state, url)]


def _suspects(url):
    """Return the keys of the sheets that may hold ``url``, as a query can tell: some hold more."""
    piece = max(WRITTEN_IN_TWO_WAYS.split(url), key=len)
    found = set()
    for kind in (SHEETS, *ROWS):
        names = [each.name for each in _texts_of(kind.model)]
        holds = reduce(or_, (Q(**{f"{name}__contains": piece}) for name in names))
        key = "procedure" if kind.is_row else "pk"
        found |= set(kind.model.objects.filter(holds).order_by().values_list(key, flat=True))
    return found


def _texts_of(model):
    kinds = (WebAddressField, RichTextField, LineField, LinesField)
    return [each for each in fields_in_order(model) if isinstance(each, kinds)]


def _places(state, url):
    found = []
    for model, item in _items(state):
        for each in _texts_of(model):
            value = item.values[each.name]
            if _replaced(model, each, value, url, "") != value:
                found.append(Place(_where(model, item, each)))
            if _can_be_read(model, each, value, url):
                found.append(Place(_where(model, item, each, "lisible dans "), is_kept=True))
    return found


def _items(state):
    """Yield (model, ``Item``) of a sheet and of its rows, by their numbers."""
    yield SHEETS.model, state.sheet
    for kind in ROWS:
        for number in sorted(state.rows[kind]):
            yield kind.model, state.rows[kind][number]


def _where(model, item, each, how=""):
    label = f"{how}« {each.verbose_name} »"
    if model is SHEETS.model:
        return label
    # What a referral is about has a name elsewhere.
    is_elsewhere = any(model._meta.get_field(name).is_relation for name in model.known_as)
    what = "" if is_elsewhere else about(model, item.values, {})
    named = f"{model._meta.verbose_name} n° {item.values['number']}"
    return f"{named} ({what}), {label}" if what else f"{named}, {label}"


def _replaced(model, each, value, old, new):
    """Return a value with ``new`` in the place of ``old``, wherever that is ours."""
    if isinstance(each, WebAddressField):
        return new if value == old else value
    if isinstance(each, RichTextField):
        value = in_links(value, old, new)
        return value if model is Quotation else in_rich_words(value, old, new)
    return value if model is Quotation else in_words(value, old, new)


def _can_be_read(model, each, value, url):
    if model is not Quotation:
        return False
    put = in_rich_words if isinstance(each, RichTextField) else in_words
    return put(value, url, "") != value


# --- What would become of it ------------------------------------------------------------------


def replaced(old, new, pks=None):
    """Return the ``Replacement`` of each sheet with ``old``; nothing is written.

    With ``pks``, of those only. As many queries for a hundred sheets as for one.
    """
    found, both = [], {}
    for sheet, before in _with_states(old, pks):
        after = _after(before, old, new)
        item = Replacement(sheet, _places(before, old), list(changes(before, after)))
        item.refused = [said for change in item.changes for said in _refused(change)]
        # What refuses has cleaned it, as writing will.
        both[sheet.pk] = list(differences(before, after))
        found.append(item)
    named = (each for two in both.values() for each in two)
    names = names_of(each for difference in named for each in to_be_named(*difference))
    for item in found:
        item.told = [touched(*difference, names) for difference in both[item.sheet.pk]]
    return found


def _after(state, old, new):
    def with_new(model, item):
        values = {
            each.name: _replaced(model, each, item.values[each.name], old, new)
            for each in _texts_of(model)
        }
        return Item(item.pk, item.values | values)

    rows = {
        kind: {number: with_new(kind.model, item) for number, item in items.items()}
        for kind, items in state.rows.items()
    }
    return State(with_new(SHEETS.model, state.sheet), rows)


def _refused(change):
    model, item = change.model, change.after
    labels = {each.name: each for each in model._meta.fields}
    for name, sentences in refusals(model, item).items():
        where = f"{_where(model, item, labels[name])} : " if name in labels else ""
        yield from (f"{where}{sentence}" for sentence in sentences)


# --- Doing it ---------------------------------------------------------------------------------


def replace(old, new, author, seen_versions):
    """Replace ``old`` by ``new`` in these sheets ({pk: version seen}); return a ``Result`` of each.

    Those that somebody changed meanwhile, or that a rule refuses, are told, and keep none of the
    others. Done twice, it finds nothing to do.
    """
    prepared = {item.sheet.pk: item for item in replaced(old, new, seen_versions)}
    sheets = Procedure.objects.filter(pk__in=seen_versions).select_related("departement")
    results = [
        _result(sheet, prepared.get(sheet.pk), old, new, author, seen_versions[sheet.pk])
        for sheet in sheets.order_by(*Procedure._meta.ordering, "pk")
    ]
    done = [result.sheet.pk for result in results if result.outcome == DONE]
    if done:
        _tell_the_watch(old, new, done)
    return results


def _result(sheet, item, old, new, author, seen):
    if item is None:
        is_put_away = sheet.publication == ARCHIVED
        return Result(sheet, REFUSED, PUT_AWAY) if is_put_away else Result(sheet, NOTHING)
    kept = tuple(place.where for place in item.kept)
    if not item.changes:
        return Result(sheet, NOTHING, kept=kept)
    if item.refused:
        return Result(sheet, REFUSED, " ".join(item.refused))
    try:
        _write(item, seen, author, f"Adresse remplacée, la page a déménagé : {old} → {new}")
    except StaleVersionError:
        return _overtaken(sheet, old, new)
    except ValidationError as error:
        return Result(sheet, REFUSED, " ".join(error.messages))
    except DatabaseError as error:
        return Result(sheet, REFUSED, said_in_form(error))
    return Result(sheet, DONE, kept=kept)


def _write(item, seen, author, reason):
    origin = Changeset.Origin.FORM
    with changeset(reason, origin=origin, author=author, is_minor=True) as writing:
        for sheet in lock_as_read({item.sheet.pk: seen}).values():
            writing.expect_version(sheet)
        write(item.changes)


def _overtaken(sheet, old, new):
    """Return what came of a sheet that was written meanwhile: by the same click, maybe."""
    left = replaced(old, new, [sheet.pk])
    if not left or not left[0].changes:
        return Result(sheet, NOTHING)
    last = sheet.revisions.select_related("changeset__author").order_by("-number").first().changeset
    words = STALE.format(who=last.author or "une commande du site", reason=last.reason)
    return Result(sheet, REFUSED, words)


def _tell_the_watch(old, new, pks):
    """Have the watch, and what readers are told of its links, follow at once.

    Twice, where its own run finds the same address at this moment. The sheets are written whatever
    comes of it, and who wrote them has to hear that: the next run follows by itself.
    """
    rows = Procedure.objects.filter(pk__in=pks).order_by()
    departements = set(rows.values_list("departement", flat=True))
    for _ in range(2):
        with suppress(DatabaseError):
            given.bring_up_to_date(departements)
            _hand_over(old, new, pks)
            alerts.renew(pks)
            return


def _hand_over(old, new, pks):
    """Have these sheets accept of ``new`` the text that they had accepted of ``old``, a source.

    The next visit holds the page to that: it may have changed on the way.
    """
    with transaction.atomic():
        sources = GivenAddress.objects.filter(procedure__in=pks, is_source=True).order_by()
        before = sources.filter(address__digest=digest_of(old), accepted__isnull=False)
        accepted = dict(before.values_list("procedure", "accepted"))
        waiting = sources.filter(
            address__digest=digest_of(new), accepted=None, procedure__in=accepted
        )
        for row in locked(GivenAddress, waiting.values_list("pk", flat=True)).values():
            if row.accepted_id is None:
                row.accepted_id = accepted[row.procedure_id]
                row.save()

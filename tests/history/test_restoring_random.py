"""Whatever was done to a sheet, each of its versions can be gone back to, whole or in part."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from prefectures.history.restoring import (
    NotAVersionError,
    NothingToRestoreError,
    plan,
    restore,
)
from prefectures.history.versions import between
from prefectures.models import (
    Arrondissement,
    Changeset,
    Commune,
    Contact,
    Ground,
    Link,
    Prefecture,
    Procedure,
    Quotation,
    Referral,
    Revision,
    Step,
    changeset,
)
from prefectures.sheets.reading import state_at, state_now

from ..models.making import published
from ..size import AT_FULL_SIZE

pytestmark = pytest.mark.django_db

SERIES = 300 if AT_FULL_SIZE else 12
PHASES = [phase for phase in Phase if AT_FULL_SIZE or phase is not Phase.shrink]
FIELDS = {
    "title": ["Une fiche", "Autre"],
    "slug": ["une-fiche", "autre"],
    "departement_id": ["29", "56"],
    "headline": ["", "Écrivez.\nTéléphonez."],
    "warning": ["", "<p>Un</p><p>Deux</p>", "<p><strong>Un</strong></p>"],
    "refused_channels": [[], ["postal"], ["postal", "email"]],
    "valid_until": [None, date(2024, 1, 1)],
    "updated_on": [None, date(2023, 2, 22)],
    "situation": ["open", "unknown"],
    "publication": ["draft", "published", "archived"],
    "position": [0, 1, 2],
}
RELATED = {
    "offices": Prefecture.objects.filter(departement="29"),
    "offices_not_receiving": Prefecture.objects.filter(departement="56"),
    "grounds": Ground.objects.all(),
    "arrondissements": Arrondissement.objects.filter(departement="29"),
    "communes_included": Commune.objects.filter(departement="29"),
}
NEW_ROWS = {
    Step: {"kind": "post", "instructions": "Un"},
    Contact: {"kind": "phone", "value": "05"},
    Link: {"label": "Notice"},
    Quotation: {"text": "<p>Des mots</p>"},
    Referral: {},
}
CHANGED_ROWS = {
    Step: {"kind": "email", "group": 2},
    Contact: {"value": "06"},
    Link: {"label": "", "url": "https://a.example/"},
    Quotation: {"text": "<p>D’autres</p>", "author": "Le Progrès"},
    Referral: {"note": "même ailleurs"},
}
NUMBERS = st.integers(0, 2)
KINDS = st.sampled_from(list(NEW_ROWS))
EDITS = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(list(FIELDS)), NUMBERS),
    st.tuples(st.just("relate"), st.sampled_from(list(RELATED)), st.sets(NUMBERS, max_size=2)),
    *[st.tuples(st.just("add"), KINDS)] * 2,
    st.tuples(st.just("change"), KINDS, NUMBERS),
    st.tuples(st.just("move"), KINDS, NUMBERS, NUMBERS),
    st.tuples(st.just("remove"), KINDS, NUMBERS),
    st.tuples(st.just("name"), NUMBERS, NUMBERS),
    st.tuples(st.just("delete")),
)
SERIES_OF_EDITS = st.lists(st.lists(EDITS, min_size=1, max_size=4), min_size=2, max_size=6)


def chosen(queryset, number):
    items = list(queryset.order_by("pk")[:3])
    return items[number % len(items)] if items else None


def apply(sheet, do, *what):
    if do == "write":
        values = FIELDS[what[0]]
        setattr(sheet, what[0], values[what[1] % len(values)])
        sheet.save()
    elif do == "relate":
        items = {chosen(RELATED[what[0]], number) for number in what[1]}
        getattr(sheet, what[0]).set(items - {None})
    elif do == "add":
        more = {"ground": Ground.objects.order_by("pk").first()} if what[0] is Referral else {}
        what[0].objects.create(procedure=sheet, **NEW_ROWS[what[0]], **more)
    elif do == "name":
        row = chosen(sheet.quotations, what[0])
        if row:
            row.link = chosen(sheet.links, what[1])
            row.save()
    elif do == "delete":
        sheet.delete()
    elif row := chosen(what[0].objects.filter(procedure=sheet), what[1]):
        if do == "remove":
            row.delete()
        else:
            new = CHANGED_ROWS[what[0]] if do == "change" else {"position": what[2]}
            for name, value in new.items():
                setattr(row, name, value)
            row.save()


def edit(pk, edits):
    """Make these edits in one changeset, if the sheet can be so."""
    try:
        with changeset("Pour le test"):
            for each in edits:
                sheet = Procedure.objects.filter(pk=pk).first()
                if sheet is None:
                    break
                apply(sheet, *each)
    except ValidationError:
        return
    if not Procedure.objects.filter(pk=pk).exists():
        last = Revision.last_numbers([pk])[pk]
        restore(plan(pk, last - 1), None, reason="Pour le test")


def last_of(pk):
    return Revision.last_numbers([pk])[pk]


def edited_at_random(series):
    pk = published("Une fiche", departement="29").pk
    for edits in series:
        edit(pk, edits)
    return pk


def versions_of(pk):
    return range(1, last_of(pk) + 1)


def test_any_version_can_be_gone_back_to():
    @settings(max_examples=SERIES, phases=PHASES)
    @given(SERIES_OF_EDITS)
    def whatever_was_done(series):
        with transaction.atomic():
            pk = edited_at_random(series)
            for version in versions_of(pk):
                try:
                    restore(plan(pk, version), None, reason="Vu")
                except NotAVersionError:
                    assert state_at(Procedure, pk, version).sheet is None
                    continue
                except NothingToRestoreError:
                    pass
                assert state_now(Procedure, pk) == state_at(Procedure, pk, version)
                assert between(pk, version, last_of(pk)) == []
            transaction.set_rollback(True)

    whatever_was_done()


def test_a_deleted_sheet_can_come_back_to_any_of_them():
    @settings(max_examples=SERIES, phases=PHASES)
    @given(SERIES_OF_EDITS)
    def whatever_was_done(series):
        with transaction.atomic():
            pk = edited_at_random(series)
            for version in versions_of(pk):
                if state_at(Procedure, pk, version).sheet is None:
                    continue
                if sheet := Procedure.objects.filter(pk=pk).first():
                    with changeset("Pour le test"):
                        sheet.delete()
                restore(plan(pk, version), None, reason="Vu")
                assert state_now(Procedure, pk) == state_at(Procedure, pk, version)
            transaction.set_rollback(True)

    whatever_was_done()


def test_of_a_version_exactly_what_was_chosen_comes_back_or_nothing():
    @settings(max_examples=SERIES, phases=PHASES)
    @given(SERIES_OF_EDITS, st.randoms(use_true_random=False))
    def whatever_was_done(series, random):
        with transaction.atomic():
            pk = edited_at_random(series)
            for version in versions_of(pk):
                if state_at(Procedure, pk, version).sheet is not None:
                    go_back_in_part(pk, version, random)
            transaction.set_rollback(True)

    whatever_was_done()


def go_back_in_part(pk, version, random):
    keys = [part.key for part in plan(pk, version).parts]
    left_out = {key for key in keys if random.random() < 0.5}
    now, then = state_now(Procedure, pk), state_at(Procedure, pk, version)
    count = Changeset.objects.count()
    try:
        restore(plan(pk, version, left_out), None, reason="Vu")
    except (ValidationError, NothingToRestoreError):
        assert (state_now(Procedure, pk), Changeset.objects.count()) == (now, count)
        return
    is_now = state_now(Procedure, pk)
    for name, value in is_now.sheet.values.items():
        source = now if name in left_out else then
        assert value == source.sheet.values[name]
    for kind, rows in is_now.rows.items():
        wanted = {
            number: row
            for state, is_kept in ((now, True), (then, False))
            for number, row in state.rows[kind].items()
            if (f"{kind.part}-{number}" in left_out) == is_kept
        }
        assert rows == wanted

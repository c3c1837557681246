"""Any series of edits: what history holds is what was really changed, no more and no less.

What "really changed" means is found here by reading the tables before and after each changeset.
"""

from datetime import date
from itertools import count

import pytest
from django.db import transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from prefectures.models import (
    Arrondissement,
    Contact,
    Ground,
    Link,
    Prefecture,
    Procedure,
    Quotation,
    Step,
    Verification,
    changeset,
)

from ..size import AT_FULL_SIZE

pytestmark = pytest.mark.django_db

SERIES = 400 if AT_FULL_SIZE else 60
# To find the shortest series that fails takes minutes: that is for the full size.
PHASES = [phase for phase in Phase if AT_FULL_SIZE or phase is not Phase.shrink]
PARTS = {
    Step: {"kind": "post"},
    Contact: {"kind": "phone", "value": "05 61 02 10 00"},
    Link: {"label": "Notice"},
    Quotation: {"text": "<p>Des mots</p>"},
    Verification: {"verified_on": date(2024, 1, 1)},
}
RELATED = {
    "offices": Prefecture.objects.filter(departement="29"),
    # From the other side, a ground lets go of all its sheets: no other sheet has these.
    "grounds": Ground.objects.filter(slug__in=["travail", "metiers-en-tension"]),
    "arrondissements": Arrondissement.objects.filter(departement="29"),
}
SERIAL = count()
WORDS = st.sampled_from(["", "un", "deux", "<p>trois</p>"])
NUMBERS = st.integers(0, 2)

RELATIONS = st.tuples(
    st.sampled_from(["add", "remove", "set", "clear"]),
    NUMBERS,
    st.sampled_from(list(RELATED)),
    st.integers(0, 1),
    st.booleans(),
)
# (what to do, on which sheet, with what): the numbers choose among what is there at that moment.
EDITS = st.one_of(
    st.tuples(st.just("write"), NUMBERS, st.sampled_from(["headline", "warning"]), WORDS),
    st.tuples(st.just("save"), NUMBERS),
    st.tuples(st.just("create"), WORDS),
    st.tuples(st.just("delete"), NUMBERS),
    st.tuples(st.just("add part"), NUMBERS, st.sampled_from(list(PARTS))),
    st.tuples(st.just("edit part"), NUMBERS, st.sampled_from([Step, Contact, Link]), NUMBERS),
    st.tuples(st.just("delete part"), NUMBERS, st.sampled_from(list(PARTS)), NUMBERS),
    st.tuples(st.just("quote"), NUMBERS, NUMBERS),
    *[RELATIONS] * 4,
)


def ours():
    """The sheets of Finistère: no other test file leaves any there."""
    return Procedure.objects.filter(departement="29")


def chosen(queryset, number):
    items = list(queryset.order_by("pk"))
    return items[number % len(items)] if items else None


# --- Edits ------------------------------------------------------------------------------------


def apply(do, *what):
    if do == "create":
        Procedure.objects.create(departement_id="29", headline=what[0], title=f"n{next(SERIAL)}")
    elif sheet := chosen(ours(), what[0]):
        edit(sheet, do, *what[1:])


def edit(sheet, do, *what):
    if do == "write":
        setattr(sheet, *what)
        sheet.save()
    elif do == "save":
        sheet.save()
    elif do == "delete":
        sheet.delete()
    elif do == "quote":
        quote(sheet, chosen(sheet.links, what[0]) if what[0] else None)
    elif do == "add part":
        what[0].objects.create(procedure=sheet, **PARTS[what[0]])
    elif do in ("edit part", "delete part"):
        edit_part(chosen(what[0].objects.filter(procedure=sheet), what[1]), do, what[1])
    else:
        relate(sheet, do, *what)


def quote(sheet, link):
    quotation = sheet.quotations.first() or Quotation(procedure=sheet, text="<p>Des mots</p>")
    quotation.link = link
    quotation.save()


def edit_part(part, do, number):
    if part is not None and do == "delete part":
        # A link that a quotation names stays with it.
        for quotation in Quotation.objects.filter(link=part.pk) if type(part) is Link else ():
            quotation.link = None
            quotation.save()
        part.delete()
    elif part is not None:
        part.position = number
        part.save()


def relate(sheet, do, name, number, from_the_other_side):
    item = chosen(RELATED[name].all(), number)
    manager, value = getattr(sheet, name), item
    if from_the_other_side:
        manager, value = item.procedures, sheet
    if do == "clear":
        manager.clear()
    elif do == "set":
        manager.set([value])
    else:
        getattr(manager, do)(value)


# --- What there is, read without the code under test ------------------------------------------


def columns(model):
    names = [field.attname for field in model._meta.concrete_fields]
    return [name for name in names if name != "version"]


def present():
    """Return {(model, pk): {column: value}} of our sheets and their parts."""
    found = {(Procedure, row["id"]): row for row in ours().values(*columns(Procedure))}
    for name in RELATED:
        field = Procedure._meta.get_field(name)
        for row in found.values():
            row[name] = set()
        links = field.remote_field.through.objects.filter(procedure__departement="29")
        for pk, other in links.values_list("procedure", field.m2m_reverse_name()):
            found[Procedure, pk][name].add(other)
    for part in PARTS:
        rows = part.objects.filter(procedure__departement="29").values(*columns(part))
        found |= {(part, row["id"]): row for row in rows}
    return found


def past(model, pks):
    """Return what the newest history rows of ``pks`` hold, in the form of ``present``."""
    newest = {row.id: row for row in model.history.filter(id__in=pks).order_by("history_id")}
    held = {
        (model, pk): {name: getattr(row, name) for name in columns(model)}
        for pk, row in newest.items()
    }
    for name in RELATED if model is Procedure else ():
        for pk in newest:
            held[model, pk][name] = set()
        rows = getattr(model.history.model, name).model.objects.filter(history__in=newest.values())
        reverse = model._meta.get_field(name).m2m_reverse_name()
        for pk, other in rows.values_list("procedure", reverse):
            held[model, pk][name].add(other)
    return held


def versions():
    return dict(ours().values_list("pk", "version"))


def newest_id(model):
    return model.history.order_by("-history_id").values_list("history_id", flat=True).first() or 0


def kind_of_change(before, after):
    return "+" if before is None else "-" if after is None else "~"


def write_and_compare(edits):
    models = (Procedure, *PARTS)
    before, versions_before = present(), versions()
    marks = {model: newest_id(model) for model in models}
    with changeset("Pour le test"):
        for what in edits:
            apply(*what)
    after, versions_after = present(), versions()

    changed = {
        key: kind_of_change(before.get(key), after.get(key))
        for key in before.keys() | after.keys()
        if before.get(key) != after.get(key)
    }
    written = [
        ((model, row.id), row.history_type)
        for model in models
        for row in model.history.filter(history_id__gt=marks[model])
    ]
    assert len(written) == len(changed)
    assert dict(written) == changed
    for model in models:
        pks = [pk for other, pk in after if other is model]
        assert past(model, pks) == {(model, pk): after[model, pk] for pk in pks}

    touched = {
        pk if model is Procedure else (after.get((model, pk)) or before[model, pk])["procedure_id"]
        for model, pk in changed
    }
    for pk, version in versions_after.items():
        assert version == versions_before.get(pk, 0) + (pk in touched)


# Two sheets with something to lose: what is removed or taken away has to be there first.
FIRST = [
    ("create", "un"),
    ("create", ""),
    *(("add part", sheet, part) for sheet in (0, 1) for part in (*PARTS, Link)),
    *(("add", sheet, name, 0, False) for sheet in (0, 1) for name in RELATED),
    ("quote", 0, 2),
    ("quote", 1, 2),
]


def test_history_holds_what_was_really_changed_and_nothing_else():
    write_and_compare(FIRST)

    # Few edits a changeset: another one on the same sheet would hide what goes unnoticed.
    @settings(max_examples=SERIES, phases=PHASES)
    @given(st.lists(st.lists(EDITS, min_size=1, max_size=3), min_size=5, max_size=8))
    def whatever_is_edited_next(changesets):
        with transaction.atomic():
            for edits in changesets:
                write_and_compare(edits)
            transaction.set_rollback(True)

    whatever_is_edited_next()

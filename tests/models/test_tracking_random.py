"""Any series of edits: what history holds is what was really changed, no more and no less.

What "really changed" means is found here by reading the tables before and after each changeset.
"""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from prefectures.models import (
    Arrondissement,
    Contact,
    Ground,
    Link,
    Prefecture,
    Procedure,
    Revision,
    Step,
    Verification,
    changeset,
)

pytestmark = pytest.mark.django_db

PARTS = {
    Step: {"kind": "post"},
    Contact: {"kind": "phone", "value": "05 61 02 10 00"},
    Link: {"label": "Notice"},
    Verification: {"verified_on": date(2024, 1, 1)},
}
RELATED = {
    "offices": (Prefecture, "procedures"),
    "grounds": (Ground, "procedures"),
    "arrondissements": (Arrondissement, "procedures"),
}
WORDS = st.sampled_from(["", "un", "deux", "<p>trois</p>"])
NUMBERS = st.integers(0, 3)

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
    st.tuples(
        st.sampled_from(["add", "remove", "set", "clear"]),
        NUMBERS,
        st.sampled_from(list(RELATED)),
        NUMBERS,
        st.booleans(),
    ),
)


def chosen(queryset, number):
    items = list(queryset.order_by("pk"))
    return items[number % len(items)] if items else None


def places(model):
    sort = {"departement": "09"} if model in (Prefecture, Arrondissement) else {}
    return model.objects.filter(**sort)


def apply(ours, do, *what):
    if do == "create":
        Procedure.objects.create(
            departement_id="09", headline=what[0], title=f"Fiche {Procedure.history.count()}",
            slug=f"fiche-{Procedure.history.count()}-{Procedure.objects.count()}",
        )  # fmt: skip
        return
    sheet = chosen(ours(), what[0])
    if sheet is None:
        return
    if do == "write":
        setattr(sheet, what[1], what[2])
        sheet.save()
    elif do == "save":
        sheet.save()
    elif do == "delete":
        sheet.delete()
    elif do == "add part":
        what[1].objects.create(procedure=sheet, **PARTS[what[1]])
    elif do in ("edit part", "delete part"):
        part = chosen(what[1].objects.filter(procedure=sheet), what[2])
        if part is not None and do == "delete part":
            part.delete()
        elif part is not None:
            part.position = what[2]
            part.save()
    elif do == "quote":
        sheet.quoted_from = chosen(sheet.links, what[1]) if what[1] else None
        sheet.save()
    else:
        relate(sheet, do, *what[1:])


def relate(sheet, do, name, number, from_the_other_side):
    model, other_side = RELATED[name]
    item = chosen(places(model), number)
    manager, value = getattr(sheet, name), item
    if from_the_other_side:
        manager, value = getattr(item, other_side), sheet
    if do == "clear":
        manager.clear()
    elif do == "set":
        manager.set([value])
    else:
        getattr(manager, do)(value)


def content(row, names, related):
    fields = {name: getattr(row, name) for name in names}
    return fields | {name: ids(getattr(row, name)) for name in related}


def ids(manager):
    model = manager.model
    if hasattr(model, "history_id") or "history" in {f.name for f in model._meta.get_fields()}:
        column = next(f for f in model._meta.fields if f.name not in ("history", "procedure", "m2m_history_id", "id"))  # noqa: E501
        return set(manager.values_list(column.attname, flat=True))
    return set(manager.values_list("pk", flat=True))

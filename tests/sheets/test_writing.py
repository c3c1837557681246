"""Changes that become facts together: what goes makes room, what comes gets its key and number."""

import pytest

from prefectures.models import (
    Ground,
    Link,
    Prefecture,
    Procedure,
    Quotation,
    Referral,
    Step,
    changeset,
)
from prefectures.sheets.checking import new_item
from prefectures.sheets.difference import Change, changes
from prefectures.sheets.reading import items_now, sheets_now
from prefectures.sheets.state import Item, OwnRow, State
from prefectures.sheets.writing import as_instance, write

from ..models.making import draft, kinds, office, published, written
from .kinds import LINKS, QUOTATIONS, REFERRALS, STEPS

pytestmark = pytest.mark.django_db


def wrote(*of):
    with changeset("Pour le test"):
        write(of)


def item_of(instance):
    return items_now(type(instance), [instance.pk])[instance.pk]


def changed(item, **values):
    return Item(item.pk, item.values | values)


def new_sheet(slug, links=1):
    """Return the state of a new sheet that quotes the last of its ``links``."""
    found = State(new_item(Procedure, departement="09", slug=slug, title=slug))
    words = new_item(Quotation, number=1, text="<p>Des mots</p>", link=OwnRow(links))
    found.rows[QUOTATIONS][1] = words
    for number in range(1, links + 1):
        url = f"https://{slug}.example/{number}"
        found.rows[LINKS][number] = new_item(Link, number=number, url=url, kind="source")
    return found


def test_a_new_sheet_comes_with_its_rows_and_quotes_its_own():
    states = [new_sheet("une"), new_sheet("autre", links=2)]
    wrote(*(change for state in states for change in changes(State(), state)))
    for slug, url in [("une", "https://une.example/1"), ("autre", "https://autre.example/2")]:
        sheet = Procedure.objects.get(departement="09", slug=slug)
        link = sheet.quotations.get().link
        assert (link.procedure, link.url) == (sheet, url)


def test_two_new_sheets_may_refer_to_each_other():
    states = [new_sheet("une"), new_sheet("autre")]
    ground = Ground.objects.filter(covers_all=False).first()
    for state, other in zip(states, reversed(states), strict=True):
        referral = new_item(Referral, number=1, ground=ground.pk, sheet=other.sheet)
        state.rows[REFERRALS][1] = referral
    wrote(*(change for state in states for change in changes(State(), state)))
    une, autre = (Procedure.objects.get(departement="09", slug=slug) for slug in ("une", "autre"))
    assert [sheet.referrals.get().sheet for sheet in (une, autre)] == [autre, une]


def test_what_is_new_gets_its_key():
    state = new_sheet("une")
    wrote(*changes(State(), state))
    sheet = Procedure.objects.get(departement="09", slug="une")
    assert (state.sheet.pk, state.rows[LINKS][1].pk) == (sheet.pk, sheet.links.get().pk)


def test_new_rows_without_a_number_get_the_next_ones_in_their_order():
    sheet = published()
    rows = [new_item(Step, kind=kind) for kind in ("email", "counter")]
    wrote(*(Change(Step, None, row, item_of(sheet)) for row in rows))
    assert list(sheet.steps.order_by("number").values_list("number", "kind")) == [
        (1, "post"),
        (2, "email"),
        (3, "counter"),
    ]


def test_a_row_without_a_number_comes_after_those_that_bring_theirs():
    sheet = item_of(draft())
    rows = [new_item(Step, kind="email"), new_item(Step, kind="post", number=5)]
    wrote(*(Change(Step, None, row, sheet) for row in rows))
    numbers = dict(Step.objects.filter(procedure=sheet.pk).values_list("kind", "number"))
    assert numbers == {"email": 6, "post": 5}


def test_an_address_that_is_left_is_free_for_what_comes():
    gone = draft("Une fiche")
    comes = new_item(Procedure, departement="09", slug=gone.slug, title="La suivante")
    wrote(Change(Procedure, None, comes), Change(Procedure, item_of(gone), None))
    assert Procedure.objects.get(departement="09", slug=gone.slug).title == "La suivante"


def test_an_address_that_is_given_up_is_free_for_what_comes():
    moved = draft("Une fiche")
    was = item_of(moved)
    comes = new_item(Procedure, departement="09", slug=moved.slug, title="La suivante")
    wrote(Change(Procedure, None, comes), Change(Procedure, was, changed(was, slug="ailleurs")))
    assert Procedure.objects.get(pk=moved.pk).slug == "ailleurs"
    assert Procedure.objects.get(departement="09", slug="une-fiche").title == "La suivante"


def test_an_address_that_is_left_is_free_for_what_changes():
    gone, stays = draft("Une fiche"), draft("Une autre")
    was = item_of(stays)
    wrote(
        Change(Procedure, was, changed(was, slug=gone.slug)),
        Change(Procedure, item_of(gone), None),
    )
    assert Procedure.objects.get(departement="09", slug="une-fiche") == stays


def test_a_sheet_lets_go_of_an_office_that_goes():
    sheet = draft()
    fields = {"kind": "other", "city": "Foix", "printed_name": "Mairie"}
    gone = written(Prefecture, departement_id="09", **fields)
    with changeset("Pour le test"):
        sheet.offices.set([gone, office()])
    was = item_of(sheet)
    stays = changed(was, offices=frozenset([office().pk]))
    wrote(Change(Prefecture, item_of(gone), None), Change(Procedure, was, stays))
    assert list(sheet.offices.all()) == [office()]


def test_rows_let_go_of_an_office_that_goes():
    sheet = draft()
    fields = {"kind": "other", "city": "Foix", "printed_name": "Mairie"}
    gone = written(Prefecture, departement_id="09", **fields)
    with changeset("Pour le test"):
        sheet.offices.set([gone, office()])
        step = Step.objects.create(procedure=sheet, kind="counter", office=gone)
        other = Step.objects.create(procedure=sheet, kind="counter", office=gone)
    was = item_of(sheet)
    wrote(
        Change(Prefecture, item_of(gone), None),
        Change(Procedure, was, changed(was, offices=frozenset([office().pk]))),
        Change(Step, item_of(step), changed(item_of(step), office=office().pk)),
        Change(Step, item_of(other), None),
    )
    assert [step.office for step in sheet.steps.all()] == [office()]
    assert kinds(step) == "+~"


def test_links_are_written_only_where_they_are_not_the_same():
    sheet = published()
    was, [grounds] = item_of(sheet), Procedure.grounds.through.objects.filter(procedure=sheet)
    more = {*was.values["grounds"], Ground.objects.filter(covers_all=False).first().pk}
    wrote(Change(Procedure, was, changed(was, grounds=frozenset(more))))
    now = Procedure.grounds.through.objects.filter(procedure=sheet)
    assert now.count() == 2
    assert grounds in now


def test_a_change_is_one_row_of_history():
    sheet = published()
    was = item_of(sheet)
    wrote(Change(Procedure, was, changed(was, title="Autre", grounds=was.values["grounds"])))
    assert kinds(sheet) == "+~"


def test_a_state_that_is_read_describes_the_object_itself():
    step = published().steps.get()
    sheet = sheets_now([step.procedure_id])[step.procedure_id]
    instance = as_instance(Step, sheet.rows[STEPS][1])
    assert instance == step
    assert not instance._state.adding
    assert as_instance(Step, new_item(Step))._state.adding

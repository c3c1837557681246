"""Three texts of one form, without a page: what is a conflict, and what is sent on."""

import pytest
from django import forms
from django.http import QueryDict

from prefectures.admin.sent_form import SentForm, as_number, put
from prefectures.models import Procedure, Quotation
from prefectures.sheets.merge import THEIRS
from prefectures.sheets.words import Merge

NAMES = ["title", "headline", "situation", "valid_from", "refused_channels"]
SheetForm = forms.modelform_factory(Procedure, fields=[*NAMES, "warning"])
OPENED = {
    "title": "Un titre",
    "headline": "Une phrase",
    "situation": "open",
    "valid_from": None,
    "refused_channels": [],
    "warning": "",
}


def as_sent(values):
    data = QueryDict(mutable=True)
    for name, value in values.items():
        put(data, name, SheetForm.base_fields[name], value)
    return data


def merged(theirs, mine, **choices):
    """Return (Merge, the values that go on) of two changes of what was opened."""
    data = as_sent(OPENED | mine)
    merge = Merge()
    form = SheetForm(data.copy())
    SentForm(form, choices=choices).merge(OPENED, OPENED | theirs, merge, data)
    return merge, data


def names(differences):
    return [difference.name for difference in differences]


OTHERS = {
    "title": "Autre",
    "situation": "suspended",
    "refused_channels": ["postal", "online"],
    "warning": "<p>Attention</p>",
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_only_they_changed_is_taken_over(name):
    merge, data = merged({name: OTHERS[name]}, {"headline": "X"})
    assert (names(merge.taken), names(merge.kept)) == ([name], ["headline"])
    assert data == as_sent(OPENED | {"headline": "X", name: OTHERS[name]})


@pytest.mark.parametrize("name", OTHERS)
def test_what_only_i_changed_is_kept(name):
    merge, data = merged({"headline": "X"}, {name: OTHERS[name]})
    assert (names(merge.taken), names(merge.kept)) == (["headline"], [name])
    assert data == as_sent(OPENED | {"headline": "X", name: OTHERS[name]})


@pytest.mark.parametrize("name", OTHERS)
def test_what_both_changed_alike_asks_nothing(name):
    merge, _ = merged({name: OTHERS[name]}, {name: OTHERS[name]})
    assert not merge.has_news


@pytest.mark.parametrize(
    ("name", "theirs", "mine"),
    [
        ("title", "Le leur", "Le mien"),
        ("situation", "suspended", "blocked"),
        ("refused_channels", ["postal"], ["online"]),
        ("warning", "<p>Le leur</p>", "<p>Le mien</p>"),
    ],
)
def test_what_both_changed_waits_for_a_choice(name, theirs, mine):
    merge, data = merged({name: theirs}, {name: mine})
    assert names(merge.conflicts) == [name]
    assert not merge.is_decided
    assert data == as_sent(OPENED | {name: mine})


def test_the_text_that_was_chosen_goes_on():
    merge, data = merged({"title": "Le leur"}, {"title": "Le mien"}, title=THEIRS)
    assert merge.is_decided
    assert data["title"] == "Le leur"


def test_what_cannot_be_saved_is_compared_as_it_was_typed():
    data = as_sent(OPENED)
    data["valid_from"] = "31/02/2026"
    merge = Merge()
    theirs = OPENED | {"title": "Le leur"}
    SentForm(SheetForm(data.copy())).merge(OPENED, theirs, merge, data)
    assert [(kept.name, kept.mine) for kept in merge.kept] == [("valid_from", "31/02/2026")]


def test_boxes_that_come_in_another_order_are_no_change():
    opened = OPENED | {"refused_channels": ["postal", "online"]}
    sent = SheetForm(as_sent(OPENED | {"refused_channels": ["online", "postal"]}))
    assert SentForm(sent).values(opened)["refused_channels"] == ["postal", "online"]


def test_a_text_that_the_site_would_write_otherwise_today_is_no_change():
    opened = OPENED | {"title": "Un  titre "}
    assert SentForm(SheetForm(as_sent(opened))).values(opened)["title"] == "Un  titre "


def test_their_text_in_an_old_spelling_is_theirs_when_both_send_it():
    merge, _ = merged({"title": "Le  leur "}, {"title": "Le  leur "})
    assert not merge.has_news


def test_choices_are_read_by_their_names():
    merge, _ = merged({"situation": "suspended"}, {"situation": "blocked"})
    (conflict,) = merge.conflicts
    shown = (conflict.base, conflict.theirs, conflict.mine)
    assert shown == ("ouverte", "suspendue", "bloquée en pratique")


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), ("", None), ("-1", None), ("²", None), ("x", None), ("9" * 30, None)],
)
def test_a_number_is_read_or_left(text, number):
    assert as_number(text) == number


def test_a_box_that_somebody_else_ticked_stays_ticked():
    form = forms.modelform_factory(Quotation, fields=["is_excerpt", "author"])
    data = QueryDict("author=Moi", mutable=True)
    opened = {"is_excerpt": False, "author": ""}
    merge = Merge()
    SentForm(form(data.copy())).merge(opened, opened | {"is_excerpt": True}, merge, data)
    assert names(merge.taken) == ["is_excerpt"]
    assert data["is_excerpt"] == "on"
    SentForm(form(data.copy())).merge(opened | {"is_excerpt": True}, opened, merge, data)
    assert "is_excerpt" not in data

"""Which way a sheet is filed, and a département."""

from datetime import date

import pytest

from prefectures.public.map.filing import Way, as_one, told, ways_of

from .told import DAY, LAWYER, place, sheet, step, told_of

COURT = {"is_owed": True}


@pytest.mark.parametrize(
    ("steps", "fields", "ways"),
    [
        ([step("post")], {}, {Way.POST}),
        ([step("drop_box")], {}, {Way.COUNTER}),
        ([step("online_form")], {}, {Way.ONLINE}),
        ([step("email")], {}, {Way.EMAIL}),
        ([step("telephone")], {}, {Way.PHONE}),
        ([step("counter")], {}, {Way.COUNTER}),
        ([step("post"), step("email")], {}, {Way.POST, Way.EMAIL}),
        # A form, or a question, files nothing.
        ([step("other", "form"), step("post", group=2)], {}, {Way.POST}),
        ([step("telephone", "information"), step("post", group=2)], {}, {Way.POST}),
        # An appointment that is obtained first, whichever way.
        ([step("book_online", "appointment"), step("counter", group=2)], {}, {Way.APPOINTMENT}),
        ([step("post", "appointment"), step("counter", group=2)], {}, {Way.APPOINTMENT}),
        ([step("book_by_phone", "appointment")], {}, {Way.APPOINTMENT}),
        ([step("online_form", "appointment")], {}, {Way.APPOINTMENT}),
        # One that comes after the filing is no way to file.
        ([step("post"), step("wait_for_summons", "appointment", 2)], {}, {Way.POST}),
        # One at choice with another way, and one that leads to a counter at choice with the post.
        ([step("post"), step("book_online", "appointment")], {}, {Way.POST, Way.APPOINTMENT}),
        (
            [step("online_form", "appointment"), step("counter", group=2), step("post", group=2)],
            {},
            {Way.APPOINTMENT, Way.POST},
        ),
        # What is refused is no way, but for the counter of those who have an appointment.
        ([step("post"), step("email")], {"refused_channels": ["postal"]}, {Way.EMAIL}),
        (
            [step("book_online", "appointment"), step("counter", group=2)],
            {"refused_channels": ["on_site"]},
            {Way.APPOINTMENT},
        ),
        ([step("post")], {"refused_channels": ["postal"]}, {Way.UNKNOWN}),
        # What a court imposed is a way where there is no other.
        ([step("online_form"), step("post", **COURT)], {}, {Way.ONLINE}),
        ([step("post", **COURT)], {"refused_channels": ["postal"]}, {Way.POST}),
        # Whether it files is left unsaid: by the préfecture, or by who told of it.
        ([step("online_form", "not_stated")], {}, {Way.NOT_STATED}),
        ([step("online_form", "not_stated")], LAWYER, {Way.UNKNOWN}),
        ([step("email", "not_stated", source=1)], LAWYER, {Way.UNKNOWN}),
        ([step("post"), step("online_form", "not_stated")], {}, {Way.POST}),
        # A way that has no name, and none at all.
        ([step("other")], {}, {Way.UNKNOWN}),
        ([], {}, {Way.UNKNOWN}),
        # The situation comes before the steps.
        ([step("post")], {"situation": "suspended"}, {Way.CLOSED}),
        ([step("post")], {"situation": "blocked"}, {Way.CLOSED}),
        ([step("post")], {"situation": "not_offered"}, {Way.CLOSED}),
        ([step("post")], {"situation": "not_applicable"}, {Way.CLOSED}),
        ([step("post")], {"situation": "provisional"}, {Way.POST}),
        ([step("book_online", "appointment")], {"situation": "not_stated"}, {Way.NOT_STATED}),
        ([], {"situation": "not_stated", **LAWYER}, {Way.UNKNOWN}),
        ([step("post")], {"situation": "unknown"}, {Way.UNKNOWN}),
    ],
)
def test_a_sheet_is_filed_as_its_steps_say(steps, fields, ways):
    assert ways_of(sheet(*steps, **fields)) == ways


def test_what_has_ended_is_closed_from_the_next_day_on():
    ended = told(sheet(step("post"), valid_until="2026-11-30"))
    assert ended.ways_on(DAY) == {Way.POST}
    assert ended.ways_on(date(2026, 12, 1)) == {Way.CLOSED}


def test_what_has_not_begun_is_closed_until_it_does():
    coming = told(sheet(step("post"), valid_from="2026-12-01"))
    assert coming.ways_on(DAY) == {Way.CLOSED}
    assert coming.ways_on(date(2026, 12, 1)) == {Way.POST}


@pytest.mark.parametrize(
    ("sheets", "way"),
    [
        ([], Way.NO_SHEET),
        ([told_of(Way.POST)], Way.POST),
        ([told_of(Way.POST), told_of(Way.POST)], Way.POST),
        ([told_of(Way.POST, Way.EMAIL)], Way.SEVERAL),
        ([told_of(Way.POST), told_of(Way.ONLINE)], Way.SEVERAL),
        # A part of the département is not the whole.
        ([told_of(Way.POST), told_of(Way.CLOSED)], Way.SEVERAL),
        ([told_of(Way.POST), told_of(Way.NOT_STATED)], Way.SEVERAL),
        ([told_of(Way.CLOSED), told_of(Way.CLOSED)], Way.CLOSED),
        # Another request than the one that the map is about.
        ([told_of(Way.POST, is_neighbour=True)], Way.NO_SHEET),
        ([told_of(Way.POST), told_of(Way.ONLINE, is_neighbour=True)], Way.POST),
    ],
)
def test_a_departement_has_the_way_of_all_its_sheets(sheets, way):
    assert place(*sheets).way == way


def test_all_ways_of_a_departement_are_named_in_the_order_of_the_legend():
    several = place(told_of(Way.NOT_STATED), told_of(Way.EMAIL, Way.POST))
    assert several.way_words == "par la poste, par courriel, non précisé par la préfecture"
    assert as_one(several.ways) == Way.SEVERAL


def test_a_sheet_for_a_ground_and_a_neighbouring_request_is_no_neighbour():
    grounds = [{"slug": "travail"}, {"slug": "parents", "is_neighbour": True}]
    assert not told(sheet(grounds=grounds)).is_neighbour
    assert told(sheet(grounds=grounds[1:])).is_neighbour
    assert not told(sheet()).is_neighbour

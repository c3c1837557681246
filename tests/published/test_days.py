"""What readers saw during a day, and which sheet stood where: asked in one question."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prefectures.models import Changeset, PublishedDocument
from prefectures.published.document import written
from prefectures.published.past import during, standing_at, standing_with, stood_before

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 29)
# The night on which clocks are put forward, and around it.
minutes = st.integers(-3 * 24 * 60, 3 * 24 * 60)


def at(minute):
    midnight = timezone.make_aware(datetime(2026, 3, 29)).astimezone(UTC)
    return midnight + timedelta(minutes=minute)


def row(procedure, moment, *, slug="lyon", is_online=True):
    document = written({"title": str(moment)}) if is_online else None
    return PublishedDocument.objects.create(
        procedure_id=procedure,
        changeset=Changeset.objects.create(origin="command", reason="Pour le test"),
        at=moment,
        departement_id="69",
        slug=slug,
        title="Lyon",
        format=document and document.format,
        sha256=document.sha256 if document else "",
        content=document and document.compressed,
    )


@pytest.mark.usefixtures("unguarded")
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(minutes, st.booleans()), max_size=8))
def test_a_day_holds_what_was_there_at_some_time_of_it(moments):
    PublishedDocument.objects.filter(procedure=-1).delete()
    rows = [row(-1, at(minute), is_online=is_on) for minute, is_on in sorted(moments)]
    begins, ends = at(0), timezone.make_aware(datetime(2026, 3, 30))
    untils = [each.at for each in rows[1:]] + [None]
    expected = [
        (each.pk, until)
        for each, until in zip(rows, untils, strict=False)
        if each.at < ends and (until is None or until > begins)
    ]
    found = [(shown.row.pk, shown.until) for shown in during(-1, DAY)]
    # Several at the very first moment of the day were there for no time at all.
    assert [each for each in found if each[1] is None or each[1] > begins] == expected


def test_what_was_shown_is_read_again_and_a_withdrawal_shows_nothing():
    row(-1, at(-60))
    row(-1, at(60), is_online=False)
    first, second = during(-1, DAY)
    assert first.document.content == {"title": str(at(-60))}
    assert second.document is None
    assert (first.until, second.until) == (at(60), None)


def test_a_day_is_asked_for_in_one_question_however_long_the_history():
    for minute in range(-200, 200, 10):
        row(-1, at(24 * 60 * minute))
    with CaptureQueriesContext(connection) as captured:
        found = during(-1, DAY)
        assert [shown.row.changeset.public_reason for shown in found] == [""]
    assert len(captured) == 1


def test_of_a_changeset_nothing_internal_is_read():
    row(-1, at(0))
    [shown] = during(-1, DAY)
    assert {
        "reason",
        "author_id",
        "origin",
        "file_name",
    } <= shown.row.changeset.get_deferred_fields()


def test_an_address_is_that_of_whoever_stood_there_that_day():
    old = row(-1, at(-3000))
    row(-1, at(-2000), is_online=False)
    new = row(-2, at(2000))
    days = [DAY - timedelta(days=3), DAY, DAY + timedelta(days=2)]
    assert [standing_at("69", "lyon", day) for day in days] == [-1, -1, -2]
    assert standing_at("69", "lyon") == -2
    assert standing_at("69", "ailleurs", DAY) is None
    assert standing_with("69", "lyon", old.changeset_id) == -1
    assert standing_with("69", "lyon", new.changeset_id) == -2
    assert stood_before("69", "lyon", -2).pk == old.pk
    assert stood_before("69", "lyon", -1) is None

"""What is kept of contradictions is what one would find now, whatever has changed since."""

import random
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from prefectures.contradictions import contradictions_of, count_told, found_everywhere, kept
from prefectures.models import (
    Acknowledgement,
    Arrondissement,
    Changeset,
    Commune,
    ContentVersion,
    Departement,
    Ground,
    KeptContradictions,
    Procedure,
    Step,
    changeset,
    derived,
)

from ..gate.holding import held
from ..models.making import draft, edited, published, written
from .telling import forget

pytestmark = pytest.mark.django_db


def kinds(sheet):
    return [kind for kind, _ in found_everywhere().all.get(sheet.pk, [])]


def reasons(sheet):
    return " ".join(item.reason for item in contradictions_of([sheet]).get(sheet.pk, []))


def twins():
    """Return two sheets of Ariège for the same ground, whose contradictions are kept."""
    found = [published(title) for title in ("Mineurs", "Adultes")]
    with changeset("Pour le test"):
        for sheet in found:
            sheet.grounds.set([Ground.objects.get(slug="travail")])
            step = sheet.steps.get()
            step.address = "Foix"
            step.save()
    assert kinds(found[0]) == ["overlap"]
    return found


def asked(ask):
    with CaptureQueriesContext(connection) as queries:
        ask()
    return [query["sql"] for query in queries]


# --- What changes -----------------------------------------------------------------------------


def another_title(minors, adults):
    edited(adults, title="Jeunes majeurs")
    assert "Jeunes majeurs" in reasons(minors)


def another_ground(minors, adults):
    with changeset("Pour le test"):
        adults.grounds.set([Ground.objects.get(slug="metiers-en-tension")])
    assert kinds(minors) == []


def another_departement(minors, adults):
    edited(adults, departement=Departement.objects.get(code="48"), slug="ailleurs")
    assert kinds(minors) == []


def a_withdrawal(minors, adults):
    edited(adults, publication="draft")
    assert kinds(minors) == []


def a_deletion(minors, adults):
    with changeset("Pour le test"):
        adults.delete()
    assert kinds(minors) == []


def a_step_that_goes(minors, adults):
    with changeset("Pour le test"):
        minors.steps.get().delete()
        minors.links.create(label="Notice")
    assert kinds(minors) == ["no_step", "overlap"]


def a_part_of_the_territory(minors, adults):
    with changeset("Pour le test"):
        adults.arrondissements.set(Arrondissement.objects.filter(departement="09")[:1])
    assert "aussi pour" in reasons(minors)
    assert "autres" in reasons(minors)


def the_name_of_a_ground(minors, adults):
    edited(Ground.objects.get(slug="travail"), name="Emploi")
    assert "Emploi" in reasons(minors)


def another_edition_of_the_territory(minors, adults):
    Commune.objects.filter(departement="09").update(name="Ailleurs")
    with changeset("Chargement", file_name="territories", file_digest="1" * 64, is_kept_empty=True):
        pass
    assert "Ailleurs" in reasons(minors)


@pytest.mark.parametrize(
    "change",
    [
        another_title,
        another_ground,
        another_departement,
        a_withdrawal,
        a_deletion,
        a_step_that_goes,
        a_part_of_the_territory,
        the_name_of_a_ground,
        another_edition_of_the_territory,
    ],
)
def test_a_change_is_told_the_next_time(change):
    change(*twins())


def test_a_sheet_that_ends_is_told_the_day_after(monkeypatch):
    today = timezone.localdate()
    sheet = published(valid_until=today)
    assert "ended" not in kinds(sheet)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: today + timedelta(days=1))
    assert "ended" in kinds(sheet)
    # A clock that is put back.
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: today)
    assert "ended" not in kinds(sheet)


def test_another_edition_of_the_site_finds_anew(monkeypatch):
    sheet = draft()
    assert kinds(sheet) == ["no_step"]
    monkeypatch.setattr(kept, "digest_of_code", lambda *patterns: "another")
    monkeypatch.setattr(kept, "found_in", lambda sheets: {})
    assert kinds(sheet) == []


def test_what_is_meant_is_asked_each_time():
    sheet = draft()
    ((kind, fingerprint),) = found_everywhere().all[sheet.pk]
    said = written(
        Acknowledgement, procedure=sheet, kind=kind, fingerprint=fingerprint, reason="Voulu"
    )
    assert sheet.pk in found_everywhere().told(are_meant=True)
    assert sheet.pk not in found_everywhere().told()
    with changeset("Pour le test"):
        said.delete()
    assert sheet.pk in found_everywhere().told()


def edits(draw):
    """Do one thing, drawn at random, to one sheet of three départements."""
    sheets = list(Procedure.objects.filter(departement__in=["09", "11", "34"]).order_by("pk"))
    sheet = draw.choice(sheets)
    what = draw.randrange(8)
    with changeset("Pour le test"):
        if what == 0:
            sheet = Procedure(
                title=f"Fiche {draw.random()}", departement_id=draw.choice(["09", "11"])
            )
        elif what == 1:
            sheet.headline = draw.choice(["", "Par la poste.", "En ligne.", "Par courriel."])
        elif what == 2:
            sheet.grounds.set(draw.sample(list(Ground.objects.order_by("pk")), 2))
        elif what == 3:
            sheet.arrondissements.set(
                Arrondissement.objects.filter(departement=sheet.departement_id).order_by("pk")[:1]
            )
        elif what == 4:
            sheet.publication = draw.choice(["draft", "archived"])
        elif what == 5 and sheet.grounds.exists():
            sheet.warning = "<p>Des mots.</p>"
            sheet.publication = "published"
        elif what == 6:
            Step.objects.create(procedure=sheet, kind=draw.choice(["post", "email", "counter"]))
        elif what == 7 and len(sheets) > 3:
            sheet.delete()
            return
        sheet.save()


@pytest.mark.parametrize("seed", range(3))
def test_what_is_kept_is_what_is_found_after_any_edits(seed):
    draw = random.Random(seed)
    for _ in range(12):
        edits(draw)
        before, count = found_everywhere().all, count_told()
        forget()
        after = found_everywhere().all
        assert (before, list(before)) == (after, list(after))
        assert count == count_told() == len(after)


def test_a_sheet_of_which_all_is_meant_is_not_counted():
    sheets = [draft("Une"), draft("Deux"), draft("Trois", departement="48")]
    before = count_told()
    ((kind, fingerprint),) = found_everywhere().all[sheets[0].pk]
    edited(sheets[1], headline="Par la poste.", warning='<a href="https://été.fr/">Ici</a>')
    for sheet in sheets[:2]:
        written(
            Acknowledgement, procedure=sheet, kind=kind, fingerprint=fingerprint, reason="Voulu"
        )
    assert count_told() == len(found_everywhere().told()) == before - 1


# --- What it costs ----------------------------------------------------------------------------


def test_no_sheet_is_read_again_where_nothing_changed():
    draft()
    found_everywhere()
    sent = asked(found_everywhere)
    assert [sql for sql in sent if "_step" in sql or "headline" in sql] == []


def test_only_the_departement_that_changed_is_found_anew():
    draft(departement="48")
    found_everywhere()
    before = dict(KeptContradictions.objects.values_list("departement", "made_of"))
    edited(Procedure.objects.get(departement="09"), headline="Autre")
    found_everywhere()
    after = dict(KeptContradictions.objects.values_list("departement", "made_of"))
    assert {code for code in after if after[code] != before[code]} == {"09"}


def test_as_much_is_asked_of_what_is_kept_for_many_sheets():
    counts = []
    for departement in ("48", "66"):
        found_everywhere()
        counts.append((len(asked(found_everywhere)), len(asked(kinds_of_all))))
        for number in range(10):
            draft(f"Fiche {number}", departement=departement)
    assert counts[0] == counts[1]


def kinds_of_all():
    return contradictions_of(Procedure.objects.all())


def test_whoever_saves_writes_nothing_of_it():
    found_everywhere()
    sheet = draft()
    names = ("keptcontradictions", "searchedtext")
    sent = asked(lambda: edited(sheet, headline="Autre"))
    assert [sql for sql in sent if any(name in sql for name in names)] == []


def test_keeping_it_changes_no_page_and_no_history():
    draft()
    version, count = ContentVersion.objects.get(), Changeset.objects.count()
    found_everywhere()
    assert KeptContradictions.objects.exists()
    assert ContentVersion.objects.get().stamp == version.stamp
    assert Changeset.objects.count() == count


def test_nothing_is_kept_of_what_may_be_rolled_back():
    with changeset("Pour le test"):
        Procedure.objects.create(title="Une fiche", departement_id="48")
    with changeset("Pour le test"):
        found_everywhere()
    assert not KeptContradictions.objects.exists()


def test_what_cannot_be_kept_is_told_all_the_same(monkeypatch):
    def busy(*args, **kwargs):
        raise OperationalError("database is locked")

    sheet = draft()
    monkeypatch.setattr(derived.models.query.QuerySet, "bulk_create", busy)
    assert kinds(sheet) == ["no_step"]
    assert not KeptContradictions.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_who_looks_waits_for_nobody_who_saves():
    sheet = draft()
    with held(sheet):
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA busy_timeout = 20000")
        started = timezone.now()
        assert kinds(sheet) == ["no_step"]
        assert timezone.now() - started < timedelta(seconds=5)

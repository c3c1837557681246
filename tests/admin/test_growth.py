"""A screen of the admin asks the database as much for few as for many, and shows no more."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from prefectures.contradictions import found_everywhere
from prefectures.models import (
    Acknowledgement,
    Arrondissement,
    Commune,
    Contact,
    Departement,
    Ground,
    Link,
    Prefecture,
    Procedure,
    Quotation,
    Referral,
    Step,
    User,
    Verification,
    changeset,
)
from prefectures.roles import RESPONSABLE

from ..models.making import all_grounds, edited, written
from ..test_roles import member
from .test_tracked import address

pytestmark = pytest.mark.django_db
LIST = address(Procedure, "changelist")


def add_sheets(first, last):
    """Publish the sheets ``first`` to ``last``, all of Lozère, with parts and contradictions."""
    with changeset("Des fiches pour le test"):
        for number in range(first, last + 1):
            sheet = Procedure.objects.create(
                departement_id="48", title=f"Fiche {number}", publication="published"
            )
            sheet.grounds.add(all_grounds())
            sheet.offices.set(Prefecture.objects.filter(departement="48"))
            for _ in range(2):
                Step.objects.create(procedure=sheet, kind="post", url="https://été.example/")
                Link.objects.create(procedure=sheet, label="Notice", url="https://a.example/")


def asked(client, url):
    # What is kept is made first.
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize(
    "url",
    [
        reverse("admin:index"),
        LIST,
        f"{LIST}?contradictions=avec",
        f"{LIST}?contradictions=sans",
        f"{LIST}?age=inconnue",
        f"{LIST}?changees=semaine",
        f"{LIST}?q=notice",
        f"{LIST}?q=48",
        f"{LIST}contradictions/",
        f"{LIST}contradictions/?kind=accented_host",
        f"{LIST}liens/",
        address(Procedure, "add"),
        address(Prefecture, "changelist"),
        f"{address(Departement, 'changelist')}?couverture=ancienne",
        reverse("admin:prefectures_journalentry_changelist"),
    ],
)
def test_a_screen_asks_as_much_for_two_sheets_as_for_sixty(admin_client, url):
    add_sheets(1, 2)
    for_two = asked(admin_client, url)
    add_sheets(3, 60)
    assert asked(admin_client, url) == for_two


@pytest.mark.parametrize("view", ["change", "history"])
def test_a_sheet_asks_as_much_whatever_its_past_and_its_neighbours(admin_client, view):
    add_sheets(1, 1)
    sheet = Procedure.objects.get(title="Fiche 1")
    for number in range(25):
        edited(sheet, headline=f"La {number}")
    url = address(Procedure, view, sheet.pk)
    before = asked(admin_client, url)
    add_sheets(2, 12)
    for number in range(25):
        edited(sheet, headline=f"Encore {number}")
    assert asked(admin_client, url) == before


def versions_shown(sheet):
    """Return the addresses of what shows versions of ``sheet``, whose last one is its latest."""
    there = address(Procedure, "history", sheet.pk).replace("history/", "versions/")
    last = Procedure.objects.get(pk=sheet.pk).version
    return [
        f"{there}2/",
        f"{there}2/{last}/",
        f"{there}2/revenir/",
        f"{LIST}supprimees/",
    ]


def test_versions_are_shown_with_as_many_queries_whatever_their_number(admin_client):
    add_sheets(1, 3)
    sheet, gone, also_gone = Procedure.objects.order_by("-pk")[:3]
    with changeset("Doublon"):
        gone.delete()
    edited(sheet, headline="La première")
    edited(sheet, headline="La deuxième")
    before = [asked(admin_client, url) for url in versions_shown(sheet)]
    with changeset("Doublon"):
        also_gone.delete()
    for number in range(25):
        edited(sheet, headline=f"La {number}")
    assert [asked(admin_client, url) for url in versions_shown(sheet)] == before


# --- By the page ------------------------------------------------------------------------------


def test_a_long_history_is_told_by_the_page_the_newest_first(admin_client):
    add_sheets(1, 1)
    sheet = Procedure.objects.get(title="Fiche 1")
    for number in range(20):
        edited(sheet, headline=f"La {number}.")
    url = address(Procedure, "history", sheet.pk)
    first, last = admin_client.get(url), admin_client.get(url, {"page": 2})
    assert [len(page.context["entries"]) for page in (first, last)] == [20, 1]
    assert "?page=2" in first.page.links
    assert "19." in first.page.text
    assert "La 0." in first.page.text
    assert "Des fiches pour le test" in last.page.text


def test_the_first_change_of_a_page_is_compared_with_the_last_of_the_page_before(admin_client):
    add_sheets(1, 1)
    sheet = Procedure.objects.get(title="Fiche 1")
    for number in range(21):
        edited(sheet, headline=f"La {number}.")
    page = admin_client.get(address(Procedure, "history", sheet.pk))
    (touched,) = page.context["entries"][-1].touched
    assert [(change.before, change.after) for change in touched.changes] == [("La 0.", "La 1.")]


@pytest.mark.parametrize("number", ["0", "-1", "999", "²", "x" * 300, ""])
def test_a_page_that_is_none_is_the_nearest(admin_client, beziers, number):
    for url in (address(Procedure, "history", beziers.pk), f"{LIST}contradictions/"):
        assert admin_client.get(url, {"page": number}).status_code == 200


def test_a_long_report_is_told_by_the_page_and_counted_whole(admin_client):
    with changeset("Pour le test"):
        for number in range(60):
            Procedure.objects.create(departement_id="48", title=f"Fiche {number:02}")
    report = f"{LIST}contradictions/?kind=no_step"
    first, last = admin_client.get(report), admin_client.get(f"{report}&page=2")
    assert first.context["sheet_count"] == last.context["sheet_count"] == 60
    assert "?kind=no_step&page=2" in first.page.links
    told = [
        sheet.title
        for page in (first, last)
        for _, rows in page.context["departements"]
        for sheet, _ in rows
    ]
    assert told == [f"Fiche {number:02}" for number in range(60)]


def test_what_is_meant_comes_last_and_the_first_page_leads_to_it(admin_client):
    with changeset("Pour le test"):
        for number in range(60):
            Procedure.objects.create(departement_id="48", title=f"Fiche {number:02}")
    sheet = Procedure.objects.get(title="Fiche 00")
    ((kind, fingerprint),) = found_everywhere().all[sheet.pk]
    written(Acknowledgement, procedure=sheet, kind=kind, fingerprint=fingerprint, reason="Voulu")
    first = admin_client.get(f"{LIST}contradictions/?kind=no_step")
    assert "?kind=no_step&page=2#voulues" in first.page.links
    assert "Voulues : 1" in first.page.text
    last = admin_client.get(f"{LIST}contradictions/?kind=no_step&page=2")
    assert [sheet.title for sheet, _ in last.context["meant"]] == ["Fiche 00"]


# --- Of every kind at once --------------------------------------------------------------------

MOST_ASKED = 12


def touch_everything(sheet, number):
    """Change ``sheet``, a row of each kind, and all that they name, in one changeset."""
    offices = list(Prefecture.objects.filter(departement="34").order_by("pk"))
    communes = Commune.objects.filter(departement="34").order_by("pk")
    elsewhere = Procedure.objects.filter(departement="48").order_by("pk")
    grounds = list(Ground.objects.order_by("pk"))
    links = list(sheet.links.order_by("number"))

    def one_of(many):
        return many[number % len(many)]

    with changeset(f"Le {number}"):
        sheet.refresh_from_db()
        sheet.headline = f"La {number}"
        sheet.save()
        sheet.offices.set([one_of(offices)])
        sheet.offices_not_receiving.set([offices[(number + 1) % len(offices)]])
        sheet.grounds.set([one_of(grounds)])
        sheet.arrondissements.set(Arrondissement.objects.filter(departement="34")[: number % 2 + 1])
        sheet.communes_included.set(communes[number : number + 3])
        sheet.communes_excluded.set(communes[number + 50 : number + 52])
        told = {"office": one_of(offices), "source": one_of(links)}
        rows = {
            sheet.steps: told,
            sheet.contacts: {"value": f"Bureau {number}"},
            sheet.links: {"label": f"Notice {number}"},
            sheet.quotations: {"text": f"<p>Le {number}.</p>", "link": one_of(links)},
            sheet.referrals: {"ground": one_of(grounds), "sheet": one_of(elsewhere)}
            | {"office": one_of(offices)},
        }
        for manager, values in rows.items():
            row = manager.order_by("number").first()
            for name, value in values.items():
                setattr(row, name, value)
            row.save()
        Verification.objects.create(procedure=sheet, verified_by=User.objects.get(username="nadia"))


def sheet_of_every_kind():
    add_sheets(1, 2)
    with changeset("Une fiche entière"):
        sheet = Procedure.objects.create(departement_id="34", title="Entière")
        offices = Prefecture.objects.filter(departement="34")
        for _ in range(2):
            link = Link.objects.create(procedure=sheet, label="Notice")
        Step.objects.create(procedure=sheet, kind="post")
        Contact.objects.create(procedure=sheet, kind="hours", value="Lundi")
        Quotation.objects.create(
            procedure=sheet, publisher=Quotation._meta.get_field("publisher").choices[0][0],
            text="<p>Dit.</p>", link=link,
        )  # fmt: skip
        Referral.objects.create(procedure=sheet, ground=all_grounds(), office=offices[0])
    return sheet


@pytest.fixture
def in_charge(client):
    """The client of somebody who may what their group may, without being above all rights."""
    user = member(RESPONSABLE)
    client.force_login(user)
    return client


def queries_of(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return [each["sql"] for each in queries]


def test_a_page_of_history_that_tells_of_everything_stays_within_twelve_queries(in_charge):
    sheet = sheet_of_every_kind()
    url = address(Procedure, "history", sheet.pk)
    touch_everything(sheet, 1)
    of_one = queries_of(in_charge, url)
    for number in range(2, 23):
        touch_everything(sheet, number)
    of_twenty = queries_of(in_charge, url)
    assert len(of_twenty) <= MOST_ASKED, "\n".join(sql[:200] for sql in of_twenty)
    assert len(of_one) == len(of_twenty), "\n".join(sql[:200] for sql in of_one)

"""The changes for readers, everywhere, in a région, in a département; which of them are shown."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prefectures.models import Changeset, Ground, Prefecture, Procedure, changeset
from prefectures.public import changes as module

from .past import LYON, refused, shown
from .reading import text, tree

CHANGES = "/changements/"
RHONE = "/departements/69-rhone/changements/"
RHONE_ALPES = "/regions/auvergne-rhone-alpes/changements/"
OCCITANIE = "/regions/occitanie/changements/"


def entries(client, address=CHANGES):
    """Return the text of each change that the page lists."""
    found = tree(client.get(address).content.decode()).find(".//ol[@class='versions']")
    return [] if found is None else [text(item) for item in found.findall("li")]


def number_of(reason):
    return Changeset.objects.get(reason=reason).pk


# --- What is announced ------------------------------------------------------------------------


def test_a_change_says_when_why_and_of_which_sheet(client, clock, publish):
    clock(2026, 3, 3, 10, 12)
    publish(public_reason="La préfecture a ouvert une boîte.")
    newest = entries(client)[0]
    assert newest.startswith("3 mars 2026 à 10 h 12 La préfecture a ouvert une boîte.")
    assert "Nouvelle fiche : Préfecture de Lyon (69)" in newest
    assert LYON in client.get(CHANGES).page.links


def test_a_change_says_what_changed_and_leads_to_it(client, publish, edit):
    edit(publish(), "Autre", conditions="<p>Autre.</p>", warning="<p>Attention.</p>")
    newest = entries(client)[0]
    assert "Fiche modifiée : Préfecture de Lyon (69)" in newest
    assert "Avant de commencer · Attention" in newest
    link = f"{LYON}historique/?a={number_of('Autre')}"
    assert link in client.get(CHANGES).page.links
    assert "Vivre dans le Rhône." in shown(client, link)


def test_a_minor_change_is_not_announced_but_stays_in_the_history(client, publish, edit):
    sheet = publish()
    before = entries(client)
    edit(sheet, conditions="<p>Autre.</p>", is_minor=True)
    assert entries(client) == before
    assert "correction mineure" in shown(client, f"{LYON}historique/")


def test_what_changes_nothing_that_readers_see_is_not_announced(client, publish, edit):
    sheet = publish()
    before = entries(client)
    edit(sheet, position=3)
    publish(title="Un brouillon", publication="draft")
    assert entries(client) == before


@pytest.mark.parametrize("how", ["archived", "draft", "deleted"])
def test_a_withdrawal_is_announced_without_a_link_to_what_is_gone(
    client, publish, edit, delete, how
):
    sheet = publish(title="Fiche d’avant")
    if how == "deleted":
        delete(sheet)
    else:
        edit(sheet, publication=how, title="Un titre que nul n’a vu")
    page = client.get(CHANGES).page
    assert "Fiche retirée : Fiche d’avant (69)" in entries(client)[0]
    assert "/departements/69-rhone/fiche-d-avant/" not in page.links
    assert "/departements/69-rhone/fiche-d-avant/historique/" in page.links
    assert "Un titre que nul n’a vu" not in page.text


def test_an_office_that_gets_another_name_is_a_change_of_its_sheets(client):
    office = Prefecture.objects.get(slug="prefecture-de-foix")
    with changeset("Un nom", public_reason="Le guichet a changé de nom."):
        office.printed_name = "Guichet de Foix"
        office.save()
    newest = entries(client)[0]
    assert "Le guichet a changé de nom." in newest
    assert "Fiche modifiée : Préfecture de Foix (09)" in newest
    assert "Les guichets" in newest


def test_a_change_of_many_sheets_names_a_few_and_leads_to_all(client):
    reason = "Beaucoup de fiches"
    with changeset(reason):
        for number in range(5):
            sheet = Procedure.objects.create(
                departement_id="69",
                title=f"Fiche {number}",
                publication="published",
                conditions="<p>Vivre dans le Rhône.</p>",
            )
            sheet.grounds.set(Ground.objects.filter(slug="tous-motifs"))
    newest = entries(client)[0]
    assert newest.count("(69)") == 3
    assert "et 2 autres" in newest
    alone = f"{CHANGES}?v={number_of(reason)}"
    assert alone in client.get(CHANGES).page.links
    assert shown(client, alone).count("(69)") == 5


# --- Where, what, until when ------------------------------------------------------------------


def test_a_place_shows_its_own_changes_only(client, publish):
    publish(public_reason="Dans le Rhône")
    for address, is_there in [
        (CHANGES, True),
        (RHONE_ALPES, True),
        (RHONE, True),
        (OCCITANIE, False),
        ("/departements/01-ain/changements/", False),
        ("/departements/975-saint-pierre-et-miquelon/changements/", False),
    ]:
        assert ("Dans le Rhône" in shown(client, address)) is is_there, address


def test_of_a_change_in_several_places_each_shows_its_own_sheets(client):
    assert entries(client, "/departements/09-ariege/changements/")[-1].count("Nouvelle fiche") == 1
    assert "autres" not in entries(client, "/departements/09-ariege/changements/")[-1]
    assert "et 11 autres" in entries(client, OCCITANIE)[-1]


@pytest.mark.parametrize(
    ("asked", "right"),
    [
        ("ou=34-herault", "/departements/34-herault/changements/"),
        ("ou=occitanie&genre=new", f"{OCCITANIE}?genre=new"),
        (
            "ou=2a-corse-du-sud&jusque=2026-01-01&x=1",
            "/departements/2a-corse-du-sud/changements/?jusque=2026-01-01",
        ),
    ],
)
def test_the_form_leads_to_the_address_of_a_place(client, asked, right):
    response = client.get(f"{CHANGES}?{asked}")
    assert (response.status_code, response["Location"]) == (302, right)


def test_the_number_of_a_departement_leads_to_its_address(client):
    response = client.get("/departements/69/changements/")
    assert (response.status_code, response["Location"]) == (301, RHONE)


def test_changes_of_one_kind_are_shown_alone(client, publish, edit):
    sheet = publish(title="Nouvelle", public_reason="Une nouvelle")
    edit(sheet, conditions="<p>Autre.</p>", public_reason="Une autre condition")
    edit(sheet, publication="archived", public_reason="Un retrait")
    edit(sheet, publication="published", public_reason="Un retour")
    for kind, said in {
        "new": ["Un retour", "Une nouvelle"],
        "changed": ["Une autre condition"],
        "withdrawn": ["Un retrait"],
    }.items():
        found = " ".join(entries(client, f"{RHONE}?genre={kind}"))
        order = ["Un retour", "Un retrait", "Une autre condition", "Une nouvelle"]
        assert [each for each in order if each in found] == said


def test_changes_until_a_day_are_those_of_that_day_and_before(client, clock, publish, edit):
    clock(2026, 3, 3, 23, 59)
    sheet = publish(public_reason="Le trois mars")
    clock(2026, 3, 4, 0, 1)
    edit(sheet, conditions="<p>Autre.</p>", public_reason="Le quatre mars")
    page = shown(client, f"{RHONE}?jusque=2026-03-03")
    assert "Le trois mars" in page
    assert "Le quatre mars" not in page
    assert "Le quatre mars" in shown(client, f"{RHONE}?jusque=2026-03-04")


def test_the_form_shows_what_was_chosen(client):
    root = tree(client.get(f"{OCCITANIE}?genre=new&jusque=2026-01-01").content.decode())
    chosen = [
        option.get("value") for option in root.iter("option") if option.get("selected") is not None
    ]
    assert chosen == ["occitanie", "new"]
    assert root.find(".//input[@name='jusque']").get("value") == "2026-01-01"


def test_what_is_chosen_is_left_out_by_search_engines_and_the_rest_is_not(client):
    assert "X-Robots-Tag" not in client.get(CHANGES)
    assert client.get(f"{CHANGES}?genre=new")["X-Robots-Tag"] == "noindex"


def test_older_changes_are_shown_by_the_page_and_what_was_chosen_stays(
    client, publish, edit, monkeypatch
):
    monkeypatch.setattr(module, "CHANGES_A_PAGE", 2)
    sheet = publish()
    for number in range(4):
        edit(sheet, conditions=f"<p>{number}</p>", public_reason=f"Changement {number}")
    seen, address = [], f"{RHONE}?genre=changed"
    while address:
        seen += [entry.partition("Changement ")[2][0] for entry in entries(client, address)]
        links = client.get(address).page.links
        # Not the same page in another language, which bears the same question.
        older = [link for link in links if link.startswith("?") and "avant=" in link]
        assert all("genre=changed" in link for link in older)
        address = f"{RHONE}{older[0]}" if older else None
    assert seen == ["3", "2", "1", "0"]


def test_where_nothing_changed_the_page_says_so(client):
    assert "Aucun changement à montrer ici." in shown(client, RHONE)


# --- What has no answer -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("ou=nulle-part", 404, "Ce lieu n’existe pas"),
        ("ou=99-nulle-part", 404, "Ce lieu n’existe pas"),
        ("genre=autre", 400, "Ce choix n’existe pas"),
        ("jusque=2026-02-30", 400, "n’est pas une date"),
        ("jusque=2999-01-01", 400, "Ce jour n’est pas encore venu"),
        ("avant=abc", 400, "n’est pas le numéro"),
        ("v=abc", 400, "n’est pas le numéro"),
        ("v=999999", 404, "Ce changement n’existe pas"),
    ],
)
def test_what_makes_no_sense_is_told(client, query, status, said):
    page = refused(client, f"{CHANGES}?{query}", status)
    assert said in page
    assert "Voir tous les changements" in page


def test_a_minor_change_has_no_page_of_its_own(client, publish, edit):
    edit(publish(), "Une faute", conditions="<p>Autre.</p>", is_minor=True)
    refused(client, f"{CHANGES}?v={number_of('Une faute')}")


# --- What it costs ----------------------------------------------------------------------------


@pytest.mark.parametrize("address", [CHANGES, RHONE_ALPES, RHONE])
def test_the_changes_ask_as_much_for_one_as_for_many(client, publish, edit, address):
    def queries():
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    sheet = publish()
    for_one = queries()
    for number in range(25):
        edit(sheet, conditions=f"<p>{number}</p>")
    assert queries() == for_one <= 7

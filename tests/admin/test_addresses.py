"""« Liens des fiches », and « Remplacer une adresse »."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from prefectures.models import (
    Changeset,
    GivenAddress,
    Link,
    Procedure,
    Quotation,
    Verdict,
    WatchedAddress,
    changeset,
)
from prefectures.monitoring import given

from ..models.making import all_grounds, edited, published, written
from .test_tracked import address, person

pytestmark = pytest.mark.django_db
LIST = reverse("admin:prefectures_procedure_addresses")
OLD, NEW = "https://www.ariege.gouv.fr/titres", "https://www.ariege.gouv.fr/sejour/titres"


@pytest.fixture(autouse=True)
def _no_other_sheets(db):
    for sheet in Procedure.objects.order_by("pk"):
        edited(sheet, publication="archived")


def giving(title, url=OLD):
    sheet = published(title)
    written(Link, procedure=sheet, label="Ici", url=url)
    sheet.refresh_from_db()
    return sheet


def watched(url=OLD, verdict="", **fields):
    """Return the address that is watched, with what became of it since 2 January."""
    given.bring_up_to_date()
    found = WatchedAddress.objects.get(url=url)
    named = {"verdict": verdict, "seen": verdict, "since": date(2026, 1, 2)}
    for name, value in {**named, "seen_since": date(2026, 1, 2), **fields}.items():
        setattr(found, name, value)
    found.save()
    return found


def replacing_of(item):
    return reverse("admin:prefectures_procedure_replace_address", args=[item.pk])


def sent(page, **changes):
    """Return what a browser sends of the page as it is shown; None takes something out."""
    html = page.content.decode()
    data = {"new": page.context["form"]["new"].value()}
    data |= dict(re.findall(r'name="(version-\d+)"\s+value="(\d+)"', html))
    data["sheet"] = re.findall(r'name="sheet"\s+value="(\d+)"\s+checked', html)
    return {name: value for name, value in (data | changes).items() if value is not None}


# --- The list ---------------------------------------------------------------------------------


def test_a_site_that_watches_nothing_yet_says_so(admin_client):
    assert "Aucune adresse n’est encore connue" in admin_client.get(LIST).page.text


def test_what_needs_somebody_comes_first_and_what_works_last(admin_client):
    order = [*Verdict]
    sheet = published("Foix")
    for verdict in order:
        written(Link, procedure=sheet, label="Ici", url=f"https://{verdict}.example/")
    written(Link, procedure=sheet, label="Ici", url="https://untried.example/")
    for verdict in order:
        watched(f"https://{verdict}.example/", verdict)
    titles = [words for level, words in admin_client.get(LIST).page.titles if level == 2]
    assert titles == [
        "N’existe plus",
        "Est devenue un autre document",
        "Certificat refusé",
        "A déménagé",
        "En panne pour le moment",
        "Refuse les robots",
        "Ne se visite pas",
        "Pas encore visitée",
        "Fonctionne",
    ]


def test_an_address_is_shown_with_what_became_of_it_and_with_its_sheets(admin_client):
    sheet = giving("Foix")
    watched(verdict=Verdict.GONE, detail="Réponse 404.", worked_on=date(2025, 12, 30))
    page = admin_client.get(LIST)
    for words in (
        "N’existe plus depuis le 02/01/2026.",
        "Réponse 404.",
        "Elle marchait encore le 30/12/2025.",
        "1 fiche\xa0: Foix (Ariège)",
    ):
        assert " ".join(words.split()) in page.page.text
    assert OLD in page.page.links
    assert address(Procedure, "change", sheet.pk) in page.page.links
    assert f'<a href="{OLD}" rel="noopener noreferrer"' in " ".join(page.content.decode().split())


def test_what_one_day_alone_saw_is_said_to_wait_for_another(admin_client):
    giving("Foix")
    watched(verdict=Verdict.WORKS, seen=Verdict.GONE, seen_since=date(2026, 11, 12))
    page = admin_client.get(LIST, {"verdict": "a-confirmer"})
    told = "Vu « n’existe plus » le 12/11/2026, à confirmer un autre jour."
    assert told in page.page.text
    assert told not in admin_client.get(LIST, {"verdict": "gone"}).page.text


def test_verdicts_are_counted_and_one_is_kept(admin_client):
    for number in range(3):
        giving(f"Fiche {number}", f"{OLD}/{number}")
    watched(f"{OLD}/1", Verdict.GONE)
    page = admin_client.get(LIST)
    assert "Toutes : 3" in page.page.text
    assert "N’existe plus : 1" in page.page.text
    assert "Pas encore visitée : 2" in page.page.text
    kept = admin_client.get(LIST, {"verdict": "gone"})
    assert [link for link in kept.page.links if link.startswith(OLD)] == [f"{OLD}/1"]


def test_words_of_the_address_are_sought(admin_client):
    giving("Foix")
    giving("Béziers", "https://www.herault.gouv.fr/Titres")
    given.bring_up_to_date()
    page = admin_client.get(LIST, {"q": "HERAULT titres"})
    assert "Béziers" in page.page.text
    assert "Foix" not in page.page.text
    assert "Aucune adresse ne correspond." in admin_client.get(LIST, {"q": "gard"}).page.text


def test_what_no_published_sheet_gives_any_more_is_not_listed(admin_client):
    sheet = giving("Foix")
    watched(verdict=Verdict.GONE)
    edited(sheet, publication="archived")
    given.bring_up_to_date()
    assert OLD not in admin_client.get(LIST).page.links


def test_what_each_verdict_means_is_said(admin_client):
    giving("Foix")
    given.bring_up_to_date()
    text = admin_client.get(LIST).page.text
    for label in (*Verdict.labels, "pas encore visitée"):
        assert label[0].upper() + label[1:] in text


def test_the_sheets_beyond_the_first_ones_are_folded(admin_client):
    for number in range(7):
        giving(f"Fiche {number}")
    watched(verdict=Verdict.GONE)
    page = admin_client.get(LIST)
    assert "7 fiches" in page.page.text
    assert "Et 2 autres" in page.page.text
    assert all(f"Fiche {number}" in page.page.text for number in range(7))


def test_many_addresses_are_shown_by_the_page_with_as_many_queries_as_one(admin_client):
    def asked():
        admin_client.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            page = admin_client.get(LIST)
        return page, len(queries)

    giving("Foix")
    watched(verdict=Verdict.GONE)
    _, for_one = asked()
    with changeset("Des fiches pour le test"):
        for number in range(12):
            sheet = Procedure.objects.create(
                departement_id="48", title=f"Fiche {number}", publication="published"
            )
            sheet.grounds.add(all_grounds())
            for each in range(10):
                url = f"https://a.example/{number}/{each}"
                Link.objects.create(procedure=sheet, label="Ici", url=url)
    given.bring_up_to_date()
    page, for_many = asked()
    assert for_one == for_many <= 12
    assert "Page 1 sur 3" in page.page.text
    assert len([link for link in page.page.links if link.startswith("https://")]) == 50


def test_the_list_of_sheets_leads_to_the_links(admin_client):
    assert LIST in admin_client.get(address(Procedure, "changelist")).page.links


def test_only_what_has_moved_is_replaced_with_one_click(admin_client):
    for number in range(3):
        giving(f"Fiche {number}")
    giving("Autre", "https://a.example/")
    moved = watched(verdict=Verdict.MOVED, moved_to=NEW)
    dead = watched("https://a.example/", Verdict.GONE)
    page = admin_client.get(LIST)
    assert "Remplacer dans 3 fiches" in page.page.text
    assert {replacing_of(moved), replacing_of(dead)} <= {*page.page.links}


def test_where_a_site_leads_is_no_link_unless_it_is_a_page(admin_client):
    giving("Foix")
    watched(verdict=Verdict.MOVED, moved_to="javascript:alert(1)")
    page = admin_client.get(LIST)
    assert "javascript:" not in page.content.decode()
    assert "Remplacer dans" not in page.page.text


def test_who_may_only_look_is_offered_no_replacement_and_is_refused_one():
    giving("Foix")
    moved = watched(verdict=Verdict.MOVED, moved_to=NEW)
    client = person("view_procedure")
    page = client.get(LIST)
    assert NEW in page.page.links
    assert "Remplacer" not in page.page.text
    for answer in (client.get(replacing_of(moved)), client.post(replacing_of(moved), {"new": NEW})):
        assert answer.status_code == 403


# --- Replacing --------------------------------------------------------------------------------


def test_an_editor_replaces_an_address_in_three_sheets(admin_client, admin_user):
    sheets = [giving(f"Fiche {number}") for number in range(3)]
    url = replacing_of(watched(verdict=Verdict.MOVED, moved_to=NEW))
    page = admin_client.get(url)
    assert page.context["form"]["new"].value() == NEW
    assert "3 fiches où elle se trouve" in page.page.text
    assert f"{OLD} → {NEW}" in page.page.text
    assert {link.url for link in Link.objects.filter(procedure__in=sheets)} == {OLD}
    done = admin_client.post(url, sent(page))
    assert "L’adresse est remplacée dans 3 fiches." in done.page.text
    assert "Elle n’est plus à remplacer dans aucune fiche." in done.page.text
    assert {link.url for link in Link.objects.filter(procedure__in=sheets)} == {NEW}
    history = address(Procedure, "history", sheets[0].pk)
    assert history in done.page.links
    told = admin_client.get(history).page.text
    assert f"Adresse remplacée, la page a déménagé : {OLD} → {NEW}" in told
    assert str(admin_user) in told
    assert "correction mineure" in told
    # And the list is right at once.
    listed = admin_client.get(LIST).page.links
    assert NEW in listed
    assert OLD not in listed
    assert GivenAddress.objects.filter(address__url=NEW, is_given=True).count() == 3


def test_the_sheet_that_somebody_changed_meanwhile_waits_for_another_look(admin_client):
    foix, pamiers = giving("Foix"), giving("Pamiers")
    url = replacing_of(watched(verdict=Verdict.MOVED, moved_to=NEW))
    page = admin_client.get(url)
    edited(foix, headline="Écrivez.")
    after = admin_client.post(url, sent(page))
    assert "remplacée dans 1 fiche." in after.page.text
    assert "pas remplacée. Elle a changé depuis que vous l’avez vue" in after.page.text
    assert (foix.links.get().url, pamiers.links.get().url) == (OLD, NEW)
    again = admin_client.post(url, sent(after))
    assert "L’adresse est remplacée dans 1 fiche." in again.page.text
    assert foix.links.get().url == NEW


def test_what_was_unticked_stays_and_stays_unticked(admin_client):
    foix, pamiers = giving("Foix"), giving("Pamiers")
    url = replacing_of(watched(verdict=Verdict.MOVED, moved_to=NEW))
    page = admin_client.get(url)
    after = admin_client.post(url, sent(page, sheet=[str(pamiers.pk)]))
    assert (foix.links.get().url, pamiers.links.get().url) == (OLD, NEW)
    assert "1 fiche où elle se trouve encore" in after.page.text
    assert sent(after)["sheet"] == []


def test_none_ticked_is_told_and_writes_nothing(admin_client):
    giving("Foix")
    url = replacing_of(watched(verdict=Verdict.MOVED, moved_to=NEW))
    before = Changeset.objects.count()
    page = admin_client.post(url, sent(admin_client.get(url), sheet=[]))
    assert "Cochez au moins une fiche." in page.page.text
    assert Changeset.objects.count() == before


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Donnez la nouvelle adresse."),
        (OLD, "C’est l’adresse d’aujourd’hui"),
        ("www.ariege.gouv.fr", "Donnez l’adresse complète de la page"),
        ("https://a.example/un deux", "ne contient pas d’espace"),
    ],
)
def test_an_address_that_cannot_be_is_refused_and_what_was_typed_stays(admin_client, typed, told):
    sheet = giving("Foix")
    url = replacing_of(watched(verdict=Verdict.GONE))
    page = admin_client.post(url, sent(admin_client.get(url), new=typed))
    assert told in page.page.text
    assert page.context["form"]["new"].value() == typed
    assert sent(page)["sheet"] == [str(sheet.pk)]
    assert sheet.links.get().url == OLD


def test_a_dead_address_is_replaced_by_one_that_was_typed(admin_client):
    sheet = giving("Foix")
    url = replacing_of(watched(verdict=Verdict.GONE))
    page = admin_client.get(url)
    assert "Lien n° 1 (Ici), « adresse »" in page.page.text
    new = "https://www.ariège.gouv.fr/Étrangers?a=1&b=2#séjour"
    look = admin_client.post(url, sent(page, new=new, look="yes"))
    assert f"{OLD} → {new}" in look.page.text
    assert sheet.links.get().url == OLD
    admin_client.post(url, sent(look))
    assert sheet.links.get().url == new


def test_a_second_click_does_nothing_more(admin_client):
    giving("Foix")
    url = replacing_of(watched(verdict=Verdict.MOVED, moved_to=NEW))
    data = sent(admin_client.get(url))
    admin_client.post(url, data)
    before = Changeset.objects.count()
    again = admin_client.post(url, data)
    assert "rien à remplacer, ou déjà fait" in again.page.text
    assert Changeset.objects.count() == before


def test_what_a_rule_would_refuse_is_told_before(admin_client):
    sheet = giving("Foix")
    edited(sheet.links.get(), label=OLD)
    url = replacing_of(watched(verdict=Verdict.GONE))
    page = admin_client.get(url)
    look = admin_client.post(url, sent(page, new=f"https://a.example/{'x' * 300}", look="yes"))
    assert "Ne pourra pas être remplacée. Lien n° 1" in look.page.text


def test_the_words_of_a_quotation_are_said_to_stay(admin_client):
    sheet = giving("Foix")
    text = f'<p><a href="{OLD}">{OLD}</a></p>'
    quotation = written(Quotation, procedure=sheet, text=text)
    url = replacing_of(watched(verdict=Verdict.MOVED, moved_to=NEW))
    page = admin_client.get(url)
    stays = "citation n° 1 (la préfecture), lisible dans « texte cité »"
    assert f"Restera comme elle est, car ce sont les mots de quelqu’un : {stays}" in page.page.text
    done = admin_client.post(url, sent(page))
    assert f"Reste comme elle est, car ce sont les mots de quelqu’un : {stays}" in done.page.text
    quotation.refresh_from_db()
    assert quotation.text == f'<p><a href="{NEW}">{OLD}</a></p>'


def test_a_sheet_that_was_deleted_meanwhile_is_told(admin_client):
    foix, pamiers = giving("Foix"), giving("Pamiers")
    url = replacing_of(watched(verdict=Verdict.MOVED, moved_to=NEW))
    page = admin_client.get(url)
    with changeset("Doublon"):
        foix.delete()
    done = admin_client.post(url, sent(page))
    assert "Une fiche n’existe plus." in done.page.text
    assert pamiers.links.get().url == NEW


def test_an_address_of_no_sheet_says_where_it_may_come_from(admin_client):
    sheet = giving("Foix")
    item = watched(verdict=Verdict.GONE)
    edited(sheet, publication="archived")
    text = admin_client.get(replacing_of(item)).page.text
    assert "Elle n’est écrite dans aucune fiche." in text


def test_an_address_that_is_not_known_is_not_there(admin_client):
    url = reverse("admin:prefectures_procedure_replace_address", args=[10**6])
    assert admin_client.get(url).status_code == 404

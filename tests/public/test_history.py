"""The history of a sheet for readers: its versions, what differs between two, what is not told."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prefectures.models import PublishedDocument, Step, Verification
from prefectures.public import history as module

from .past import LYON, RHONE, refused, shown, versions
from .reading import text, tree

HISTORY = f"{LYON}historique/"


def entries(client, address=HISTORY):
    """Return the text of each version that the page lists."""
    root = tree(client.get(address).content.decode())
    return [text(item) for item in root.find(".//ol[@class='versions']").findall("li")]


# --- The list ---------------------------------------------------------------------------------


def test_every_version_is_listed_the_newest_first(client, three_versions):
    assert [
        entry.partition(" Fiche")[0].partition(" Nouvelle")[0] for entry in entries(client)
    ] == [
        "3 mars 2026 à 17 h 40",
        "3 mars 2026 à 10 h 12",
        "1er février 2026 à 9 h 30",
    ]


def test_a_version_says_what_it_was(client, clock, three_versions, edit, add):
    clock(2026, 5, 1, 9, 0)
    add(Verification, three_versions, verified_on="2026-04-30")
    clock(2026, 5, 2, 9, 0)
    edit(three_versions, conditions="<p>Une faute.</p>", is_minor=True)
    clock(2026, 5, 3, 9, 0)
    edit(three_versions, publication="archived")
    clock(2026, 5, 4, 9, 0)
    edit(three_versions, publication="published")
    found = entries(client)
    for entry, said in zip(
        found,
        [
            "Remise en ligne",
            "Fiche retirée",
            "Fiche modifiée (correction mineure)",
            "Fiche vérifiée, rien n’a changé",
            "Fiche modifiée",
            "Fiche modifiée",
            "Nouvelle fiche",
        ],
        strict=True,
    ):
        assert said in entry


def test_a_version_says_why_and_what_it_changed(client, clock, three_versions, edit):
    clock(2026, 5, 1, 9, 0)
    edit(
        three_versions,
        public_reason="La préfecture a changé ses règles.",
        conditions="<p>Autre.</p>",
        warning="<p>Attention.</p>",
    )
    assert "La préfecture a changé ses règles." in entries(client)[0]
    assert "Avant de commencer · Attention" in entries(client)[0]


def test_a_version_leads_to_itself_and_to_what_it_changed(client, three_versions):
    first, second, third = versions(three_versions)
    links = client.get(HISTORY).page.links
    assert f"{HISTORY}?a={third}" in links
    assert f"{HISTORY}?a={second}" in links
    assert f"{HISTORY}?a={first}" not in links
    assert f"{LYON}au/2026-03-03/?v={second}" in links
    assert f"{LYON}au/2026-02-01/?v={first}" in links


def test_every_link_of_a_history_leads_somewhere(client, clock, three_versions, edit):
    clock(2026, 5, 1, 9, 0)
    edit(three_versions, slug="guichet-de-lyon")
    new = f"{RHONE}guichet-de-lyon/historique/"
    links = [link for link in client.get(new).page.links if link.startswith("/")]
    assert [link for link in links if client.get(link).status_code != 200] == []


def test_a_long_history_is_read_by_the_page(client, clock, three_versions, edit, monkeypatch):
    monkeypatch.setattr(module, "VERSIONS_A_PAGE", 2)
    for day in (1, 2):
        clock(2026, 5, day, 9, 0)
        edit(three_versions, conditions=f"<p>Mai, {day}.</p>")
    seen, address = [], HISTORY
    while address:
        seen += [entry[:25] for entry in entries(client, address)]
        links = client.get(address).page.links
        # The same page in other languages is asked for in the same words.
        older = [link for link in links if "avant=" in link and link.startswith(HISTORY)]
        address = older[0] if older else None
    assert len(seen) == len(set(seen)) == 5


def test_the_last_of_a_page_is_compared_with_the_first_of_the_next(
    client, three_versions, monkeypatch
):
    monkeypatch.setattr(module, "VERSIONS_A_PAGE", 1)
    assert "Fiche modifiée" in entries(client)[0]


def test_a_history_asks_as_much_for_one_version_as_for_many(client, clock, publish, edit):
    def queries():
        client.get(HISTORY)
        with CaptureQueriesContext(connection) as captured:
            client.get(HISTORY)
        return len(captured)

    sheet = publish()
    for_one = queries()
    for number in range(30):
        edit(sheet, conditions=f"<p>Version {number}.</p>")
    assert queries() == for_one <= 4


def test_a_history_is_left_out_by_search_engines(client, three_versions):
    response = client.get(HISTORY)
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.content.decode()


# --- Whose history ----------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["archived", "draft", "deleted"])
def test_the_history_of_what_is_no_longer_online_stays(
    client, clock, three_versions, edit, delete, how
):
    clock(2026, 5, 5, 14, 0)
    if how == "deleted":
        delete(three_versions)
    else:
        edit(three_versions, publication=how, title="Un titre que nul n’a vu", slug="ailleurs")
    page = client.get(HISTORY).page
    assert "Elle a été retirée le 5 mai 2026 à 14 h 00." in page.text
    assert "Fiche retirée" in page.text
    assert LYON not in page.links
    assert "Un titre que nul n’a vu" not in page.text
    assert len(entries(client)) == 4
    assert client.get(f"{RHONE}ailleurs/historique/").status_code == 404


def test_what_a_draft_said_between_two_publications_is_told_nowhere(
    client, clock, three_versions, edit
):
    clock(2026, 5, 1, 9, 0)
    edit(three_versions, publication="draft")
    clock(2026, 5, 2, 9, 0)
    edit(three_versions, conditions="<p>Brouillon.</p>", public_reason="Raison d’un brouillon")
    clock(2026, 5, 3, 9, 0)
    edit(three_versions, publication="published", conditions="<p>De retour.</p>")
    page = shown(client, HISTORY) + shown(client, f"{HISTORY}?de=2026-04-01&a=2026-05-03")
    assert "rouillon" not in page
    assert len(entries(client)) == 5


@pytest.mark.parametrize("publication", ["draft", "archived"])
def test_what_was_never_published_has_no_history(client, publish, publication):
    publish(publication=publication)
    assert "Cette page n’existe pas" in refused(client, HISTORY)


def test_an_archived_sheet_leads_to_its_history(client, publish, edit):
    edit(publish(), publication="archived")
    response = client.get(LYON)
    assert response.status_code == 410
    assert response["X-Robots-Tag"] == "noindex"
    assert HISTORY in response.page.links


def test_a_published_sheet_leads_to_its_history(client, publish):
    publish()
    assert HISTORY in client.get(LYON).page.links


def test_the_history_of_a_sheet_that_moved_is_where_it_stands_now(client, three_versions, edit):
    edit(three_versions, slug="guichet-de-lyon")
    response = client.get(f"{HISTORY}?a=3")
    new = f"{RHONE}guichet-de-lyon/historique/?a=3"
    assert (response.status_code, response["Location"]) == (301, new)


def test_a_sheet_whose_address_another_took_keeps_its_history(
    client, clock, three_versions, delete, publish
):
    third = versions(three_versions)[2]
    clock(2026, 5, 1, 9, 0)
    delete(three_versions)
    clock(2026, 6, 1, 9, 0)
    publish(title="Une autre", slug="prefecture-de-lyon")
    page = client.get(HISTORY).page
    assert "une autre fiche était à cette adresse : « Préfecture de Lyon »" in page.text
    [before] = [link for link in page.links if "jour=" in link]
    assert len(entries(client)) == 1
    assert len(entries(client, before)) == 4
    assert f"{before}&a={third}" in client.get(before).page.links


# --- Two versions -----------------------------------------------------------------------------


def test_a_version_is_compared_with_the_one_before(client, three_versions):
    page = shown(client, f"{HISTORY}?a={versions(three_versions)[2]}")
    assert "Entre la version du 3 mars 2026 à 10 h 12 et celle du 3 mars 2026 à 17 h 40" in page
    assert "Deuxième" in page
    assert "Troisième" in page
    assert "Première" not in page


def test_what_goes_and_comes_is_marked_and_said_aloud(client, three_versions):
    html = client.get(f"{HISTORY}?a={versions(three_versions)[1]}").content.decode()
    assert '<del><span class="unseen">[retiré\u00a0: </span>Première' in html
    assert '<ins><span class="unseen">[ajouté\u00a0: </span>Deuxième' in html


def test_two_versions_are_compared_from_the_older_to_the_newer(client, three_versions):
    first, _, third = versions(three_versions)
    asked = (f"{HISTORY}?de={first}&a={third}", f"{HISTORY}?de={third}&a={first}")
    # On paper each has its own address.
    one, other = (shown(client, address).partition("Imprimé le")[0] for address in asked)
    assert one == other


def test_two_days_are_compared(client, three_versions):
    page = shown(client, f"{HISTORY}?de=2026-02-10&a=2026-03-10")
    assert "Première" in page
    assert "Troisième" in page
    assert "Deuxième" not in page


def test_two_days_between_which_nothing_changed_say_so(client, three_versions):
    page = shown(client, f"{HISTORY}?de=2026-02-10&a=2026-02-11")
    assert "Rien n’a changé entre ces deux jours" in page


def test_a_verification_says_that_nothing_else_changed(client, clock, three_versions, add):
    clock(2026, 5, 1, 9, 0)
    add(Verification, three_versions, verified_on="2026-04-30")
    page = shown(client, f"{HISTORY}?a={versions(three_versions)[3]}")
    assert "La source a été relue. Rien d’autre n’a changé." in page
    assert "30/04/2026" in page


def test_a_step_that_changed_is_named_as_the_page_names_it(client, clock, three_versions, add):
    clock(2026, 5, 1, 9, 0)
    add(Step, three_versions, kind="post", address="12 rue Neuve\n69000 Lyon")
    page = shown(client, f"{HISTORY}?a={versions(three_versions)[3]}")
    assert "Ajout : Envoyez votre dossier par la poste" in page
    assert "12 rue Neuve" in page


def test_what_is_compared_is_text_not_html(client, publish, edit):
    edit(publish(), situation_note="<script>alert(1)</script>")
    [_, changed] = PublishedDocument.objects.filter(slug="prefecture-de-lyon").order_by("pk")
    html = client.get(f"{HISTORY}?a={changed.changeset_id}").content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("de=5&a=5", 400, "C’est la même version"),
        ("de=2026-03-03&a=2026-03-03", 400, "C’est la même version"),
        ("a=abc", 400, "n’est pas le numéro d’une version"),
        ("de=-1", 400, "n’est pas le numéro d’une version"),
        ("a=999999", 404, "Cette fiche n’a pas de version n° 999999"),
        ("de=2026-02-30&a=2026-03-03", 400, "n’est pas une date"),
        ("de=2026-02-01&a=2027-01-01", 400, "Ce jour n’est pas encore venu"),
        ("de=2026-01-01&a=2026-03-03", 404, "Rien n’était en ligne le 1er janvier 2026"),
        ("avant=abc", 400, "n’est pas le numéro d’une version"),
        ("avant=999999", 404, "Cette version n’existe pas"),
        ("jour=abc", 400, "n’est pas une date"),
        ("a=٣", 400, "n’est pas le numéro d’une version"),
    ],
)
def test_what_cannot_be_compared_is_told(client, three_versions, query, status, said):
    page = refused(client, f"{HISTORY}?{query}", status)
    assert said in page
    assert "Voir l’historique de cette fiche" in page


def test_a_version_of_another_sheet_is_none_of_this_one(client, three_versions, beziers):
    other = versions(beziers)[0]
    assert "n’a pas de version" in refused(client, f"{HISTORY}?a={other}")


def test_the_first_version_has_none_before_it(client, three_versions):
    first = versions(three_versions)[0]
    assert "C’est la première version" in refused(client, f"{HISTORY}?a={first}")


def test_a_withdrawal_cannot_be_compared(client, clock, three_versions, edit):
    clock(2026, 5, 1, 9, 0)
    edit(three_versions, publication="archived")
    number = versions(three_versions)[3]
    assert "Le 1er mai 2026 à 9 h 00, cette fiche a été retirée." in refused(
        client, f"{HISTORY}?a={number}"
    )

"""A sheet as it was on a day: what was online and when, also where it moved or was withdrawn."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from prefectures.models import Departement, GeneralText, Ground, Prefecture, Step, changeset
from prefectures.public.cache.questions import Questions

from .past import LYON, MARCH_3, RHONE, refused, shown, versions
from .reading import text, tree

# --- What is shown ----------------------------------------------------------------------------


@pytest.mark.usefixtures("three_versions")
@pytest.mark.parametrize(
    ("day", "said", "hours"),
    [
        ("2026-02-01", "Première version.", "à partir de 9 h 30"),
        ("2026-02-02", "Première version.", "toute la journée"),
        ("2026-03-02", "Première version.", "toute la journée"),
        ("2026-03-03", "Troisième version.", "à partir de 17 h 40"),
        ("2026-03-04", "Troisième version.", "toute la journée"),
        ("2026-04-01", "Troisième version.", "depuis minuit"),
    ],
)
def test_a_day_shows_what_was_last_online_that_day(client, day, said, hours):
    page = shown(client, f"{LYON}au/{day}/")
    assert said in page
    assert f"C’était en ligne ce jour-là, {hours} ." in page
    assert sum(each in page for each in ("Première", "Deuxième", "Troisième")) == 1


def test_every_state_of_a_day_is_named_with_its_hours_and_the_others_have_an_address(
    client, three_versions
):
    first, second, third = versions(three_versions)
    page = client.get(MARCH_3).page
    assert "jusqu’à 10 h 12 : une autre version" in page.text
    assert "de 10 h 12 à 17 h 40 : une autre version" in page.text
    assert "à partir de 17 h 40 : la version montrée ici" in page.text
    assert f"{MARCH_3}?v={first}" in page.links
    assert f"{MARCH_3}?v={second}" in page.links
    assert f"{MARCH_3}?v={third}" not in page.links


def test_another_state_of_the_day_is_shown_by_its_number(client, three_versions):
    first, second, third = versions(three_versions)
    assert "Première version." in shown(client, f"{MARCH_3}?v={first}")
    assert "Deuxième version." in shown(client, f"{MARCH_3}?v={second}")
    assert shown(client, f"{MARCH_3}?v={third}") == shown(client, MARCH_3)


def test_midnight_is_that_of_paris(client, clock, publish, edit):
    clock(2026, 6, 30, 12, 0)
    sheet = publish(conditions="<p>Avant minuit.</p>")
    # 23:30 in UTC is tomorrow in Paris.
    clock(2026, 7, 2, 1, 30)
    edit(sheet, conditions="<p>Après minuit.</p>")
    clock(2026, 8, 1, 0, 0)
    assert "Avant minuit." in shown(client, f"{LYON}au/2026-07-01/")
    assert "Après minuit." in shown(client, f"{LYON}au/2026-07-02/")


def test_a_page_of_the_past_says_so_and_leads_to_the_current_one(client, three_versions):
    page = client.get(f"{LYON}au/2026-02-02/").page
    assert page.titles[0] == [1, "Ce que disait cette fiche le 2 février 2026"]
    assert "Ce n’est plus la version actuelle : ne vous en servez pas." in page.text
    assert LYON in page.links


def test_a_page_of_the_past_is_made_of_nothing_that_a_later_edit_alters(
    client, clock, three_versions, edit
):
    questions = Questions()
    with questions.noted():
        before = client.get(MARCH_3).content
    clock(2026, 4, 1, 9, 0)
    edit(three_versions, conditions="<p>Quatrième version.</p>")
    # It was the current one until then, and said so.
    assert not questions.have_the_same_answers()
    questions = Questions()
    with questions.noted():
        after = client.get(MARCH_3).content
    assert after != before
    clock(2026, 4, 1, 10, 0)
    edit(three_versions, conditions="<p>Cinquième version.</p>")
    assert questions.have_the_same_answers()
    assert client.get(MARCH_3).content == after


def test_what_is_still_online_is_not_called_past(client, three_versions):
    page = shown(client, f"{LYON}au/2026-03-10/")
    assert "C’est encore la version actuelle." in page
    assert "Ce n’est plus la version actuelle" not in page


def test_a_page_of_the_past_offers_nothing_to_pass_on(client, three_versions):
    page = client.get(MARCH_3)
    assert not [link for link in page.page.links if link.startswith("sms:")]
    assert 'class="share"' not in page.content.decode()
    assert "Signaler un changement" not in page.page.text


def test_its_paper_bears_the_day_and_where_the_current_version_is(client, three_versions):
    root = tree(client.get(f"{LYON}au/2026-02-02/").content.decode())
    paper = text(root.find(".//aside[@class='paper']"))
    assert "Ce que disait cette fiche le 2 février 2026, toute la journée" in paper
    assert f"Cette page : http://testserver{LYON}au/2026-02-02/?v=" in paper
    assert f"La version actuelle : http://testserver{LYON}" in paper


def test_today_shows_what_the_sheet_s_own_page_shows(client, beziers):
    address = beziers.get_absolute_url()
    now = tree(client.get(address).content.decode()).find(".//ol[@class='steps']")
    today = timezone.localdate().isoformat()
    then = tree(client.get(f"{address}au/{today}/").content.decode()).find(".//ol[@class='steps']")
    assert text(then) == text(now).replace(" Copier l’adresse", "")


def test_names_are_those_of_the_day(client, clock, publish):
    clock(2026, 2, 1, 9, 0)
    sheet = publish()
    office = Prefecture.objects.get(slug="prefecture-de-lyon", departement="69")
    ground = Ground.objects.get(slug="tous-motifs")
    with changeset("Un guichet qui ne reçoit pas"):
        sheet.offices_not_receiving.add(office)
        sheet.grounds.set([Ground.objects.filter(covers_all=False, is_neighbour=False).first()])
    ground = sheet.grounds.get()
    before = office.name, ground.name
    clock(2026, 3, 1, 9, 0)
    with changeset("D’autres noms"):
        office.printed_name, ground.name = "Guichet de la Part-Dieu", "Un tout autre nom"
        office.save()
        ground.save()
    clock(2026, 4, 1, 9, 0)
    then, now = shown(client, f"{LYON}au/2026-02-15/"), shown(client, f"{LYON}au/2026-03-15/")
    assert all(name in then for name in before)
    assert "Part-Dieu" not in then
    assert "Un tout autre nom" not in then
    assert "Guichet de la Part-Dieu" in now
    assert "Un tout autre nom" in now


def test_what_is_said_in_every_prefecture_is_that_of_the_day(client, clock, publish):
    clock(2026, 2, 1, 9, 0)
    publish()
    text_ = GeneralText.objects.first()
    clock(2026, 3, 1, 9, 0)
    with changeset("La loi change"):
        text_.text = "<p>Un tout autre délai.</p>"
        text_.save()
    clock(2026, 4, 1, 9, 0)
    assert "Un tout autre délai." not in shown(client, f"{LYON}au/2026-02-15/")
    assert "Un tout autre délai." in shown(client, f"{LYON}au/2026-03-15/")


def test_what_has_ended_since_had_not_that_day(client, clock, publish):
    clock(2026, 2, 1, 9, 0)
    publish(valid_until=date(2026, 2, 28), updated_on=date(2026, 1, 20))
    clock(2026, 12, 1, 9, 0)
    assert "C’est valable jusqu’au 28/02/2026." in shown(client, f"{LYON}au/2026-02-15/")
    assert "C’était valable jusqu’au 28/02/2026." in shown(client, f"{LYON}au/2026-03-15/")


def test_what_is_old_now_was_not_old_that_day(client, clock, publish):
    clock(2026, 2, 1, 9, 0)
    publish(updated_on=date(2026, 1, 20))
    clock(2026, 12, 1, 9, 0)
    assert 'class="age"' in client.get(f"{LYON}au/2026-02-15/").content.decode()
    assert 'class="age old"' in client.get(f"{LYON}au/2026-11-15/").content.decode()
    assert 'class="age old"' in client.get(LYON).content.decode()


def test_search_engines_are_told_to_leave_it_out(client, three_versions):
    response = client.get(MARCH_3)
    assert response["X-Robots-Tag"] == "noindex"
    robots = tree(response.content.decode()).find(".//meta[@name='robots']")
    assert robots.get("content") == "noindex"


# --- What is no longer there, or elsewhere ----------------------------------------------------


@pytest.mark.parametrize("how", ["archived", "draft", "deleted"])
def test_what_was_published_stays_when_the_sheet_is_withdrawn(
    client, clock, three_versions, edit, delete, how
):
    clock(2026, 5, 5, 14, 0)
    if how == "deleted":
        delete(three_versions)
    else:
        edit(three_versions, publication=how, title="Un titre que nul n’a vu")
    clock(2026, 6, 1, 9, 0)
    page = client.get(f"{LYON}au/2026-03-10/").page
    assert "Troisième version." in page.text
    assert "Cette fiche n’est plus en ligne : ce qu’elle disait ne vaut plus." in page.text
    assert LYON not in page.links
    assert "Un titre que nul n’a vu" not in page.text


@pytest.fixture
def withdrawn(clock, three_versions, edit):
    """The sheet, offline from the 5th of May, 14:00, to the 7th, 16:00."""
    clock(2026, 5, 5, 14, 0)
    edit(three_versions, publication="archived")
    clock(2026, 5, 7, 16, 0)
    edit(three_versions, publication="published", conditions="<p>De retour.</p>")
    clock(2026, 6, 1, 9, 0)
    return three_versions


@pytest.mark.usefixtures("withdrawn")
def test_a_day_on_which_nothing_was_online_says_so(client):
    page = refused(client, f"{LYON}au/2026-05-06/")
    assert "Rien n’était en ligne le 6 mai 2026" in page
    assert "Cette fiche a été retirée le 5 mai 2026 à 14 h 00." in page


@pytest.mark.usefixtures("withdrawn")
def test_the_day_of_a_withdrawal_shows_what_was_there_before(client):
    page = shown(client, f"{LYON}au/2026-05-05/")
    assert "Troisième version." in page
    assert "jusqu’à 14 h 00 : la version montrée ici" in page
    assert "à partir de 14 h 00 : la fiche n’était pas en ligne" in page


def test_the_number_of_a_withdrawal_shows_nothing(client, withdrawn):
    number = versions(withdrawn)[3]
    assert "retirée" in refused(client, f"{LYON}au/2026-05-05/?v={number}")


def test_a_sheet_that_moved_is_shown_where_it_then_stood(client, clock, three_versions, edit):
    clock(2026, 5, 1, 9, 0)
    edit(three_versions, slug="guichet-de-lyon")
    clock(2026, 6, 1, 9, 0)
    assert "Troisième version." in shown(client, f"{LYON}au/2026-03-10/")
    new = f"{RHONE}guichet-de-lyon/"
    for asked, right in [
        (f"{LYON}au/2026-05-10/", f"{new}au/2026-05-10/"),
        (f"{new}au/2026-03-10/", f"{LYON}au/2026-03-10/"),
    ]:
        response = client.get(asked)
        assert (response.status_code, response["Location"]) == (301, right)
    assert new in client.get(f"{LYON}au/2026-03-10/").page.links


def test_an_address_that_another_sheet_took_keeps_what_stood_there(
    client, clock, three_versions, delete, publish
):
    clock(2026, 5, 1, 9, 0)
    delete(three_versions)
    clock(2026, 6, 1, 9, 0)
    publish(conditions="<p>Une autre fiche.</p>")
    clock(2026, 7, 1, 9, 0)
    assert "Troisième version." in shown(client, f"{LYON}au/2026-03-10/")
    assert "Une autre fiche." in shown(client, f"{LYON}au/2026-06-10/")


def test_a_departement_by_its_number_leads_to_the_right_address(client, three_versions):
    response = client.get("/departements/69/prefecture-de-lyon/au/2026-03-10/")
    assert (response.status_code, response["Location"]) == (301, f"{LYON}au/2026-03-10/")


# --- What it costs ----------------------------------------------------------------------------


def test_a_long_history_asks_for_no_more(client, clock, three_versions, edit, add):
    def queries(address):
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    few = queries(MARCH_3)
    for day in range(1, 28):
        clock(2026, 5, day, 9, 0)
        edit(three_versions, conditions=f"<p>Mai, {day}.</p>")
        add(Step, three_versions, kind="post", address="Lyon")
    clock(2026, 6, 1, 9, 0)
    assert queries(MARCH_3) == queries(f"{LYON}au/2026-05-20/") == few <= 4


def test_a_departement_of_the_past_is_named_as_it_was(client, clock, three_versions):
    clock(2026, 5, 1, 9, 0)
    with changeset("Un autre nom"):
        rhone = Departement.objects.get(code="69")
        rhone.name = "Nouveau-Rhône"
        rhone.save()
    clock(2026, 6, 1, 9, 0)
    assert "Nouveau-Rhône" not in shown(client, MARCH_3)
    assert "Nouveau-Rhône" in shown(client, f"{LYON}au/2026-05-10/")


def test_the_hours_of_a_day_that_is_an_hour_longer_are_those_of_clocks(client, clock, publish):
    clock(2026, 10, 24, 12, 0)
    publish()
    clock(2026, 10, 26, 9, 0)
    assert "toute la journée" in shown(client, f"{LYON}au/2026-10-25/")


def test_what_was_there_for_less_than_a_minute_is_told_so(client, clock, publish, edit):
    clock(2026, 3, 9, 10, 12)
    sheet = publish()
    edit(sheet, headline="Aussitôt corrigée.")
    clock(2026, 3, 9, 10, 13)
    edit(sheet, headline="Corrigée encore.")
    page = client.get(f"{sheet.get_absolute_url()}au/2026-03-09/")
    said = " ".join(text(tree(page.content.decode())).split())
    assert "à 10 h 12, moins d’une minute : une autre version" in said
    assert "de 10 h 12 à 10 h 13 : une autre version" in said
    assert "à partir de 10 h 13 : la version montrée ici" in said

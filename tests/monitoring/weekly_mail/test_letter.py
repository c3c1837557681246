"""What the mail says."""

import re

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from prefectures.models import Procedure, WatchedHost
from prefectures.monitoring.weekly_mail.letter import SILENT, UNREACHED, news
from prefectures.monitoring.weekly_mail.plain_lines import WIDTH

from .conftest import ADDRESS, QUEUE, news_of, retitled, silent, waits, well

pytestmark = pytest.mark.django_db


def plain(text):
    return text.replace("\u00a0", " ")


def test_a_sheet_is_named_with_its_risks_and_the_address_of_its_form(writes, beziers):
    said = news_of(waits(beziers, "Confirmée il y a 45 mois.", "Un lien n’existe plus."))
    text = plain(said.text_for(writes()))
    assert (
        "1.  Hérault (34) — Sous-préfecture de Béziers\n"
        "    Confirmée il y a 45 mois.\n"
        "    Un lien n’existe plus.\n"
        f"    {ADDRESS}/admin/prefectures/procedure/{beziers.pk}/change/\n"
    ) in text
    assert "1 fiche à vérifier :\n" in text
    assert text.startswith("Bonjour nadia,\n\n")


def test_sheets_come_in_the_order_of_the_queue_and_those_beyond_are_counted(writes):
    sheets = list(Procedure.objects.select_related("departement").order_by("-pk"))
    said = news_of(*(waits(sheet) for sheet in (sheets * 2)[:17]))
    text = plain(said.text_for(writes()))
    assert said.subject == "17 fiches à vérifier cette semaine"
    shown = [int(key) for key in re.findall(r"/procedure/(\d+)/change/", text)]
    assert shown == [sheet.pk for sheet in (sheets * 2)[:15]]
    assert f"Et 2 autres fiches :\n{QUEUE}\n" in text


def test_one_beyond_is_one(writes, beziers):
    assert "Et 1 autre fiche :" in plain(news_of(*[waits(beziers)] * 16).text_for(writes()))


def test_where_all_are_shown_the_queue_is_there_too(writes, beziers):
    text = plain(news_of(waits(beziers)).text_for(writes()))
    assert f"Les revoir :\n{QUEUE}\n" in text
    assert "Et " not in text


def test_a_sheet_of_which_all_links_are_dead_does_not_fill_the_mail(writes, beziers):
    words = [f"Un lien n’existe plus : https://www.herault.gouv.fr/{n}" for n in range(30)]
    text = plain(news_of(waits(beziers, *words)).text_for(writes()))
    assert text.count("Un lien n’existe plus") == 6
    assert "    Et 24 autres raisons.\n" in text


def test_one_sheet_is_one_in_the_subject(beziers):
    assert news_of(waits(beziers)).subject == "1 fiche à vérifier cette semaine"


# --- The watch itself -------------------------------------------------------------------------


def test_a_watch_that_is_silent_comes_first_and_in_the_subject(writes, beziers):
    said = news_of(waits(beziers), watch=silent())
    text = plain(said.text_for(writes()))
    assert said.subject == SILENT == "La surveillance des liens ne tourne plus"
    assert text.startswith("Bonjour nadia,\n\n*** À RÉPARER D’ABORD ***\n\nLa surveillance ne")
    assert text.index("prévenez la personne qui tient le serveur") < text.index("1 fiche")


def test_sites_that_do_not_answer_are_worth_a_mail_by_themselves():
    site = WatchedHost(host="www.gard.gouv.fr", failing_since=timezone.now())
    said = news_of(watch=well(failing=[site]))
    assert said.is_worth_a_mail
    assert said.subject == UNREACHED
    assert not news_of().is_worth_a_mail


def test_a_watch_that_is_silent_is_told_where_no_sheet_waits(writes):
    said = news_of(watch=silent())
    assert said.is_worth_a_mail
    assert QUEUE not in said.text_for(writes())


def test_where_nothing_waits_and_the_watch_is_well_there_is_no_mail():
    assert not news_of().is_worth_a_mail


def test_sites_that_do_not_answer_are_listed_and_those_beyond_are_counted(writes, beziers):
    sites = [WatchedHost(host=f"www{n}.gouv.fr", failing_since=timezone.now()) for n in range(17)]
    watch = well(failing=sites)
    text = plain(news_of(waits(beziers), watch=watch).text_for(writes()))
    day = timezone.localdate()
    assert f"- www0.gouv.fr, depuis le {day:%d/%m/%Y}\n" in text
    assert "www15.gouv.fr" not in text
    assert "- 2 autres\n" in text


def test_links_that_nobody_visits_are_counted(writes, beziers):
    text = plain(news_of(waits(beziers), watch=well(overdue=12)).text_for(writes()))
    assert "12 liens n’ont pas été visités depuis trois jours" in text


def test_a_watch_that_is_well_is_not_spoken_of(writes, beziers):
    text = news_of(waits(beziers)).text_for(writes())
    assert "surveillance" not in text
    assert "RÉPARER" not in text


def test_a_site_whose_watch_never_ran_says_so_of_its_own_sheets(writes):
    said = news()
    text = plain(said.text_for(writes()))
    assert said.subject == SILENT
    assert "La surveillance n’a encore jamais tourné" in text
    assert len(said.sheets) == len(re.findall("/change/", text)) > 10


# --- Lines and addresses ----------------------------------------------------------------------


def test_it_says_why_one_gets_it_and_where_it_stops(writes, beziers):
    nadia = writes()
    text = plain(news_of(waits(beziers)).text_for(nadia))
    [last] = text.rstrip("\n").split("\n")[-1:]
    assert re.fullmatch(rf"{ADDRESS}/admin/courrier/{nadia.pk}\.[\w-]{{43}}/", last)
    assert "parce que votre compte peut modifier les fiches" in text.replace("\n", " ")


def test_every_address_of_ours_is_whole_and_of_the_site_s_own(writes):
    text = news().text_for(writes())
    ours = re.findall(r"\S*/admin/\S*", text)
    assert len(ours) == len(re.findall(r"^ *https://guide\.example\.org/admin/\S+$", text, re.M))
    assert len(ours) > 10


def test_signs_are_held_to_their_words_throughout(writes):
    said = news_of(waits(Procedure.objects.select_related("departement").first()), watch=silent())
    assert not re.search(r"« | [:;?!»]", said.text_for(writes()))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    title=st.text(st.characters(exclude_categories=["Cs"]), max_size=200),
    name=st.text(st.characters(exclude_categories=["Cs"]), max_size=150),
)
@example(title="Béziers\r\nBcc: tous@example.org", name="Nadia\n\nSubject: gagné")
@example(title="a" * 200, name="é" * 150)
def test_lines_are_short_whatever_sheets_and_people_are_called(beziers, admin_user, title, name):
    admin_user.first_name = name
    text = news_of(waits(retitled(beziers, title))).text_for(admin_user)
    for line in text.split("\n"):
        is_address = "://" in line and " " not in line.strip()[4:]
        assert len(line) <= WIDTH or is_address
        assert len(line.splitlines()) <= 1

"""A run of the watch, on sites of this machine: what it finds, and when it says so."""

import socket

import pytest
from django.db import OperationalError

from prefectures.models import Link, SheetAlert, Verdict, WatchRun
from prefectures.monitoring import run

from .watching import given, known, sheet_giving, watched, withdraw_the_rest

pytestmark = pytest.mark.django_db

AES = "La demande se fait par courrier, à la préfecture.\nLe bureau est ouvert le lundi matin."
ONLINE = "La demande se fait en ligne, et plus par courrier.\nLe bureau est ouvert le lundi matin."


@pytest.fixture
def page(local_site):
    local_site.says("/aes", AES)
    return local_site.address("/aes")


@pytest.fixture
def sheet(page):
    sheet = sheet_giving(page)
    withdraw_the_rest(sheet)
    return sheet


def test_a_page_that_opens_works_and_its_text_is_kept(local_site, page, sheet):
    run = watched("2026-12-01")
    address = known(page)
    assert (run.due, run.checked, run.fault) == (1, 1, "")
    assert (address.verdict, address.since.isoformat()) == (Verdict.WORKS, "2026-12-01")
    reading = given(sheet, page).accepted
    assert "par courrier" in reading.words
    assert reading.original.bytes == local_site.pages["/aes"][2]


def test_a_page_that_is_gone_is_dead_once_another_day_says_so_too(local_site, page, sheet):
    watched("2026-12-01")
    local_site.answers("/aes", 404)
    watched("2026-12-02")
    assert known(page).verdict == Verdict.WORKS
    assert known(page).is_unsure
    assert not SheetAlert.objects.exists()
    watched("2026-12-03")
    assert (known(page).verdict, known(page).since.isoformat()) == (Verdict.GONE, "2026-12-02")
    assert SheetAlert.objects.get().dead_since.isoformat() == "2026-12-02"


def test_a_page_that_comes_back_is_dead_no_more_and_readers_are_told_nothing(
    local_site, page, sheet
):
    local_site.answers("/aes", 410)
    watched("2026-12-01")
    watched("2026-12-02")
    assert SheetAlert.objects.exists()
    local_site.says("/aes", AES)
    watched("2026-12-03")
    assert known(page).verdict == Verdict.WORKS
    assert not SheetAlert.objects.exists()


def test_a_page_that_moved_for_good_says_where_to_on_the_second_day(local_site, page, sheet):
    new = local_site.address("/nouveau")
    local_site.says("/nouveau", AES)
    local_site.answers("/aes", 301, Location="/nouveau")
    watched("2026-12-01")
    assert known(page).verdict == ""
    watched("2026-12-02")
    assert (known(page).verdict, known(page).moved_to) == (Verdict.MOVED, new)


def test_a_text_that_changed_calls_somebody_once_another_day_has_it_too(local_site, page, sheet):
    watched("2026-12-01")
    local_site.says("/aes", ONLINE)
    watched("2026-12-02")
    assert given(sheet, page).changed is None
    watched("2026-12-03")
    row = given(sheet, page)
    assert row.changed_on.isoformat() == "2026-12-02"
    assert "plus par courrier" in row.changed.words
    assert "par courrier, à la" in row.accepted.words
    assert SheetAlert.objects.get().changed_since.isoformat() == "2026-12-02"


def test_a_page_that_comes_and_goes_calls_nobody_and_is_counted(local_site, page, sheet):
    for day, text in enumerate([AES, ONLINE, AES, ONLINE, AES, ONLINE, AES], 1):
        local_site.says("/aes", text)
        watched(f"2026-12-{day:02}")
        assert given(sheet, page).changed is None
    assert given(sheet, page).returns == 3


def test_a_text_that_is_another_each_day_in_one_line_only_calls_nobody(local_site, page, sheet):
    for day in range(1, 5):
        local_site.says("/aes", f"{AES}\nConseil du jour, le numéro {day * 7} : buvez de l’eau.")
        watched(f"2026-12-{day:02}")
        assert given(sheet, page).changed is None


def test_a_page_that_is_empty_or_asks_who_one_is_is_no_change(local_site, page, sheet):
    watched("2026-12-01")
    for day, body in enumerate(
        [b"", b"<form><p>Connectez-vous</p><input type=password name=mdp></form>"], 2
    ):
        local_site.pages["/aes"] = (200, {}, body)
        watched(f"2026-12-{2 * day:02}")
        watched(f"2026-12-{2 * day + 1:02}")
        assert given(sheet, page).changed is None
        assert given(sheet, page).pending is None
    assert known(page).page_state == "login"


def test_each_address_is_visited_once_a_day_the_oldest_first(local_site, page, sheet):
    assert watched("2026-12-01").checked == 1
    assert watched("2026-12-01").due == 0
    assert len(local_site.asked) == 1


def test_no_more_are_visited_than_were_asked_for_and_the_next_run_goes_on(local_site):
    addresses = [local_site.address(f"/{number}") for number in range(5)]
    withdraw_the_rest(sheet_giving(*addresses))
    assert watched("2026-12-01", most=2).checked == 2
    assert watched("2026-12-01", most=2).checked == 2
    assert watched("2026-12-01", most=2).checked == 1
    assert sorted(path for _, path in local_site.asked) == [f"/{number}" for number in range(5)]


def test_a_site_that_asks_to_be_left_alone_is_left_alone_until_then(local_site):
    addresses = [local_site.address(f"/{number}") for number in range(3)]
    withdraw_the_rest(sheet_giving(*addresses))
    for number in range(3):
        local_site.pages[f"/{number}"] = (429, {"Retry-After": str(36 * 3600)}, b"")
    watched("2026-12-01")
    ((_, path),) = local_site.asked
    assert known(local_site.address(path)).verdict == Verdict.REFUSES_ROBOTS
    assert watched("2026-12-02").due == 0
    assert watched("2026-12-03").due == 3


@pytest.mark.parametrize("error", [socket.EAI_AGAIN, socket.EAI_NONAME])
def test_where_no_site_answers_nothing_is_held_against_any_of_them(
    settings, tmp_path, monkeypatch, error
):
    settings.DATA_DIR = tmp_path

    def fail(*asked, **how):
        raise socket.gaierror(error, "")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    addresses = ["http://nom-un.invalid/", "http://nom-deux.invalid/"]
    withdraw_the_rest(sheet_giving(*addresses))
    run = watched("2026-12-01")
    assert run.fault.startswith("Presque aucun des sites n’a répondu")
    assert run.checked == 0
    assert known(addresses[0]).checked_at is None


def test_where_most_sites_fall_silent_at_once_it_is_our_network(local_site, monkeypatch):
    names = [f"site-{number}.test" for number in range(4)]
    here = local_site.address("/").removesuffix("/").rpartition(":")[2]
    addresses = [f"http://{name}:{here}/" for name in names]
    local_site.says("/", AES)
    withdraw_the_rest(sheet_giving(*addresses))
    resolve = socket.getaddrinfo
    known_names = set(names)

    def resolved(host, *asked, **how):
        if host in known_names:
            return resolve("127.0.0.1", *asked, **how)
        raise socket.gaierror(socket.EAI_NONAME, "")

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    watched("2026-12-01")
    known_names -= set(names[1:])
    assert watched("2026-12-02").fault.startswith("Presque aucun")
    assert known(addresses[1]).seen == Verdict.WORKS
    # One that is gone is told, as long as others are there.
    known_names |= set(names[1:3])
    watched("2026-12-03")
    assert known(addresses[3]).seen == Verdict.GONE


def test_what_a_sheet_gives_no_more_is_visited_no_more(local_site, page, sheet):
    other = sheet_giving(local_site.address("/autre"), title="Une autre")
    withdraw_the_rest(other)
    watched("2026-12-01")
    assert [path for _, path in local_site.asked] == ["/autre"]


def test_a_form_to_fill_in_is_a_source_and_what_is_not_for_this_request_is_none(local_site):
    form, booking = local_site.address("/formulaire.pdf"), local_site.address("/rendez-vous")
    sheet = sheet_giving((Link.Kind.FORM, form), (Link.Kind.BOOKING, booking))
    withdraw_the_rest(sheet)
    watched("2026-12-01")
    assert given(sheet, form).is_source
    assert not given(sheet, booking).is_source


def test_an_answer_that_the_database_cannot_take_is_asked_for_again(
    local_site, page, sheet, monkeypatch
):
    def busy(*told):
        raise OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(run, "note_answer", busy)
        assert watched("2026-12-01").checked == 0
    assert watched("2026-12-01").checked == 1


def test_a_run_that_ends_says_when(local_site, page, sheet):
    run = watched("2026-12-01")
    assert WatchRun.objects.get() == run
    assert run.ended_at is not None

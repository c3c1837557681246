"""What is kept, for whom, and until when."""

import threading
from datetime import date
from email.utils import formatdate

import brotli
import pytest
from django.conf import settings as django_settings
from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path, resolve

from prefectures.models import ContentVersion, Procedure, changeset
from prefectures.public import urls
from prefectures.public.cache import kept
from prefectures.public.cache.kept import is_kept

from ...models.making import draft, edited, published
from ...published.restoring import put_in_place
from .asking import KEPT

HERAULT = "/departements/34-herault/"
SESSION = f"{django_settings.SESSION_COOKIE_NAME}=abc"


def sheet_of_herault():
    return Procedure.objects.get(departement="34", slug="sous-prefecture-de-beziers")


# --- What is kept -----------------------------------------------------------------------------


def test_the_views_that_say_so_are_kept_and_no_other():
    routes = [*urls.urlpatterns, *urls.speaking_to_programs]
    said = {route.name for route in routes if getattr(route.callback, "is_kept", False)}
    assert said == KEPT.keys()
    assert {name: resolve(address).url_name for name, address in KEPT.items()} == {
        name: name for name in KEPT
    }


@pytest.mark.parametrize(
    "address",
    ["/admin/", "/admin/prefectures/procedure/", "/admin/login/", "/recherche/", "/nulle-part/"],
)
def test_the_admin_the_search_and_what_does_not_exist_are_not(address):
    assert not is_kept(address)


def test_a_page_is_made_once_whatever_the_encoding_the_method_or_the_query(site):
    pages = [
        site.get(HERAULT),
        site.get(HERAULT, "HEAD"),
        site.get(HERAULT, HTTP_ACCEPT_ENCODING="gzip"),
        site.get(HERAULT, HTTP_ACCEPT_ENCODING="br"),
        *(site.get(f"{HERAULT}?x={number}") for number in range(20)),
        site.get(HERAULT, HTTP_RANGE="bytes=0-9"),
        site.get(HERAULT, HTTP_COOKIE="autre=1; theme=sombre"),
    ]
    assert len(site.asked) == 1
    assert len(site.front.shelf) == 1
    assert {page.status for page in pages} == {200}
    assert {page.headers["ETag"] for page in pages} == {pages[0].headers["ETag"]}
    assert brotli.decompress(pages[3].body) == pages[0].body == pages[-1].body


def test_a_page_is_kept_in_each_language_apart_from_the_others(site):
    addresses = [f"{start}{HERAULT}" for start in ("", "/ar", "/en", "/es")]
    first = [site.get(address) for address in addresses]
    again = [site.get(address, HTTP_ACCEPT_LANGUAGE="ar") for address in reversed(addresses)]
    assert len(site.asked) == len(site.front.shelf) == 4
    assert [page.headers["Content-Language"] for page in first] == ["fr", "ar", "en", "es"]
    assert [page.body for page in first] == [page.body for page in reversed(again)]
    assert len({page.headers["ETag"] for page in first}) == 4


@pytest.mark.parametrize("first", ["", "?genre=new"])
def test_a_page_that_reads_its_query_is_kept_as_it_is_without_one(site, first):
    site.get(f"/changements/{first}")
    whole = [site.get("/changements/") for _ in range(2)]
    asked = [site.get("/changements/?genre=new") for _ in range(2)]
    assert len(site.front.shelf) == 1
    assert whole[0].body == whole[1].body == site.made_anew("/changements/").body
    assert asked[0].body == asked[1].body == site.made_anew("/changements/?genre=new").body
    assert whole[0].body != asked[0].body
    assert len([each for each in site.asked if each["QUERY_STRING"]]) == 2 + bool(first)


def test_a_page_is_packed_well_for_whoever_asks_second(site):
    first, second, third = (site.get(HERAULT, HTTP_ACCEPT_ENCODING="br") for _ in range(3))
    assert brotli.decompress(first.body) == brotli.decompress(second.body)
    assert len(second.body) < len(first.body)
    assert third.body == second.body
    assert site.front.shelf.bytes == sum(
        page.weight for page, _ in site.front.shelf._pages.values()
    )


def test_a_kept_page_is_django_s_to_the_letter_with_its_headers(site):
    site.get(HERAULT)
    kept_page, anew = site.get(HERAULT), site.made_anew(HERAULT)
    assert kept_page.body == anew.body
    ours = {"ETag", "Last-Modified", "Content-Length"}
    for name in set(anew.headers) - ours:
        assert kept_page.headers[name] == anew.headers[name]
    assert "Content-Security-Policy" in kept_page.headers
    assert "nonce" not in kept_page.headers["Content-Security-Policy"]
    assert kept_page.headers["Cache-Control"] == "no-cache"


def test_a_browser_that_has_the_page_is_told_so(site, neighbour):
    etag = site.get(HERAULT).headers["ETag"]
    for process in (site, neighbour):
        again = process.get(HERAULT, HTTP_IF_NONE_MATCH=etag, HTTP_ACCEPT_ENCODING="br")
        assert (again.status, again.body) == (304, b"")


def test_a_page_that_changed_long_ago_tells_since_when(site):
    ContentVersion.objects.filter(pk=ContentVersion.ONLY).update(moved_second=1_700_000_000)
    site.front.started = 1_700_000_000
    told = site.get(HERAULT).headers["Last-Modified"]
    # Its ages are of today.
    assert told.endswith("GMT")
    assert told != formatdate(1_700_000_000, usegmt=True)
    assert site.get(HERAULT, HTTP_IF_MODIFIED_SINCE=told).status == 304


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/departements/34-herault/nulle-part/", 404),
        ("/departements/99-nulle-part/", 404),
        ("/departements/34/", 301),
        ("/departements/34-herault", 301),
        ("/regions/atlantide/", 404),
        ("/recherche/?q=lodevve", 200),
        ("/admin/login/", 200),
        ("/départements/", 404),
    ],
)
def test_errors_ways_elsewhere_and_what_is_somebody_s_own_are_never_kept(site, address, status):
    assert site.get(address).status == status
    assert len(site.front.shelf) == 0


def test_a_sheet_that_is_gone_is_never_kept(site):
    sheet = published()
    address = sheet.get_absolute_url()
    site.get(address)
    edited(sheet, publication="archived")
    assert site.get(address).status == 410
    assert len(site.front.shelf) == 0


@pytest.mark.parametrize(
    "environ",
    [{"HTTP_COOKIE": SESSION}, {"HTTP_AUTHORIZATION": "Basic YTpi"}],
    ids=["session", "authorization"],
)
def test_who_is_signed_in_passes_by(site, environ):
    site.get(HERAULT)
    assert site.get(HERAULT, **environ).status == 200
    assert len(site.asked) == 2
    assert site.asked[-1]["PATH_INFO"] == HERAULT


def test_a_form_passes_by(site):
    site.get(HERAULT)
    assert site.get(HERAULT, "POST").status == 405
    assert site.get(HERAULT, "OPTIONS").status == 405
    assert len(site.asked) == 3


def test_a_page_is_made_without_anything_of_who_asks(site):
    reader = {
        "HTTP_COOKIE": "a=1",
        "HTTP_USER_AGENT": "Téléphone",
        "HTTP_REFERER": "https://ailleurs.example/",
        "HTTP_ACCEPT_LANGUAGE": "ar",
        "HTTP_X_FORWARDED_HOST": "mechant.example",
        "HTTP_IF_NONE_MATCH": "*",
        "HTTP_RANGE": "bytes=0-1",
        "REMOTE_ADDR": "192.0.2.7",
    }
    site.get(f"{HERAULT}?q=secret", **reader)
    made_for = site.asked[0]
    assert not set(reader) & set(made_for)
    assert made_for["QUERY_STRING"] == ""
    assert "mechant.example" not in site.get(HERAULT).text


def view_with_a_cookie(request):
    response = HttpResponse("une page")
    response.set_cookie("traceur", "1")
    return response


urlpatterns = [path("", kept(view_with_a_cookie))]


def test_a_page_that_would_leave_a_cookie_is_not_kept(site):
    with override_settings(ROOT_URLCONF=__name__):
        assert site.get("/").status == 200
        assert len(site.front.shelf) == 0


# --- For which address ------------------------------------------------------------------------


def test_two_names_of_the_site_have_each_their_page(site):
    site.get(HERAULT)
    other = site.get(HERAULT, HTTP_HOST="autre.example")
    assert "autre.example" in other.text
    assert "autre.example" not in site.get(HERAULT).text


def test_a_name_that_is_not_the_site_s_is_refused_and_not_kept(site, settings):
    settings.ALLOWED_HOSTS = ["guide.example"]
    assert site.get(HERAULT, HTTP_HOST="mechant.example").status == 400
    assert len(site.front.shelf) == 0


def test_a_page_asked_for_without_a_host_as_in_http_1_0(site):
    old = {"HTTP_HOST": None, "SERVER_PROTOCOL": "HTTP/1.0"}
    assert site.get(HERAULT, **old).body == site.get(HERAULT, **old).body
    assert len(site.asked) == 1


def test_a_page_in_clear_sends_to_the_safe_one_where_that_is_asked(site):
    with override_settings(
        SECURE_SSL_REDIRECT=True, SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https")
    ):
        site.django.load_middleware()
        site.making.load_middleware()
        safe = site.get(HERAULT, HTTP_X_FORWARDED_PROTO="https")
        assert safe.status == 200
        assert "https%3A//guide.example" in safe.text
        assert site.get(HERAULT, HTTP_X_FORWARDED_PROTO="http").status == 301
        assert site.get(HERAULT).status == 301
        assert site.get(HERAULT, HTTP_X_FORWARDED_PROTO="https").status == 200


# --- Until when -------------------------------------------------------------------------------


def test_a_publication_shows_at_once_in_every_process(site, neighbour):
    sheet = sheet_of_herault()
    for process in (site, neighbour):
        process.get(HERAULT)
    for number in range(5):
        edited(sheet, headline=f"Nouvelle façon numéro {number}.")
        for process in (site, neighbour):
            assert f"Nouvelle façon numéro {number}." in process.get(HERAULT).text


def test_a_draft_leaves_every_page_where_it_is(site):
    site.get(HERAULT)
    edited(draft(), headline="Un brouillon.")
    site.get(HERAULT)
    assert len(site.asked) == 1


def test_what_is_not_committed_is_not_shown(site):
    site.get(HERAULT)
    with changeset("Pour le test"):
        sheet = sheet_of_herault()
        sheet.headline = "Pas encore."
        sheet.save()
        # Asked by somebody else, over another connection.
        answers = []
        thread = threading.Thread(target=lambda: answers.append(in_a_thread(site)), daemon=True)
        thread.start()
        thread.join(10)
        assert "Pas encore." not in answers[0].text
    assert "Pas encore." in site.get(HERAULT).text


def in_a_thread(site):
    try:
        return site.get(HERAULT)
    finally:
        site.close()
        connection.close()


def test_a_page_that_changes_while_it_is_made_is_not_kept(site):
    sheet, django = sheet_of_herault(), site.front.making

    def publishes_meanwhile(environ, start_response):
        answer = django(environ, start_response)
        edited(sheet, headline="Publiée entre-temps.")
        return answer

    site.front.making = publishes_meanwhile
    assert "Publiée entre-temps." not in site.get(HERAULT).text
    assert len(site.front.shelf) == 0
    site.front.making = django
    assert "Publiée entre-temps." in site.get(HERAULT).text


def test_a_day_that_ends_empties_what_shows_an_age(site, today):
    today(date(2023, 8, 21))
    assert "vérifiez auprès de la préfecture" not in site.get(HERAULT).text
    today(date(2023, 9, 22))
    site.later()
    assert "vérifiez auprès de la préfecture" in site.get(HERAULT).text
    assert len(site.front.shelf) == 1


def test_a_database_that_is_put_back_shows_what_it_holds(site):
    sheet = sheet_of_herault()
    before = ContentVersion.objects.get()
    edited(sheet, headline="Perdue.")
    assert "Perdue." in site.get(HERAULT).text
    # The copy of before is put back, and then lives on to the same number.
    before.save()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE prefectures_procedure SET headline = 'Remise.' WHERE id = %s", [sheet.pk]
        )
    put_in_place(sheet)
    site.later()
    assert "Remise." in site.get(HERAULT).text
    edited(sheet, headline="Autre.")
    assert "Autre." in site.get(HERAULT).text


def test_the_least_recently_read_page_leaves_when_there_is_no_room(site):
    site.front.shelf.most_bytes = 60_000
    for code in ("34-herault", "46-lot", "81-tarn", "11-aude", "30-gard"):
        site.get(f"/departements/{code}/")
    assert 0 < len(site.front.shelf) < 5
    assert site.front.shelf.bytes <= 60_000


# --- What may fail ----------------------------------------------------------------------------


def test_a_database_that_does_not_answer_leaves_it_to_django(site, monkeypatch):
    def refuse(self):
        raise OperationalError("no database")

    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", refuse)
    site.front.application = lambda environ, start_response: [b"Django"]
    assert site.front({"REQUEST_METHOD": "GET", "PATH_INFO": "/"}, None) == [b"Django"]


def test_a_connection_that_was_cut_is_opened_again(site):
    site.get(HERAULT)
    site.front.now.connection.connection.close()
    site.later()
    assert site.get(HERAULT).status == 200
    assert len(site.asked) == 1


def test_without_a_version_nothing_is_kept(site):
    ContentVersion.objects.all().delete()
    site.later()
    assert site.get(HERAULT).status == 200
    assert site.get(HERAULT).status == 200
    assert len(site.asked) == 2


def test_a_burst_on_a_page_that_is_not_there_makes_it_once(site):
    together, answers = threading.Barrier(6), []

    def ask():
        together.wait(10)
        answers.append(in_a_thread(site))

    threads = [threading.Thread(target=ask, daemon=True) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(site.asked) == 1
    assert len({answer.body for answer in answers}) == 1
    assert len(answers) == 6

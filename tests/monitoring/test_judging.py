"""What is made of an answer: the rules one by one, without any network."""

import pytest

from prefectures.models.verdict import Verdict
from prefectures.monitoring.fetch import Fault, Fetched, Flaw, Hop
from prefectures.monitoring.judging import FAULTS, is_ours, judge
from prefectures.monitoring.page_state import PageState

SITE = "https://www.gard.gouv.fr"
DEEP = f"{SITE}/Demarches/Sejour"
HTML = {"content_type": "text/html", "body": b"<!doctype html>"}


def answered(url=DEEP, *hops, status=200, **told):
    """Return an answer to ``url``; each of ``hops`` is (status, address)."""
    hops = tuple(Hop(*hop) for hop in hops)
    final_url = hops[-1].url if hops else url
    return Fetched(url, hops=hops, final_url=final_url, status=status, **{**HTML, **told})


def failed(fault, *hops, **told):
    return answered(DEEP, *hops, **{"status": None, "body": b"", **told, "fault": fault})


def verdict(fetched, page=PageState.TEXT, **known):
    return judge(fetched, page, **known).verdict


# --- Statuses and faults ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        *((status, Verdict.WORKS) for status in (200, 203, 206)),
        *((status, Verdict.GONE) for status in (404, 410)),
        *((status, Verdict.REFUSES_ROBOTS) for status in (401, 403, 429, 451, 999)),
        *((status, Verdict.OUT) for status in (103, 204, 205, 300, 301, 304, 400, 402, 405, 406)),
        *((status, Verdict.OUT) for status in (408, 418, 421, 500, 502, 503, 504, 520, 530)),
    ],
)
def test_a_status_says(status, expected):
    assert verdict(answered(status=status)) is expected


@pytest.mark.parametrize("fault", Fault)
def test_each_fault_has_a_rule(fault):
    expected, _ = FAULTS[fault]
    assert verdict(failed(fault), None) is expected


def test_only_a_name_that_is_unknown_proves_a_page_gone():
    assert [fault for fault, (told, _) in FAULTS.items() if told is Verdict.GONE] == [
        Fault.UNKNOWN_HOST
    ]


@pytest.mark.parametrize("fault", [Fault.BROKEN, Fault.TIMED_OUT])
def test_a_page_that_breaks_off_is_out_and_one_of_errors_is_what_it_says(fault):
    assert verdict(failed(fault, status=200), None) is Verdict.OUT
    assert verdict(failed(fault, status=404), None) is Verdict.GONE
    assert verdict(failed(fault, status=403), None) is Verdict.REFUSES_ROBOTS
    assert not is_ours(failed(fault, status=404))


def test_a_redirect_to_a_dead_name_makes_the_page_gone():
    fetched = failed(Fault.UNKNOWN_HOST, (301, "https://ancien.example/x"))
    judgement = judge(fetched, None)
    assert judgement.verdict is Verdict.GONE
    assert "ancien.example" in judgement.detail


@pytest.mark.parametrize("fault", Fault)
def test_what_our_own_network_may_be_the_cause_of(fault):
    ours = {Fault.UNKNOWN_HOST, Fault.NO_NAME_SERVICE, Fault.TIMED_OUT, Fault.UNREACHABLE}
    assert is_ours(failed(fault)) is (fault in ours)


def test_an_answer_is_no_fault_of_ours():
    assert not is_ours(answered())


# --- What the page shows ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (None, Verdict.WORKS),
        (PageState.TEXT, Verdict.WORKS),
        (PageState.EMPTY, Verdict.WORKS),
        (PageState.LOGIN, Verdict.WORKS),
        (PageState.UNREADABLE, Verdict.WORKS),
        (PageState.CAPTCHA, Verdict.REFUSES_ROBOTS),
        (PageState.MAINTENANCE, Verdict.OUT),
        (PageState.NOT_FOUND, Verdict.GONE),
    ],
)
def test_a_page_that_opens_says(page, expected):
    assert verdict(answered(), page) is expected


@pytest.mark.parametrize("status", [202, 403, 429, 500, 503])
def test_a_question_to_robots_is_one_whatever_its_status(status):
    assert verdict(answered(status=status), PageState.CAPTCHA) is Verdict.REFUSES_ROBOTS


def test_what_is_not_found_is_so_whatever_it_asks():
    assert verdict(answered(status=404), PageState.CAPTCHA) is Verdict.GONE


def test_a_front_page_of_works_says_nothing_of_the_page():
    fetched = answered(DEEP, (302, f"{SITE}/"))
    assert verdict(fetched, PageState.MAINTENANCE) is Verdict.OUT


# --- Where it led -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hops", "moved_to"),
    [
        ([(301, f"{SITE}/a")], f"{SITE}/a"),
        ([(308, f"{SITE}/a"), (301, f"{SITE}/b")], f"{SITE}/b"),
        ([(301, f"{SITE}/a"), (302, f"{SITE}/b"), (301, f"{SITE}/c")], f"{SITE}/a"),
        ([(302, f"{SITE}/a"), (301, f"{SITE}/b")], ""),
        ([(303, f"{SITE}/a")], ""),
        ([(307, f"{SITE}/a")], ""),
        ([(301, "https://ailleurs.example/")], "https://ailleurs.example/"),
        ([(301, f"{DEEP}/")], f"{DEEP}/"),
        ([(301, f"{DEEP}?jsessionid=1A")], ""),
        ([(301, f"{DEEP};jsessionid=1A")], ""),
        ([(301, f"{DEEP}?PHPSESSID=1a#2")], f"{DEEP}#2"),
        ([(301, f"{SITE}/a?sid=1&p=2")], f"{SITE}/a?p=2"),
        ([(301, f"{SITE}/a?p=2&sid=1")], f"{SITE}/a?p=2"),
        ([(301, f"{SITE}/a?inside=1")], f"{SITE}/a?inside=1"),
        ([(301, "https://WWW.gard.gouv.fr/Demarches/S%C3%A9jour")], "same"),
    ],
)
def test_a_page_has_moved_where_unbroken_permanent_redirects_lead(hops, moved_to):
    url = f"{SITE}/Demarches/Séjour" if moved_to == "same" else DEEP
    moved_to = "" if moved_to == "same" else moved_to
    judgement = judge(answered(url, *hops), PageState.TEXT)
    assert judgement.moved_to == moved_to
    assert judgement.verdict is (Verdict.MOVED if moved_to else Verdict.WORKS)


def test_an_address_that_an_editor_could_not_enter_is_not_offered():
    deceptive = f"{SITE}/\u202efdp.exe"
    assert judge(answered(DEEP, (301, deceptive)), PageState.TEXT).verdict is Verdict.WORKS


def test_a_page_that_is_now_sent_encrypted_has_moved():
    judgement = judge(answered("http://a.example/b", (301, "https://a.example/b")), PageState.TEXT)
    assert judgement.moved_to == "https://a.example/b"


@pytest.mark.parametrize("status", [301, 302])
@pytest.mark.parametrize(
    ("url", "led_to"),
    [
        (DEEP, f"{SITE}/"),
        (DEEP, SITE),
        (DEEP, f"{SITE}/index.php"),
        (DEEP, f"{SITE}/Index.html"),
        (DEEP, f"{SITE}/fr/"),
        (DEEP, f"{SITE}/accueil"),
        (DEEP, "https://gard.gouv.fr/"),
        (f"{SITE}/?page=12", f"{SITE}/"),
        (DEEP, f"{SITE}/404"),
        (DEEP, f"{SITE}/404.html"),
        (DEEP, f"{SITE}/fr/erreur-404/"),
        (DEEP, f"{SITE}/erreur.html?de=x"),
        (DEEP, f"{SITE}/page-not-found"),
        (DEEP, "https://ailleurs.example/not-found"),
        (DEEP, f"{SITE}/404-page-introuvable"),
    ],
)
def test_a_page_is_gone_where_its_address_leads_to_none_in_particular(status, url, led_to):
    assert verdict(answered(url, (status, led_to))) is Verdict.GONE


@pytest.mark.parametrize(
    ("url", "led_to"),
    [
        (SITE, f"{SITE}/"),
        (f"{SITE}/index.html", f"{SITE}/"),
        (f"{SITE}/fr", f"{SITE}/fr/"),
        (DEEP, "https://ailleurs.example/"),
        (DEEP, f"{SITE}/?page=12"),
        (DEEP, f"{SITE}/accueil-des-etrangers"),
        (DEEP, f"{SITE}/erreurs-de-droit/"),
        (DEEP, f"{SITE}/article-1404"),
        (f"{SITE}/404", f"{SITE}/404/"),
    ],
)
def test_a_page_is_not_gone_where_its_address_leads_to(url, led_to):
    assert verdict(answered(url, (302, led_to))) is Verdict.WORKS
    assert verdict(answered(url, (301, led_to))) in (Verdict.WORKS, Verdict.MOVED)


@pytest.mark.parametrize(
    "led_to",
    [f"{SITE}/login?next=/x", f"{SITE}/connexion.php", "https://sso.example/auth/realms/x"],
)
def test_a_sign_in_is_no_new_address(led_to):
    assert verdict(answered(DEEP, (301, led_to))) is Verdict.WORKS
    assert verdict(answered(DEEP, (301, f"{SITE}/x")), PageState.LOGIN) is Verdict.WORKS


# --- Of which kind it is ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "content_type", "kind"),
    [
        (b"%PDF-1.4", "application/pdf", "pdf"),
        (b"\n\n%PDF-1.4", "application/octet-stream", "pdf"),
        (b"%PDF-1.4", "text/html", "pdf"),
        (b"x" * 2000 + b"%PDF-1.4", "text/plain", "other"),
        (b"<!DOCTYPE html>", "application/pdf", "html"),
        (b'\xef\xbb\xbf <?xml version="1.0"?>\n<!-- x --><html>', "", "html"),
        (b"<p>bonjour", "text/html", "html"),
        (b"<p>bonjour", "application/xhtml+xml", "html"),
        (b"", "text/html", "html"),
        (b"damaged", "application/pdf", "pdf"),
        (b"PK\x03\x04", "application/zip", "other"),
        (b"\x89PNG", "image/png", "other"),
        (b"whatever", "", ""),
        (b"", "", ""),
    ],
)
def test_the_kind_is_told_from_what_came(body, content_type, kind):
    judgement = judge(answered(body=body, content_type=content_type), PageState.TEXT)
    assert (judgement.verdict, judgement.kind) == (Verdict.WORKS, kind)


@pytest.mark.parametrize("before", ["html", "pdf", "other"])
@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("html", HTML),
        ("pdf", {"body": b"%PDF-1"}),
        ("other", {"body": b"PK", "content_type": "application/zip"}),
    ],
)
def test_another_kind_than_last_time_is_another_document(before, now, told):
    judgement = judge(answered(**told), PageState.TEXT, known_kind=before)
    expected = Verdict.WORKS if before == now else Verdict.OTHER_KIND
    assert (judgement.verdict, judgement.kind) == (expected, now)


def test_an_address_that_announces_a_pdf_is_held_to_it_the_first_time():
    fetched = answered(f"{SITE}/Guide.PDF?v=2#page=3")
    assert verdict(fetched) is Verdict.OTHER_KIND
    assert verdict(fetched, known_kind="html") is Verdict.WORKS


def test_another_document_at_another_address_is_offered_to_nobody():
    fetched = answered(DEEP, (301, f"{SITE}/a"))
    judgement = judge(fetched, PageState.TEXT, known_kind="pdf")
    assert (judgement.verdict, judgement.moved_to) == (Verdict.OTHER_KIND, "")


@pytest.mark.parametrize(
    ("status", "page"),
    [
        (404, None),
        (403, None),
        (500, None),
        (200, PageState.CAPTCHA),
        (200, PageState.MAINTENANCE),
        (200, PageState.NOT_FOUND),
    ],
)
def test_what_comes_in_the_place_of_a_page_says_nothing_of_its_kind(status, page):
    assert judge(answered(status=status), page, known_kind="pdf").kind == ""


# --- In words ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fetched", "detail"),
    [
        (answered(status=404), "La page répond «\u00a0404\u00a0: introuvable\u00a0»."),
        (
            answered(status=502),
            "La page répond «\u00a0502\u00a0»\u00a0: elle est en panne pour le moment.",
        ),
        (failed(Fault.TIMED_OUT), "Le site n’a pas répondu en 20 secondes."),
        (failed(Fault.TIMED_OUT, seconds=5), "Le site n’a pas répondu en 5 secondes."),
        (
            failed(Fault.UNKNOWN_HOST),
            "Le site «\u00a0www.gard.gouv.fr\u00a0» n’existe pas ou plus\u00a0: "
            "ce nom ne mène nulle part.",
        ),
        (
            failed(Fault.CERTIFICATE, flaw=Flaw.EXPIRED),
            "Le certificat de sécurité du site est périmé\u00a0: "
            "les navigateurs avertissent avant d’ouvrir.",
        ),
        (
            failed(Fault.FORBIDDEN_ADDRESS),
            "Cette adresse n’est pas celle d’une page publique\u00a0: elle n’a pas été visitée.",
        ),
        (
            failed(Fault.FORBIDDEN_ADDRESS, (301, "http://10.0.0.1/")),
            "La page renvoie vers une adresse qui n’est pas publique\u00a0: http://10.0.0.1/",
        ),
        (
            answered(DEEP, (301, f"{SITE}/a")),
            "La page a déménagé\u00a0: https://www.gard.gouv.fr/a",
        ),
        (
            answered(f"{SITE}/guide.pdf"),
            "L’adresse annonce un PDF, et mène à une page.",
        ),
    ],
)
def test_an_editor_reads(fetched, detail):
    assert judge(fetched, None).detail == detail


@pytest.mark.parametrize("flaw", [None, *Flaw])
def test_each_flaw_of_a_certificate_is_told_in_words(flaw):
    assert "avertissent" in judge(failed(Fault.CERTIFICATE, flaw=flaw), None).detail

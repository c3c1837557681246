"""Every public address, read from the URLconf, with what no reader would send: none breaks."""

import re

import pytest
from django.test import Client
from django.utils.timezone import localdate

from prefectures.public.urls import speaking_to_programs, urlpatterns

pytestmark = pytest.mark.django_db

THERE = {
    "slug": "09-ariege",
    "departement": "09-ariege",
    "region": "occitanie",
    "day": localdate().isoformat(),
    "initial": "f",
    "file": "fiches.json",
}
SHEET = "prefecture-de-foix"
KEYS = [
    "²",
    "2026-02-30",
    "0001-01-01",
    "9999-12-31",
    "2026-2-3",
    "9" * 30,
    "%00",
    "%ED%A0%80",
    "-1",
    "9" * 3000,
    "34",
    "97-",
    "..%2F..",
    "prefecture-de-foix'",
]
QUERIES = [
    "",
    "q=%00",
    "q=%ED%A0%80",
    "q=²",
    f"q={'a+' * 5000}",
    "q=34²",
    f"q={'9' * 5000}",
    "q=a&q=b&p=-1",
    *(
        f"{name}={value}"
        for name in ("v", "de", "a", "avant", "jour", "jusque", "genre", "ou")
        for value in (
            "%00",
            "-1",
            "0",
            "²",
            "9" * 30,
            "1",
            "2026-02-30",
            "9999-12-31",
            "0001-01-01",
        )
    ),
    "&".join(f"a{number}=1" for number in range(2000)),
]
ENCODINGS = ["hex", "unicode_escape", "utf-7"]


def address(route, values):
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: values[found[1]], route)


def asked(route):
    """Yield (method, address, type of what is sent)."""
    there = THERE | ({"slug": SHEET} if "<slug:departement>" in route else {})
    url = address(route, there)
    for argument in re.findall(r"<(?:\w+:)?(\w+)>", route):
        for key in KEYS:
            yield "GET", address(route, there | {argument: key}), "text/plain"
    for query in QUERIES:
        yield "GET", f"{url}?{query}", "text/plain"
    for encoding in ENCODINGS:
        yield "GET", f"{url}?q=%2B2AA-%5Cud800", f"text/plain; charset={encoding}"
    for method in ("HEAD", "POST", "PUT", "DELETE", "OPTIONS", "²"):
        yield method, url, "application/x-www-form-urlencoded; charset=hex"


ROUTES = [str(pattern.pattern) for pattern in [*urlpatterns, *speaking_to_programs]]


@pytest.mark.parametrize("route", ROUTES)
def test_an_address_answers_whatever_it_is_asked(route):
    client = Client(raise_request_exception=False)
    broken = [
        (method, url[:200], content_type)
        for method, url, content_type in asked(route)
        if client.generic(method, url, content_type=content_type).status_code >= 500
    ]
    assert broken == []

"""How an address is taken apart, and where a redirect leads from it."""

import pytest

from prefectures.monitoring.fetch.address import led_to, target_of

PAGE = "http://site.test/a/b?c=d"


@pytest.mark.parametrize(
    ("url", "host", "header"),
    [
        ("http://www.ariège.gouv.fr/", "www.xn--arige-6ra.gouv.fr", None),
        ("HTTP://WWW.Gard.Gouv.FR/", "www.gard.gouv.fr", None),
        ("http://site.test:80/", "site.test", "site.test"),
        ("https://site.test:443/", "site.test", "site.test"),
        ("http://site.test:443/", "site.test", "site.test:443"),
        ("http://site.test:/", "site.test", "site.test"),
        ("http://a_b.site.test/", "a_b.site.test", None),
        ("http://[2606:4700::1111]/", "2606:4700::1111", "[2606:4700::1111]"),
        ("http://[2606:4700::1111]:443/", "2606:4700::1111", "[2606:4700::1111]:443"),
    ],
)
def test_a_host_is_named_on_the_wire(url, host, header):
    target = target_of(url)
    assert (target.host, target.host_header) == (host, header or host)


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/x", "http://site.test/x"),
        ("x", "http://site.test/a/x"),
        ("../x", "http://site.test/x"),
        ("?x=y", "http://site.test/a/b?x=y"),
        ("//autre.test/x", "http://autre.test/x"),
        ("https://autre.test", "https://autre.test"),
        (" /x ", "http://site.test/x"),
        ("/x y", "http://site.test/x%20y"),
        ('/<"x">', "http://site.test/%3C%22x%22%3E"),
        ("/x%20(y)+z", "http://site.test/x%20(y)+z"),
        ("/\u00c3\u00a9", "http://site.test/é"),
        ("/\u00e9", "http://site.test/%E9"),
        ("\\\\autre.test", "http://site.test/a/%5C%5Cautre.test"),
        ("http://[x", "http://[x"),
        ("file:///etc/passwd", "file:///etc/passwd"),
    ],
)
def test_a_redirect_leads_to(location, url):
    assert led_to(PAGE, location) == url


@pytest.mark.parametrize(
    ("location", "url"), [("/x", "http://site.test/x#2"), ("/x#3", "http://site.test/x#3")]
)
def test_a_place_in_the_page_goes_along(location, url):
    assert led_to(f"{PAGE}#2", location) == url

"""A brochure is kept like a page: a burst has one made."""

BROCHURE = "/departements/34-herault.pdf"


def test_a_burst_has_one_brochure_made(site):
    first, *others = [site.get(BROCHURE) for _ in range(5)]
    assert len(site.asked) == 1
    assert {answer.body for answer in others} == {first.body}


def test_a_brochure_is_sent_as_it_is_to_who_takes_packed_pages(site):
    for _ in range(2):
        answer = site.get(BROCHURE, HTTP_ACCEPT_ENCODING="br, gzip")
        assert "Content-Encoding" not in answer.headers
        assert answer.body.startswith(b"%PDF")


def test_who_has_the_brochure_is_told_so(site):
    known = site.get(BROCHURE).headers["ETag"]
    assert site.get(BROCHURE, HTTP_IF_NONE_MATCH=known).status == 304

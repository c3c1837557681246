"""Twelve pages made up as préfectures publish them, before the rules were written."""

import pytest

from prefectures.models import Contact, Link, Step

from .scoring import leading, leading_of, made_up, made_up_pages, reading_of, right_of, score

pytestmark = pytest.mark.django_db

PAGES = made_up_pages()
# Two columns side by side, the second for another request.
TOLD_BY_NO_WORD = {"word_paste_post_or_letter_box": 2}


@pytest.fixture
def read_all():
    found = {}
    for name in PAGES:
        source, facts = made_up(name)
        found[name] = facts, reading_of(source, facts["address"], facts["departement"])
    return found


def test_what_is_right_is_proposed_and_little_else(read_all):
    found = [score(right_of(facts), reading) for facts, reading in read_all.values()]
    right, missing, wrong = (
        sum(len(getattr(each, name)) for each in found) for name in ("right", "missing", "wrong")
    )
    assert len(PAGES) == 12
    assert right >= 0.95 * (right + missing)
    assert wrong <= 0.05 * (right + wrong)


@pytest.mark.parametrize("name", PAGES)
def test_what_is_for_another_request_is_left_aside(read_all, name):
    facts, reading = read_all[name]
    wrong = {("link", url) for url in facts["wrong"].get("links", [])}
    for kind in ("email", "phone"):
        for value in facts["wrong"].get(f"{kind}s", []):
            wrong |= leading(Contact, {"kind": kind, "value": value})
    assert len(wrong & leading_of(reading)) == TOLD_BY_NO_WORD.get(name, 0)


@pytest.mark.parametrize("name", PAGES)
def test_the_links_that_are_right_are_of_their_kind(read_all, name):
    facts, reading = read_all[name]
    kinds = {link.values["url"]: link.values["kind"] for link in reading.of(Link)}
    right = facts["right"]["links"]
    assert {url: kinds.get(url) for url in right} == right


@pytest.mark.parametrize("name", PAGES)
def test_a_channel_that_is_refused_is_told(read_all, name):
    facts, reading = read_all[name]
    refused = {each.values.get("refused_channels") for each in reading.proposals} - {None}
    assert refused == set(facts["right"]["refused_channels"])


@pytest.mark.parametrize("name", PAGES)
def test_registered_post_is_asked_for_where_the_page_does(read_all, name):
    facts, reading = read_all[name]
    asked = {step.values.get("registered") for step in reading.of(Step)} - {None}
    assert asked == ({"required"} if facts["right"]["registered"] else set())

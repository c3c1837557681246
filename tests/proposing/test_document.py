"""From each sheet of GISTI's document, its quotation and its links as a page: what is proposed."""

import pytest

from prefectures.models import Step

from .scoring import KINDS, page_of, reading_of, score, sheets_of_the_document, wanted_of

pytestmark = pytest.mark.django_db

SHEETS = {sheet["slug"]: sheet for sheet in sheets_of_the_document()}
# The document says otherwise than the page: see docs/decisions/0016.
PROPOSED_BESIDES = {
    # "Prendre un rendez-vous via le lien suivant" stands on the page; it is not how one files.
    "prefecture-de-carcassonne": ["other", "post", "book_online"],
    # The form that is filled in on the day is told in the counter's own step.
    "prefecture-de-montpellier-et-sous-prefecture-de-lodeve": ["book_online", "other", "counter"],
}


@pytest.fixture
def readings():
    return {
        slug: reading_of(*page_of(sheet), sheet["departement"]) for slug, sheet in SHEETS.items()
    }


def test_what_a_sheet_leads_to_is_proposed_and_little_else(readings):
    found = [score(wanted_of(SHEETS[slug]), reading) for slug, reading in readings.items()]
    right, missing, wrong = (
        sum(len(getattr(each, name)) for each in found) for name in ("right", "missing", "wrong")
    )
    assert right >= 0.95 * (right + missing)
    assert wrong <= 0.05 * (right + wrong)
    assert {kind for each in found for kind, _ in each.right} == set(KINDS)


@pytest.mark.parametrize("slug", SHEETS)
def test_the_steps_of_the_sheet_are_proposed_in_their_order(readings, slug):
    proposed = [step.values["kind"] for step in readings[slug].of(Step) if step.is_sure]
    assert proposed == PROPOSED_BESIDES.get(slug, [step["kind"] for step in SHEETS[slug]["steps"]])


@pytest.mark.parametrize("slug", ["prefecture-de-nimes", "prefecture-d-albi"])
def test_two_ways_of_sending_are_at_choice(readings, slug):
    assert [step.values.get("is_alternative") for step in readings[slug].of(Step)][-2:] == [
        None,
        True,
    ]


def test_a_page_that_writes_registered_post_asks_for_it(readings):
    asked = {
        slug
        for slug, reading in readings.items()
        if any(step.values.get("registered") == "required" for step in reading.of(Step))
    }
    assert asked == {"prefecture-de-foix", "prefecture-d-auch"}


def channels_of(reading):
    told = [each.values for each in reading.proposals]
    return [values["refused_channels"] for values in told if "refused_channels" in values]


def test_what_the_prefecture_refuses_is_proposed(readings):
    refused = {slug: channels_of(reading) for slug, reading in readings.items()}
    assert {slug: channels for slug, channels in refused.items() if channels} == {
        sheet["slug"]: sheet["refused_channels"]
        for sheet in SHEETS.values()
        if sheet.get("refused_channels")
    }


def test_the_grounds_that_a_page_names_are_proposed(readings):
    assert readings["prefecture-de-tarbes"].grounds == SHEETS["prefecture-de-tarbes"]["grounds"]
    assert readings["prefecture-de-rodez"].grounds == ["tous-motifs"]

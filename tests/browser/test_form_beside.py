"""The page as readers will see it, beside the form of a wide screen."""

import pytest
from playwright.sync_api import expect

from prefectures.models import Procedure

from .rows import opened
from .test_sheet_form import form_of

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]
WIDE = {"width": 1600, "height": 900}


@pytest.fixture
def form(desk, site):
    desk.set_viewport_size(WIDE)
    return form_of("prefecture-de-foix", desk, site)


def beside(page):
    return page.frame_locator(".beside iframe")


def test_what_is_typed_shows_beside_and_is_kept_nowhere(form, complaints):
    opened(form.locator("#steps-0")).locator("[name$=-instructions]").fill("Une consigne.")
    form.locator("#id_title").focus()
    expect(beside(form).get_by_text("Une consigne.")).to_be_visible()
    expect(form.locator(".beside")).to_contain_text("rien n’en est enregistré")
    assert Procedure.objects.get(slug="prefecture-de-foix").version == 1
    assert complaints == []


def test_the_step_in_hand_is_marked_in_the_page(form):
    steps = beside(form).locator(".steps > li")
    expect(steps).to_have_count(2)
    opened(form.locator("#steps-1"))
    expect(steps.nth(1)).to_have_css("outline-style", "solid")
    expect(steps.nth(0)).to_have_css("outline-style", "none")


def test_what_cannot_be_shown_leaves_the_last_page(form, complaints):
    title = beside(form).get_by_role("heading", level=1)
    expect(title).to_be_visible()
    form.locator("#id_title").fill("")
    form.locator("#id_slug").focus()
    expect(form.locator(".beside")).to_contain_text("L’aperçu date d’avant")
    expect(title).to_be_visible()
    assert complaints == []


def test_a_narrower_screen_has_none_beside(desk, site):
    form = form_of("prefecture-de-foix", desk, site)
    expect(form.locator(".beside")).to_be_hidden()

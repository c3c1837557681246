"""In a real browser: a hundred texts that would run something are shown, and none of them runs."""

import json

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from prefectures.importexport.sheet_file import load_sheets
from prefectures.models import Procedure
from prefectures.sheets.kinds import ROWS

from ..hostile.executed import MARK
from ..hostile.payloads import PAYLOADS
from ..hostile.texts import sheet_of, text_fields, texts

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What a payload calls, and what it would leave; what the policy of the page had to refuse.
WATCH = f"""
window.{MARK} = () => {{ window.{MARK}Ran = true; }};
window.{MARK}Refused = [];
document.addEventListener("securitypolicyviolation", (event) => {{
  window.{MARK}Refused.push(`${{event.violatedDirective}} ${{event.blockedURI}}`);
}});
"""
MADE = f"""() => [...document.querySelectorAll("*")].filter((element) =>
  element.localName.includes("{MARK}") ||
  [...element.attributes].some(({{ name, value }}) =>
    name.includes("{MARK}") || name.startsWith("on") ||
    (value.includes("{MARK}") && ["src", "srcdoc", "style", "action"].includes(name)) ||
    (value.includes("{MARK}") && name === "href" && !/^(https?|mailto|tel|sms):/.test(value)))
).map((element) => element.outerHTML.slice(0, 300))"""


@pytest.fixture
def sheet(tmp_path, transactional_db):
    """A sheet whose texts are the payloads, each in one of its fields or rows at least."""
    left = iter(PAYLOADS)
    content = sheet_of(PAYLOADS[0], 1)
    content |= {name: texts(Procedure, next(left))[name] for name in text_fields(Procedure)}
    for kind in ROWS:
        example = content[kind.part][0]
        number = 1 if kind.part == "referrals" else 22
        content[kind.part] = [{**example, **texts(kind.model, next(left))} for _ in range(number)]
    assert next(left, None) is None, "some are in no field"
    path = tmp_path / "fiches.json"
    path.write_text(json.dumps({"title": "x", "reason": "x", "sheets": [content]}))
    load_sheets(path)
    return Procedure.objects.get(slug="un-essai-1")


def test_a_hundred_hostile_texts_are_read_in_every_page_and_run_in_none(desk, site, sheet):
    asked, talked = [], []
    desk.add_init_script(WATCH)
    desk.on("request", lambda request: MARK in request.url and asked.append(request.url))
    desk.on("dialog", lambda dialog: (talked.append(dialog.message), dialog.dismiss()))
    own = sheet.get_absolute_url()
    form = reverse("admin:prefectures_procedure_change", args=[sheet.pk])
    pages = [
        own,
        f"{own}historique/",
        "/departements/34-herault/",
        "/",
        form,
        reverse("admin:prefectures_procedure_versions", args=[sheet.pk]),
        reverse("admin:prefectures_procedure_changelist"),
        reverse("admin:index"),
    ]
    found = {}
    for address in pages:
        desk.goto(site + address)
        if address == form:
            # The editors have read the rich texts, and the rows been told in a line.
            expect(desk.locator("[contenteditable=true]").first).to_be_visible()
        found[address] = (
            desk.evaluate(MADE),
            desk.evaluate(f"window.{MARK}Ran ?? false"),
            desk.evaluate(f"window.{MARK}Refused"),
        )
    assert found == dict.fromkeys(pages, ([], False, []))
    assert (asked, talked) == ([], [])
    desk.goto(site + own)
    expect(desk.get_by_text(f"<script>{MARK}()</script>").first).to_be_visible()


def test_one_that_gets_through_is_seen_and_the_policy_still_refuses_to_run_it(page, site):
    page.add_init_script(WATCH)
    page.goto(site)
    page.evaluate(
        "html => document.body.insertAdjacentHTML('beforeend', html)",
        f"<img src={MARK} onerror={MARK}()>",
    )
    page.wait_for_function(f"window.{MARK}Refused.length > 0")
    assert len(page.evaluate(MADE)) == 1
    assert not page.evaluate(f"window.{MARK}Ran ?? false")

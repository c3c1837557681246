"""An address that came around its field, from a backup or the shell, is shown and is no link."""

import pytest
from django.db.models import QuerySet
from django.urls import reverse

from prefectures.models import Link, Prefecture, Procedure, Quotation, Step
from prefectures.templatetags.sheet import web_address

from ..admin.test_tracked import person
from ..published.restoring import put_in_place
from .reading import hrefs, text, tree

pytestmark = pytest.mark.django_db

SCRIPT = "javascript:alert(1)"
WEB = "https://www.rhone.gouv.fr/"
# To write to GISTI, to call who helps, to send the page to somebody.
OURS = {"mailto", "tel", "sms"}


def stored(item, **fields):
    """Put ``fields`` into the row of ``item`` as ``loaddata`` would: no field looks at them."""
    QuerySet(type(item)).filter(pk=item.pk).update(**fields)
    if not isinstance(item, Prefecture):
        put_in_place(item if isinstance(item, Procedure) else item.procedure)


def page(client, sheet):
    return tree(client.get(sheet.get_absolute_url()).content.decode()).find(".//main")


def schemes(element):
    return {href.partition(":")[0] for href in hrefs(element) if ":" in href}


@pytest.mark.parametrize(
    "url",
    [SCRIPT, "JavaScript:alert(1)", "data:text/html,x", "//evil.example/", "/admin/", "", None,
     "https://www.rhone.gouv.fr@evil.example/", "https://a.fr/\u202efdp.exe"],
)  # fmt: skip
def test_what_is_no_web_address_is_never_one_to_open(url):
    assert web_address(url) == ""


def test_a_web_address_is_opened_as_it_is_stored():
    assert web_address("https://www.ariège.gouv.fr/a%20(2).pdf") == (
        "https://www.ariège.gouv.fr/a%20(2).pdf"
    )


def test_a_stored_link_that_runs_a_script_is_shown_as_text(client, publish, add):
    sheet = publish()
    stored(add(Link, sheet, label="Le formulaire", url=WEB), url=SCRIPT)
    shown = page(client, sheet)
    assert "Le formulaire" in text(shown)
    assert schemes(shown) <= OURS


def test_a_stored_step_that_runs_a_script_is_shown_as_text(client, publish, add):
    sheet = publish()
    stored(add(Step, sheet, kind="online_form", url=WEB), url=SCRIPT)
    shown = page(client, sheet)
    assert SCRIPT in text(shown)
    assert schemes(shown) <= OURS


def test_the_source_of_a_quotation_is_opened_only_if_it_is_a_web_page(client, publish, add):
    sheet = publish()
    link = add(Link, sheet, url=WEB)
    add(Quotation, sheet, text="<p>Par la poste.</p>", link=link)
    stored(link, url=SCRIPT)
    shown = page(client, sheet)
    assert "Par la poste." in text(shown)
    assert schemes(shown) <= OURS


def test_the_website_of_an_office_is_opened_only_if_it_is_one(client, publish):
    sheet = publish()
    office = Prefecture.objects.filter(departement="69").first()
    stored(office, website=SCRIPT)
    shown = tree(client.get(sheet.departement.get_absolute_url()).content.decode()).find(".//main")
    assert SCRIPT in text(shown)
    assert "javascript" not in schemes(shown)


RAW = (
    '<p onclick="x()">Lu <a href="javascript:alert(1)">ici</a> <a href="//evil.example/">là</a>'
    f'<script>alert(1)</script> <a href="{WEB}">là-bas</a></p>'
)


@pytest.mark.parametrize("name", [field.name for field in Procedure.rich_text_fields()])
def test_rich_text_is_cleaned_where_it_is_shown(client, publish, name):
    sheet = publish()
    stored(sheet, **{name: RAW})
    shown = page(client, sheet)
    assert "Lu ici là là-bas" in text(shown)
    opened = {href for href in hrefs(shown) if (href and ":" in href) or "evil" in str(href)}
    assert {href for href in opened if href.partition(":")[0] not in OURS} == {WEB}
    assert list(shown.iter("script")) == []
    assert [each for each in shown.iter() if each.get("onclick")] == []


def test_who_only_reads_in_the_administration_is_served_no_script_either(publish):
    sheet = publish()
    stored(sheet, conditions=RAW)
    screen = reverse("admin:prefectures_procedure_change", args=[sheet.pk])
    html = person("view_procedure").get(screen).content.decode()
    assert f'<a href="{WEB}">là-bas</a>' in html
    assert [each for each in ("javascript:", "evil.example", "onclick") if each in html] == []


def test_the_source_to_verify_is_opened_only_if_it_is_a_web_page(admin_client, publish, add):
    sheet = publish()
    stored(add(Link, sheet, kind=Link.Kind.SOURCE, url=WEB), url=SCRIPT)
    found = admin_client.get(reverse("admin:prefectures_procedure_change", args=[sheet.pk]))
    assert f'href="{SCRIPT}"' not in found.content.decode()
    assert "Aucune source n’a d’adresse" in found.content.decode()


def test_a_sheet_whose_source_is_no_web_page_can_be_verified(admin_client, publish, add):
    sheet = publish()
    stored(add(Link, sheet, kind=Link.Kind.SOURCE, url=WEB), url=SCRIPT)
    sheet.refresh_from_db()
    url = reverse("admin:prefectures_procedure_verify", args=[sheet.pk])
    assert admin_client.post(url, {"seen_version": sheet.version}).status_code == 302
    assert sheet.verifications.get().source_url == ""

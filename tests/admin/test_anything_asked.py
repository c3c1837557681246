"""Every address of the admin, read from the URLconf, with what nobody ought to send it.

Whatever comes is answered: never by an error of ours, and nothing is written.
"""

import re

import pytest
from django.test import Client
from django.urls import reverse

from prefectures.models import Changeset, Departement, Ground, Prefecture, Procedure, User

from .test_roles_matrix import ADDRESSES, address, arguments

pytestmark = pytest.mark.django_db

HUGE = str(10**30)
# In the place of a key: unknown, too large, no number, a digit that is none, what cannot be stored.
KEYS = ["999999", HUGE, "-1", "abc", "²", "%00", "%ED%A0%80", "x" * 3000]

ANYWHERE = [
    "foo=1",
    "q=%00",
    "q=%ED%A0%80",
    "_changelist_filters=foo%3D%00",
    "_popup=1&_to_field=x",
    "_to_field=",
]
OF_A_LIST = [
    f"e=1&id__in={HUGE}",
    "foo=1",
    "departement__region=x",
    f"id__in=1,{HUGE}",
    f"id={HUGE}",
    "pk__in=a",
    "title__regex=(",
    "departement__code__regex=[",
    "publication__isnull=perhaps",
    "publication__exact=%ED%A0%80",
    "updated_on=abc",
    "updated_on__year=99999999999",
    "updated_on__year=0",
    "at__year=99999",
    "at__year=2020&at__month=2&at__day=31",
    "author=²",
    "grounds__id__exact=abc",
    f"offices__id__exact={HUGE}",
    "kind__exact=%00",
    "o=²",
    "o=99.-99",
    f"p={HUGE}",
    "e=1",
    "_facets=x",
    f"q={'a+' * 3000}",
    f"choisies={HUGE}",
    "quoi=x&format=y",
    "quoi=fiches&format=csv&choisies=999999999999999999",
]
OF_A_FORM = [
    "departement=%00",
    "parent=x",
    f"parent={HUGE}",
    "offices=x",
    f"offices={HUGE}",
    "grounds=1,abc",
    "groups=²",
    "updated_on=abc",
]
OF_THE_AUTOCOMPLETION = [
    "",
    "app_label=x&model_name=y&field_name=z",
    *(
        f"app_label=prefectures&model_name={model}&{rest}"
        for model, rest in [
            ("procedure", "field_name=title"),
            ("procedure", "field_name=%00"),
            ("%00", "field_name=offices"),
            ("procedure", "field_name=offices&parent=abc"),
            ("prefecture", f"field_name=parent&parent={HUGE}&id=²"),
            ("procedure", f"field_name=offices&page={HUGE}"),
            ("procedure", "field_name=communes_included&term=%00"),
            ("procedure", f"field_name=communes_included&term={'a' * 5000}"),
        ]
    ),
]

SENT_ANYWHERE = [
    "",
    f"seen_version={HUGE}&reason=x",
    "post=yes&reason=%00&seen_version=²",
    "title=" + "&".join(f"a{number}=1" for number in range(6000)),
]
SENT_TO_A_LIST = [
    "_save=1&reason=x",
    *(
        f"_save=1&reason=x&form-TOTAL_FORMS={total}&form-INITIAL_FORMS={initial}&form-0-id={key}"
        for total, initial, key in [
            ("abc", "2", "1"),
            ("-1", "-1", "1"),
            ("²", "²", "1"),
            (HUGE, "1", "1"),
            ("1", "0", "1"),
            ("1", "1", "abc"),
            ("1", "1", HUGE),
            ("1", "1", "%00"),
        ]
    ),
    *(
        f"action={action}&_selected_action={key}{rest}"
        for action, key, rest in [
            ("archive", "abc", ""),
            ("archive", "²", ""),
            ("archive", HUGE, "&confirmed=yes&reason=x"),
            ("archive", "%00", "&select_across=1"),
            ("archive", "1", "&select_across=²&index=99999999999999999999"),
            ("export_selection", "abc", "&select_across=1"),
            ("delete_selected", "1", ""),
        ]
    ),
]
NO_ROWS = "&".join(
    f"{part}-{name}_FORMS=0" for part in ("contacts", "links") for name in ("TOTAL", "INITIAL")
)
SENT_TO_A_FORM = [
    "_saveasnew=1&seen_version=²",
    "_addanother=1&_popup=1&_to_field=x",
    f"_save=1&reason=x&{NO_ROWS}&steps-TOTAL_FORMS=abc&steps-INITIAL_FORMS=1",
    f"_save=1&reason=x&{NO_ROWS}&steps-TOTAL_FORMS=1&steps-INITIAL_FORMS=1&steps-0-id={HUGE}",
    f"departement=²&offices=abc&grounds={HUGE}&groups={HUGE}&position={HUGE}&arrondissements=%00"
    f"&updated_on=9999-99-99&quotations-0-link=abc&user_permissions=abc&parent={HUGE}&title=%00",
]
SENT_TO_THE_CLEANING = [
    "html=%00&base=%00",
    "html=%ED%A0%80&base=http://[",
    "html=<a href='http://['>x</a>&base=http://a:99999999/",
]
# A header may name an encoding in which text means what cannot be stored, or none at all.
ENCODINGS = ["hex", "unicode_escape", "utf-7"]
FIELD = '--x\r\nContent-Disposition: form-data; name="title"\r\n\r\n\\ud800+2AA-\r\n--x--\r\n'
FORM = "application/x-www-form-urlencoded"


def queries_for(name):
    if name.endswith(("_changelist", "_export")):
        return [*ANYWHERE, *OF_A_LIST]
    if name.endswith(("_add", "_duplicate")):
        return [*ANYWHERE, *OF_A_FORM]
    return [*ANYWHERE, *(OF_THE_AUTOCOMPLETION if name == "autocomplete" else [])]


def bodies_for(name):
    if name.endswith("_changelist"):
        return [*SENT_ANYWHERE, *SENT_TO_A_LIST]
    if name.endswith(("_add", "_change", "_duplicate")):
        return [*SENT_ANYWHERE, *SENT_TO_A_FORM]
    return [*SENT_ANYWHERE, *(SENT_TO_THE_CLEANING if name.endswith("_paste") else [])]


def asked(name):
    """Yield (method, address, body, its type) of all that ``name`` is asked."""
    route = ADDRESSES[name]
    there = arguments(route)
    url = address(route, there)
    for argument in re.findall(r"<(?:\w+:)?(\w+)>", route):
        for key in KEYS:
            yield "GET", address(route, there | {argument: key}), "", FORM
        for key in (HUGE, "abc"):
            yield "POST", address(route, there | {argument: key}), "post=yes&reason=x", FORM
    for query in queries_for(name):
        yield "GET", f"{url}?{query}", "", FORM
    for body in bodies_for(name):
        yield "POST", url, body, FORM
    if name.endswith("_changelist"):
        for query in ("foo=1", f"id__in={HUGE}", "o=²", f"p={HUGE}"):
            yield "POST", f"{url}?{query}", "action=archive&_selected_action=1", FORM
    for encoding in ENCODINGS:
        yield "POST", url, FIELD, f"multipart/form-data; boundary=x; charset={encoding}"
        yield "GET", f"{url}?q=%2B2AA-", "", f"text/plain; charset={encoding}"


# Undoing an import that exists takes nothing but the address.
TAKES_NOTHING = {"prefectures_changeset_undo"}


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_address_answers_whatever_it_is_asked_and_writes_nothing(name, admin_user):
    client = Client(raise_request_exception=False)
    client.force_login(admin_user)
    requests = list(asked(name))
    before = Changeset.objects.count()
    broken = []
    for method, url, body, content_type in requests:
        if name == "logout":
            client.force_login(admin_user)
        response = client.generic(method, url, body, content_type=content_type)
        if response.status_code >= 500:
            broken.append((method, url[:200], body[:200], content_type, response.status_code))
    assert broken == []
    assert Changeset.objects.count() == before or name in TAKES_NOTHING


# --- What is answered -------------------------------------------------------------------------


def changelist(model):
    return reverse(f"admin:prefectures_{model._meta.model_name}_changelist")


@pytest.mark.parametrize(
    "query", ["updated_on=abc", "updated_on__year=99999999999", "o=²&foo=1", "e=1&updated_on=abc"]
)
def test_a_filter_that_cannot_be_asked_leads_back_to_the_list(admin_client, query):
    response = admin_client.get(f"{changelist(Procedure)}?{query}")
    assert response.status_code == 302
    assert response.url == f"{changelist(Procedure)}?e=1"


@pytest.mark.parametrize("query", ["foo=1", "departement__region__name=x", "id__lt=²"])
@pytest.mark.parametrize("model", [Procedure, Prefecture])
def test_an_export_with_such_a_filter_leads_back_to_the_list(admin_client, model, query):
    export = reverse(f"admin:prefectures_{model._meta.model_name}_export")
    response = admin_client.get(f"{export}?{query}")
    assert response.status_code == 302
    assert response.url == changelist(model)


def test_no_list_is_filtered_by_a_pattern(admin_client):
    url = f"{changelist(Procedure)}?title__regex=(a%2B)%2B$"
    assert admin_client.get(url).status_code == 400


def test_a_search_that_is_too_long_is_said_and_shows_the_list(admin_client):
    page = admin_client.get(changelist(Prefecture), {"q": "a " * 3000})
    assert "Cherchez en 200 caractères au plus" in page.page.text
    assert page.context["cl"].result_count == Prefecture.objects.count()


def test_a_list_that_comes_incomplete_says_so_and_is_shown_again(admin_client):
    sent = {"_save": "1", "reason": "x", "form-TOTAL_FORMS": HUGE, "form-INITIAL_FORMS": "1"}
    page = admin_client.post(changelist(Procedure), sent, follow=True)
    assert "la liste est arrivée incomplète" in page.page.text
    assert len(page.context["cl"].formset.forms) == Procedure.objects.count()


def test_ticks_that_are_no_key_count_as_none(admin_client, beziers):
    sent = {"action": "archive", "_selected_action": ["abc", HUGE, "²", str(beziers.pk)]}
    page = admin_client.post(changelist(Procedure), sent)
    assert [sheet for sheet, _ in page.context["sheets"]] == [beziers]


def test_a_new_office_opens_whatever_parent_its_address_gives(admin_client):
    foix = Prefecture.objects.get(slug="prefecture-de-foix")
    url = reverse("admin:prefectures_prefecture_add")
    assert admin_client.get(url, {"parent": "abc"}).status_code == 200
    assert f'<option value="{foix.pk}" selected>' in (
        admin_client.get(url, {"parent": foix.pk}).content.decode()
    )


def test_a_ground_that_cannot_be_is_refused_beside_its_field(admin_client):
    url = reverse("admin:prefectures_procedure_add")
    page = admin_client.post(url, {"grounds": [HUGE]})
    assert f"« {HUGE} » n’est pas dans la liste" in str(page.context["errors"]).replace(
        "\xa0", " "
    ).replace("'", "’")


def test_a_nul_in_an_address_is_not_understood(admin_client):
    for url in (f"{changelist(Departement)}%00/change/", f"{changelist(Ground)}?slug=%00"):
        assert admin_client.get(url).status_code == 400


def test_a_session_s_key_with_a_nul_is_nobody_s(admin_client):
    admin_client.cookies["sessionid"] = '"\\000abcdefghijklmnop"'
    assert admin_client.get(reverse("admin:index")).status_code == 302


def test_what_is_sent_is_read_as_utf8_whatever_its_header_says(client):
    with_charset = "application/x-www-form-urlencoded; charset=utf-7"
    url = reverse("admin:login")
    response = client.post(url, "username=%C3%A9l%C3%A9a&password=x", content_type=with_charset)
    assert 'value="éléa"' in response.content.decode()
    assert not User.objects.filter(username="éléa").exists()

"""The list of sheets: lines edited, several published at once; never behind the gate."""

import re
from html.parser import HTMLParser

import pytest
from django.contrib import admin

from prefectures.admin.procedure import listing
from prefectures.models import Changeset, Procedure, User, changeset

from ..models.making import draft, published
from .test_tracked import address, person

pytestmark = pytest.mark.django_db
LIST = address(Procedure, "changelist")


class LinesSent(HTMLParser):
    def __init__(self):
        super().__init__()
        self.data, self.choice = {}, ""

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        name = attrs.get("name") or ""
        if tag == "input" and name.startswith("form-"):
            self.data[name] = attrs.get("value", "")
        elif tag == "select":
            self.choice = name
        elif tag == "option" and "selected" in attrs and self.choice.startswith("form-"):
            self.data[self.choice] = attrs["value"]


def lines(page, **data):
    """Return the data of the list's form as a browser would send it: what is in the page."""
    sent = LinesSent()
    sent.feed(page.content.decode())
    return {**sent.data, "_save": "Enregistrer", "reason": "Rangement", **data}


def line_of(page, sheet):
    forms = page.context["cl"].formset.forms
    return next(form.prefix for form in forms if form.instance.pk == sheet.pk)


def nadia_changes(sheet, **fields):
    with changeset("Appelé", author=User.objects.create_user("nadia", first_name="Nadia")):
        for name, value in fields.items():
            setattr(sheet, name, value)
        sheet.save()


def test_a_line_is_changed_with_one_reason(admin_client, admin_user, beziers):
    page = admin_client.get(LIST)
    admin_client.post(LIST, lines(page, **{f"{line_of(page, beziers)}-position": "7"}))
    beziers.refresh_from_db()
    assert (beziers.position, beziers.version) == (7, 2)
    last = Changeset.objects.first()
    assert (last.reason, last.author) == ("Rangement", admin_user)


def test_lines_left_as_they_were_write_nothing(admin_client):
    before = Changeset.objects.count()
    admin_client.post(LIST, lines(admin_client.get(LIST)))
    assert Changeset.objects.count() == before


def test_without_a_reason_nothing_is_saved_and_nothing_lost(admin_client, beziers):
    page = admin_client.get(LIST)
    name = f"{line_of(page, beziers)}-position"
    again = admin_client.post(LIST, lines(page, **{name: "7", "reason": ""}))
    assert "Dites en quelques mots pourquoi" in again.page.text
    assert f'name="{name}" value="7"' in again.content.decode()
    beziers.refresh_from_db()
    assert beziers.position != 7


def test_a_line_that_a_colleague_changed_is_refused_then_meant(admin_client, beziers):
    page = admin_client.get(LIST)
    sent = lines(page, **{f"{line_of(page, beziers)}-position": "7"})
    nadia_changes(beziers, position=3)
    again = admin_client.post(LIST, sent)
    assert (
        "a changé depuis que vous avez ouvert cette liste : Nadia (« Appelé »)" in again.page.text
    )
    assert "rang « 3 »" in again.page.text
    beziers.refresh_from_db()
    assert beziers.position == 3
    admin_client.post(LIST, lines(again))
    beziers.refresh_from_db()
    assert beziers.position == 7


def test_a_line_that_was_not_touched_meets_no_conflict(admin_client, beziers):
    page = admin_client.get(LIST)
    other = Procedure.objects.exclude(pk=beziers.pk).first()
    sent = lines(page, **{f"{line_of(page, other)}-position": "7"})
    nadia_changes(beziers, position=3)
    assert admin_client.post(LIST, sent).status_code == 302
    beziers.refresh_from_db()
    assert beziers.position == 3


@pytest.mark.parametrize("seen", ["9" * 30, "9" * 5000, "", "999", "0", "²"])
def test_a_line_whose_version_never_was_is_refused(admin_client, beziers, seen):
    page = admin_client.get(LIST)
    line = line_of(page, beziers)
    sent = lines(page, **{f"{line}-position": "7", f"{line}-seen_version": seen})
    assert admin_client.post(LIST, sent).status_code == 200
    beziers.refresh_from_db()
    assert beziers.position != 7


def names_beside_lines(page):
    """Return [(title of the line, name of the sheet whose rank it asks)]."""
    rows = re.findall(r"<tr>.*?</tr>", page.content.decode(), re.DOTALL)
    found = []
    for row in rows:
        title = re.search(r"field-title.*?<a [^>]*>([^<]*)</a>", row, re.DOTALL)
        rank = re.search(r'aria-label="Rang : ([^"]*) \(09\)"', row)
        if title and rank:
            found.append((title[1], rank[1]))
    return found


@pytest.mark.parametrize(
    ("query", "change"),
    [("?publication__exact=draft", {"publication": "archived"}), ("?o=7", {"position": 99})],
)
def test_lines_that_come_back_stay_beside_their_sheet(admin_client, query, change):
    first, second, _ = draft("Un"), draft("Deux"), draft("Trois")
    page = admin_client.get(LIST + query)
    sent = lines(page, **{f"{line_of(page, second)}-position": "7"})
    first.refresh_from_db()
    nadia_changes(first, **change)
    again = names_beside_lines(admin_client.post(LIST + query, sent | {"reason": ""}))
    assert {("Un", "Un"), ("Deux", "Deux"), ("Trois", "Trois")} <= set(again)
    assert [pair for pair in again if pair[0] != pair[1]] == []


def test_a_line_whose_sheet_was_deleted_is_said_and_the_others_stay(admin_client):
    gone, other = draft("Un"), draft("Deux")
    page = admin_client.get(LIST)
    sent = lines(page, **{f"{line_of(page, other)}-position": "7"})
    with changeset("Doublon", author=User.objects.create_user("nadia", first_name="Nadia")):
        gone.delete()
    again = admin_client.post(LIST, sent)
    assert "Nadia a supprimé « Un (09) » (« Doublon »)" in again.page.text
    admin_client.post(LIST, lines(again))
    other.refresh_from_db()
    assert other.position == 7


def test_a_sheet_that_cannot_be_published_keeps_the_whole_list_back(admin_client, beziers):
    empty = draft("Une fiche vide")
    page = admin_client.get(LIST)
    changes = {
        f"{line_of(page, empty)}-publication": "published",
        f"{line_of(page, beziers)}-position": "7",
    }
    again = admin_client.post(LIST, lines(page, **changes))
    assert "« Une fiche vide (09) » :" in again.page.text
    assert "choisissez au moins un motif" in again.page.text
    assert "succès" not in again.page.text
    beziers.refresh_from_db()
    assert beziers.position != 7


def test_who_may_only_look_edits_no_line(beziers):
    client = person("view_procedure")
    page = client.get(LIST)
    assert page.context["cl"].formset is None
    assert client.post(LIST, {"_save": "x", "reason": "x"}).status_code == 403


# --- Several at once ----------------------------------------------------------------------------


def act(client, name, *sheets, **data):
    pks = [sheet.pk for sheet in sheets]
    return client.post(LIST, {"action": name, "_selected_action": pks, **data}, follow=True)


def confirm(client, page, name, *sheets, **data):
    versions = {f"version-{sheet.pk}": sheet.version for sheet, _ in page.context["sheets"]}
    return act(client, name, *sheets, confirmed="yes", **versions, **{"reason": "Fini", **data})


@pytest.mark.parametrize(
    ("name", "publication"),
    [("publish", "published"), ("withdraw", "draft"), ("archive", "archived")],
)
def test_several_sheets_change_state_in_one_changeset(admin_client, name, publication):
    sheets = [published("Un"), published("Deux")]
    before = Changeset.objects.count()
    page = act(admin_client, name, *sheets)
    assert Changeset.objects.count() == before
    confirm(admin_client, page, name, *sheets)
    states = {Procedure.objects.get(pk=sheet.pk).publication for sheet in sheets}
    assert states == {publication}
    assert Changeset.objects.count() - before == (0 if name == "publish" else 1)


def test_an_action_asks_why(admin_client, beziers):
    page = act(admin_client, "archive", beziers)
    again = confirm(admin_client, page, "archive", beziers, reason="")
    assert "Dites en quelques mots pourquoi" in again.page.text
    beziers.refresh_from_db()
    assert beziers.publication == "published"


def test_a_sheet_changed_meanwhile_is_shown_and_can_be_left_out(admin_client, beziers):
    other = published("Une autre")
    page = act(admin_client, "archive", beziers, other)
    nadia_changes(beziers, headline="Autre")
    again = confirm(admin_client, page, "archive", beziers, other)
    assert "Nadia" in again.page.text
    assert "« Appelé »" in again.page.text
    assert "A changé : phrase d’annonce" in again.page.text
    confirm(admin_client, again, "archive", other)
    beziers.refresh_from_db()
    other.refresh_from_db()
    assert (beziers.publication, other.publication) == ("published", "archived")


def test_a_sheet_that_left_the_filter_meanwhile_is_shown_all_the_same(admin_client):
    moved, other = published("Un"), published("Deux")
    url = f"{LIST}?publication__exact=published"
    chosen = {"action": "withdraw", "_selected_action": [moved.pk, other.pk]}
    page = admin_client.post(url, chosen)
    versions = {f"version-{sheet.pk}": sheet.version for sheet, _ in page.context["sheets"]}
    nadia_changes(moved, publication="archived")
    again = admin_client.post(url, {**chosen, **versions, "confirmed": "yes", "reason": "Fini"})
    assert "« Appelé »" in again.page.text
    other.refresh_from_db()
    assert other.publication == "published"


def test_a_sheet_that_was_deleted_meanwhile_is_said(admin_client):
    gone, other = published("Un"), published("Deux")
    page = act(admin_client, "withdraw", gone, other)
    pk = gone.pk
    with changeset("Doublon", author=User.objects.create_user("nadia", first_name="Nadia")):
        gone.delete()
    gone.pk = pk
    again = confirm(admin_client, page, "withdraw", gone, other)
    assert "Nadia a supprimé « Un (09) » (« Doublon »)" in again.page.text
    other.refresh_from_db()
    assert other.publication == "published"


@pytest.mark.parametrize(
    ("name", "count", "said"),
    [
        ("publish", 1, "Rien n’a changé"),
        ("withdraw", 1, "1 fiche remise en brouillon."),
        ("withdraw", 2, "2 fiches remises en brouillon."),
    ],
)
def test_an_action_says_what_it_did(admin_client, name, count, said):
    sheets = [published(f"Fiche {number}") for number in range(count)]
    page = act(admin_client, name, *sheets)
    assert said in confirm(admin_client, page, name, *sheets).page.text


def test_what_a_colleague_did_a_moment_earlier_is_not_said_to_be_done_twice(
    admin_client, beziers, monkeypatch
):
    other = published("Une autre")
    page = act(admin_client, "archive", beziers, other)
    colleague = []

    def after_a_colleague(*args, **kwargs):
        if not colleague:
            colleague.append(nadia_changes(beziers, publication="archived"))
        return changeset(*args, **kwargs)

    monkeypatch.setattr(listing, "changeset", after_a_colleague)
    again = confirm(admin_client, page, "archive", beziers, other)
    assert "archivée." not in again.page.text
    assert "Nadia" in again.page.text
    assert "1 fiche archivée." in confirm(admin_client, again, "archive", beziers, other).page.text
    assert Changeset.objects.first().revisions.count() == 1


def test_a_sheet_that_cannot_be_published_is_named(admin_client):
    sheets = [draft("Vide"), draft("Vide aussi")]
    for sheet in sheets:
        sheet.refresh_from_db()
    page = act(admin_client, "publish", *sheets)
    again = confirm(admin_client, page, "publish", *sheets)
    assert "09/vide : Pour publier la fiche" in again.page.text


def test_who_may_only_look_is_offered_the_export_alone():
    page = person("view_procedure").get(LIST)
    names = [name for name, _ in page.context["action_form"].fields["action"].choices if name]
    assert names == ["export_selection"]


def test_no_screen_has_another_way_to_write_from_its_list(rf, admin_user):
    request = rf.get("/")
    request.user = admin_user
    ways = {
        model.__name__: (list(screen.list_editable), sorted(screen.get_actions(request)))
        for model, screen in admin.site._registry.items()
    }
    assert {name: way for name, way in ways.items() if way != ([], [])} == {
        "Procedure": (
            ["publication", "position"],
            ["archive", "export_selection", "publish", "withdraw"],
        ),
        "Prefecture": ([], ["export_selection"]),
        "HelpPlace": ([], ["export_selection"]),
    }

"""Many people save one sheet at the same time: no work is lost, none written over unseen."""

from html.parser import HTMLParser
from threading import Barrier, Thread

import pytest
from django.db import connection

from prefectures.models import Changeset, Procedure, User, changeset

from ..conftest import ReadingClient
from ..size import AT_FULL_SIZE
from .forms import posted
from .test_tracked import address

pytestmark = pytest.mark.django_db(transaction=True)
EDITORS = 20 if AT_FULL_SIZE else 6
# Each round, one of those who wait gets through; more than that would be a save that never comes.
MOST_TRIES = 3 * EDITORS


class ConflictPage(HTMLParser):
    """What the page would send back. Its context is of no use: tests share it between threads."""

    def __init__(self):
        super().__init__()
        self.data = {}

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if attrs.get("type") == "hidden":
            self.data.setdefault(attrs["name"], []).append(attrs["value"])
        elif attrs.get("type") == "radio" and attrs["value"] == "mine":
            self.data[attrs["name"]] = "mine"


def mine(html):
    """Return the data of a conflict page with one's own text chosen everywhere."""
    page = ConflictPage()
    page.feed(html)
    return page.data


class Editor(Thread):
    """Opens the sheet before all the others save it, adds a contact, writes the headline, saves."""

    def __init__(self, user, url, everybody):
        super().__init__(name=user.username)
        self.client = ReadingClient()
        self.client.force_login(user)
        self.url, self.everybody = url, everybody
        self.data = self.typed(self.client.get(url))
        self.looked_at = int(self.data["seen_version"])
        self.fault = None

    def run(self):
        try:
            self.everybody.wait(60)
            self.save(self.data)
        except BaseException as error:
            self.fault = error
        finally:
            connection.close()

    def typed(self, opened):
        total = int(posted(opened)["contacts-TOTAL_FORMS"])
        row = {"kind": "phone", "value": f"Contact de {self.name}", "position": "0"}
        return posted(
            opened,
            headline=f"Phrase de {self.name}",
            reason=f"Raison de {self.name}",
            **{"contacts-TOTAL_FORMS": total + 1},
            **{f"contacts-{total}-{name}": value for name, value in row.items()},
        )

    def save(self, data):
        for _ in range(MOST_TRIES):
            response = self.client.post(self.url, data)
            if response.status_code == 302:
                return
            if response.status_code == 409:
                data = mine(response.content.decode())
                self.looked_at = int(data["_resolved"][0])
        raise AssertionError(f"{self.name} never got through")


def test_many_editors_of_one_sheet_lose_no_change():
    sheet = Procedure.objects.get(slug="sous-prefecture-de-beziers")
    url = address(Procedure, "change", sheet.pk)
    version = sheet.version
    with changeset("Des comptes pour le test"):
        users = [User.objects.create_superuser(f"editor{n}") for n in range(EDITORS)]
    everybody = Barrier(EDITORS)
    editors = [Editor(user, url, everybody) for user in users]
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join(300)
    assert [editor.fault for editor in editors if editor.fault] == []

    names = {user.username for user in users}
    sheet.refresh_from_db()
    assert sheet.version == version + EDITORS
    contacts = set(sheet.contacts.values_list("value", flat=True))
    assert {f"Contact de {name}" for name in names} <= contacts
    written = set(sheet.history.values_list("headline", flat=True))
    assert {f"Phrase de {name}" for name in names} <= written
    saved = Changeset.objects.filter(author__in=users)
    assert {(item.author.username, item.reason) for item in saved} == {
        (name, f"Raison de {name}") for name in names
    }
    numbers = saved.values_list("author__username", "revisions__number")
    assert {editor.name: editor.looked_at + 1 for editor in editors} == dict(numbers)

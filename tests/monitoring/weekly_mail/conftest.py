from types import SimpleNamespace

import pytest
from django.core.mail.backends.locmem import EmailBackend

from prefectures.models import Procedure, changeset
from prefectures.monitoring.queue import Checked
from prefectures.monitoring.risk import Kind, Risk
from prefectures.monitoring.weekly_mail.letter import News
from tests.test_roles import member

ADDRESS = "https://guide.example.org"
QUEUE = f"{ADDRESS}/admin/prefectures/procedure/a-verifier/"


@pytest.fixture(autouse=True)
def _online(settings, tmp_path):
    """The site has an address and sends mail; its lock lies where no other test looks."""
    settings.PUBLIC_ADDRESS = ADDRESS
    settings.EMAIL_HOST = "mail.example.org"
    settings.DATA_DIR = tmp_path


@pytest.fixture
def writes(db):
    """Have somebody in the team, by default one who may change sheets, with an address."""

    def joined(username="nadia", group="Rédaction", **fields):
        return member(group, username, **{"email": f"{username}@example.org", **fields})

    return joined


def well(**fields):
    """Return the condition of a watch that is well."""
    usual = {"fault": "", "is_silent": False, "failing": [], "overdue": 0}
    return SimpleNamespace(**usual | fields)


def silent(fault="La surveillance ne tourne plus : son dernier passage date d’hier."):
    return well(fault=fault, is_silent=True)


def told(*words):
    return [Risk(Kind.DEAD, each) for each in words or ["Un lien n’existe plus."]]


def waits(sheet, *words):
    return Checked(sheet, told(*words), None)


def news_of(*sheets, watch=None):
    return News(list(sheets), watch or well())


@pytest.fixture
def has_to_say(monkeypatch):
    """Have the mail say this, whatever the sheets of the tests are."""

    def say(said):
        monkeypatch.setattr("prefectures.monitoring.weekly_mail.sending.news", lambda: said)
        monkeypatch.setattr("prefectures.management.commands.send_weekly_mail.news", lambda: said)

    return say


@pytest.fixture
def something_to_do(has_to_say, beziers):
    has_to_say(news_of(waits(beziers)))


def retitled(sheet, title):
    """Return ``sheet`` under another title, as a table that no form guards may hold it."""
    sheet = Procedure.objects.select_related("departement").get(pk=sheet.pk)
    sheet.title = title
    return sheet


def without_rights(account):
    with changeset("Pour le test"):
        account.groups.clear()


@pytest.fixture
def meanwhile(monkeypatch):
    """Have something happen when the mail server is given a mail: {address: what}."""
    happens = {}
    usual = EmailBackend.send_messages

    def send(self, messages):
        happens.get(messages[0].to[0], lambda: None)()
        return usual(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", send)
    return happens


def fails_with(error):
    def fail():
        raise error

    return fail

"""manage.py watch: what it says, and that there is one at a time."""

import pytest
from django.core.management import CommandError, call_command

from prefectures.backups.folder import one_at_a_time
from prefectures.models import WatchRun
from prefectures.monitoring.run import LOCK, agent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_is_due(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr("prefectures.monitoring.run.due", lambda now, most: {})


def test_it_says_how_many_addresses_it_visited(capsys):
    call_command("watch")
    assert capsys.readouterr().out == "Adresses visitées\u00a0: 0 sur 0 à visiter.\n"
    assert WatchRun.objects.get().ended_at is not None


def test_two_at_once_are_refused_and_the_second_notes_nothing(tmp_path):
    with (
        one_at_a_time(tmp_path / LOCK, "Un autre"),
        pytest.raises(CommandError, match="Un autre passage de la surveillance est en cours"),
    ):
        call_command("watch")
    assert not WatchRun.objects.exists()


@pytest.mark.parametrize("wrong", [{"most": 0}, {"hosts": 0}, {"pause": -1}, {"minutes": 0}])
def test_a_number_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(CommandError, match="plus grands que zéro"):
        call_command("watch", **wrong)


def test_it_says_who_it_is_and_whom_to_write_to(settings):
    settings.PUBLIC_ADDRESS, settings.CONTACT_EMAIL = "https://guide.example.org", "a@example.org"
    assert agent() == "aes-guide-watch/1.0 (+https://guide.example.org/a-propos/; a@example.org)"


def test_an_address_that_no_header_can_hold_keeps_nobody_from_being_asked(settings):
    settings.CONTACT_EMAIL = "équipe@example.org"
    assert agent().isascii()

"""Who follows the site brings the mirror up to date at each change, and stops where it fails."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.http import HttpResponse

from prefectures.mirror import building
from prefectures.models import Procedure

from ..models.making import edited
from .conftest import silent
from .test_building import everything
from .test_links import CAHORS

pytestmark = pytest.mark.django_db


class EndedError(Exception):
    """The test has seen enough."""


@pytest.fixture(autouse=True)
def _one_language(living, in_french):
    pass


@pytest.fixture
def between(monkeypatch):
    """Have each second in which nobody looks do one thing, until there is no more to do."""

    def do(*things):
        left = iter(things)

        def sleep(seconds):
            thing = next(left, None)
            if thing is None:
                raise EndedError
            thing()

        monkeypatch.setattr(building, "sleep", sleep)

    return do


def followed(folder):
    told = []
    with pytest.raises(EndedError):
        building.follow(folder, silent, 1, told.append)
    return told


def edit(words):
    edited(Procedure.objects.get(slug="prefecture-de-cahors"), warning=f"<p>{words}</p>")


def nothing():
    pass


def test_each_change_is_in_the_mirror_at_the_next_look(small_site, tmp_path, served, between):
    seen = []

    def look():
        page = (served / CAHORS / "index.html").read_text()
        seen.append([word for word in ("Un mot", "Deux mots") if word in page])

    between(look, lambda: edit("Un mot."), look, nothing, lambda: edit("Deux mots."), look)
    whole, first, second = followed(tmp_path / "miroir")
    assert seen == [[], ["Un mot"], ["Deux mots"]]
    assert whole.made == whole.pages
    assert 0 < first.made < whole.made / 2
    # The day has one state more.
    assert first.made < second.made < whole.made / 2


def test_what_is_remembered_makes_the_mirror_that_is_made_from_nothing(
    small_site, tmp_path, served, between
):
    between(lambda: edit("Un mot."), lambda: edit("Deux mots."), nothing)
    followed(tmp_path / "miroir")
    building.build(tmp_path / "autre", silent, processes=1)
    assert everything(served) == everything(tmp_path / "autre" / "site")


def test_who_comes_back_finds_what_is_right_and_makes_nothing(small_site, tmp_path, between):
    between(nothing)
    assert len(followed(tmp_path / "miroir")) == 1
    between(nothing)
    assert followed(tmp_path / "miroir") == []


def test_a_page_that_fails_ends_it_with_a_sentence(small_site, tmp_path, between, monkeypatch):
    def fail():
        failing = "prefectures.public.changes._page"
        monkeypatch.setattr(failing, lambda *_: HttpResponse(status=500))
        edit("Un mot.")

    between(fail)
    with pytest.raises(CommandError, match="répond 500"):
        call_command("build_mirror", tmp_path / "miroir", follow=True, processes=1)


def test_a_database_that_is_gone_ends_it_with_a_sentence(tmp_path, monkeypatch):
    def gone():
        raise OperationalError("the connection is closed")

    monkeypatch.setattr(building, "moment_now", gone)
    with pytest.raises(CommandError, match="La base de données n’a pas répondu"):
        call_command("build_mirror", tmp_path / "miroir", follow=True, processes=1)


def test_what_it_did_is_told_each_time(small_site, tmp_path, between):
    between(lambda: edit("Un mot."), nothing)
    out = StringIO()
    with pytest.raises(EndedError):
        call_command("build_mirror", tmp_path / "miroir", follow=True, processes=1, stdout=out)
    lines = out.getvalue().splitlines()
    assert len(lines) == 2
    assert all(line.startswith("Miroir fait") and line.endswith("s.") for line in lines)


def test_who_ends_it_by_hand_gets_no_fault(small_site, tmp_path, monkeypatch):
    def interrupted(seconds):
        raise KeyboardInterrupt

    monkeypatch.setattr(building, "sleep", interrupted)
    call_command("build_mirror", tmp_path / "miroir", follow=True, processes=1, stdout=StringIO())


def test_to_follow_is_not_to_check(tmp_path):
    with pytest.raises(CommandError, match="--check et --follow"):
        call_command("build_mirror", tmp_path / "miroir", follow=True, check=True)

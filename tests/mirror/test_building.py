"""A mirror is made once, and then where something changed; readers never see half of one."""

import os
import shutil
import signal

import pytest
from django.http import HttpResponse

from prefectures.mirror import building, manifest
from prefectures.mirror.faults import MirrorError
from prefectures.mirror.folder import Folder
from prefectures.mirror.pages import Maker
from prefectures.models import HelpPlace, Procedure, changeset

from ..models.making import edited
from .conftest import silent
from .test_links import CAHORS, faults

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_language(living, in_french):
    pass


@pytest.fixture
def made(monkeypatch):
    """The addresses that were made, in their order."""
    found, make = [], Maker.made

    def noted(self, address):
        found.append(address.asked)
        return make(self, address)

    monkeypatch.setattr(Maker, "made", noted)
    return found


@pytest.fixture
def cahors(small_site):
    return Procedure.objects.get(slug="prefecture-de-cahors")


def everything(served):
    return {
        path.relative_to(served.resolve()): path.read_bytes()
        for path in served.resolve().rglob("*")
        if path.is_file()
    }


def test_where_nothing_changed_nothing_is_made(mirror, made, served):
    mirror()
    version = os.readlink(served)
    made.clear()
    assert mirror().made == 0
    assert made == []
    assert os.readlink(served) == version


def test_an_edit_makes_anew_what_it_shows_and_no_more(mirror, made, served, cahors):
    whole = mirror().pages
    made.clear()
    edited(cahors, warning="<p>Envoyez tout par la poste.</p>")
    built = mirror()
    assert f"/{CAHORS}/" in made
    assert f"/{CAHORS}/historique/" in made
    assert "/departements/46-lot/" in made
    assert "/changements/" in made
    assert "/departements/34-herault/" not in made
    assert "/communes/34-herault/b/" not in made
    assert "/glossaire/" not in made
    assert built.made < whole / 2
    assert "Envoyez tout par la poste." in (served / CAHORS / "index.html").read_text()
    assert faults(served) == []


def test_what_is_made_after_an_edit_is_what_is_made_from_nothing(mirror, served, cahors, tmp_path):
    mirror()
    edited(cahors, warning="<p>Envoyez tout par la poste.</p>")
    mirror()
    building.build(tmp_path / "autre", silent, processes=1)
    assert everything(served) == everything(tmp_path / "autre" / "site")


def test_what_is_withdrawn_leaves_the_mirror(mirror, served, cahors):
    mirror()
    with changeset("Retirée"):
        cahors.publication = "archived"
        cahors.save()
    mirror()
    assert not (served / CAHORS / "index.html").exists()
    assert (served / CAHORS / "historique" / "index.html").exists()
    assert faults(served) == []


def test_a_page_that_comes_out_the_same_keeps_its_file(mirror, served, made, monkeypatch):
    mirror()
    inode = (served / "glossaire" / "index.html").stat().st_ino
    monkeypatch.setattr("prefectures.mirror.moment._program", lambda: "another one")
    made.clear()
    built = mirror()
    assert built.made == built.kept == built.pages
    assert (served / "glossaire" / "index.html").stat().st_ino == inode


def test_what_is_published_meanwhile_is_in_it(mirror, served, cahors, monkeypatch):
    make, waiting = Maker.made, ["<p>Un mot de dernière minute.</p>"]

    def meanwhile(self, address):
        page = make(self, address)
        if waiting and address.asked == f"/{CAHORS}/":
            edited(cahors, warning=waiting.pop())
        return page

    monkeypatch.setattr(Maker, "made", meanwhile)
    mirror()
    assert "Un mot de dernière minute." in (served / CAHORS / "index.html").read_text()


def test_the_version_before_stays_for_who_is_amid_a_page(mirror, served):
    for number in range(3):
        with changeset("Un lieu d’aide"):
            HelpPlace.objects.create(
                name=f"Lieu {number}",
                phone="04 67 00 00 00",
                kind="association",
                source="un dépliant",
                verified_on="2026-03-01",
            )
        mirror()
    versions = sorted(path.name for path in served.parent.joinpath("versions").iterdir())
    assert versions == ["2", "3"]


def test_a_copy_made_of_links_stays_what_it_was(mirror, served, cahors, tmp_path):
    mirror()
    copy = tmp_path / "envoi"
    shutil.copytree(served, copy, copy_function=os.link)
    before = everything(copy)
    for words in ("Un mot.", "Deux mots.", "Trois mots."):
        edited(cahors, warning=f"<p>{words}</p>")
        mirror()
    assert everything(copy) == before


# Where it is killed: amid the pages, before the version has its name, before it is served, after.
MOMENTS = ["page", "rename", "replace", "replaced"]


def killed_at(moment, build):
    """Build in a process that is killed at ``moment``."""
    pid = os.fork()
    if pid:
        assert os.WTERMSIG(os.waitpid(pid, 0)[1]) == signal.SIGKILL
        return

    def die(*args, **kwargs):
        os.kill(os.getpid(), signal.SIGKILL)

    replace = os.replace
    if moment == "page":
        building.all_made = lambda maker, wanted, _: (
            die() if count == 5 else maker.made(each) for count, each in enumerate(wanted)
        )
    elif moment == "replaced":
        os.replace = lambda *args: (replace(*args), die())
    else:
        setattr(os, moment, die)
    try:
        build()
    finally:
        os._exit(1)


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_at_any_moment_a_whole_mirror_stands_and_the_next_run_cleans_up(
    mirror, served, cahors, tmp_path, moment
):
    mirror()
    before = everything(served)
    edited(cahors, warning="<p>Envoyez tout par la poste.</p>")
    killed_at(moment, mirror)
    _, wrong = manifest.checked(served.parent, silent)
    assert wrong == []
    assert (everything(served) == before) == (moment != "replaced")
    mirror()
    assert "Envoyez tout par la poste." in (served / CAHORS / "index.html").read_text()
    left = [path.name for path in (served.parent / "versions").iterdir()]
    assert len(left) == 2
    assert all(name.isdigit() for name in left)


def test_two_at_once_are_refused(mirror, tmp_path):
    with (
        Folder(tmp_path / "miroir").locked(),
        pytest.raises(MirrorError, match="Un autre build_mirror"),
    ):
        mirror()


def test_a_page_that_fails_leaves_the_old_mirror(mirror, served, cahors, monkeypatch):
    mirror()
    before = everything(served)
    edited(cahors, warning="<p>Un mot.</p>")
    monkeypatch.setattr("prefectures.public.changes._page", lambda *_: HttpResponse(status=500))
    with pytest.raises(MirrorError, match="répond 500"):
        mirror()
    assert everything(served) == before

"""Backups that are made while four people save: each is a moment of the site, whole."""

from itertools import count
from threading import Event, Thread
from time import sleep

import pytest
from django.db import connection

from prefectures.backups import engines
from prefectures.backups.manifest import read
from prefectures.backups.restoring import verify
from prefectures.backups.standing_in import standing_in
from prefectures.models import Seal

from ..models.making import edited, published
from ..size import AT_FULL_SIZE
from .whole import backed_up

EDITORS = 4
BACKUPS = 20 if AT_FULL_SIZE else 3


class Editor(Thread):
    """Saves a sheet of its own again and again, until it is told to stop."""

    def __init__(self, sheet, stop):
        super().__init__()
        self.sheet, self.stop = sheet, stop
        self.saved, self.fault = 0, None

    def run(self):
        try:
            for number in count():
                if self.stop.is_set():
                    break
                edited(self.sheet, headline=f"Phrase {number}.")
                self.saved += 1
        except Exception as error:
            self.fault = error
        finally:
            connection.close()


def wait_for_a_save(editors):
    before = sum(editor.saved for editor in editors)
    while sum(editor.saved for editor in editors) == before:
        assert any(editor.is_alive() for editor in editors)
        sleep(0.01)


@pytest.mark.django_db(transaction=True)
def test_each_is_whole_and_holds_the_head_that_was_read_before_it(folder):
    stop = Event()
    editors = [Editor(published(f"Fiche {number}"), stop) for number in range(EDITORS)]
    for editor in editors:
        editor.start()
    paths = []
    for _ in range(BACKUPS):
        wait_for_a_save(editors)
        paths.append(backed_up(folder, keep=BACKUPS))
    stop.set()
    for editor in editors:
        editor.join(60)
    assert [editor.fault for editor in editors] == [None] * EDITORS
    assert all(editor.saved for editor in editors)
    manifests = [read(path) for path in paths]
    heads = [manifest.head["number"] for manifest in manifests]
    # They did write from one to the next.
    assert heads == sorted(set(heads))
    for path, manifest in zip(paths, manifests, strict=True):
        with (
            engines.of(connection).aside(connection, path, manifest) as aside,
            standing_in(aside.connection),
        ):
            verify(manifest)
            assert Seal.objects.count() >= manifest.head["number"]

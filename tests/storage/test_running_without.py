"""A site that runs, and whose database's file is taken away: what readers and editors are told."""

import os
import re

import pytest
from django.db import connection

from prefectures.models import Procedure
from prefectures.storage.gone import KEPT

from ..served import session_of, started
from .test_gone import delete, fill

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "postgres" in os.environ.get("DATABASE_URL", ""), reason="a file, or none at all"
    ),
]


@pytest.fixture
def session(admin_user):
    return session_of(admin_user)


@pytest.fixture
def without(tmp_path, session):
    """A server whose home page is kept, and whose database is then deleted."""
    path = tmp_path / "aes.sqlite3"
    fill(path)
    (tmp_path / "known_database").write_text(KEPT.format(place=path))
    connection.close()
    with started(tmp_path, f"sqlite:///{path}") as server:
        for _ in range(20):
            assert server.get("/").status == 200
        delete(path)
        yield server
    assert not path.exists()


def text(answer):
    return answer.body.decode().replace("\xa0", " ")


def test_readers_get_what_is_kept_and_editors_a_sentence_with_all_that_they_typed(without, session):
    sheet = Procedure.objects.get(slug="sous-prefecture-de-beziers")
    form = f"/admin/prefectures/procedure/{sheet.pk}/change/"
    sent = without.post(form, {"title": "Un titre neuf", "reason": "Lu ce matin"}, session)
    assert (sent.status, sent.headers["retry-after"]) == (503, "60")
    assert "Le site ne trouve plus ses données" in text(sent)
    assert "manage.py restore" in text(sent)
    assert re.search(r'name="title" value="Un titre neuf"', text(sent))
    assert "laissez-la ouverte" in text(sent)

    desk = without.get("/admin/", f"Cookie: sessionid={session}")
    assert (desk.status, "manage.py restore" in text(desk)) == (503, True)
    assert without.get("/").status == 200
    cold = without.get("/departements/34-herault/")
    assert cold.status == 503
    assert "Cette page ne peut pas s’afficher" in text(cold)
    assert "manage.py" not in text(cold)

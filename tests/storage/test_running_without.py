"""A site that runs, and whose database's file is taken away: what readers and editors are told."""

import os
import re

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client

from prefectures.models import Procedure
from prefectures.storage.gone import KEPT

from ..served import started
from .test_gone import delete, fill

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "postgres" in os.environ.get("DATABASE_URL", ""), reason="a file, or none at all"
    ),
]


@pytest.fixture
def signed_in(admin_user):
    """The cookie of an editor."""
    client = Client()
    client.force_login(admin_user)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert SessionStore(key).load()
    return f"sessionid={key}; csrftoken={'x' * 32}"


@pytest.fixture
def without(tmp_path, signed_in):
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


def test_readers_get_what_is_kept_and_editors_a_sentence_with_all_that_they_typed(
    without, signed_in
):
    sheet = Procedure.objects.get(slug="sous-prefecture-de-beziers")
    form = f"/admin/prefectures/procedure/{sheet.pk}/change/"
    body = f"csrfmiddlewaretoken={'x' * 32}&title=Un+titre+neuf&reason=Lu+ce+matin".encode()
    sent = without.ask(
        f"POST {form} HTTP/1.1",
        "Host: guide.example",
        f"Cookie: {signed_in}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        body=body,
    )
    assert (sent.status, sent.headers["retry-after"]) == (503, "60")
    assert "Le site ne trouve plus ses données" in text(sent)
    assert "manage.py restore" in text(sent)
    assert re.search(r'name="title" value="Un titre neuf"', text(sent))
    assert "laissez-la ouverte" in text(sent)

    desk = without.get("/admin/", f"Cookie: {signed_in}")
    assert (desk.status, "manage.py restore" in text(desk)) == (503, True)
    assert without.get("/").status == 200
    cold = without.get("/departements/34-herault/")
    assert cold.status == 503
    assert "Cette page ne peut pas s’afficher" in text(cold)
    assert "manage.py" not in text(cold)

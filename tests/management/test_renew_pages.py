from django.core.management import call_command
from django.db.models import QuerySet

from prefectures.models import Procedure

from ..public.cache.asking import Site

HERAULT = "/departements/34-herault/"


def test_what_was_written_by_hand_shows_after_the_command(transactional_db, capsys):
    site = Site()
    site.get(HERAULT)
    QuerySet(Procedure).filter(departement="34").update(headline="Écrite à la main.")
    assert "Écrite à la main." not in site.get(HERAULT).text
    call_command("renew_pages")
    assert "Écrite à la main." in site.get(HERAULT).text
    assert "seront refaites" in capsys.readouterr().out
    site.close()

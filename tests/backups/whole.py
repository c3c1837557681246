"""All that there is of a site, to be held against what comes back."""

from django.test import Client

from prefectures.backups.making import make
from prefectures.backups.restoring import restore
from prefectures.models import Changeset, Procedure, PublishedDocument, Seal
from prefectures.sealing.tables import tables_of_site

from ..models.making import edited, published
from ..public.cache.asking import KEPT

AT_FOIX = "/departements/09-ariege/"


def edit_the_site():
    """Write, rename, withdraw and delete, so that there is a history; return a published sheet."""
    sheet = edited(published("Dépôt à Foix"), headline="Une première phrase.")
    edited(published("Une fiche retirée"), publication="archived")
    edited(Procedure.objects.get(slug="sous-prefecture-de-beziers"), headline="On écrit ici.")
    return edited(sheet, headline="Une phrase d’après.")


def backed_up(folder, keep=14):
    """Return the path of a backup that was just made in ``folder``."""
    return make(folder, keep).path


def put_back(path, confirm=lambda *told: None):
    return restore(path, confirm)


def pages():
    """Return {address: bytes} of public pages of each kind, those of sheets' histories too."""
    sheets = [sheet.get_absolute_url() for sheet in Procedure.objects.published()]
    addresses = [*KEPT.values(), *sheets, *(f"{sheet}historique/" for sheet in sheets[:3])]
    client = Client()
    found = {address: client.get(address) for address in addresses}
    assert {answer.status_code for answer in found.values()} == {200}
    return {address: answer.content for address, answer in found.items()}


def history(until=None):
    """Return {table: its rows} of all that seals cover, up to the changeset ``until``."""
    until = until or Changeset.objects.order_by("pk").last().pk
    return {
        table.name: list(table.rows(**{f"{table.by}__lte": until})) for table in tables_of_site()
    }


def seals(count=None):
    rows = Seal.objects.order_by("number")[:count]
    return list(rows.values_list("number", "changeset", "digest", "previous"))


def documents():
    return list(PublishedDocument.objects.order_by("pk").values_list("pk", "sha256"))

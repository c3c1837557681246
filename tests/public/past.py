"""The sheet of ``three_versions``, as it was: its addresses, its versions."""

from prefectures.models import PublishedDocument

RHONE = "/departements/69-rhone/"
LYON = f"{RHONE}prefecture-de-lyon/"
MARCH_3 = f"{LYON}au/2026-03-03/"


def versions(sheet):
    """Return the numbers of the changesets that changed what readers saw, oldest first."""
    rows = PublishedDocument.objects.filter(procedure=sheet.pk).order_by("pk")
    return list(rows.values_list("changeset", flat=True))


def shown(client, address):
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return response.page.text


def refused(client, address, status=404):
    response = client.get(address)
    assert response.status_code == status
    assert response["X-Robots-Tag"] == "noindex"
    return response.page.text

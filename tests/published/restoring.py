"""Content that came around the gate, from a backup or the shell, is what readers see."""

from django.utils import timezone

from prefectures.models import Changeset, PublishedDocument
from prefectures.published.gathering import documents_now


def put_in_place(sheet):
    """Have the document of ``sheet`` say what its rows say, whoever wrote them."""
    [(shown, document)] = documents_now([sheet.pk]).values()
    return PublishedDocument.objects.create(
        procedure_id=sheet.pk,
        changeset=Changeset.objects.create(origin="command", reason="Copie remise en place"),
        at=timezone.now(),
        departement_id=shown.departement_id,
        slug=shown.slug,
        title=shown.title,
        format=document.format,
        sha256=document.sha256,
        content=document.compressed,
    )

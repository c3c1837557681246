import pytest

from prefectures.models import Procedure, Step, changeset

from ..models.making import edited, office


@pytest.fixture
def step(unguarded):
    """A step of a sheet with an office, in three changesets, of which the second is the first's."""
    with changeset("Une fiche pour le test"):
        sheet = Procedure.objects.create(title="Dépôt à Foix", departement_id="09")
        sheet.offices.add(office())
        step = Step.objects.create(procedure=sheet, kind="post", address="1 rue de la Paix")
    edited(step, address="2 rue de la Paix")
    edited(step, address="3 rue de la Paix")
    return step

import pytest
from django.test.utils import setup_databases, teardown_databases

from prefectures.models import Departement, Ground, Procedure, Region, changeset


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """The tables alone: the territory has nothing to do with it."""
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
        yield
        teardown_databases(made, verbosity=0)


@pytest.fixture
def sheet(db):
    """A published sheet that has remarks, and nothing else to read."""
    with changeset("Pour le test"):
        region = Region.objects.create(code="76", name="Occitanie", slug="occitanie")
        herault = Departement.objects.create(
            code="34", name="Hérault", region=region, slug="34-herault"
        )
        ground = Ground.objects.create(name="Tous motifs", slug="tous-motifs", covers_all=True)
        sheet = Procedure.objects.create(
            title="Béziers", departement=herault, publication="published"
        )
        sheet.grounds.add(ground)
        sheet.remarks.create(text="La première")
    sheet.refresh_from_db()
    return sheet

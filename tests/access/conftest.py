import pytest

from prefectures.roles import RESPONSABLE
from tests.conftest import ReadingClient
from tests.test_roles import member

from .signing_in import PASSWORD, phone_for


@pytest.fixture
def two_factor(settings):
    """The site asks for a code besides the password, as it does online."""
    settings.TWO_FACTOR = True


@pytest.fixture
def claire(admin_user):
    return admin_user


@pytest.fixture
def phone(claire):
    return phone_for(claire)


@pytest.fixture
def nadia(db):
    """Somebody in charge, who is no superuser."""
    return member(RESPONSABLE)


@pytest.fixture
def in_charge(nadia):
    client = ReadingClient()
    client.force_login(nadia)
    return client


@pytest.fixture
def samir(db):
    """A colleague, with a password."""
    samir = member("Rédaction", "samir")
    samir.set_password(PASSWORD)
    samir.save(update_fields=["password"])
    return samir

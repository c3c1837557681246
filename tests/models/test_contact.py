"""What a contact may hold."""

import pytest
from django.core.exceptions import ValidationError

from prefectures.models import Contact

from .making import draft

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("value", ["pref-esi", "pref@", "04 66 49 60 00"])
def test_a_contact_by_email_has_an_email_address(value):
    with pytest.raises(ValidationError) as refusal:
        Contact(procedure=draft(), kind="email", value=value).full_clean()
    assert "Ce n’est pas une adresse de courriel" in " ".join(refusal.value.message_dict["value"])


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("email", "pref-esi@herault.gouv.fr"),
        ("phone", "04 66 49 60 00, le matin"),
        ("address", "34 place des Martyrs\n34000 Montpellier"),
        ("hours", "du lundi au vendredi"),
    ],
)
def test_a_contact_is_accepted_as_the_prefecture_writes_it(kind, value):
    contact = Contact(procedure=draft(), kind=kind, value=value)
    contact.full_clean(exclude=["number"])
    assert str(contact) == value

"""How a préfecture is reached: a new file never takes the place of what the staff wrote."""

from datetime import date

import pytest

from prefectures.models import Changeset, Prefecture, changeset
from prefectures.territories.load import load

from .test_new_edition import staff_deletes, staff_saves

pytestmark = pytest.mark.django_db

NEW = "09,3 rue des Lacs,,05 61 00 00 00,http://ariege.example,annuaire,2025-01-31"
OLD = (
    "09,2 rue de la Préfecture,foix@ariege.example,05 61 02 10 00,http://ariege.example,annuaire,"
    "2024-07-24"
)


@pytest.fixture
def loaded(empty_site, edition):
    load(edition.folder)
    return edition


@pytest.fixture
def loaded_before(empty_site, edition):
    """A site that loaded the territory when it had no such file yet."""
    text = edition.read("offices")
    edition.write("offices", text.splitlines(keepends=True)[0])
    load(edition.folder)
    edition.write("offices", text)
    return edition


def foix():
    return Prefecture.objects.get(slug="prefecture-de-foix")


def contacts():
    return {name: getattr(foix(), name) for name in Prefecture.CONTACTS}


def test_a_site_that_had_none_gets_them_with_their_source_and_its_day(loaded_before):
    assert set(contacts().values()) == {"", None}
    load(loaded_before.folder)
    assert contacts() == {
        "address": "2 rue de la Préfecture",
        "phone": "05 61 02 10 00",
        "email": "foix@ariege.example",
        "website": "http://ariege.example",
        "source": "annuaire",
        "source_on": date(2024, 7, 24),
    }
    assert foix().history.count() == 2


def test_an_address_that_the_staff_filled_before_stays_and_takes_no_other_s_source(loaded_before):
    staff_saves(foix(), address="4 place Parmentier")
    load(loaded_before.folder)
    assert contacts() == {
        "address": "4 place Parmentier",
        "phone": "",
        "email": "",
        "website": "",
        "source": "",
        "source_on": None,
    }


def test_who_had_filled_what_the_file_says_gets_the_rest(loaded_before):
    staff_saves(foix(), address="2 rue de la Préfecture")
    load(loaded_before.folder)
    assert (foix().phone, foix().source) == ("05 61 02 10 00", "annuaire")


def test_a_new_file_changes_what_the_last_one_wrote(loaded):
    loaded.change("offices", OLD, NEW)
    load(loaded.folder)
    assert contacts() == {
        "address": "3 rue des Lacs",
        "phone": "05 61 00 00 00",
        "email": "",
        "website": "http://ariege.example",
        "source": "annuaire",
        "source_on": date(2025, 1, 31),
    }


@pytest.mark.parametrize(
    "fields",
    [
        {"phone": "05 61 99 99 99"},
        {"email": ""},
        {"source": "site de la préfecture", "source_on": date(2025, 6, 1)},
    ],
    ids=lambda fields: " and ".join(fields),
)
def test_what_the_staff_wrote_or_emptied_stays_with_what_it_stands_beside(loaded, fields):
    staff_saves(foix(), **fields)
    before = contacts()
    loaded.change("offices", OLD, NEW.replace("Lacs,,", "Lacs,nouveau@ariege.example,"))
    load(loaded.folder)
    assert contacts() == before


def test_what_the_staff_changed_back_follows_the_file_again(loaded):
    staff_saves(foix(), phone="05 61 99 99 99")
    staff_saves(foix(), phone="05 61 02 10 00")
    loaded.change("offices", OLD, NEW)
    load(loaded.folder)
    assert foix().phone == "05 61 00 00 00"


def test_a_new_name_of_the_town_still_reaches_an_office_with_contacts_of_its_own(loaded):
    staff_saves(foix(), phone="05 61 99 99 99")
    loaded.change("communes", "Foix,de,", "Foix-la-Neuve,de,")
    load(loaded.folder)
    assert (foix().city, foix().phone) == ("Foix-la-Neuve", "05 61 99 99 99")


def test_an_office_that_the_file_no_longer_names_keeps_what_it_had(loaded):
    loaded.drop("offices", OLD)
    load(loaded.folder)
    assert foix().phone == "05 61 02 10 00"


def test_a_prefecture_that_the_staff_made_is_theirs(empty_site, edition):
    edition.write("offices", edition.read("offices").splitlines(keepends=True)[0])
    load(edition.folder)
    office = Prefecture.objects.get(departement="976")
    staff_deletes(office)
    with changeset("La nôtre", origin=Changeset.Origin.FORM):
        own = Prefecture.objects.create(departement_id="976", kind="prefecture", city="Dzaoudzi")
    edition.add("offices", "976,Kawéni,,0269 63 50 00,http://m.example,annuaire,2024-07-24")
    load(edition.folder)
    own.refresh_from_db()
    assert (own.phone, own.address) == ("", "")

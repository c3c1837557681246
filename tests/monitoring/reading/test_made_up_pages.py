"""Pages that were made up for other tests, in the looks of real ones: what must be read of them."""

from pathlib import Path

import pytest

from prefectures.monitoring.page_state import PageState
from prefectures.monitoring.reading.html import page_of
from prefectures.monitoring.reading.state import state_of

PAGES = sorted((Path(__file__).parents[2] / "data/pages").glob("*.html"))
URL = "https://www.x.gouv.fr/Demarches/Etrangers"
SAID = {
    "whole_source_appointment_then_counter": [
        "Cliquez ici <https://www.x.gouv.fr/booking/create/61842> pour voir les places restantes",
        "Mardi | 8h45 à 11h45 et 13h30 à 15h30",
        "écrivez au bureau du séjour <mailto:finistere-guichet-sejour@finistere.gouv.fr>.",
    ],
    "old_layout_table_of_days": [
        "Jeudi | Admission exceptionnelle au séjour (L. 435-1 à L. 435-4) | 13h30 - 16h00 | ici "
        "<https://www.x.gouv.fr/booking/create/18277>",
    ],
    "spip_telephone_booking_then_counter": [
        "cliquez ici <https://www.haute-saone.gouv.fr/IMG/pdf/imprime_sejour_70.pdf>",
        "11 place du Sablier",
    ],
    "faq_online_form_or_post": [
        "Les guichets ne prennent aucun dossier.",
        "Combien vais-je payer ?",
    ],
    "online_form_among_noise_links": [
        "<https://www.demarches-simplifiees.fr/commencer/74-aes-salaries-exemple>",
    ],
}
NOT_SAID = {
    "whole_source_appointment_then_counter": ["À lire aussi", "Permis de conduire", "webmestre"],
    "spip_telephone_booking_then_counter": ["Dans la même rubrique", "Plan du site", "Accueil"],
    "online_form_among_noise_links": ["cookies", "Montagne", "Vous êtes ici", "Facebook"],
}


def text_of(name):
    path = next(page for page in PAGES if page.stem.startswith(name))
    return page_of(path.read_bytes(), "", URL).text


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_each_is_a_page(path):
    assert state_of(page_of(path.read_bytes(), "", URL)) == PageState.TEXT


@pytest.mark.parametrize("name", SAID)
def test_what_one_must_do_is_read(name):
    text = text_of(name)
    assert [said for said in SAID[name] if said not in text] == []


@pytest.mark.parametrize("name", NOT_SAID)
def test_what_stands_around_is_not(name):
    text = text_of(name)
    assert [said for said in NOT_SAID[name] if said in text] == []

"""The files of invented sheets in tests/data/, in the form of fixtures/occitanie.json."""

import json
from pathlib import Path

from prefectures.importexport.sheet_file import load_sheets
from prefectures.models import Prefecture, changeset

DATA = Path(__file__).parent.parent / "data"
# How many sheets each holds.
FILES = {
    "seven_sheets_by_ground": 7,
    "one_sheet_for_four_grounds": 1,
    "known_from_a_lawyer_only": 1,
    "two_centres_by_ground": 2,
    "form_for_an_appointment_then_counter_or_post": 1,
    "a_lawyer_and_the_press": 1,
    "post_then_a_summons": 1,
    "an_address_not_for_aes": 1,
    "a_booking_page_not_for_aes": 1,
    "nothing_known": 1,
    "nothing_stated": 1,
    "two_centres_that_send_to_each_other": 2,
    "a_channel_owed_by_a_court": 1,
    "conditions_that_block": 1,
    "a_transition_rule": 1,
    "a_neighbouring_request": 1,
    "a_ground_filed_elsewhere": 2,
}


def sheets_of(name):
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))["sheets"]


def load_made_up(name):
    """Load a file, as ``load_sheets`` does; Marseille first gets its two centres."""
    marseille = Prefecture.objects.get(departement="13", kind=Prefecture.Kind.PREFECTURE)
    if not marseille.centres.filter(kind=Prefecture.Kind.OTHER).exists():
        with changeset("Deux centres pour le test"):
            for centre in ("Centre de la Joliette", "Centre Saint-Sébastien"):
                Prefecture.objects.create(
                    departement=marseille.departement,
                    kind=Prefecture.Kind.OTHER,
                    city="Marseille",
                    printed_name=centre,
                    parent=marseille,
                )
    return load_sheets(DATA / f"{name}.json")

"""docs/format-du-contenu-publie.md tells every key of a document, and no other."""

import re

from django.conf import settings

from prefectures.published import format_1

TEXT = (settings.BASE_DIR / "docs/format-du-contenu-publie.md").read_text(encoding="utf-8")
LEADING = {
    "steps": {"source", "office"},
    "quotations": {"link"},
    "referrals": {"ground", "office", "sheet", "is_gone"},
}
SECTIONS = {
    "La fiche": {*format_1.SHEET, "departement", *format_1.ORDER},
    "Le département": {"code", *format_1.PLACE, "region"},
    "Le guichet": {*format_1.OFFICE},
    "Le motif": {*format_1.NAMED["grounds"]},
    "L'arrondissement ou la commune": {*format_1.NAMED["arrondissements"]},
    "L'étape": {*format_1.ROWS["steps"]} | LEADING["steps"],
    "Le contact": {*format_1.ROWS["contacts"]},
    "Le lien": {*format_1.ROWS["links"]},
    "La citation": {*format_1.ROWS["quotations"]} | LEADING["quotations"],
    "Le renvoi": {*format_1.ROWS["referrals"]} | LEADING["referrals"],
    "Le lieu d'aide": {*format_1.AROUND["helping_here"]},
    "Le texte général": {*format_1.AROUND["general_texts"]},
}


def described():
    found = {}
    for section in TEXT.split("\n## ")[1:]:
        keys = set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE))
        if keys:
            found[section.partition("\n")[0]] = keys
    return found


def test_every_key_is_described_and_no_other():
    assert described() == SECTIONS


def test_the_number_of_the_format_is_told():
    assert f"Ce format a le numéro {format_1.FORMAT}." in TEXT

"""A wrong sheet file: the file, line and field are named, and nothing is loaded."""

import pytest

from prefectures.importexport.sheet_file import load_sheets
from prefectures.models import Changeset, Procedure
from prefectures.territories.files import FileFault

pytestmark = pytest.mark.django_db

RIEN = object()


def refusal(sheet_file):
    """Return what is said, behind the name of the file, once nothing was loaded."""
    changesets, sheets = Changeset.objects.count(), Procedure.objects.count()
    with pytest.raises(FileFault) as caught:
        load_sheets(sheet_file.path)
    assert (Changeset.objects.count(), Procedure.objects.count()) == (changesets, sheets)
    message = str(caught.value)
    assert message.startswith(f"{sheet_file.path}, ligne ")
    assert "__all__" not in message
    return message.removeprefix(f"{sheet_file.path}, ligne ")


# What is put in the sheet; what stands on the line to look at ("{": at the head of the object that
# opens there); the field; what is said.
FAULTS = {
    "unknown field": ({"titre": "Fiche"}, '"titre"', "titre", "ce champ n’existe pas."),
    "unknown office": ({"offices": ["34/prefecture-de-nimes"]}, '"offices"', "offices", "inconnu"),
    "unknown ground": ({"grounds": ["amour"]}, '"grounds"', "grounds", "« amour » est inconnu."),
    "unknown arrondissement": ({"arrondissements": ["999"]}, '"arr', "arrondissements", "« 999 »"),
    "unknown commune": ({"communes_included": ["34999"]}, '"com', "communes_included", "« 34999 »"),
    "unknown commune left out": ({"communes_excluded": ["x"]}, '"com', "communes_excluded", ""),
    "unknown département": ({"departement": "99"}, '"departement"', "departement", "« 99 » est"),
    "no département": ({"departement": RIEN}, '{"slug"', "departement", "un texte est attendu"),
    "no address": ({"slug": RIEN}, '{"departement"', "slug", "un texte est attendu ici."),
    "bad address": ({"slug": "é è"}, '"slug"', "slug", ""),
    "reserved address": ({"slug": "au"}, '{"departement"', "", "adresse de page est réservée"),
    "no title": ({"title": RIEN}, '{"departement"', "title", ""),
    "empty title": ({"title": " "}, '"title"', "title", ""),
    "number for a text": ({"headline": 5}, '"headline"', "headline", "un texte est attendu ici."),
    "nothing for a text": ({"headline": None}, '"headline"', "headline", "un texte est attendu"),
    "text for a number": ({"position": "1"}, '"position"', "position", "un nombre est attendu"),
    "yes for a number": ({"position": True}, '"position"', "position", "un nombre est attendu"),
    "number below zero": ({"position": -1}, '"position"', "position", ""),
    "number without end": ({"position": 10**30}, '"position"', "position", ""),
    "text for yes or no": (
        {"quotations": [{"text": "x", "is_excerpt": "oui"}]},
        '"is_ex',
        "is_excerpt",
        "true ou false",
    ),
    "text for a list": ({"offices": "34/x"}, '"offices"', "offices", "une liste [ … ] de textes"),
    "numbers in a list of codes": ({"grounds": [1]}, '"grounds"', "grounds", "une liste [ … ] de"),
    "object for a list": ({"steps": {}}, '"steps"', "steps", "une liste [ … ] d’objets { … }"),
    "nothing for a list": ({"steps": None}, '"steps"', "steps", "une liste [ … ] d’objets"),
    "text in a list of objects": ({"links": ["x"]}, '"links"', "links", "une liste [ … ] d’objets"),
    "bad date": ({"updated_on": "22/02/2023"}, '"updated_on"', "updated_on", "22/02/2023"),
    "day that does not exist": ({"updated_on": "2023-02-30"}, '"updated_on"', "updated_on", "2023"),
    "number for a date": ({"updated_on": 2023}, '"updated_on"', "updated_on", "un texte est"),
    "unknown situation": ({"situation": "ouverte"}, '"situation"', "situation", "ouverte"),
    "unknown publication": ({"publication": "oui"}, '"publication"', "publication", "oui"),
    "unknown way": ({"refused_channels": ["fax"]}, '"refused', "refused_channels", "« fax » n’est"),
    "object for a way": ({"refused_channels": [{}]}, '"refused', "refused_channels", "une liste"),
    "text for ways": ({"refused_channels": "postal"}, '"refused', "refused_channels", "une liste"),
    "relative link": (
        {"conditions": '<p><a href="/formulaire.pdf">ici</a></p>'},
        '"conditions"',
        "conditions",
        "Le lien « /formulaire.pdf » est incomplet",
    ),
    "control character": ({"headline": "a\x07b"}, '"headline"', "headline", "caractère invisible"),
    "null character": ({"conditions": "a\x00b"}, '"conditions"', "conditions", "invisible"),
    "published without ground": ({"grounds": []}, '"slug"', "slug", "choisissez au moins un motif"),
    "published with nothing to read": (
        {"steps": [], "links": []},
        '"slug"',
        "slug",
        "donnez au moins une étape, un contact, un lien ou un texte.",
    ),
    "arrondissement of another département": (
        {"arrondissements": ["091"]},
        '"slug"',
        "slug",
        "Foix (09) n’est pas dans ce département.",
    ),
    "end before the beginning": (
        {"valid_from": "2026-02-01", "valid_until": "2026-01-01"},
        '{"departement"',
        "",
        "La fin de validité vient avant son début.",
    ),
    "quoted from no link": (
        {"quotations": [{"text": "x", "link": 7}]}, '"link": 7', "link", "pas de lien"
    ),
    "quoted from a text": (
        {"quotations": [{"text": "x", "link": "1"}]}, '"link": "1"', "link", "un nombre est"
    ),
    "quotation without words": ({"quotations": [{"link": 1}]}, '{"link": 1', "text", ""),
    "known by no link": ({"steps": [{"kind": "post", "source": 7}]}, '": 7', "source", "pas de"),
    "step at another office": (
        {"steps": [{"kind": "post", "office": "34/sous-prefecture-de-beziers"}]},
        '"slug"',
        "slug",
        "n’est pas parmi",
    ),
    "referral to no sheet": (
        {"referrals": [{"ground": "travail", "sheet": "34/rien"}]}, '"sheet"', "sheet", "34/rien"
    ),
    "referral for no ground": ({"referrals": [{"note": "x"}]}, '{"note"', "ground", ""),
    "earlier field": ({"official_text": "x"}, '"official', "official_text", "existe pas"),
    "unknown field of a step": ({"steps": [{"kind": "post", "n": 1}]}, '"n"', "n", "n’existe pas"),
    "number given to a step": ({"steps": [{"number": 1}]}, '"number"', "number", "n’existe pas"),
    "step of no kind": ({"steps": [{"role": "files"}]}, '{"role"', "kind", ""),
    "unknown kind of step": ({"steps": [{"kind": "fax"}]}, '"fax"', "kind", "fax"),
    "unknown role": ({"steps": [{"kind": "post", "role": "x"}]}, '"role"', "role", ""),
    "group zero": ({"steps": [{"kind": "post", "group": 0}]}, '{"kind": "post"', "", "à 1"),
    "bad e-mail": ({"steps": [{"kind": "email", "email": "a.fr"}]}, '"a.fr"', "email", ""),
    "address that is no URL": ({"links": [{"url": "herault.gouv.fr"}]}, '"herault', "url", ""),
    "address with a space": ({"links": [{"url": "https://a.fr/ b"}]}, '"https', "url", "espace"),
    "address of a script": ({"links": [{"url": "javascript:x()"}]}, '"java', "url", ""),
    "unknown kind of link": ({"links": [{"label": "x", "kind": "pdf"}]}, '"pdf"', "kind", "pdf"),
    "empty link": ({"links": [{"kind": "form"}]}, '{"kind": "form"', "", "Donnez au lien"),
    "unknown publisher": ({"links": [{"label": "x", "publisher": "y"}]}, '"y"', "publisher", "y"),
    "contact with no value": ({"contacts": [{"kind": "phone"}]}, '{"kind": "phone"', "value", ""),
    "contact that is no e-mail": (
        {"contacts": [{"kind": "email", "value": "a.fr"}]},
        '"a.fr"',
        "value",
        "",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("fields", "at", "field", "said"), FAULTS.values(), ids=FAULTS)
def test_a_fault_of_a_sheet_is_named(sheet_file, fields, at, field, said):
    sheet_file.sheet |= fields
    for name in [name for name, value in fields.items() if value is RIEN]:
        del sheet_file.sheet[name]
    sheet_file.write()
    message = refusal(sheet_file)
    # What is missing, or a row as a whole, is shown on the line above: where its { opens.
    line = sheet_file.line_of(at.removeprefix("{")) - at.startswith("{")
    place = f"{line}, champ « {field} » : " if field else f"{line} : "
    assert message.startswith(place)
    assert said in message


WHOLE_FILE = {
    "syntax error": ('{"reason": "x",\n "sheets": [}', "2 : ce n’est pas du JSON"),
    "empty file": ("", "1 : ce n’est pas du JSON"),
    "file cut short": ('{\n"reason": "x"', "2 : ce n’est pas du JSON"),
    "brackets without end": ("[" * 100_000, "1 : ce n’est pas du JSON"),
    "list of sheets alone": ("[]", "1 : un objet { … } est attendu."),
    "not UTF-8": ('{\n"reason": "é"}'.encode("latin-1"), "2 : ce texte n’est pas en UTF-8."),
    "no reason": ('{\n"sheets": []}', "1, champ « reason » : un texte est attendu ici."),
    "empty reason": ('{\n"reason": " ", "sheets": []}', "2, champ « reason » : un texte est"),
    "reason in two languages": ('{\n"reason": [], "sheets": []}', "2, champ « reason » : un texte"),
    "public reason that is no text": (
        '{"reason": "x",\n"public_reason": 5, "sheets": []}',
        "2, champ « public_reason » : un texte est attendu ici.",
    ),
    "no sheets": ('{"reason": "x"}', "1, champ « sheets » : une liste"),
    "sheets that are no list": ('{"reason": "x",\n"sheets": {}}', "2, champ « sheets » : une"),
    "sheets under another name": (
        '{"reason": "x",\n"fiches": []}',
        "2, champ « fiches » : ce champ n’existe pas.",
    ),
    "reason given twice": (
        '{"reason": "x",\n"reason": "y", "sheets": []}',
        "2, champ « reason » : ce champ est donné deux fois.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "said"), WHOLE_FILE.values(), ids=WHOLE_FILE)
def test_a_fault_of_the_file_is_named(sheet_file, text, said):
    sheet_file.write_text(text)
    assert refusal(sheet_file).startswith(said)


def test_a_missing_file_is_named(sheet_file):
    assert refusal(sheet_file) == "1 : ce fichier manque."


def test_a_repeated_field_is_named(sheet_file):
    text = sheet_file.write().read_text(encoding="utf-8")
    sheet_file.write_text(text.replace('"steps":', '"title": "Encore",\n"steps":'))
    line = sheet_file.line_of("Encore")
    assert refusal(sheet_file) == f"{line}, champ « title » : ce champ est donné deux fois."


def test_half_of_a_character_is_named(sheet_file):
    sheet_file.sheet["headline"] = "MOITIÉ"
    text = sheet_file.write().read_text(encoding="utf-8")
    line = sheet_file.line_of("MOITIÉ")
    sheet_file.write_text(text.replace("MOITIÉ", r"\ud800"))
    assert refusal(sheet_file).startswith(f"{line}, champ « headline » : ce texte contient une")


def test_a_reason_with_a_control_character_is_named(sheet_file):
    sheet_file.document["reason"] = "a\x07b"
    sheet_file.write()
    assert refusal(sheet_file).startswith("2, champ « reason » : Ce texte contient un caractère")


def test_the_same_sheet_twice_in_a_file_is_named(sheet_file):
    sheet_file.document["sheets"].append(dict(sheet_file.sheet, title="La même"))
    sheet_file.write()
    line = sheet_file.line_of("La même") - 3
    assert refusal(sheet_file).startswith(f"{line} : Une fiche de ce département a déjà cette")


def test_one_wrong_sheet_keeps_the_right_ones_out(sheet_file):
    sheet_file.document["sheets"].append(dict(sheet_file.sheet, slug="autre", title=5))
    sheet_file.write()
    assert "champ « title »" in refusal(sheet_file)
    assert not Procedure.objects.filter(slug="une-fiche").exists()


def test_after_the_fault_is_mended_the_file_loads(sheet_file):
    sheet_file.sheet["title"] = 5
    sheet_file.write()
    refusal(sheet_file)
    sheet_file.sheet["title"] = "Cinq"
    assert load_sheets(sheet_file.write())[0] == ["34/une-fiche"]

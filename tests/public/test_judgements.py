"""What was decided of the fourteen sheets, read again beside GISTI's document.

Each is a line of docs/decisions/0016-fourteen-sheets.md, with its reason.
"""

import pytest

from prefectures.models import Procedure

from .reading import text, tree

pytestmark = pytest.mark.django_db

ALL_GROUNDS = ["tous-motifs"]


def sheet(slug):
    return Procedure.objects.get(slug=slug)


def shown(client, slug):
    return text(
        tree(client.get(sheet(slug).get_absolute_url()).content.decode()).find(".//article")
    )


def grounds(slug):
    return [ground.slug for ground in sheet(slug).grounds.all()]


# --- Grounds ----------------------------------------------------------------------------------


def test_tarbes_is_for_humanitarian_and_family_grounds():
    assert grounds("prefecture-de-tarbes") == ["vie-privee-et-familiale", "motifs-humanitaires"]


def test_cahors_says_nothing_and_is_for_no_ground(client):
    assert grounds("prefecture-de-cahors") == []
    page = shown(client, "prefecture-de-cahors")
    assert "la fiche ne la précise pas" in page
    assert "Lot : la préfecture ne dit pas comment faire" in page


def test_every_other_sheet_is_for_all_grounds():
    others = Procedure.objects.exclude(departement__in=["46", "65"])
    assert {tuple(grounds(sheet.slug)) for sheet in others} == {tuple(ALL_GROUNDS)}


# --- Registered post --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slug", "registered"),
    [
        ("prefecture-de-foix", "required"),
        ("prefecture-d-auch", "required"),
        ("prefecture-de-toulouse", "advised"),
        ("prefecture-de-carcassonne", ""),
        ("prefecture-de-nimes", ""),
        ("prefecture-d-albi", ""),
    ],
)
def test_registered_post_is_asked_by_who_asks_it(slug, registered):
    assert sheet(slug).steps.get(kind="post").registered == registered


def test_toulouse_advises_it_and_says_what_the_receipt_is_worth(client):
    page = shown(client, "prefecture-de-toulouse")
    assert "Envoyez votre dossier par la poste" in page
    assert "La préfecture exige" not in page
    assert "l’accusé de réception vaut attestation de dépôt" in page


# --- Steps ------------------------------------------------------------------------------------


def test_foix_has_one_make_up_the_file_first(client):
    first, second = sheet("prefecture-de-foix").steps.all()
    assert "Constituez votre dossier" in first.instructions
    assert second.kind == "post"


def test_beziers_does_not_say_that_its_form_only_gives_an_appointment(client):
    assert sheet("sous-prefecture-de-beziers").steps.get().role == "not_stated"
    page = shown(client, "sous-prefecture-de-beziers")
    assert "sert seulement à obtenir un rendez-vous" not in page
    assert "La préfecture ne précise pas si cela suffit à déposer la demande." in page


def test_montauban_has_no_sentence_that_nobody_wrote():
    assert sheet("prefecture-de-montauban").steps.get().instructions == ""


def test_the_counters_of_toulouse_are_closed(client):
    assert sheet("prefecture-de-toulouse").refused_channels == ["on_site"]
    assert "N’allez pas au guichet" in shown(client, "prefecture-de-toulouse")


# --- Each thing in its field ------------------------------------------------------------------


def test_rodez_says_apart_who_is_not_concerned_and_what_to_bring():
    rodez = sheet("prefecture-de-rodez")
    for words in ("titre étudiant", "passeport talent", "duplicata", "récépissé", "naturalisation"):
        assert words in rodez.exclusions
    assert rodez.supporting_documents.count("<li>") == 4
    assert "pièce d’identité" not in "".join(step.instructions for step in rodez.steps.all())


def test_montpellier_says_apart_what_to_bring_when_to_come_and_what_it_costs():
    page = sheet("prefecture-de-montpellier-et-sous-prefecture-de-lodeve")
    assert page.supporting_documents.count("<li>") == 5
    assert "4 photographies d’identité" in page.supporting_documents
    assert "dimanche soir à minuit" in page.appointment_rules
    assert "entre 14h00 et 15h15" in page.appointment_rules
    assert "50 euros" in page.fees
    assert page.refused_channels == ["postal"]


# --- What a reader would take for a contradiction ---------------------------------------------


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("prefecture-de-carcassonne", "sans dire à quoi ce rendez-vous sert"),
        ("prefecture-de-rodez", "Le dossier se dépose au guichet"),
        ("prefecture-de-montpellier-et-sous-prefecture-de-lodeve", "se dépose au guichet"),
        ("prefecture-d-albi", "accepte aussi le courriel"),
    ],
)
def test_gisti_says_in_its_own_voice_what_does_not_fit(client, slug, words):
    assert words in sheet(slug).editorial_note
    page = shown(client, slug)
    assert page.index("Note du Gisti") < page.index(words)


def test_what_gisti_adds_stands_in_no_quotation():
    added = ["à quoi ce rendez-vous sert", "Le Gisti annonce"]
    for each in Procedure.objects.all():
        quoted = "".join(quotation.text for quotation in each.quotations.all())
        assert not [words for words in added if words in quoted]

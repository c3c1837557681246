"""Addresses, links, refusals: what a few words of a page are read as."""

import pytest

from prefectures.models import Contact, Link, Procedure, Step

from .reading_text import reading, rows


def test_the_lines_of_an_envelope_are_kept():
    address = "Préfecture du Gard<br>DAMI<br>10 avenue Feuchères<br>30000 Nîmes"
    source = f"<p>Envoyez votre dossier à :</p><p>{address}</p>"
    [step] = rows(source, Step)
    assert step["kind"] == "post"
    assert step["address"] == "Préfecture du Gard\nDAMI\n10 avenue Feuchères\n30000 Nîmes"


@pytest.mark.parametrize(
    "line",
    [
        "Préfecture du Gard - DAMI - 10 avenue Feuchères - 30000 Nîmes",
        "Préfecture du Gard, DAMI, 10 avenue Feuchères, 30000 Nîmes",
        "Préfecture du Gard / DAMI / 10 avenue Feuchères / 30000 Nîmes",
        "Préfecture du Gard DAMI 10 avenue Feuchères 30000 Nîmes",
    ],
)
def test_an_address_in_one_line_is_parted(line):
    [step] = rows(f"<p>Envoyez votre dossier par courrier à l’adresse suivante : {line}.</p>", Step)
    assert step["address"] == "Préfecture du Gard\nDAMI\n10 avenue Feuchères\n30000 Nîmes"


def test_a_box_stays_with_its_code():
    source = "<p>Par courrier :<br>Préfecture du Gard<br>BP 10322 - 30000 Nîmes</p>"
    assert rows(source, Step)[0]["address"] == "Préfecture du Gard\nBP 10322 - 30000 Nîmes"


def test_a_code_without_its_town_makes_no_address():
    assert rows("<p>Envoyez à :</p><p>Préfecture<br>1 rue A<br>30000 Ailleurs</p>", Step) == []


def test_the_address_of_the_house_is_not_where_one_files():
    address = "Préfecture du Gard<br>10 avenue Feuchères<br>30000 Nîmes"
    source = f"<p>{address}<br>Standard : 04 66 36 40 40</p>"
    assert rows(source, Step) == []
    [contact] = reading(source).of(Contact)[:1]
    assert not contact.is_sure


def test_a_street_and_a_town_are_an_address():
    source = "<p>Déposez-le dans la boîte aux lettres située 1 rue Guillemette à Nîmes.</p>"
    [step] = rows(source, Step)
    assert (step["kind"], step["address"]) == ("drop_box", "1 rue Guillemette à Nîmes")


@pytest.mark.parametrize(
    ("label", "url", "kind"),
    [
        ("Le formulaire est téléchargeable ici", "https://x.fr/a.pdf", "form"),
        ("Prenez rendez-vous", "https://www.gard.gouv.fr/booking/create/1", "booking"),
        ("La liste des pièces justificatives", "https://x.fr/b.pdf", "document_list"),
        ("Liste des communes de l’arrondissement", "https://x.fr/c", "commune_list"),
        ("Annexe employeur", "https://x.fr/d.pdf", "annex"),
        ("La notice", "https://x.fr/e.pdf", "notice"),
        ("ici", "https://x.fr/contenu/telechargement/1/2/file/formulaire_AES.pdf", "form"),
        ("Ceseda, article L. 435-1", "https://www.legifrance.gouv.fr/x", "legal"),
    ],
)
def test_a_link_is_what_its_words_say(label, url, kind):
    assert [row["kind"] for row in rows(f'<p><a href="{url}">{label}</a></p>', Link)] == [kind]


def test_cliquez_ici_is_told_by_the_words_before_it():
    source = '<p>Pour télécharger le formulaire, <a href="https://x.fr/a">cliquez ici</a></p>'
    assert rows(source, Link)[0]["label"] == "Pour télécharger le formulaire,"


def test_a_relative_link_is_completed_from_the_page():
    assert (
        rows('<p><a href="/f.pdf">Le formulaire</a></p>', Link)[0]["url"]
        == "https://www.gard.gouv.fr/f.pdf"
    )


def test_a_link_that_says_nothing_is_shown_and_not_taken():
    [link] = reading('<p><a href="https://www.gard.gouv.fr/chasse">La chasse</a></p>').of(Link)
    assert (link.values["kind"], link.is_sure) == ("other", False)


def test_a_link_for_another_request_is_not_taken():
    source = '<p>Renouvellement : <a href="https://x.fr/rdv">prenez rendez-vous</a></p>'
    [link] = reading(source).of(Link)
    assert link.values["is_for_another_request"]
    assert not link.is_sure
    assert rows(source, Step) == []


@pytest.mark.parametrize(
    ("sentence", "channel"),
    [
        ("Les dossiers envoyés par courrier ne sont pas acceptés.", "postal"),
        ("Aucun dossier ne sera reçu au guichet.", "on_site"),
        ("Les demandes par courriel restent sans suite.", "email"),
        ("Tout dossier arrivé par la poste sera réexpédié à son auteur.", "postal"),
        ("Aucune demande n’est traitée par téléphone.", "phone"),
    ],
)  # fmt: skip
def test_a_way_that_is_refused_is_read(sentence, channel):
    refused = [each.values.get("refused_channels") for each in reading(sentence).of(Procedure)]
    assert refused == [channel]


@pytest.mark.parametrize(
    "sentence",
    [
        "Tout dossier incomplet sera renvoyé à l’intéressé.",
        "Les demandes s’effectuent uniquement par voie postale.",
        "Les personnes se présentant sans rendez-vous ne seront pas reçues aux guichets.",
        "Le guichet de renseignement est fermé jusqu’à nouvel ordre.",
        "Il ne sera pas remis de reçu pour un pli.",
    ],
)
def test_what_refuses_no_way_is_none(sentence):
    assert [
        each for each in reading(sentence).of(Procedure) if "refused_channels" in each.values
    ] == []


@pytest.mark.parametrize(
    ("source", "purpose"),
    [
        ("<p>Pour annuler votre place : Tél. : 04 66 49 60 00</p>", "annuler votre place"),
        ("<p>Je suis bloqué ?</p><p>04 66 49 60 00</p>", "Je suis bloqué ?"),
        ("<p>Tél. : 04 66 49 60 00</p>", None),
        ("<p>a@gard.gouv.fr ou 04 66 49 60 00</p>", None),
    ],
)  # fmt: skip
def test_a_contact_says_what_for_in_the_words_of_the_page(source, purpose):
    assert rows(source, Contact)[0].get("purpose") == purpose


def test_what_answers_a_question_of_another_request_is_left_aside():
    assert rows("<p>Votre titre est à renouveler ? Appelez le 04 66 49 60 00.</p>", Contact) == []


def test_every_proposal_shows_the_words_it_comes_from():
    source = "<p>Prenez rendez-vous au 04 66 49 60 00.</p>"
    [step] = reading(source).of(Step)
    page = reading(source).page
    assert [page.text[start:end] for start, end in step.spans] == ["04 66 49 60 00"]

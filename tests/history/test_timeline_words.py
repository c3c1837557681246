"""Values in a timeline are told in the words that the form uses."""

from datetime import date

import pytest

from prefectures.history.timeline import timeline
from prefectures.models import (
    Arrondissement,
    Ground,
    Link,
    Procedure,
    Quotation,
    User,
    Verification,
    changeset,
)

from ..models.making import draft, edited, office, written
from .test_timeline import last_said, said

pytestmark = pytest.mark.django_db


def ground(slug):
    return Ground.objects.get(slug=slug)


@pytest.mark.parametrize(
    ("fields", "change"),
    [
        ({"situation": "blocked"}, ("ouverte", "bloquée en pratique")),
        ({"updated_on": date(2023, 2, 22)}, ("", "22/02/2023")),
        ({"refused_channels": ["email", "postal"]}, ("", "voie postale, courriel")),
        ({"position": 3}, ("0", "3")),
        ({"title": "Autre"}, ("Une fiche", "Autre")),
    ],
)
def test_a_value_is_told_as_the_form_shows_it(fields, change):
    sheet = edited(draft("Une fiche"), **fields)
    assert list(last_said(sheet).values()) == [change]


def test_a_sheet_that_moves_tells_its_departements_by_name():
    sheet = edited(draft(), departement_id="11")
    assert last_said(sheet) == {"département": ("Ariège (09)", "Aude (11)")}


def quoted(link):
    """Return what is told of a quotation that gets ``link``, and leaves it again."""
    words = written(Quotation, procedure=link.procedure, text="<p>Des mots</p>")
    edited(words, link=link, is_excerpt=True)
    edited(words, link=None)
    return [
        said(touched)
        for entry in timeline(Procedure, link.procedure_id)[1::-1]
        for touched in entry.touched
        if touched.name == "citation n° 1"
    ]


def test_the_link_of_a_quotation_is_told_by_its_label():
    link = written(Link, procedure=draft(), label="Les modalités")
    assert quoted(link) == [
        {"tirée du lien": ("", "Les modalités"), "extrait": ("non", "oui")},
        {"tirée du lien": ("Les modalités", "")},
    ]


def test_a_quoted_link_that_is_gone_is_told_by_its_last_name():
    link = written(Link, procedure=draft(), label="Les modalités")
    quoted(link)
    with changeset("Pour le test"):
        link.delete()
    told = timeline(Procedure, link.procedure_id)[1].touched
    name = "Les modalités (n’existe plus)"
    assert [said(touched) for touched in told] == [{"tirée du lien": (name, "")}]


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<p>Un</p><p>Deux</p>", "Un\nDeux"),
        ("<h3>Titre</h3><p>Un<br>Deux</p>", "Titre\nUn\nDeux"),
        ("<ul><li>Un</li><li>Deux</li></ul>", "Un\nDeux"),
        ("<p><strong>Un</strong> et <em>deux</em></p>", "Un et deux"),
        ("<p>Sylvie &amp; Rim, moins de 3 &lt; 4</p>", "Sylvie & Rim, moins de 3 < 4"),
        ("<p>Il faut :&nbsp;rien</p>", "Il faut :\u00a0rien"),
    ],
)
def test_rich_text_is_told_as_lines(html, lines):
    sheet = edited(draft(), warning=html)
    assert last_said(sheet) == {"avertissement": ("", lines)}


def test_a_link_in_a_text_that_leads_elsewhere_is_told():
    before, after = (f'<p><a href="https://{site}.fr/">ici</a></p>' for site in ("a", "b"))
    sheet = edited(draft(warning=before), warning=after)
    assert last_said(sheet) == {
        "avertissement": ("ici <https://a.fr/>", "ici <https://b.fr/>"),
    }


def test_offices_are_told_by_their_names():
    sheet = draft()
    with changeset("Pour le test"):
        sheet.offices.add(office())
    with changeset("Pour le test"):
        sheet.offices.add(office("sous-prefecture-de-pamiers"))
    assert last_said(sheet) == {
        "guichets où l’on dépose": (
            "Préfecture de Foix",
            "Préfecture de Foix, Sous-préfecture de Pamiers",
        )
    }


def test_the_order_in_which_offices_were_added_is_no_change():
    sheet = draft()
    with changeset("Pour le test"):
        sheet.offices.set([office("sous-prefecture-de-pamiers"), office()])
    edited(sheet, headline="Écrivez.")
    assert last_said(sheet) == {"phrase d’annonce": ("", "Écrivez.")}


@pytest.mark.parametrize(
    ("name", "item", "told"),
    [
        ("grounds", lambda: ground("travail"), {"motifs": ("", "Travail")}),
        (
            "arrondissements",
            lambda: Arrondissement.objects.get(code="091"),
            {"arrondissements concernés": ("", "Foix (09)")},
        ),
    ],
)
def test_grounds_and_places_are_told_by_their_names(name, item, told):
    sheet = draft()
    with changeset("Pour le test"):
        getattr(sheet, name).add(item())
    assert last_said(sheet) == told


def test_a_ground_that_was_deleted_since_is_told_by_its_last_name():
    sheet = draft()
    gone = ground("travail")
    with changeset("Pour le test"):
        sheet.grounds.add(gone)
    with changeset("Pour le test"):
        sheet.grounds.clear()
        gone.delete()
    assert last_said(sheet) == {"motifs": ("Travail (n’existe plus)", "")}


def test_who_looked_at_the_source_is_told_by_name():
    user = User.objects.create_user("rim", first_name="Rim", last_name="B.")
    sheet = draft()
    written(Verification, procedure=sheet, verified_on=date(2024, 2, 2), verified_by=user)
    assert last_said(sheet) == {"vérifiée le": ("", "02/02/2024"), "par": ("", "Rim B.")}

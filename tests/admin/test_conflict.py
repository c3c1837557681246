"""Two people at once on one form: nothing typed is lost, and who saves second chooses."""

import pytest

from prefectures.models import (
    Contact,
    Ground,
    Prefecture,
    Procedure,
    Region,
    Step,
    User,
    changeset,
)
from tests.conftest import ReadingClient

from .forms import deletion, errors, posted
from .test_tracked import address

pytestmark = pytest.mark.django_db


def by_nadia(sheet, **fields):
    """Nadia saves ``sheet`` meanwhile."""
    with changeset("Appelé la préfecture", author=nadia()):
        fresh = Procedure.objects.get(pk=sheet.pk)
        for name, value in fields.items():
            setattr(fresh, name, value)
        fresh.save()


def nadia():
    found = User.objects.filter(username="nadia").first()
    return found or User.objects.create_user("nadia", first_name="Nadia", last_name="Martin")


@pytest.fixture
def url(beziers):
    return address(Procedure, "change", beziers.pk)


@pytest.fixture
def opened(admin_client, url):
    return admin_client.get(url)


def resent(page, **choices):
    """Return the data of the conflict page as a browser would send it."""
    fields = page.context["sent"]
    data = {}
    for name, value in fields:
        data.setdefault(name, []).append(value)
    return data | {"_resolved": page.context["version"]} | choices


def test_a_conflict_shows_the_three_texts_and_saves_nothing(admin_client, beziers, url, opened):
    by_nadia(beziers, headline="Le texte de Nadia.")
    page = admin_client.post(url, posted(opened, headline="Le mien.", reason="Vu"))
    assert page.status_code == 409
    text = page.page.text
    for words in ("Nadia Martin", "Appelé la préfecture", "Phrase d’annonce", "C’était"):
        assert words in text
    (conflict,) = page.context["merge"].conflicts
    assert (conflict.theirs, conflict.mine) == ("Le texte de Nadia.", "Le mien.")
    beziers.refresh_from_db()
    assert beziers.headline == "Le texte de Nadia."


@pytest.mark.parametrize(
    ("choice", "kept"), [("mine", "Le mien."), ("theirs", "Le texte de Nadia.")]
)
def test_the_text_that_was_chosen_is_saved(admin_client, beziers, url, opened, choice, kept):
    by_nadia(beziers, headline="Le texte de Nadia.", title="Un autre titre")
    page = admin_client.post(url, posted(opened, headline="Le mien.", reason="Vu"))
    response = admin_client.post(url, resent(page, **{"headline-choice": choice}))
    assert response.status_code == 302, errors(response)
    beziers.refresh_from_db()
    assert (beziers.headline, beziers.title) == (kept, "Un autre titre")


def test_what_only_one_of_them_changed_is_merged(admin_client, beziers, url, opened):
    by_nadia(beziers, warning="<p>Attention</p>")
    page = admin_client.post(url, posted(opened, headline="Le mien.", reason="Vu"))
    assert page.context["merge"].conflicts == []
    admin_client.post(url, resent(page))
    beziers.refresh_from_db()
    assert (beziers.headline, beziers.warning) == ("Le mien.", "<p>Attention</p>")


def test_without_a_choice_it_is_asked_again(admin_client, beziers, url, opened):
    by_nadia(beziers, headline="Le texte de Nadia.")
    page = admin_client.post(url, posted(opened, headline="Le mien.", reason="Vu"))
    again = admin_client.post(url, resent(page))
    assert again.status_code == 409
    assert again.context["merge"].conflicts[0].mine == "Le mien."


def test_somebody_who_saves_in_between_is_shown_as_well(admin_client, beziers, url, opened):
    by_nadia(beziers, headline="Le texte de Nadia.")
    page = admin_client.post(url, posted(opened, headline="Le mien.", reason="Vu"))
    by_nadia(beziers, headline="Encore un autre.")
    again = admin_client.post(url, resent(page, **{"headline-choice": "mine"}))
    assert again.status_code == 409
    (conflict,) = again.context["merge"].conflicts
    assert (conflict.theirs, conflict.choice) == ("Encore un autre.", "mine")


def test_the_choices_can_be_taken_back_to_the_form(admin_client, beziers, url, opened):
    by_nadia(beziers, headline="Le texte de Nadia.", title="Un autre titre")
    page = admin_client.post(url, posted(opened, headline="Le mien.", reason="Vu"))
    data = resent(page, **{"headline-choice": "mine", "_back": "x"})
    form = admin_client.post(url, data)
    assert form.status_code == 200
    again = posted(form, headline="Les deux ensemble.")
    assert again["title"] == "Un autre titre"
    assert admin_client.post(url, again).status_code == 302
    beziers.refresh_from_db()
    assert beziers.headline == "Les deux ensemble."


def test_a_step_that_both_changed_is_compared_field_by_field(admin_client, beziers, url, opened):
    step = beziers.steps.first()
    with changeset("Appelé", author=nadia()):
        step.instructions, step.phone = "Nadia", "01"
        step.save()
    sent = posted(opened, **{"steps-0-instructions": "Le mien"}, reason="Vu")
    page = admin_client.post(url, sent)
    (conflict,) = page.context["merge"].conflicts
    assert conflict.label == "étape n° 1 : Consignes"
    admin_client.post(url, resent(page, **{f"{conflict.name}-choice": "mine"}))
    step.refresh_from_db()
    assert (step.instructions, step.phone) == ("Le mien", "01")


def test_rows_added_by_both_are_all_there(admin_client, beziers, url, opened):
    with changeset("Appelé", author=nadia()):
        Contact.objects.create(procedure=beziers, kind="phone", value="01")
    count = beziers.contacts.count()
    total = int(posted(opened)["contacts-TOTAL_FORMS"])
    sent = posted(
        opened,
        **{
            "contacts-TOTAL_FORMS": total + 1,
            f"contacts-{total}-kind": "phone",
            f"contacts-{total}-value": "02",
        },
        reason="Vu",
    )
    page = admin_client.post(url, sent)
    admin_client.post(url, resent(page))
    values = set(beziers.contacts.values_list("value", flat=True))
    assert {"01", "02"} <= values
    assert beziers.contacts.count() == count + 1


@pytest.mark.parametrize(("choice", "count"), [("mine", 1), ("theirs", 0)])
def test_a_step_removed_by_one_and_changed_by_the_other(
    admin_client, beziers, url, opened, choice, count
):
    with changeset("Appelé", author=nadia()):
        Step.objects.get(pk=beziers.steps.first().pk).delete()
    page = admin_client.post(
        url, posted(opened, **{"steps-0-instructions": "Le mien"}, reason="Vu")
    )
    (conflict,) = page.context["merge"].conflicts
    assert conflict.theirs == "supprimé"
    response = admin_client.post(url, resent(page, **{f"{conflict.name}-choice": choice}))
    assert response.status_code == 302, errors(response)
    assert beziers.steps.filter(instructions="Le mien").count() == count


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_a_step_changed_by_one_and_removed_by_the_other(admin_client, beziers, url, opened, choice):
    step = beziers.steps.first()
    with changeset("Appelé", author=nadia()):
        step.instructions = "Nadia"
        step.save()
    page = admin_client.post(url, posted(opened, **{"steps-0-DELETE": "on"}, reason="Vu"))
    (conflict,) = page.context["merge"].conflicts
    admin_client.post(url, resent(page, **{f"{conflict.name}-choice": choice}))
    assert beziers.steps.filter(pk=step.pk).exists() == (choice == "theirs")


def test_what_is_linked_is_compared_too(admin_client, beziers, url, opened):
    with changeset("Appelé", author=nadia()):
        beziers.offices.add(Prefecture.objects.get(slug="sous-prefecture-de-lodeve"))
    page = admin_client.post(url, posted(opened, headline="Le mien.", reason="Vu"))
    (taken,) = page.context["merge"].taken
    assert "Sous-préfecture de Lodève" in taken.theirs
    admin_client.post(url, resent(page))
    assert beziers.offices.count() == 2


@pytest.mark.parametrize("part", ["steps-0-", ""])
def test_lines_ended_as_browsers_end_them_are_no_change(admin_client, beziers, url, part):
    step = beziers.steps.first()
    with changeset("Appelé", author=nadia()):
        step.instructions = beziers.situation_note = "Un\nDeux"
        step.save()
        beziers.save()
    opened = admin_client.get(url)
    with changeset("Rappelé", author=nadia()):
        step.instructions = beziers.situation_note = "Trois"
        step.save()
        beziers.save()
    name = part + ("instructions" if part else "situation_note")
    page = admin_client.post(url, posted(opened, **{name: "Un\r\nDeux"}, headline="X", reason="Vu"))
    assert page.context["merge"].conflicts == []


def test_rich_text_is_compared_as_it_would_be_kept(admin_client, beziers, url):
    with changeset("Appelé", author=nadia()):
        beziers.warning = '<p>Voir <a href="https://a.fr/">la page</a></p>'
        beziers.save()
    opened = admin_client.get(url)
    by_nadia(beziers, warning="<p>Rien à voir</p>")
    as_edited = '<p>Voir <a target="_blank" href="https://a.fr/">la page</a></p>'
    page = admin_client.post(url, posted(opened, warning=as_edited, headline="X", reason="Vu"))
    assert page.context["merge"].conflicts == []


def test_a_row_added_and_taken_out_again_stays_out(admin_client, beziers, url, opened):
    by_nadia(beziers, situation_note="Appelé")
    total = int(posted(opened)["contacts-TOTAL_FORMS"])
    row = {"kind": "phone", "value": "02", "DELETE": "on"}
    sent = posted(
        opened,
        **{"contacts-TOTAL_FORMS": total + 1},
        **{f"contacts-{total}-{name}": value for name, value in row.items()},
        reason="Vu",
    )
    response = admin_client.post(url, resent(admin_client.post(url, sent)))
    assert response.status_code in (200, 302)
    assert not beziers.contacts.filter(value="02").exists()


def test_a_preview_shows_what_was_typed_whoever_saved_meanwhile(admin_client, beziers, url, opened):
    by_nadia(beziers, headline="Le texte de Nadia.")
    page = admin_client.post(url, posted(opened, headline="Le mien.", _preview="1"))
    assert page.templates[0].name == "prefectures/procedure.html"
    assert "Le mien." in page.page.text


def test_a_preview_survives_a_step_that_was_removed(admin_client, beziers, url, opened):
    with changeset("Appelé", author=nadia()):
        Step.objects.get(pk=beziers.steps.first().pk).delete()
    page = admin_client.post(url, posted(opened, headline="Le mien.", _preview="1"))
    assert page.templates[0].name == "prefectures/procedure.html"


def test_a_save_that_meets_no_difference_goes_through(admin_client, beziers, url, opened):
    with changeset("Vérifié", author=nadia()):
        beziers.verifications.create(verified_by=nadia())
    assert admin_client.post(url, posted(opened, headline="X", reason="Vu")).status_code == 302


@pytest.mark.parametrize("seen", ["", "x", "999", "0", "-1", "9" * 30])
def test_a_version_that_never_was_is_refused_with_the_text_kept(admin_client, url, opened, seen):
    response = admin_client.post(url, posted(opened, headline="X", reason="Vu", seen_version=seen))
    assert response.status_code == 200
    assert response.context["adminform"].form["headline"].value() == "X"


def test_text_that_cannot_be_saved_is_compared_too(admin_client, beziers, url, opened):
    by_nadia(beziers, title="Un autre titre")
    page = admin_client.post(url, posted(opened, title="", valid_from="31/02/2026", reason="Vu"))
    assert page.status_code == 409
    form = admin_client.post(url, resent(page, **{"title-choice": "mine"}))
    assert "31/02/2026" in form.content.decode()
    assert "Ce n’est pas une date" in errors(form)


def test_who_saves_a_deleted_sheet_gets_the_text_back(admin_client, beziers, url, opened):
    with changeset("Doublon", author=nadia()):
        beziers.delete()
    page = admin_client.post(url, posted(opened, headline="Le mien.", reason="Vu"))
    assert page.status_code == 409
    assert "Nadia Martin" in page.page.text
    assert "Le mien." in page.page.text


def test_what_was_sent_for_a_deleted_sheet_is_named_as_on_the_form(
    admin_client, beziers, url, opened
):
    with changeset("Doublon", author=nadia()):
        beziers.delete()
    sent = posted(opened, **{"steps-0-instructions": "Avec un timbre"}, reason="Vu")
    found = dict(admin_client.post(url, sent).context["texts"])
    assert found["Motifs"] == "Tous motifs"
    assert found["étape (1) : Consignes"] == "Avec un timbre"
    assert found["Pourquoi ce changement\u00a0?"] == "Vu"


def test_an_office_is_compared_as_well(admin_client, beziers):
    office = beziers.offices.get()
    url = address(Prefecture, "change", office.pk)
    opened = admin_client.get(url)
    with changeset("Appelé", author=nadia()):
        office.address, office.website = "Chez Nadia", "https://a.fr/"
        office.save()
    page = admin_client.post(url, posted(opened, address="Chez moi", reason="Vu"))
    (conflict,) = page.context["merge"].conflicts
    assert (conflict.theirs, conflict.mine) == ("Chez Nadia", "Chez moi")
    admin_client.post(url, resent(page, **{"address-choice": "mine"}))
    office.refresh_from_db()
    assert (office.address, office.website) == ("Chez moi", "https://a.fr/")


def test_who_may_only_look_is_refused_before_anything_is_compared(beziers, url):
    with changeset("Pour le test"):
        viewer = nadia()
    client = ReadingClient()
    client.force_login(viewer)
    assert client.post(url, {"seen_version": "0"}).status_code in (302, 403)


def test_what_a_colleague_has_just_changed_is_not_deleted_unseen(admin_client, beziers):
    url = address(Procedure, "delete", beziers.pk)
    asked = deletion(admin_client.get(url), "Doublon")
    by_nadia(beziers, headline="Le texte de Nadia.")
    again = admin_client.post(url, asked)
    assert "Rien n’a été supprimé" in again.page.text
    assert "Nadia Martin" in again.page.text
    assert "A changé : phrase d’annonce" in again.page.text
    assert "Doublon" in again.content.decode()
    assert Procedure.objects.filter(pk=beziers.pk).exists()
    assert admin_client.post(url, deletion(again, "Doublon")).status_code == 302


@pytest.mark.parametrize(
    ("model", "field"), [(Ground, "description"), (Region, "name"), (User, "last_name")]
)
def test_every_other_screen_compares_as_well(admin_client, model, field):
    item = model.objects.get(pk="76") if model is Region else model.objects.last()
    if model is User:
        with changeset("Pour le test"):
            item = User.objects.create_user("samir", is_staff=True)
    url = address(model, "change", item.pk)
    opened = admin_client.get(url)
    with changeset("Appelé", author=nadia()):
        setattr(item, field, "Chez Nadia")
        item.save()
    page = admin_client.post(url, posted(opened, **{field: "Chez moi"}, reason="Vu"))
    (conflict,) = page.context["merge"].conflicts
    assert (conflict.theirs, conflict.mine) == ("Chez Nadia", "Chez moi")
    response = admin_client.post(url, resent(page, **{f"{field}-choice": "mine"}))
    assert response.status_code == 302, errors(response)
    item.refresh_from_db()
    assert getattr(item, field) == "Chez moi"


@pytest.mark.parametrize("key", ["abc", "9" * 30, "-1", ""])
def test_keys_that_nobody_could_have_chosen_are_compared_without_harm(
    admin_client, beziers, url, opened, key
):
    by_nadia(beziers, title="Un autre titre")
    data = posted(opened, offices=[key], reason="Vu")
    data |= {"steps-0-id": key, "contacts-TOTAL_FORMS": "x", "quotations-0-link": key}
    assert admin_client.post(url, data).status_code == 409


@pytest.mark.parametrize("key", ["abc", "9" * 30, "999999"])
def test_an_object_that_never_was_is_not_there_to_save(admin_client, key):
    response = admin_client.post(address(Procedure, "change", key), {"seen_version": "1"})
    assert response.status_code == 302

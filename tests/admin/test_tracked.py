import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.db import IntegrityError
from django.urls import NoReverseMatch, reverse

from prefectures.admin import submission, tracked
from prefectures.admin.tracked import ReadOnlyAdmin, TrackedAdmin
from prefectures.models import (
    Arrondissement,
    Changeset,
    Commune,
    Departement,
    Ground,
    JournalEntry,
    Prefecture,
    Procedure,
    Region,
    User,
    changeset,
)
from tests.conftest import ReadingClient
from tests.page import DELETED, SAVED

from .forms import deletion, errors, posted

TRACKED = [model for model in admin.site._registry if hasattr(model, "history")]
EXAMPLES = {
    Region: "76",
    Departement: "34",
    Arrondissement: "341",
    Commune: "34032",
    User: None,
    Group: None,
}


def example(model):
    """Return an object of ``model`` that is in the site."""
    if model is Group and not Group.objects.exists():
        with changeset("Un groupe pour le test"):
            Group.objects.create(name="Lecture")
    return model._default_manager.filter(
        **({"pk": EXAMPLES[model]} if EXAMPLES.get(model) else {})
    ).first()


def address(model, view, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{view}", args=args)


def person(*permissions):
    """Return the client of a member of staff with these permissions, by code name."""
    with changeset("Un compte pour le test"):
        user = User.objects.create_user("nadia", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = ReadingClient()
    client.force_login(user)
    return client


# Listed together, at an address of their own: test_journal.py.
IN_THE_JOURNAL = {Changeset, JournalEntry}


@pytest.mark.parametrize(
    "model",
    [model for model in admin.site._registry if model not in IN_THE_JOURNAL],
    ids=lambda model: model.__name__,
)
def test_every_screen_of_a_model_opens(admin_client, model):
    item = example(model)
    for view, args in (("changelist", ()), ("change", (item.pk,)), ("history", (item.pk,))):
        assert admin_client.get(address(model, view, *args)).status_code == 200, view


@pytest.mark.parametrize("model", TRACKED, ids=lambda model: model.__name__)
def test_every_model_with_history_has_a_screen_that_passes_the_gate(model):
    assert isinstance(admin.site._registry[model], TrackedAdmin)


@pytest.mark.parametrize(
    "model",
    [model for model in admin.site._registry if model not in TRACKED],
    ids=lambda model: model.__name__,
)
def test_every_other_model_is_only_looked_up(model):
    assert isinstance(admin.site._registry[model], ReadOnlyAdmin)


@pytest.mark.parametrize("role", ["viewer", "editor", "superuser"])
@pytest.mark.parametrize("model", TRACKED, ids=lambda model: model.__name__)
def test_nothing_posted_to_a_version_changes_the_object(model, role, admin_user):
    # django-simple-history's form saves, for whoever may look, what is posted to this address.
    item = example(model)
    name = model._meta.model_name
    if role == "superuser":
        client = ReadingClient()
        client.force_login(admin_user)
    else:
        client = person(f"view_{name}", *([f"change_{name}"] if role == "editor" else []))
    shown = client.get(address(model, "change", item.pk))
    version = item.history.first().history_id
    before = list(model.history.values())
    data = {"name": "Autre", "title": "Autre", "city": "Autre", "username": "autre", "reason": "x"}
    if role != "viewer":
        data = posted(shown, **data)
    response = client.post(f"{address(model, 'history', item.pk)}{version}/", data)
    assert response.status_code == 403
    assert list(model.history.values()) == before


def test_there_is_no_address_of_the_stock_history_form():
    for model in admin.site._registry:
        with pytest.raises(NoReverseMatch):
            address(model, "simple_history", "1", "1")


def test_a_viewer_reads_a_sheet_without_a_form(beziers):
    client = person("view_procedure")
    response = client.get(address(Procedure, "change", beziers.pk))
    assert response.status_code == 200
    assert "Raison du changement" not in response.page.text


def test_a_viewer_cannot_post_a_sheet(beziers):
    client = person("view_procedure")
    response = client.post(address(Procedure, "change", beziers.pk), {"title": "Autre"})
    assert response.status_code == 403


@pytest.mark.parametrize(
    ("model", "field", "value"),
    [
        (Region, "name", "Occitanie-Pyrénées"),
        (Departement, "article", "de"),
        (Prefecture, "address", "Place du Marché"),
        (Ground, "description", "Plusieurs motifs"),
        (User, "last_name", "Martin"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_an_edit_is_one_changeset_with_author_and_reason(
    admin_client, admin_user, model, field, value
):
    item = example(model)
    url = address(model, "change", item.pk)
    data = posted(admin_client.get(url), **{field: value}, reason="Vu sur place")
    response = admin_client.post(url, data)
    assert response.status_code == 302, errors(response)
    row = item.history.first()
    assert getattr(row, field) == value
    assert (row.changeset.author, row.changeset.reason) == (admin_user, "Vu sur place")
    assert row.changeset.origin == Changeset.Origin.FORM


def test_an_edit_without_reason_is_refused_and_keeps_what_was_typed(admin_client):
    office = Prefecture.objects.get(slug="prefecture-de-foix")
    url = address(Prefecture, "change", office.pk)
    data = posted(admin_client.get(url), address="2 rue de la préfecture")
    response = admin_client.post(url, data)
    assert "Dites en quelques mots pourquoi" in response.page.text
    assert "2 rue de la préfecture" in response.content.decode()
    assert Prefecture.objects.get(pk=office.pk).address == office.address


@pytest.mark.parametrize("model", TRACKED, ids=lambda model: model.__name__)
def test_asking_for_a_preview_is_no_way_around_the_reason(admin_client, model):
    item = example(model)
    url = address(model, "change", item.pk)
    before = list(model.history.values())
    admin_client.post(url, posted(admin_client.get(url), _preview="1"))
    assert list(model.history.values()) == before


def test_two_who_add_the_same_thing_at_once_get_a_sentence(admin_client, monkeypatch):
    # The second of two finds the name free when asked, and taken when written.
    def taken(self, *args, **kwargs):
        raise IntegrityError("UNIQUE constraint failed")

    monkeypatch.setattr(Ground, "save", taken)
    data = posted(admin_client.get(address(Ground, "add")), name="Études", slug="etudes")
    response = admin_client.post(address(Ground, "add"), {**data, "reason": "x"})
    assert "Quelqu’un a enregistré la même chose au même moment" in response.page.text
    assert "Études" in response.content.decode()


def test_an_office_saved_in_two_tabs_keeps_the_first_save(admin_client):
    office = Prefecture.objects.get(slug="prefecture-de-foix")
    url = address(Prefecture, "change", office.pk)
    first = posted(admin_client.get(url), address="2 rue de la préfecture", reason="Adresse")
    second = posted(admin_client.get(url), website="https://ariege.gouv.fr/", reason="Site")
    website = office.website
    admin_client.post(url, first)
    response = admin_client.post(url, second)
    assert "vous, dans une autre fenêtre" in response.page.text
    office.refresh_from_db()
    assert (office.address, office.website) == ("2 rue de la préfecture", website)


@pytest.fixture
def just_before_the_lock(monkeypatch):
    """Return a function that has ``write`` happen once, after the comparison of a save."""

    def prepare(write):
        waiting = [write]

        def opened(reason, **kwargs):
            if waiting:
                meanwhile = waiting.pop()
                with changeset("Appelé"):
                    meanwhile()
            return changeset(reason, **kwargs)

        for module in (submission, tracked):
            monkeypatch.setattr(module, "changeset", opened)

    return prepare


@pytest.mark.parametrize("model", [Procedure, Region, Prefecture])
def test_a_save_that_comes_a_moment_late_is_compared_again(
    admin_client, just_before_the_lock, model
):
    item = model.objects.first()
    field = "name" if model is Region else "slug"
    url = address(model, "change", item.pk)
    sent = posted(admin_client.get(url), **{field: "le-mien"}, reason="Vu")
    setattr(item, field, "le-sien")
    just_before_the_lock(item.save)
    page = admin_client.post(url, sent)
    assert page.status_code == 409
    (conflict,) = page.context["merge"].conflicts
    assert (conflict.theirs, conflict.mine) == ("le-sien", "le-mien")


def test_a_save_that_comes_just_after_a_deletion_gets_its_text_back(
    admin_client, beziers, just_before_the_lock
):
    url = address(Procedure, "change", beziers.pk)
    sent = posted(admin_client.get(url), headline="Le mien", reason="Vu")
    just_before_the_lock(beziers.delete)
    page = admin_client.post(url, sent)
    assert page.status_code == 409
    assert "Le mien" in page.page.text


def test_a_deletion_that_comes_a_moment_late_is_asked_again(
    admin_client, beziers, just_before_the_lock
):
    url = address(Procedure, "delete", beziers.pk)
    sent = deletion(admin_client.get(url), "Doublon")
    beziers.headline = "Le sien"
    just_before_the_lock(beziers.save)
    assert "Rien n’a été supprimé" in admin_client.post(url, sent).page.text
    assert Procedure.objects.filter(pk=beziers.pk).exists()


def test_a_deletion_of_what_has_just_been_deleted_leads_back_to_the_site(
    admin_client, beziers, just_before_the_lock
):
    url = address(Procedure, "delete", beziers.pk)
    sent = deletion(admin_client.get(url), "Doublon")
    just_before_the_lock(beziers.delete)
    assert admin_client.post(url, sent).status_code == 302


def test_a_form_sent_back_unchanged_says_that_nothing_changed(admin_client):
    office = Prefecture.objects.get(slug="prefecture-de-foix")
    url = address(Prefecture, "change", office.pk)
    response = admin_client.post(url, posted(admin_client.get(url), reason="Rien"), follow=True)
    assert "Rien n’a changé" in response.page.text
    assert "succès" not in response.page.text


def test_a_form_sent_back_unchanged_writes_no_history(admin_client):
    office = Prefecture.objects.get(slug="prefecture-de-foix")
    url = address(Prefecture, "change", office.pk)
    before = Changeset.objects.count()
    admin_client.post(url, posted(admin_client.get(url), reason="Rien"))
    assert Changeset.objects.count() == before
    assert office.history.count() == 1


@pytest.mark.parametrize(("draft", "told"), [("12-34", True), ("12 error", False), ("", False)])
def test_the_device_is_told_which_of_its_texts_was_taken(admin_client, draft, told):
    url = address(Prefecture, "change", Prefecture.objects.get(slug="prefecture-de-foix").pk)
    sent = posted(admin_client.get(url), city="Pamiers", reason="Vu", draft=draft)
    answer = admin_client.post(url, sent, follow=True).content.decode()
    assert ('class="saved-12-34 success"' in answer) is told
    assert SAVED in answer


def test_a_refused_form_goes_on_with_the_text_of_the_device(admin_client):
    url = address(Prefecture, "change", Prefecture.objects.get(slug="prefecture-de-foix").pk)
    response = admin_client.post(url, posted(admin_client.get(url), draft="12-34"))
    assert posted(response)["draft"] == "12-34"


def test_a_new_account_is_written_down_without_a_password(admin_client):
    data = {"username": "samir", "reason": "Arrivée de Samir"}
    response = admin_client.post(address(User, "add"), data)
    assert response.status_code == 302, errors(response)
    samir = User.objects.get(username="samir")
    assert not samir.has_usable_password()
    assert samir.history.get().changeset.reason == "Arrivée de Samir"
    assert not hasattr(samir.history.get(), "password")


def test_one_changes_ones_own_password_without_a_word_in_the_history(admin_client, admin_user):
    data = {
        "old_password": "mot-de-passe-de-test",
        "new_password1": "autre phrase longue",
        "new_password2": "autre phrase longue",
    }
    response = admin_client.post(reverse("admin:password_change"), data)
    assert response.status_code == 302
    admin_user.refresh_from_db()
    assert admin_user.check_password("autre phrase longue")
    assert admin_user.history.count() == 1


def test_a_reason_that_cannot_be_kept_is_refused_before_anything_is_deleted(admin_client, beziers):
    url = address(Procedure, "delete", beziers.pk)
    for reason, said in (("a" * 20_001, "trop long"), ("a\x01", "caractère invisible")):
        page = admin_client.post(url, deletion(admin_client.get(url), reason))
        assert said in page.page.text
    assert Procedure.objects.filter(pk=beziers.pk).exists()


def test_nobody_deletes_an_account_not_even_a_superuser(admin_client, admin_user):
    response = admin_client.post(
        address(User, "delete", admin_user.pk), {"post": "yes", "reason": "Départ"}
    )
    assert response.status_code == 403
    assert User.objects.filter(pk=admin_user.pk).exists()


@pytest.mark.parametrize("model", [Region, Departement, Arrondissement, Commune])
def test_places_are_neither_added_nor_deleted(admin_client, model):
    item = example(model)
    assert admin_client.get(address(model, "add")).status_code == 403
    url = address(model, "delete", item.pk)
    assert admin_client.post(url, {"post": "yes", "reason": "x"}).status_code == 403


def test_an_office_that_a_sheet_names_is_not_deleted(admin_client):
    office = Prefecture.objects.get(slug="prefecture-de-foix")
    url = address(Prefecture, "delete", office.pk)
    assert admin_client.post(url, {"post": "yes", "reason": "x"}).status_code == 403


def test_a_deletion_asks_for_its_reason_first(admin_client):
    office = Prefecture.objects.get(slug="sous-prefecture-de-pamiers")
    url = address(Prefecture, "delete", office.pk)
    response = admin_client.post(url, {"post": "yes"})
    assert "Dites en quelques mots pourquoi" in response.page.text
    assert Prefecture.objects.filter(pk=office.pk).exists()


def test_a_deletion_with_a_reason_is_written_down(admin_client, admin_user):
    office = Prefecture.objects.get(slug="sous-prefecture-de-pamiers")
    url = address(Prefecture, "delete", office.pk)
    response = admin_client.post(url, deletion(admin_client.get(url), "Fermée"), follow=True)
    assert DELETED in response.page.text
    assert "Rien n’a changé" not in response.page.text
    row = Prefecture.history.filter(id=office.pk).first()
    assert (row.history_type, row.changeset.reason) == ("-", "Fermée")
    assert row.changeset.author == admin_user


@pytest.mark.parametrize(
    ("typed", "found"),
    [("lodeve", "34142"), ("LODÈVE", "34142"), ("34700", "34142"), ("st pons de thom", "34284")],
)
def test_a_commune_is_found_as_people_type_it(admin_client, typed, found):
    response = admin_client.get(address(Commune, "changelist"), {"q": typed})
    assert found in {commune.pk for commune in response.context["cl"].result_list}

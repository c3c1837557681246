"""What the staff's screens say: French, as a volunteer would speak, on every page there is."""

import json
import re

import pytest
from django.contrib.admin import site
from django.test import Client
from django.urls import reverse

from prefectures import roles
from prefectures.models import Changeset, Ground, Procedure
from tests.page import ADDED, DELETED, SAVED, Page

from .forms import deletion, posted
from .test_listing import LIST, line_of, lines
from .test_roles_matrix import (
    ADDRESSES,
    EXAMPLES,
    QUERIES,
    SUPERUSER,
    account,
    address,
    arguments,
)
from .test_tracked import address as address_of

pytestmark = pytest.mark.django_db

# What Django calls a thing, whatever it is.
OBJECT = re.compile(r"\bobjets?\b", re.IGNORECASE)
# A situation that a sheet may have: the only thing of ours that is called so.
SITUATION = "sans objet ici"
# Whole words that no French sentence holds: not "change", "date", "on", "or", "an", "action"…
ENGLISH = re.compile(
    r"\b(the|and|of|to|this|that|these|with|for|from|by|in|at|is|are|was|were|be|been|has|have|had"
    r"|not|no results?|yes|please|your|you|my|we|all|none|any|another|only|below|above|again"
    r"|select(ed)?|add(ed)?|changed|delet(ed?|ing)|remove|save|saved|view|edit|search|filters?|show"
    r"|hide|clear|close|cancel|choose|chosen|available|enter|required|field|fields|value|values"
    r"|choice|choices|error|errors|success|successfully|object|objects|items?|user|users|password"
    r"|username|login|log (in|out)|home|history|site administration|permission denied|today|now"
    r"|yesterday|tomorrow|loading|searching|currently|unknown|empty|toggle|sidebar|breadcrumbs?"
    r"|welcome|skip|content type|more|less|first|last|next|previous|up|down|new|old|name|link"
    r"|title|update|row|rows|column|heading|bold|italic|undo|redo)\b",
    re.IGNORECASE,
)
SPOKEN = ("title", "aria-label", "placeholder", "alt")
BUTTONS = ("submit", "button", "reset")
# What answers with something else than a page, with the type of that.
NO_PAGE = {
    "prefectures_procedure_reading_file": "application/octet-stream",
    "jsi18n": "text/javascript",
    "autocomplete": "application/json",
    "prefectures_procedure_paste": "application/json",
}


class Spoken(Page):
    """A page, with all that it says to who looks at it and to who hears it."""

    def handle_starttag(self, tag, attrs):
        super().handle_starttag(tag, attrs)
        named = dict(attrs)
        # A text in another language would say so; none does but a link to the page in that one.
        assert "hreflang" in named or named.get("lang", "fr") == "fr", attrs
        self.words += [named[name] for name in SPOKEN if named.get(name)]
        if tag == "input" and named.get("type") in BUTTONS:
            self.words.append(named.get("value", ""))
        if "data-inline-formset" in named:
            options = json.loads(named["data-inline-formset"])["options"]
            self.words += [options["addText"], options["deleteText"]]


def said(response):
    page = Spoken()
    page.feed(response.content.decode())
    page.close()
    return page.text


def faults(text):
    """Return what in ``text`` nobody says in French."""
    text = text.replace(SITUATION, "")
    found = [*OBJECT.finditer(text), *ENGLISH.finditer(text)]
    return [text[max(0, each.start() - 40) : each.end() + 20] for each in found]


def test_a_sentence_of_django_s_is_found():
    assert faults("L'objet fiche a été ajouté") != []
    assert faults("Please correct the error") != []


def test_a_sentence_of_ours_is_not():
    assert faults("La demande est sans objet ici : choisissez une date, on change tout.") == []


def client_of(role):
    client = Client()
    client.force_login(account(role))
    return client


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_page_says_nothing_but_french(name):
    values = arguments(ADDRESSES[name])
    for role in (SUPERUSER, roles.LECTURE):
        client = client_of(role)
        for method in ("get", "post"):
            url, query = address(ADDRESSES[name], values), QUERIES.get(name, {})
            answer = getattr(client, method)(url, query, follow=True)
            kind = answer.get("Content-Type", "").partition(";")[0]
            if kind == "text/html":
                assert faults(said(answer)) == [], (role, method)
            else:
                assert kind == NO_PAGE[name], (role, method)


def test_who_has_not_signed_in_is_asked_to_in_french():
    for data in ({}, {"username": "claire", "password": "faux"}):
        page = said(Client().post(reverse("admin:login"), data))
        assert faults(page) == []
        assert "Se connecter" in page


def test_who_signs_out_is_told_so_in_french(admin_client):
    page = said(admin_client.post(reverse("admin:logout")))
    assert faults(page) == []
    assert "À bientôt" in page


def test_a_password_is_changed_in_french(admin_client):
    new = {"new_password1": "trois-petits-chats", "new_password2": "trois-petits-chats"}
    url = reverse("admin:password_change")
    for old, told in (("faux", "pas votre mot de passe actuel"), ("mot-de-passe-de-test", SAVED)):
        page = said(admin_client.post(url, {"old_password": old, **new}, follow=True))
        assert faults(page) == []
        assert told in page


# --- What was done ----------------------------------------------------------------------------

ways_to_save = pytest.mark.parametrize("button", ["_save", "_continue", "_addanother"])


@ways_to_save
def test_an_addition_is_told(admin_client, button):
    url = address_of(Ground, "add")
    sent = posted(admin_client.get(url), name="Études", slug="etudes", reason="Vu")
    page = said(admin_client.post(url, {**sent, button: "1"}, follow=True))
    assert f"{ADDED} : « Études »." in page
    assert faults(page) == []


@ways_to_save
def test_a_change_is_told(admin_client, button):
    url = address_of(Ground, "change", EXAMPLES["prefectures/ground"]().pk)
    sent = posted(admin_client.get(url), name="Études longues", reason="Vu")
    page = said(admin_client.post(url, {**sent, button: "1"}, follow=True))
    assert f"{SAVED} : « Études longues »." in page
    assert faults(page) == []


def test_a_deletion_is_told(admin_client):
    url = address_of(Ground, "delete", EXAMPLES["prefectures/ground"]().pk)
    page = said(admin_client.post(url, deletion(admin_client.get(url), "Vide"), follow=True))
    assert f"{DELETED} : « Études »." in page
    assert faults(page) == []


def test_lines_that_were_changed_are_counted(admin_client, beziers):
    page = admin_client.get(LIST)
    sent = lines(page, **{f"{line_of(page, beziers)}-position": "7"})
    page = said(admin_client.post(LIST, sent, follow=True))
    assert f"{SAVED} : 1 fiche." in page
    assert faults(page) == []


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"action": "publish"}, "Cochez d’abord des lignes."),
        ({"action": "", "_selected_action": "1"}, "Choisissez d’abord que faire"),
    ],
)
def test_what_an_action_lacks_is_told(admin_client, data, told):
    page = said(admin_client.post(LIST, {"index": "0", **data}, follow=True))
    assert told in page
    assert faults(page) == []


def test_what_is_not_there_is_told(admin_client):
    page = said(admin_client.get(address_of(Procedure, "change", 10**6), follow=True))
    assert "Il n’y a rien, ou plus rien, à cette adresse : fiche « 1000000 »." in page
    assert faults(page) == []


def test_a_form_that_is_refused_says_why(admin_client):
    url = address_of(Ground, "add")
    sent = posted(admin_client.get(url), name="É" * 500, slug="É", position="x", reason="")
    page = said(admin_client.post(url, sent))
    assert "caractères au plus : il y en a 500." in page
    assert faults(page) == []


# --- What a page is called --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "name", "title"),
    [
        (Procedure, "prefectures/procedure", "une fiche"),
        (Ground, "prefectures/ground", "un motif"),
    ],
)
def test_a_form_is_called_by_what_one_does_there(model, name, title):
    pk = EXAMPLES[name]().pk
    superuser, reader = client_of(SUPERUSER), client_of(roles.LECTURE)
    assert f"<h1>Ajouter {title}</h1>" in superuser.get(address_of(model, "add")).content.decode()
    changed = address_of(model, "change", pk)
    assert f"<h1>Modifier {title}</h1>" in superuser.get(changed).content.decode()
    assert f"<h1>Voir {title}</h1>" in reader.get(changed).content.decode()


def test_each_screen_tells_what_one_of_its_own_is():
    # Its form is a page of ours.
    others = set(site._registry) - {Changeset}
    assert [model for model in others if not site.get_model_admin(model).one] == []


# --- What scripts say -------------------------------------------------------------------------


def test_the_scripts_of_the_admin_speak_french(admin_client):
    script = admin_client.get(reverse("admin:jsi18n")).content.decode()
    catalogue = json.loads(re.search(r"newcatalog = (\{.*?\n  \});", script, re.DOTALL)[1])
    assert [words for words in catalogue.values() if faults(str(words))] == []
    assert catalogue["%(sel)s of %(cnt)s selected"][1] == "%(sel)s lignes cochées sur %(cnt)s"

"""Every address of the admin for every role, read from the URLconf: a view that is not here fails.

A new view takes one line: its name, and the least role that it opens to, for GET and for POST. A
POST that answers "this form lacks something" lets in; one that answers 403 or 405 does not.
"""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse
from django.utils import timezone

from prefectures import roles as kept
from prefectures.models import (
    Arrondissement,
    Changeset,
    Commune,
    Departement,
    GeneralText,
    GivenAddress,
    GlossaryTerm,
    Ground,
    HelpPlace,
    KeptBytes,
    PageReading,
    Prefecture,
    Procedure,
    Region,
    User,
    WatchedAddress,
    changeset,
)
from prefectures.monitoring.weekly_mail.stopping import token_for

pytestmark = pytest.mark.django_db

# From the least to the most: each may what the one before may.
ANYBODY, STAFF, LECTURE, REDACTION, RESPONSABLE, SUPERUSER = ROLES = (
    "anybody",
    "staff without group",
    kept.LECTURE,
    kept.REDACTION,
    kept.RESPONSABLE,
    "superuser",
)
NOBODY = "nobody"

# By model: who sees (list, object, history), adds, changes, deletes.
MODELS = {
    "prefectures/procedure": (LECTURE, REDACTION, REDACTION, REDACTION),
    "prefectures/prefecture": (LECTURE, RESPONSABLE, RESPONSABLE, RESPONSABLE),
    "prefectures/ground": (LECTURE, RESPONSABLE, RESPONSABLE, RESPONSABLE),
    "prefectures/helpplace": (LECTURE, RESPONSABLE, RESPONSABLE, RESPONSABLE),
    "prefectures/glossaryterm": (LECTURE, RESPONSABLE, RESPONSABLE, RESPONSABLE),
    "prefectures/generaltext": (LECTURE, RESPONSABLE, RESPONSABLE, RESPONSABLE),
    "prefectures/region": (LECTURE, NOBODY, RESPONSABLE, NOBODY),
    "prefectures/departement": (LECTURE, NOBODY, RESPONSABLE, NOBODY),
    "prefectures/arrondissement": (LECTURE, NOBODY, NOBODY, NOBODY),
    "prefectures/commune": (LECTURE, NOBODY, NOBODY, NOBODY),
    "prefectures/changeset": (RESPONSABLE, NOBODY, NOBODY, NOBODY),
    "prefectures/user": (RESPONSABLE, RESPONSABLE, RESPONSABLE, NOBODY),
    "auth/group": (RESPONSABLE, SUPERUSER, SUPERUSER, SUPERUSER),
}

# By name, or by address where Django gives none: who GETs, who POSTs.
VIEWS = {
    "index": (STAFF, STAFF),
    "login": (ANYBODY, ANYBODY),
    "logout": (NOBODY, STAFF),
    "password_change": (STAFF, STAFF),
    "password_change_done": (STAFF, NOBODY),
    "jsi18n": (STAFF, NOBODY),
    "autocomplete": (LECTURE, NOBODY),
    "view_on_site": (LECTURE, LECTURE),
    "app_list": (LECTURE, LECTURE),
    "(?P<url>.*)$": (NOBODY, NOBODY),
    "prefectures_user_access": (RESPONSABLE, RESPONSABLE),
    "access": (STAFF, STAFF),
    "access_phone": (STAFF, STAFF),
    # They lead to the password whoever has not given it.
    "login_code": (STAFF, STAFF),
    "login_phone": (STAFF, STAFF),
    "choose_password": (ANYBODY, ANYBODY),
    # To who has the token of their mail.
    "weekly_mail": (ANYBODY, ANYBODY),
    "prefectures_procedure_preview": (LECTURE, LECTURE),
    "prefectures_procedure_export": (LECTURE, LECTURE),
    "prefectures_procedure_import": (REDACTION, REDACTION),
    "prefectures_procedure_import_preview": (REDACTION, REDACTION),
    "prefectures_prefecture_export": (LECTURE, LECTURE),
    "prefectures_prefecture_import": (RESPONSABLE, RESPONSABLE),
    "prefectures_prefecture_import_preview": (RESPONSABLE, RESPONSABLE),
    "prefectures_helpplace_export": (LECTURE, LECTURE),
    "prefectures_helpplace_import": (RESPONSABLE, RESPONSABLE),
    "prefectures_helpplace_import_preview": (RESPONSABLE, RESPONSABLE),
    # Only ever show.
    "prefectures_procedure_versions": (LECTURE, LECTURE),
    "prefectures_procedure_version": (LECTURE, LECTURE),
    "prefectures_procedure_compare": (LECTURE, LECTURE),
    "prefectures_procedure_deleted": (LECTURE, LECTURE),
    "prefectures_procedure_restore": (REDACTION, REDACTION),
    "prefectures_procedure_verify": (REDACTION, REDACTION),
    "prefectures_procedure_take_back": (REDACTION, REDACTION),
    "prefectures_procedure_duplicate": (REDACTION, REDACTION),
    "prefectures_procedure_from_page": (REDACTION, REDACTION),
    "prefectures_procedure_compare_page": (REDACTION, REDACTION),
    "prefectures_procedure_pattern": (REDACTION, REDACTION),
    "prefectures_procedure_from_sheet": (REDACTION, REDACTION),
    "prefectures_procedure_paste": (NOBODY, REDACTION),
    "prefectures_procedure_contradictions": (LECTURE, LECTURE),
    "prefectures_procedure_addresses": (LECTURE, LECTURE),
    "prefectures_procedure_replace_address": (REDACTION, REDACTION),
    "prefectures_procedure_queue": (LECTURE, LECTURE),
    "prefectures_procedure_snooze": (REDACTION, REDACTION),
    "prefectures_procedure_take_up": (NOBODY, REDACTION),
    "prefectures_procedure_sources": (LECTURE, LECTURE),
    "prefectures_procedure_source": (LECTURE, LECTURE),
    "prefectures_procedure_reading": (LECTURE, LECTURE),
    "prefectures_procedure_reading_file": (LECTURE, LECTURE),
    "prefectures_procedure_acknowledge": (REDACTION, REDACTION),
    "prefectures_procedure_tell_again": (NOBODY, REDACTION),
    "prefectures_journalentry_changelist": (RESPONSABLE, RESPONSABLE),
    "prefectures_journalentry_export": (RESPONSABLE, RESPONSABLE),
    # Only ever shows.
    "prefectures_changeset_change": (RESPONSABLE, RESPONSABLE),
    "prefectures_changeset_undo": (NOBODY, RESPONSABLE),
}


def expectations():
    expected = {}
    for route, (sees, adds, changes, deletes) in MODELS.items():
        name = route.replace("/", "_")
        expected |= {
            f"{name}_changelist": (sees, sees),
            f"{name}_add": (adds, adds),
            f"{name}_change": (sees, changes),
            f"{name}_delete": (deletes, deletes),
            f"{name}_history": (sees, sees),
            # A redirect to the object.
            f"{route}/<path:object_id>/": (STAFF, STAFF),
        }
        if route not in LOOKED_UP:
            # Where django-simple-history's form would save what is posted.
            expected[f"{route}/<path:object_id>/history/<int:version>/"] = (NOBODY, NOBODY)
    return expected | VIEWS


LOOKED_UP = {"prefectures/arrondissement", "prefectures/commune", "prefectures/changeset"}


def addresses(patterns=None, prefix=""):
    """Yield (name or route, route) of every view under /admin/."""
    for pattern in admin.site.urls[0] if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield pattern.name or route, route


ADDRESSES = dict(addresses())
EXPECTED = expectations()


def test_every_view_of_the_admin_is_listed_here():
    assert sorted(ADDRESSES.keys() - EXPECTED.keys()) == []


def test_every_view_listed_here_exists():
    assert sorted(EXPECTED.keys() - ADDRESSES.keys()) == []


def test_no_two_views_have_the_same_name():
    assert len(list(addresses())) == len(ADDRESSES)


# --- What is asked for ------------------------------------------------------------------------


def written(model, **fields):
    with changeset("Pour le test"):
        return model.objects.create(**fields)


def an_import():
    with changeset("Guichets", origin=Changeset.Origin.IMPORT, file_name="guichets.csv"):
        Ground.objects.create(name="Études", slug="etudes")
    return Changeset.objects.first()


def a_sheet_of_two_versions():
    sheet = Procedure.objects.get(slug="sous-prefecture-de-beziers")
    if sheet.version == 1:
        with changeset("Pour le test"):
            sheet.headline = "Écrivez."
            sheet.save()
    return sheet


EXAMPLES = {
    "prefectures/procedure": a_sheet_of_two_versions,
    # No sheet names these two: they may be deleted.
    "prefectures/prefecture": lambda: Prefecture.objects.get(slug="sous-prefecture-de-pamiers"),
    "prefectures/ground": lambda: written(Ground, name="Études", slug="etudes"),
    "prefectures/helpplace": lambda: HelpPlace.objects.get(),
    "prefectures/glossaryterm": lambda: GlossaryTerm.objects.get(slug="oqtf"),
    "prefectures/generaltext": lambda: GeneralText.objects.first(),
    "prefectures/region": lambda: Region.objects.get(pk="76"),
    "prefectures/departement": lambda: Departement.objects.get(pk="34"),
    "prefectures/arrondissement": lambda: Arrondissement.objects.get(pk="341"),
    "prefectures/commune": lambda: Commune.objects.get(pk="34032"),
    "prefectures/changeset": an_import,
    "prefectures/user": lambda: written(User, username="lea", password="!"),
    "auth/group": lambda: written(Group, name="Accueil"),
}
QUERIES = {
    "autocomplete": {
        "app_label": "prefectures",
        "model_name": "procedure",
        "field_name": "offices",
        "term": "foix",
    },
}


def arguments(route):
    """Return {argument: key of an object that exists} for ``route``."""
    owner = "/".join(route.split("/")[:2])
    item = EXAMPLES[owner]() if owner in EXAMPLES else None
    values = {
        "app_label": "prefectures",
        "url": "nulle-part/",
        "token": "un-import-d-hier",
        "name": "poste",
        "uidb64": "MQ",
    }
    values["fingerprint"] = "0" * 64
    address, _ = WatchedAddress.objects.get_or_create(url="https://www.herault.gouv.fr/Sejour")
    values["watched"] = address.pk
    values["reading"] = said(address).pk
    values |= {"number": 1, "other": 2}
    if route.startswith("courrier/"):
        values["token"] = token_for(EXAMPLES["prefectures/user"]())
    if item is not None:
        values |= dict.fromkeys(("object_id", "id", "pk"), item.pk)
        if isinstance(item, Procedure):
            values["given"] = source_of(item, address).pk
        if hasattr(item, "history"):
            values["version"] = item.history.first().history_id
    else:
        sheet = EXAMPLES["prefectures/procedure"]()
        values["object_id"] = sheet.pk
        values["content_type_id"] = ContentType.objects.get_for_model(sheet).pk
    return values


def said(address):
    """Return what a page of this address said."""
    at, kept = timezone.now(), KeptBytes.of(b"La demande se fait par courrier.")
    fields = {"first_seen_at": at, "last_seen_at": at, "text": kept, "original": kept}
    return PageReading.objects.get_or_create(address=address, defaults=fields)[0]


def source_of(sheet, address):
    fields = {"is_source": True, "accepted": said(address)}
    given, _ = GivenAddress.objects.get_or_create(procedure=sheet, address=address, defaults=fields)
    return given


def address(route, values=None):
    """Return ``route`` with ``values`` in the place of its arguments: by default, what exists."""
    values = values or arguments(route)
    plain = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", route).strip("^$")
    return "/admin/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found[1]]), plain)


def account(role):
    """Return somebody of ``role``; of nobody's, a colleague who left with all rights on paper."""
    with changeset("Un compte pour le test"):
        user = User.objects.create_user(
            f"r{ROLES.index(role)}",
            is_staff=role != ANYBODY,
            is_superuser=role in (ANYBODY, SUPERUSER),
        )
        if role in kept.ROLES:
            user.groups.add(Group.objects.get(name=role))
        return user


def clients():
    """Return (role, client) for every role, and for somebody who has not signed in."""
    found = [(ANYBODY, Client())]
    for role in ROLES:
        found.append((role, Client()))
        found[-1][1].force_login(account(role))
    return found


def is_let_in(role, response):
    """Whether ``response`` is the view's own answer; a view that breaks, or is not there, fails."""
    if response.status_code == 302:
        return role != ANYBODY
    if response.status_code in (403, 404, 405):
        return False
    assert response.status_code in (200, 400), response.status_code
    return True


@pytest.mark.parametrize("name", EXPECTED)
def test_a_view_opens_to_its_roles_and_to_no_other(name):
    url = address(ADDRESSES[name])
    for role, client in clients():
        for method, least in zip(("get", "post"), EXPECTED[name], strict=True):
            is_allowed = least != NOBODY and ROLES.index(role) >= ROLES.index(least)
            before = Changeset.objects.count()
            response = getattr(client, method)(url, QUERIES.get(name, {}))
            told = (role, method, response.status_code)
            assert is_let_in(role, response) == is_allowed, told
            assert is_allowed or Changeset.objects.count() == before, told


OPEN_TO_ALL = [name for name, leasts in EXPECTED.items() if ANYBODY in leasts]
BEFORE_THE_CODE = ["login_code", "login_phone", *OPEN_TO_ALL]


@pytest.mark.parametrize("name", sorted(EXPECTED.keys() - set(BEFORE_THE_CODE)))
def test_without_the_code_the_password_opens_no_view_to_anybody(name, settings):
    settings.TWO_FACTOR = True
    client = Client()
    client.force_login(account(SUPERUSER))
    url = address(ADDRESSES[name])
    for method in (client.get, client.post):
        response = method(url, QUERIES.get(name, {}))
        # Signing out leads to the desk, which asks to sign in.
        leads = response.status_code == 302 and (
            response.url.startswith(reverse("admin:login"))
            or response.url == reverse("admin:index")
        )
        assert leads or response.status_code in (403, 404, 405), response.status_code

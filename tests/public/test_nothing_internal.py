"""No public answer tells why editors did something, who they are, or what was only a draft."""

import re

import pytest
from django.utils.timezone import localdate

from prefectures.models import (
    Departement,
    Prefecture,
    Step,
    User,
    Verification,
    changeset,
)
from prefectures.public.data.files import Files

from .past import LYON, RHONE

SECRET = re.compile("zzz", re.IGNORECASE)
ADDRESS = re.compile(
    r"""(?:href|action)=["'](/[^"'#]*)|<(?:id|link)[^>]*href="http://testserver(/[^"]*)"""
)


@pytest.fixture
def full_of_secrets(publish, edit, delete):
    """Sheets in every state, with "zzz" wherever readers have no business."""
    with changeset("zzz un compte"):
        editor = User.objects.create_user("zzz-untel", email="zzz@example.org", first_name="zzz")
    about = {"author": editor, "public_reason": "La préfecture a changé ses règles."}
    sheet = publish("zzz première", **about)
    with changeset("zzz étape", author=editor, file_name="zzz.csv"):
        step = Step.objects.create(procedure=sheet, kind="post", address="Lyon")
        Verification.objects.create(procedure=sheet, verified_by=editor, note="zzz")
    edit(sheet, "zzz minor", conditions="<p>Autre.</p>", is_minor=True, author=editor)
    # Its title and texts are those of a draft from here on; why it was withdrawn is public.
    edit(sheet, "zzz caché", publication="draft", title="zzz brouillon", public_reason="Retirée.")
    edit(sheet, "zzz brouillon", title="zzz brouillon", public_reason="zzz d’un brouillon")
    with changeset("zzz étape de brouillon", public_reason="zzz d’un brouillon"):
        step.address = "zzz"
        step.save()
    with changeset("zzz étape", author=editor):
        step.address = "Bron"
        step.save()
    edit(sheet, "zzz retour", title="Préfecture de Lyon", publication="published", **about)
    publish("zzz", title="zzz brouillon", publication="draft", public_reason="zzz jamais publiée")
    gone = publish("zzz", title="Archivée", author=editor)
    edit(gone, "zzz", publication="archived", title="zzz archivée", public_reason="")
    delete(publish("zzz", title="Supprimée"))
    with changeset("zzz guichet", author=editor, public_reason="Un autre nom."):
        office = Prefecture.objects.get(slug="prefecture-de-lyon", departement="69")
        office.printed_name = "Guichet de Lyon"
        office.save()


@pytest.mark.usefixtures("full_of_secrets")
def test_no_answer_holds_what_is_internal(client):
    today = localdate()
    place = Departement.objects.get(code="69")
    waiting = [
        "/",
        "/changements.atom",
        RHONE,
        f"{place.get_absolute_url()}changements.atom",
        "/regions/auvergne-rhone-alpes/changements.atom",
        f"{RHONE}changements/",
        "/recherche/?q=zz",
        *(f"/donnees/departements/69-rhone/{name}" for name in Files(str, place).all_names),
        *(
            f"{RHONE}{slug}/{page}"
            for slug in ("prefecture-de-lyon", "archivee", "supprimee", "zzz-brouillon")
            for page in ("", "historique/", f"au/{today}/", f"au/{today}/document.json")
        ),
        f"{LYON}historique/?de={today}&a=1",
    ]
    # What belongs to other départements was made without secrets.
    seen, told = set(), []
    while waiting:
        address = waiting.pop().replace("&amp;", "&")
        if address in seen:
            continue
        seen.add(address)
        response = client.get(address)
        body = response.content.decode()
        asked = address.lower()
        if SECRET.search(body.lower().replace(asked, "")) and "zz" not in asked:
            told.append(address)
        found = (first or second for first, second in ADDRESS.findall(body))
        waiting += [
            link
            for link in found
            if link.startswith((RHONE, "/changements")) and not link.startswith("/static")
        ]
    assert told == []
    assert len(seen) > 40


@pytest.mark.usefixtures("full_of_secrets")
def test_a_draft_has_no_address_of_its_own_in_the_past(client):
    for page in ("", "historique/", f"au/{localdate()}/", f"au/{localdate()}/document.json"):
        response = client.get(f"{RHONE}zzz-brouillon/{page}")
        assert response.status_code == 404
        assert "brouillon" not in response.page.text

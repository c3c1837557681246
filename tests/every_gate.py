"""Every way in which what readers see can be changed: what holds whatever is changed passes them.

A gate takes the client of an editor, a number to choose by, and words.
"""

from contextlib import suppress

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import strategies as st

from prefectures.importexport.sheet_file import load_sheets
from prefectures.models import (
    Changeset,
    Commune,
    Contact,
    Departement,
    Ground,
    HelpPlace,
    Link,
    Prefecture,
    Procedure,
    Region,
    Step,
    Verification,
    changeset,
)

from .admin.forms import deletion, posted
from .admin.test_importing import confirmed
from .admin.test_listing import LIST, line_of, lines

HERAULT = "34"
FEW_DRAFTS = 5
MADE_UP = settings.BASE_DIR / "tests/data/one_sheet_for_four_grounds.json"
WORDS = st.sampled_from(["Par la poste.", "Au guichet.", "Sur rendez-vous, en ligne."])


def sheets():
    return Procedure.objects.filter(departement=HERAULT).order_by("pk")


def chosen(queryset, number):
    items = list(queryset)
    return items[number % len(items)] if items else None


def form(client, number, words):
    sheet = chosen(sheets(), number)
    address = reverse("admin:prefectures_procedure_change", args=[sheet.pk])
    page = client.get(address)
    client.post(address, posted(page, headline=words, reason="Relu"))


def line_of_the_list(client, number, words):
    sheet = chosen(sheets(), number)
    page = client.get(LIST, {"departement__code__exact": HERAULT})
    line = line_of(page, sheet)
    client.post(page.wsgi_request.get_full_path(), lines(page, **{f"{line}-position": number}))


def action(client, number, words):
    name = ("publish", "withdraw", "archive")[number % 3]
    sheet = chosen(sheets(), number)
    data = {"reason": words, "confirmed": "yes", f"version-{sheet.pk}": sheet.version}
    client.post(LIST, {"action": name, "_selected_action": [sheet.pk], **data})


def spreadsheet(client, number, words):
    # A file that changes nothing cannot be confirmed.
    words = f"{words} {Changeset.objects.latest('pk').pk}"
    rows = "".join(f'{sheet.key};"{words}"\n' for sheet in sheets())
    confirmed(client, f"fiche;phrase d’annonce\n{rows}")


def undoing(client, number, words):
    record = Changeset.objects.filter(origin="import", undone_by=None).first()
    if record is not None:
        client.post(reverse("admin:prefectures_changeset_undo", args=[record.pk]))


def verification(client, number, words):
    sheet = chosen(sheets(), number)
    address = reverse("admin:prefectures_procedure_verify", args=[sheet.pk])
    client.post(address, {"seen_version": sheet.version})


def office(client, number, words):
    item = chosen(Prefecture.objects.filter(departement=HERAULT), number)
    address = reverse("admin:prefectures_prefecture_change", args=[item.pk])
    client.post(address, posted(client.get(address), address=words, reason="Relu"))


def name_of_an_office(client, number, words):
    item = chosen(Prefecture.objects.filter(departement=HERAULT), number)
    address = reverse("admin:prefectures_prefecture_change", args=[item.pk])
    client.post(address, posted(client.get(address), printed_name=words, reason="Relu"))


def offices(client, number, words):
    sheet = chosen(sheets(), number)
    with changeset("Pour le test"):
        sheet.offices.set(Prefecture.objects.filter(departement=HERAULT)[number % 3 :])


def help_place(client, number, words):
    item = chosen(HelpPlace.objects.order_by("pk"), number)
    with changeset("Pour le test"):
        item.city = words
        item.save()
        item.departements.set([HERAULT][: number % 2])


def going_back(client, number, words):
    sheet = chosen(sheets(), number)
    version = 1 + number % sheet.version
    address = reverse("admin:prefectures_procedure_restore", args=[sheet.pk, version])
    client.post(address, {"seen_version": sheet.version, "reason": words})


def deleting(client, number, words):
    sheet = chosen(sheets().published(), number)
    if sheets().count() > 1 and sheet:
        address = reverse("admin:prefectures_procedure_delete", args=[sheet.pk])
        client.post(address, deletion(client.get(address), words))


def command(client, number, words):
    load_sheets(MADE_UP)


def place(client, number, words):
    item = (
        Region.objects.get(slug="occitanie"),
        Departement.objects.get(code=HERAULT),
        Ground.objects.get(covers_all=True),
    )[number % 3]
    with changeset("Pour le test"):
        item.name = words
        item.save()


def part(client, number, words):
    sheet = chosen(sheets(), number)
    model, fields = (
        (Step, {"kind": "other", "instructions": words}),
        (Contact, {"kind": "hours", "value": words}),
        (Link, {"label": words}),
        (Verification, {}),
    )[number % 4]
    with changeset("Pour le test"):
        model.objects.create(procedure=sheet, **fields)


def link_table(client, number, words):
    commune = chosen(Commune.objects.filter(departement=HERAULT).order_by("pk"), number)
    with changeset("Pour le test"):
        link, is_new = Procedure.communes_included.through.objects.get_or_create(
            procedure=chosen(sheets(), number), commune=commune
        )
        if not is_new:
            link.delete()


def draft(client, number, words):
    # Two sheets of one département never have one address.
    title = f"{words} {Changeset.objects.latest('pk').pk}"
    drafts = sheets().filter(publication=Procedure.Publication.DRAFT)
    with changeset("Pour le test"):
        # All of them have to fit in one page of the list.
        for sheet in drafts[FEW_DRAFTS:]:
            sheet.delete()
        Procedure.objects.create(departement_id=HERAULT, title=title)


GATES = [
    form,
    line_of_the_list,
    spreadsheet,
    undoing,
    verification,
    office,
    name_of_an_office,
    offices,
    help_place,
    command,
    place,
    part,
    link_table,
    action,
    going_back,
    deleting,
    draft,
]
CHANGES = st.tuples(st.sampled_from(GATES), st.integers(0, 11), WORDS)


def through(gate, client, number, words):
    # What is refused, a sheet without a ground that would be published, changes nothing.
    with suppress(ValidationError):
        gate(client, number, words)

"""A sheet copied for another ground or département: a draft to be corrected."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import Http404
from django.utils.text import slugify

from ...models import Changeset, Departement, Ground, Procedure, Referral, Step, changeset
from ...sheets.checking import new_item
from ...sheets.difference import changes
from ...sheets.kinds import row_kind
from ...sheets.order import as_stored, flat
from ...sheets.reading import sheets_now
from ...sheets.state import Item, OwnRow, State
from ...sheets.writing import write
from ..pages import to_page
from ..tracked import ReasonForm
from ..unaskable import KeysField

# Each belongs to the copied sheet alone.
NOT_COPIED = {"slug", "publication"}
# What is in one département only, or says of it what is not known of another.
LOCAL = {
    "offices",
    "offices_not_receiving",
    "arrondissements",
    "communes_included",
    "communes_excluded",
    "territory_note",
    "updated_on",
}


class DuplicateForm(ReasonForm):
    field_order = ["departement", "title", "grounds", "reason"]

    departement = forms.ModelChoiceField(
        Departement.objects.all(),
        label="Département",
        help_text="Dans un autre département, guichets et territoire ne sont pas copiés.",
    )
    title = forms.CharField(label="Titre", max_length=200)
    grounds = KeysField(
        Ground.objects.all(),
        label="Motifs",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean(self):
        cleaned = super().clean()
        departement, title = cleaned.get("departement"), cleaned.get("title")
        if departement and title:
            slug = slugify(title.replace("'", "-").replace("’", "-"))[:120]
            if Procedure.objects.filter(departement=departement, slug=slug).exists():
                self.add_error(
                    "title",
                    "Une fiche de ce département a déjà ce titre : ajoutez ce qui les distingue, "
                    "le motif par exemple.",
                )
        return cleaned


def duplicate_view(screen, request, pk):
    sheet = Procedure.objects.filter(pk=pk).first()
    if sheet is None:
        raise Http404
    if not (screen.has_add_permission(request) and screen.has_view_permission(request, sheet)):
        raise PermissionDenied
    form = DuplicateForm(
        request.POST or None,
        initial={
            "departement": sheet.departement_id,
            "title": sheet.title,
            "grounds": sheet.grounds.all(),
            "reason": f"Copie de {sheet.key}",
        },
    )
    if form.is_valid():
        try:
            copy = duplicate(sheet, request.user, **form.cleaned_data)
        except (ValidationError, IntegrityError) as error:
            sentences = getattr(error, "messages", ["Cette fiche existe déjà : regardez la liste."])
            form.add_error(None, sentences)
        else:
            messages.success(
                request, "Voici la copie, en brouillon : corrigez-la, puis publiez-la."
            )
            return to_page("prefectures_procedure_change", copy.pk)
    return screen.page(
        request,
        "duplicate",
        f"Dupliquer « {sheet} »",
        original=sheet,
        form=form,
    )


def duplicate(sheet, author, *, departement, title, grounds, reason):
    """Return a draft with the fields, steps, contacts and links of ``sheet``."""
    state, begun = sheets_now([sheet.pk])[sheet.pk], new_item(Procedure).values
    left_out = NOT_COPIED | (set() if departement.pk == sheet.departement_id else LOCAL)
    values = state.sheet.values | {name: begun[name] for name in left_out}
    values |= {"departement": departement.pk, "title": title}
    copy = State(Item(None, values | {"grounds": frozenset(ground.pk for ground in grounds)}))
    places = {kind: _places(rows) for kind, rows in state.rows.items()}
    for kind, rows in state.rows.items():
        if kind.model is Referral and departement.pk != sheet.departement_id:
            # Who answers is not known there.
            continue
        for number, place in places[kind].items():
            row = Item(None, rows[number].values | {"number": place})
            for field in kind.leading:
                named = row_kind(field.related_model)
                row.values[field.name] = _own_row(
                    row.values[field.name], state.rows[named], places[named]
                )
            if kind.model is Step and row.values["office"] not in values["offices"]:
                row.values["office"] = None
            copy.rows[kind][place] = row
    with changeset(reason, origin=Changeset.Origin.FORM, author=author):
        write(changes(State(), copy))
    return Procedure.objects.get(pk=copy.sheet.pk)


def _places(rows):
    """Return {number: place} of rows in their order, counted from 1."""
    in_order = flat(as_stored({number: row.values for number, row in rows.items()}))
    return {number: place for place, number in enumerate(in_order, 1)}


def _own_row(key, rows, places):
    """Return the ``OwnRow`` of the copy of the row whose key is ``key``."""
    number = next((number for number, row in rows.items() if row.pk == key), None)
    return None if number is None else OwnRow(places[number])


URLS = [("<int:pk>/dupliquer/", duplicate_view, "duplicate")]

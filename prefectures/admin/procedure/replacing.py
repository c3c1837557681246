"""An address is replaced in the sheets that one ticks: shown first, then done sheet by sheet."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404

from ...models import Link, WatchedAddress
from ...models.fields import WebAddressField
from ...monitoring.replacing import DONE, REFUSED, Replacement, replace, replaced, sheets_with
from ..sent_form import as_number

CHOSEN, SEEN, LOOK = "sheet", "version-", "look"
NONE_CHOSEN = "Cochez au moins une fiche."
THE_SAME = "C’est l’adresse d’aujourd’hui : donnez la nouvelle."


class NewAddressForm(forms.Form):
    new = forms.CharField(
        label="Nouvelle adresse",
        max_length=Link._meta.get_field("url").max_length,
        validators=WebAddressField.default_validators,
        # No type="url": see ``WebAddressField.formfield``.
        widget=forms.TextInput(
            attrs={"inputmode": "url", "spellcheck": "false", "class": "vTextField"}
        ),
        help_text="Ouvrez-la d’abord, puis copiez-la du navigateur, telle quelle.",
        error_messages={"required": "Donnez la nouvelle adresse."},
    )

    def __init__(self, old, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.old = old

    def clean_new(self):
        if self.cleaned_data["new"] == self.old:
            raise forms.ValidationError(THE_SAME)
        return self.cleaned_data["new"]


def replace_view(screen, request, watched):
    if not screen.has_change_permission(request):
        raise PermissionDenied
    address = WatchedAddress.objects.filter(pk=watched).first()
    if address is None:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = NewAddressForm(address.url, sent, initial={"new": address.moved_to})
    chosen = {as_number(key) for key in request.POST.getlist(CHOSEN)} - {None}
    results = []
    if sent is not None and form.is_valid() and LOOK not in sent:
        if chosen:
            results = _replace(request, address.url, form.cleaned_data["new"], chosen)
        else:
            form.add_error(None, NONE_CHOSEN)
    found = _found(address.url, _wanted(form))
    return screen.page(
        request,
        "replace_address",
        "Remplacer une adresse",
        address=address,
        form=form,
        results=results,
        left=[
            # What was never shown was left out by nobody.
            (item, item.sheet.pk in chosen or f"{SEEN}{item.sheet.pk}" not in request.POST)
            for item in found
            if item.is_ours
        ],
        only_quoted=[item for item in found if not item.is_ours],
        look=LOOK,
        chosen_name=CHOSEN,
        seen_name=SEEN,
    )


def _replace(request, old, new, chosen):
    seen = {pk: as_number(request.POST.get(f"{SEEN}{pk}", "")) for pk in chosen}
    results = replace(old, new, request.user, seen)
    gone = chosen - {result.sheet.pk for result in results}
    if gone:
        several = len(gone) > 1
        messages.warning(
            request,
            f"{len(gone)} fiches n’existent plus." if several else "Une fiche n’existe plus.",
        )
    done = sum(result.outcome == DONE for result in results)
    if done:
        what = f"dans {done} fiches" if done > 1 else "dans 1 fiche"
        messages.success(request, f"L’adresse est remplacée {what}.")
    if any(result.outcome == REFUSED for result in results):
        messages.warning(
            request, "Des fiches n’ont pas pu être changées : voyez pourquoi ci-dessous."
        )
    return results


def _wanted(form):
    """Return the new address as far as it can be shown, "" where there is none yet."""
    if form.is_bound:
        return form.cleaned_data.get("new", "") if form.is_valid() else ""
    bound = NewAddressForm(form.old, {"new": form.initial["new"]})
    return bound.cleaned_data["new"] if bound.is_valid() else ""


def _found(old, new):
    if new:
        return replaced(old, new)
    return [Replacement(sheet, places) for sheet, places in sheets_with(old)]


URLS = [("liens/<int:watched>/remplacer/", replace_view, "replace_address")]

""" "C’est voulu": a contradiction that stays, with who says so and why; and told again."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

from ...contradictions import contradictions_of
from ...models import Acknowledgement, Changeset, changeset
from ..pages import sheet_of

# Where one goes back to, besides the sheet.
REPORT = "rapport"


class MeantForm(forms.Form):
    reason = forms.CharField(
        label="Pourquoi est-ce voulu ?",
        widget=forms.Textarea(attrs={"rows": 2, "cols": 80}),
        help_text="Pour l’équipe. Exemple : « Une fiche pour les mineur·es, l’autre pour les "
        "adultes ».",
        error_messages={"required": "Dites en quelques mots pourquoi c’est voulu."},
    )


def acknowledge_view(screen, request, pk, fingerprint):
    sheet = sheet_of(request, pk, screen.has_change_permission)
    found = {item.fingerprint: item for item in contradictions_of([sheet]).get(pk, ())}
    contradiction = found.get(fingerprint)
    if contradiction is None:
        messages.warning(
            request, "Cette contradiction n’est plus là : ce qu’elle comparait a changé."
        )
        return _back(request, sheet)
    form = MeantForm(request.POST if request.method == "POST" else None)
    if contradiction.acknowledged is not None:
        said = contradiction.acknowledged
        who = said.acknowledged_by or "Une commande du site"
        messages.info(request, f"{who} l’a déjà dit : « {said.reason} ».")
        return _back(request, sheet)
    if form.is_valid() and _acknowledge(request, sheet, contradiction, form):
        messages.success(
            request,
            "C’est noté : elle ne sera plus signalée tant que ce qu’elle compare ne change pas.",
        )
        return _back(request, sheet)
    return screen.page(
        request,
        "acknowledge",
        f"« {sheet} » : c’est voulu",
        original=sheet,
        contradiction=contradiction,
        form=form,
        back=came_from(request, sheet),
    )


def _acknowledge(request, sheet, contradiction, form):
    """Write it down; return whether it was, with the refusal in ``form`` otherwise."""
    reason = form.cleaned_data["reason"]
    try:
        with changeset(
            f"Contradiction voulue : {reason}",
            origin=Changeset.Origin.FORM,
            author=request.user,
        ):
            Acknowledgement.objects.create(
                procedure=sheet,
                kind=contradiction.kind,
                fingerprint=contradiction.fingerprint,
                reason=reason,
                acknowledged_by=request.user,
            )
    except ValidationError as error:
        form.add_error(None, error.messages)
    except IntegrityError:
        form.add_error(
            None, "La fiche vient d’être supprimée, ou quelqu’un l’a dit au même moment."
        )
    return form.is_valid()


def tell_again_view(screen, request, pk, fingerprint):
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    sheet = sheet_of(request, pk, screen.has_change_permission)
    said = sheet.acknowledgements.filter(fingerprint=fingerprint).first()
    if said is not None:
        with changeset(
            "Contradiction signalée à nouveau",
            origin=Changeset.Origin.FORM,
            author=request.user,
        ):
            said.delete()
    messages.success(request, "C’est noté : elle est signalée à nouveau.")
    return _back(request, sheet)


def _back(request, sheet):
    return HttpResponseRedirect(came_from(request, sheet))


def came_from(request, sheet):
    if REPORT in request.GET:
        return reverse("admin:prefectures_procedure_contradictions")
    return reverse("admin:prefectures_procedure_change", args=[sheet.pk])


HERE = "<int:pk>/contradictions/<slug:fingerprint>/"
URLS = [
    (HERE, acknowledge_view, "acknowledge"),
    (f"{HERE}signaler/", tell_again_view, "tell_again"),
]

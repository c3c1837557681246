""" "C’est voulu": a contradiction that stays, with who says so and why; and told again."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from ...contradictions import contradictions_of
from ...models import Acknowledgement, Changeset, Procedure, changeset

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


class AcknowledgesContradictions:
    """Whoever may change a sheet may say that what it says is meant."""

    def get_urls(self):
        name, view = "prefectures_procedure", self.admin_site.admin_view
        here = "<int:pk>/contradictions/<slug:fingerprint>/"
        return [
            path(here, view(self.acknowledge_view), name=f"{name}_acknowledge"),
            path(f"{here}signaler/", view(self.tell_again_view), name=f"{name}_tell_again"),
            *super().get_urls(),
        ]

    def acknowledge_view(self, request, pk, fingerprint):
        sheet = self._sheet_to_change(request, pk)
        found = {item.fingerprint: item for item in contradictions_of([sheet]).get(pk, ())}
        contradiction = found.get(fingerprint)
        if contradiction is None:
            messages.warning(
                request, "Cette contradiction n’est plus là : ce qu’elle comparait a changé."
            )
            return self._back(request, sheet)
        form = MeantForm(request.POST if request.method == "POST" else None)
        if contradiction.acknowledged is not None:
            said = contradiction.acknowledged
            who = said.acknowledged_by or "Une commande du site"
            messages.info(request, f"{who} l’a déjà dit : « {said.reason} ».")
            return self._back(request, sheet)
        if form.is_valid() and self._acknowledge(request, sheet, contradiction, form):
            messages.success(
                request,
                "C’est noté : elle ne sera plus signalée tant que ce qu’elle compare ne change "
                "pas.",
            )
            return self._back(request, sheet)
        context = {
            **self.admin_site.each_context(request),
            "title": f"« {sheet} » : c’est voulu",
            "opts": self.opts,
            "original": sheet,
            "contradiction": contradiction,
            "form": form,
            "back": came_from(request, sheet),
        }
        return TemplateResponse(request, "admin/prefectures/acknowledge.html", context)

    def _acknowledge(self, request, sheet, contradiction, form):
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
            for sentence in error.messages:
                form.add_error(None, sentence)
        except IntegrityError:
            form.add_error(
                None, "La fiche vient d’être supprimée, ou quelqu’un l’a dit au même moment."
            )
        return form.is_valid()

    @method_decorator(require_POST)
    def tell_again_view(self, request, pk, fingerprint):
        sheet = self._sheet_to_change(request, pk)
        said = sheet.acknowledgements.filter(fingerprint=fingerprint).first()
        if said is not None:
            with changeset(
                "Contradiction signalée à nouveau",
                origin=Changeset.Origin.FORM,
                author=request.user,
            ):
                said.delete()
        messages.success(request, "C’est noté : elle est signalée à nouveau.")
        return self._back(request, sheet)

    def _sheet_to_change(self, request, pk):
        sheet = Procedure.objects.filter(pk=pk).first()
        if sheet is None:
            raise Http404
        if not self.has_change_permission(request, sheet):
            raise PermissionDenied
        return sheet

    def _back(self, request, sheet):
        return HttpResponseRedirect(came_from(request, sheet))


def came_from(request, sheet):
    if REPORT in request.GET:
        return reverse("admin:prefectures_procedure_contradictions")
    return reverse("admin:prefectures_procedure_change", args=[sheet.pk])

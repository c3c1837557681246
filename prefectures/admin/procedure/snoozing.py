""" "Remettre à plus tard": a sheet leaves the queue until a day, with who says so and why."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpResponseNotAllowed
from django.utils import timezone

from ...models import Changeset, Snooze, changeset
from ..pages import sheet_of, to_page

WEEKS = 2
# Whoever puts it off for longer forgets it: a sheet is old after half a year.
LONGEST = timedelta(days=183)


class SnoozeForm(forms.Form):
    until = forms.DateField(
        label="Jusqu’au",
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"size": 12, "inputmode": "numeric"}),
        help_text="Exemple : 15/01/2027. Six mois au plus.",
        error_messages={
            "required": "Dites jusqu’à quel jour.",
            "invalid": "Ce n’est pas une date : écrivez-la ainsi, 15/01/2027.",
        },
    )
    reason = forms.CharField(
        label="Pourquoi peut-elle attendre ?",
        widget=forms.Textarea(attrs={"rows": 2, "cols": 80}),
        help_text="Pour l’équipe. Exemple : « La préfecture répond la semaine prochaine ».",
        error_messages={"required": "Dites en quelques mots pourquoi c’est remis."},
    )

    def clean_until(self):
        day, today = self.cleaned_data["until"], timezone.localdate()
        if day <= today:
            raise ValidationError("Choisissez un jour à venir.")
        if day > today + LONGEST:
            last = today + LONGEST
            raise ValidationError(f"C’est trop loin : au plus tard le {last:%d/%m/%Y}.")
        return day


def snooze_view(screen, request, pk):
    sheet = sheet_of(request, pk, screen.has_change_permission)
    in_two_weeks = timezone.localdate() + timedelta(weeks=WEEKS)
    form = SnoozeForm(
        request.POST if request.method == "POST" else None, initial={"until": in_two_weeks}
    )
    if form.is_valid() and _put_off(request, sheet, form):
        messages.success(
            request,
            f"C’est noté : « {sheet} » est remise au {form.cleaned_data['until']:%d/%m/%Y}. Elle "
            "revient avant si un lien meurt ou si sa source change.",
        )
        return to_page("prefectures_procedure_queue")
    return screen.page(
        request, "snooze", f"Remettre à plus tard : {sheet}", original=sheet, form=form
    )


def _put_off(request, sheet, form):
    """Write it down; return whether it was, with the refusal in ``form`` otherwise."""
    until, reason = form.cleaned_data["until"], form.cleaned_data["reason"]
    said = {"until": until, "reason": reason, "snoozed_by": request.user}
    try:
        with changeset(
            f"Remise au {until:%d/%m/%Y} : {reason}",
            origin=Changeset.Origin.FORM,
            author=request.user,
        ):
            # One at a time: saying it again says it anew.
            Snooze.objects.update_or_create(
                procedure=sheet, defaults=said | {"snoozed_on": timezone.localdate()}
            )
    except ValidationError as error:
        form.add_error(None, error.messages)
    except IntegrityError:
        form.add_error(None, "La fiche vient d’être supprimée, ou remise par quelqu’un d’autre.")
    return form.is_valid()


def take_up_view(screen, request, pk):
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    sheet = sheet_of(request, pk, screen.has_change_permission)
    snooze = Snooze.objects.filter(procedure=sheet).first()
    if snooze is not None:
        with changeset(
            "Reprise dans les fiches à vérifier",
            origin=Changeset.Origin.FORM,
            author=request.user,
        ):
            snooze.delete()
    messages.success(request, f"« {sheet} » est de nouveau parmi les fiches à vérifier.")
    return to_page("prefectures_procedure_queue")


URLS = [
    ("<int:pk>/remettre/", snooze_view, "snooze"),
    ("<int:pk>/remettre/reprendre/", take_up_view, "take_up"),
]

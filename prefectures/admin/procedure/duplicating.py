"""A sheet copied for another ground or département: a draft to be corrected."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import slugify

from ...models import Changeset, Departement, Ground, Procedure, changeset
from ..tracked import ReasonForm
from ..unaskable import KeysField

# Each belongs to the copied sheet alone, or says of it what is not known of the copy.
NOT_COPIED = {"id", "slug", "quoted_from", "publication", "version"}
# What is in one département only.
LOCAL = ("offices", "arrondissements", "communes_included", "communes_excluded")
LOCAL_FIELDS = ("territory_note", "updated_on")


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


class Duplicated:
    def get_urls(self):
        duplicating = path(
            "<int:pk>/dupliquer/",
            self.admin_site.admin_view(self.duplicate_view),
            name="prefectures_procedure_duplicate",
        )
        return [duplicating, *super().get_urls()]

    def duplicate_view(self, request, pk):
        sheet = Procedure.objects.filter(pk=pk).first()
        if sheet is None:
            raise Http404
        if not (self.has_add_permission(request) and self.has_view_permission(request, sheet)):
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
                sentences = getattr(
                    error, "messages", ["Cette fiche existe déjà : regardez la liste."]
                )
                for sentence in sentences:
                    form.add_error(None, sentence)
            else:
                messages.success(
                    request, "Voici la copie, en brouillon : corrigez-la, puis publiez-la."
                )
                return HttpResponseRedirect(
                    reverse("admin:prefectures_procedure_change", args=[copy.pk])
                )
        context = {
            **self.admin_site.each_context(request),
            "title": f"Dupliquer « {sheet} »",
            "opts": self.opts,
            "original": sheet,
            "form": form,
        }
        return TemplateResponse(request, "admin/prefectures/duplicate.html", context)


def duplicate(sheet, author, *, departement, title, grounds, reason):
    """Return a draft with the fields, steps, contacts and links of ``sheet``."""
    is_same = departement.pk == sheet.departement_id
    left_out = NOT_COPIED if is_same else NOT_COPIED | set(LOCAL_FIELDS)
    fields = {
        field.attname: getattr(sheet, field.attname)
        for field in Procedure._meta.concrete_fields
        if field.name not in left_out
    }
    with changeset(reason, origin=Changeset.Origin.FORM, author=author):
        copy = Procedure.objects.create(
            **fields | {"departement_id": departement.pk, "title": title}
        )
        copy.grounds.set(grounds)
        if is_same:
            for name in LOCAL:
                getattr(copy, name).set(getattr(sheet, name).all())
        links = {}
        for rows in (sheet.steps, sheet.contacts, sheet.links):
            for row in rows.all():
                key = row.pk
                row.pk, row.number, row.procedure = None, None, copy
                row._state.adding = True
                row.save()
                links[type(row), key] = row
        quoted = sheet.quoted_from
        if quoted is not None:
            copy.quoted_from = links[type(quoted), quoted.pk]
            copy.save()
    return copy

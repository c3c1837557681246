"""What a list shows leaves as a spreadsheet: its filters, its search and its selection count."""

import re
from copy import copy

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from ...importexport.files import FORMATS, FileRefusedError, write_set, write_table
from ...importexport.resources import export
from ...models import JournalEntry
from ...models.journal_entry import note
from .names import view_name

WHOLE = "tout"
IDS = "choisies"
NUMBER = re.compile(r"[0-9]{1,18}")
TABLE_FORMATS = [
    ("xlsx", "Excel (XLSX), qui garde chaque case telle quelle"),
    ("csv", "CSV, dont un tableur change parfois les numéros et les dates"),
    ("ods", "LibreOffice (ODS)"),
    ("json", "JSON, pour un programme"),
]
SET_FORMATS = {"xlsx": "classeur Excel, un onglet par tableau", "zip": "ZIP de fichiers CSV"}
TYPES = {"zip": "application/zip"}


class ExportForm(forms.Form):
    quoi = forms.ChoiceField(label="Que voulez-vous exporter ?", widget=forms.RadioSelect)
    format = forms.ChoiceField(label="Dans quel format ?", widget=forms.RadioSelect)

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        whole = [(WHOLE, "Tout ensemble : " + ", ".join(kind.plural for kind in kinds))]
        self.fields["quoi"].choices = [
            *(whole if len(kinds) > 1 else []),
            *((kind.name, kind.plural.capitalize()) for kind in kinds),
        ]
        self.fields["format"].choices = [*TABLE_FORMATS, ("zip", "ZIP de fichiers CSV")]
        if len(kinds) == 1:
            self.fields["format"].choices = TABLE_FORMATS

    def clean(self):
        cleaned = super().clean()
        what, kind = cleaned.get("quoi"), cleaned.get("format")
        if what == WHOLE and kind and kind not in SET_FORMATS:
            names = " ou ".join(SET_FORMATS.values())
            self.add_error("format", f"Tout ensemble s’exporte en {names}.")
        if what and what != WHOLE and kind == "zip":
            self.add_error("format", "Le ZIP contient tout : choisissez « Tout ensemble ».")
        return cleaned


@admin.action(description="Exporter la sélection", permissions=["view"])
def export_selection(screen, request, queryset):
    query = request.GET.copy()
    if request.POST.get("select_across") != "1":
        query[IDS] = ",".join(str(pk) for pk in queryset.values_list("pk", flat=True))
    return HttpResponseRedirect(
        f"{reverse('admin:' + view_name(screen.opts, 'export'))}?{query.urlencode()}"
    )


def export_view(screen, request):
    if not screen.has_view_permission(request):
        raise PermissionDenied
    asked = request.GET.copy()
    try:
        chosen = _chosen(screen, request)
    except (IncorrectLookupParameters, DisallowedModelAdminLookup):
        messages.error(
            request,
            "Ce filtre n’existe pas, ou sa valeur n’est pas bonne : rien n’a été exporté. "
            "Filtrez la liste, puis exportez.",
        )
        return HttpResponseRedirect(reverse("admin:" + view_name(screen.opts, "changelist")))
    form = ExportForm(
        asked if "quoi" in asked or "format" in asked else None,
        kinds=screen.export_kinds,
        initial={"quoi": screen.export_kinds[0].name, "format": "xlsx"},
    )
    if form.is_valid():
        try:
            what, kind = form.cleaned_data["quoi"], form.cleaned_data["format"]
            answer = _file(screen, chosen, what, kind)
            _note(screen, request, chosen.count(), what, kind)
            return answer
        except FileRefusedError as error:
            form.add_error(None, error.sentences)
    return screen.page(
        request,
        "export",
        "Exporter",
        form=form,
        count=chosen.count(),
        kept=[(name, value) for name, value in asked.items() if name not in form.fields],
    )


def _chosen(screen, request):
    """Return what the list shows, or of it what was ticked."""
    asked = request.GET.copy()
    ids = [pk for pk in asked.get(IDS, "").split(",") if NUMBER.fullmatch(pk)]
    for name in (IDS, "quoi", "format"):
        asked.pop(name, None)
    listed = copy(request)
    listed.GET = asked
    chosen = screen.get_changelist_instance(listed).get_queryset(listed)
    return chosen.filter(pk__in=ids) if ids else chosen


def _file(screen, chosen, what, kind):
    day = timezone.localdate()
    if what == WHOLE:
        name = f"{screen.export_kinds[0].name}-completes"
        datasets = {each.name: export(each, chosen) for each in screen.export_kinds}
        content = write_set(kind, datasets)
    else:
        name = what
        table = next(each for each in screen.export_kinds if each.name == what)
        content = write_table(kind, export(table, chosen))
    media_type = TYPES.get(kind) or FORMATS[kind].get_content_type()
    return HttpResponse(
        content,
        content_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}-{day}.{kind}"'},
    )


def _note(screen, request, count, what, kind):
    """Note in the journal what left: of how many objects, and by which filters they were chosen."""
    one = count == 1
    of_them = screen.opts.verbose_name if one else screen.opts.verbose_name_plural
    tables = "tout ensemble" if what == WHOLE else what
    chosen = {name: value for name, value in request.GET.items() if name not in ("quoi", "format")}
    ticked = " (sélection)" if chosen.pop(IDS, "") else ""
    filters = ", ".join(f"{name}={value}" for name, value in chosen.items())
    which = f"\u00a0; filtres\u00a0: {filters}" if filters else ""
    note(
        JournalEntry.Kind.EXPORTED,
        request.user,
        f"{tables}, {kind.upper()}\u00a0: {count} {of_them}{ticked}{which}",
    )


URLS = [("exporter/", export_view, "export")]

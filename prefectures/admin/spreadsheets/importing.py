"""A spreadsheet comes in: sent, looked at row by row, then confirmed or left."""

from hashlib import sha256

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.urls import reverse

from ...importexport.files import FileRefusedError, read_file
from ...importexport.planner import plan_import
from ...importexport.upload import SpreadsheetField
from ...importexport.write import write_plan
from ...models import Changeset, PendingImport, StaleVersionError
from ..pages import to_page
from .names import view_name
from .paging import (
    KEPT,
    MOST_REFUSED,
    choices_in,
    kept_choices,
    lines_in_words,
    page_of,
    page_to_decide,
)

# Of one person: those of tabs left open.
MOST_PENDING = 5
DONE = "imports_done"
# The box to tick for rows that are there already.
ADDS_REPEATS = "ajouter_deja_la"


class ImportForm(forms.Form):
    file = SpreadsheetField(
        label="Le fichier",
        help_text="Excel (.xlsx), LibreOffice (.ods), CSV, ZIP de CSV ou JSON d’un export : "
        "10 Mo au plus.",
    )
    table = forms.ChoiceField(label="Ce qu’il contient", required=False)
    reason = forms.CharField(
        label="Pourquoi cet import ?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 80}),
        help_text="Facultatif : le nom du fichier sera gardé de toute façon.",
    )
    erases_empty = forms.BooleanField(
        label="Une case vide efface",
        required=False,
        help_text="Sinon, une case vide ne change rien.",
    )

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["table"].choices = [
            ("", "À reconnaître d’après ses colonnes"),
            *((kind.name, kind.plural.capitalize()) for kind in kinds),
        ]


def may_import(screen, request):
    """Whoever may change may import; what is added or deleted is checked row by row."""
    return screen.has_change_permission(request)


def in_list(screen, request):
    return {"may_import": may_import(screen, request)}


# --- Sending ----------------------------------------------------------------------------------


def import_view(screen, request):
    if not may_import(screen, request):
        raise PermissionDenied
    PendingImport.objects.expired().delete()
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(*data, kinds=screen.export_kinds)
    if form.is_valid():
        try:
            return _look_at(screen, request, form.cleaned_data)
        except FileRefusedError as error:
            for sentence in error.sentences:
                form.add_error("file", sentence)
    return screen.page(
        request,
        "import",
        "Importer",
        form=form,
    )


def _look_at(screen, request, sent):
    content = sent["file"].read()
    pending = PendingImport(
        author=request.user,
        table=sent["table"],
        file_name=sent["file"].name[:255],
        file_digest=sha256(content).hexdigest(),
        content=content,
        reason=sent["reason"],
        erases_empty=sent["erases_empty"],
    )
    plan = _plan_of(screen, request, pending)
    if plan.refused or not (plan.to_write or plan.undecided or plan.repeats):
        # Nothing that could be confirmed: nothing is kept.
        return _show_plan(screen, request, pending, plan)
    pending.versions = plan.versions
    pending.save()
    own = PendingImport.objects.filter(author=request.user).values_list("pk", flat=True)
    PendingImport.objects.filter(pk__in=list(own[MOST_PENDING:])).delete()
    return HttpResponseRedirect(_preview_url(screen, pending))


def _plan_of(screen, request, pending):
    """Return the plan of a waiting file, with what the editor has chosen on its pages."""
    tables = read_file(pending.file_name, bytes(pending.content))
    plan = plan_import(
        tables,
        request.user,
        kind_name=pending.table,
        erases_empty=pending.erases_empty,
        choices=choices_in(request.POST),
        adds_repeats=ADDS_REPEATS in request.POST,
    )
    strangers = {row.kind for row in plan.rows} - set(screen.export_kinds)
    if strangers:
        names = ", ".join(sorted(kind.plural for kind in strangers))
        raise FileRefusedError([f"Ce fichier contient des {names} : ce n’est pas le bon écran."])
    return plan


def _preview_url(screen, pending):
    return reverse("admin:" + view_name(screen.opts, "import_preview"), args=[pending.token])


def _list_url(screen):
    return reverse("admin:" + view_name(screen.opts, "changelist"))


# --- Looking, confirming ----------------------------------------------------------------------


def preview_import_view(screen, request, token):
    if not may_import(screen, request):
        raise PermissionDenied
    PendingImport.objects.expired().delete()
    pending = PendingImport.objects.filter(token=token, author=request.user).first()
    if pending is None:
        return _no_longer_there(screen, request, token)
    if "abandon" in request.POST:
        pending.delete()
        messages.info(request, "Import abandonné : rien n’a été enregistré.")
        return HttpResponseRedirect(_list_url(screen))
    try:
        if request.method == "POST" and "page" not in request.POST:
            return _confirm(screen, request, pending)
        return _show_anew(screen, request, pending)
    except FileRefusedError as error:
        for sentence in error.sentences:
            messages.error(request, sentence)
        return HttpResponseRedirect(_list_url(screen))


def _no_longer_there(screen, request, token):
    done = request.session.get(DONE, {}).get(token)
    messages.warning(
        request,
        "Cet import est déjà enregistré : il ne l’a pas été une seconde fois."
        if done
        else "Cet aperçu n’existe plus : l’import a déjà été confirmé ou abandonné, ou bien il "
        "attendait depuis plus de deux heures. Rien d’autre n’a été enregistré.",
    )
    return HttpResponseRedirect(_list_url(screen))


def _confirm(screen, request, pending):
    plan = _plan_of(screen, request, pending)
    if plan.versions != pending.versions:
        return _look_again(screen, request, pending, plan)
    if not plan.is_decided:
        messages.warning(
            request,
            "Il reste des lignes refusées : rien n’a été enregistré."
            if plan.refused
            else "Choisissez, pour chaque case en conflit, le texte à garder.",
        )
        return _show_plan(screen, request, pending, plan, page_to_decide(plan))
    try:
        with transaction.atomic():
            claimed, _ = PendingImport.objects.filter(pk=pending.pk).delete()
            if not claimed:
                return _no_longer_there(screen, request, pending.token)
            record = write_plan(
                plan,
                author=request.user,
                file_name=pending.file_name,
                file_digest=pending.file_digest,
                reason=pending.reason,
            )
    except StaleVersionError:
        return _look_again(screen, request, pending, _plan_of(screen, request, pending))
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
        return _show_anew(screen, request, pending)
    except IntegrityError:
        messages.error(
            request,
            "Quelqu’un a enregistré la même chose au même moment : rien n’a été importé. "
            "Voici l’aperçu refait.",
        )
        return _show_anew(screen, request, pending)
    request.session[DONE] = {**request.session.get(DONE, {}), pending.token: record.pk}
    return _say_done(screen, request, plan, record)


def _look_again(screen, request, pending, plan):
    changed = {
        key
        for key in {*plan.versions, *pending.versions}
        if plan.versions.get(key) != pending.versions.get(key)
    }
    pending.versions = plan.versions
    pending.save(update_fields=["versions"])
    messages.warning(
        request,
        "Pendant que vous regardiez l’aperçu, quelqu’un a modifié "
        f"{', '.join(sorted(changed))}. Rien n’a été enregistré : voici l’aperçu refait.",
    )
    return _show_plan(screen, request, pending, plan)


def _say_done(screen, request, plan, record):
    if record.pk is None:
        messages.info(request, "Rien n’a changé : rien n’a été enregistré.")
        return HttpResponseRedirect(_list_url(screen))
    messages.success(request, f"Import enregistré : {plan.in_words}.")
    if request.user.has_perm("prefectures.view_changeset"):
        return to_page("prefectures_changeset_change", record.pk)
    return HttpResponseRedirect(_list_url(screen))


def _show_anew(screen, request, pending):
    return _show_plan(screen, request, pending, _plan_of(screen, request, pending))


def _show_plan(screen, request, pending, plan, number=None):
    page = page_of(plan, number or request.POST.get("page") or request.GET.get("page"))
    refused = plan.refused
    earlier = Changeset.objects.filter(
        origin=Changeset.Origin.IMPORT, file_digest=pending.file_digest, undone_by=None
    )
    return screen.page(
        request,
        "import_preview",
        f"Aperçu de l’import « {pending.file_name} »",
        pending=pending,
        plan=plan,
        page=page,
        kept_name=KEPT,
        kept=kept_choices(plan, page),
        refused=refused[:MOST_REFUSED],
        more_refused=len(refused[MOST_REFUSED:]),
        repeated_lines=lines_in_words(plan.repeats),
        repeats_name=ADDS_REPEATS,
        adds_repeats=ADDS_REPEATS in request.POST,
        earlier=earlier.first(),
        can_confirm=not pending._state.adding,
    )


URLS = [
    ("importer/", import_view, "import"),
    ("importer/<str:token>/", preview_import_view, "import_preview"),
]

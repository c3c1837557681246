"""The addresses of a sheet, and of its sources what they say now: read, held against, answered.

A page that changed is answered in one of two ways: "sans effet", which is a verification; or an
edit of the sheet, which says by its address (``?source=``) which page it answers.
"""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.urls import reverse

from ...gate.locking import locked
from ...models import Changeset, GivenAddress, StaleVersionError, Verification, changeset
from ...monitoring import alerts
from ...monitoring.comparing import side_by_side
from ...monitoring.given import bring_up_to_date
from ...monitoring.quoting import found_in
from ...monitoring.sources import accept
from ..pages import sheet_of, to_page

# How often a page may be again what it was before somebody is told that it comes and goes.
COMES_AND_GOES = 3
READ_WITH_IT = ("address", "accepted__text", "pending__text", "changed__text")
ANSWERED = "source"


class NoEffectForm(forms.Form):
    note = forms.CharField(
        label="Pourquoi est-ce sans effet ?",
        widget=forms.Textarea(attrs={"rows": 2, "cols": 80}),
        help_text="Pour l’équipe. Exemple : « Seule la photo du préfet a changé ».",
        error_messages={
            "required": "Dites en quelques mots pourquoi la fiche reste comme elle est."
        },
    )


def in_form(screen, request, context, obj):
    """Tell who edits a sheet which of its pages changed, and which links are to be seen to."""
    if obj is None or not obj.pk:
        return
    rows = obj.given_addresses.filter(is_given=True).select_related("address").order_by("pk")
    context["changed_sources"] = [row for row in rows if row.changed_id]
    context["answered_source"] = _asked_about(request, obj)


def sources_view(screen, request, pk):
    """Show what is known of each address of a sheet, the sources first."""
    sheet = sheet_of(request, pk, screen.has_view_or_change_permission)
    rows = sheet.given_addresses.filter(is_given=True).select_related("address", "accepted")
    return screen.page(
        request,
        "sources",
        f"Liens et sources : {sheet}",
        original=sheet,
        rows=rows.order_by("-is_source", "pk"),
        comes_and_goes=COMES_AND_GOES,
    )


def source_view(screen, request, pk, given):
    """Show both texts of a page side by side, and take the answer."""
    sheet = sheet_of(request, pk, screen.has_view_or_change_permission)
    given = _given(sheet, given)
    may_answer = screen.has_change_permission(request, sheet)
    form = NoEffectForm(request.POST if request.method == "POST" and may_answer else None)
    if form.is_valid() and _without_effect(screen, request, sheet, given, form):
        return to_page("prefectures_procedure_sources", pk)
    now = given.changed or given.pending or given.accepted
    return screen.page(
        request,
        "source",
        f"Ce qui a changé sur la page : {sheet}",
        original=sheet,
        given=given,
        now=now,
        rows=side_by_side(given.accepted.words, now.words) if now != given.accepted else [],
        quotations=_quotations(sheet, given.address.url, now.words),
        form=form,
        may_answer=may_answer,
        edit=f"{reverse('admin:prefectures_procedure_change', args=[pk])}?{ANSWERED}={given.pk}",
    )


def _given(sheet, pk):
    rows = sheet.given_addresses.select_related(*READ_WITH_IT)
    given = rows.filter(pk=pk).exclude(accepted=None).first()
    if given is None:
        raise Http404
    return given


def _quotations(sheet, url, words):
    """Return [(what of a quotation the page still says, in percent)] of those taken from it."""
    rows = sheet.quotations.filter(link__url=url).order_by("position", "number")
    found = [found_in(item.text, words) for item in rows]
    return [(quoted, round(100 * quoted.share)) for quoted in found]


def _without_effect(screen, request, sheet, given, form):
    """Note that a change asks for no edit; return whether it was, with why not in ``form``."""
    if request.POST.get("seen") != str(given.changed_id):
        form.add_error(
            None,
            "La page a encore changé, ou quelqu’un vient de répondre : relisez, puis répondez.",
        )
        return False
    note = form.cleaned_data["note"]
    try:
        with changeset(
            f"Page modifiée, sans effet sur la fiche : {note}",
            origin=Changeset.Origin.FORM,
            author=request.user,
        ) as writing:
            writing.expect_version(sheet)
            Verification.objects.create(
                procedure=sheet,
                verified_by=request.user,
                source_url=given.address.url,
                has_changed=True,
                note=note,
            )
            _accept(given.pk)
    except StaleVersionError:
        form.add_error(
            None,
            "La fiche vient d’être modifiée par quelqu’un d’autre : relisez-la, puis répondez.",
        )
        return False
    alerts.renew([sheet.pk])
    messages.success(request, "C’est noté : sans effet, et la fiche est vérifiée aujourd’hui.")
    return True


def answered_by_edit(request, sheet):
    """Note that the sheet, just saved, was held against the page that its address names."""
    given = _asked_about(request, sheet)
    if given is None:
        return
    with transaction.atomic():
        _accept(given.pk)
    # It may give other addresses now.
    bring_up_to_date([sheet.departement_id])
    alerts.renew([sheet.pk])
    messages.success(request, "Le changement de la page est pris en compte.")


def _asked_about(request, sheet):
    """Return the changed page that an edit answers, or None."""
    pk = request.GET.get(ANSWERED, "")
    if not pk.isascii() or not pk.isdigit() or len(pk) > 18:
        return None
    rows = sheet.given_addresses.filter(pk=pk, changed__isnull=False)
    return rows.select_related("address").first()


def _accept(pk):
    for fresh in locked(GivenAddress, [pk]).values():
        accept(fresh)
        fresh.save()


URLS = [
    ("<int:pk>/sources/", sources_view, "sources"),
    ("<int:pk>/sources/<int:given>/", source_view, "source"),
]

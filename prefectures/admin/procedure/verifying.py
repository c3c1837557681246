""" "J’ai vérifié, rien n’a changé": one click, apart from an edit; another takes it back."""

from itertools import chain

from django.contrib import messages
from django.utils import timezone

from ...models import Changeset, Link, Procedure, StaleVersionError, Verification, changeset
from ...models.fields import is_web_address
from ..pages import sheet_of, to_page


def in_form(screen, request, context, obj):
    if obj is not None and obj.pk:
        context["sheet"] = sheet = Procedure.objects.with_age().get(pk=obj.pk)
        context["source"] = source_of(sheet)
        context["may_verify"] = screen.has_change_permission(request, obj)
        context["verification"] = last = newest(sheet)
        context["is_to_come"] = last and last.verified_on > timezone.localdate()


def newest(sheet):
    """Return the verification that the age of ``sheet`` may come from, None where there is none."""
    found = sheet.verifications.select_related("verified_by")
    return found.order_by("-verified_on", "-pk").first()


def verify_view(screen, request, pk):
    sheet = sheet_of(request, pk, screen.has_change_permission)
    if request.method == "POST":
        _verify(screen, request, sheet)
    return to_page("prefectures_procedure_change", pk)


def take_back_view(screen, request, pk):
    sheet = sheet_of(request, pk, screen.has_change_permission)
    if request.method == "POST":
        _take_back(screen, request, sheet)
    return to_page("prefectures_procedure_change", pk)


def _take_back(screen, request, sheet):
    last = newest(sheet)
    if last is None or request.POST.get("verification") != str(last.pk):
        messages.warning(
            request, "Une autre vérification a été notée ou retirée entre-temps. Rien n’a changé."
        )
        return
    day = f"{last.verified_on:%d/%m/%Y}"
    with changeset(
        f"Vérification du {day} retirée", origin=Changeset.Origin.FORM, author=request.user
    ):
        last.delete()
    messages.success(
        request, f"La vérification du {day} est retirée. L’historique garde qu’elle a été notée."
    )


def _verify(screen, request, sheet):
    today = timezone.localdate()
    if request.POST.get("seen_version") != str(sheet.version):
        _refuse(screen, request, sheet)
    elif sheet.verifications.filter(verified_on=today, verified_by=request.user).exists():
        messages.info(request, "Vous l’avez déjà vérifiée aujourd’hui : c’est noté.")
    else:
        try:
            with changeset(
                "Vérifié : rien n’a changé",
                origin=Changeset.Origin.FORM,
                author=request.user,
            ) as writing:
                writing.expect_version(sheet)
                Verification.objects.create(
                    procedure=sheet, verified_by=request.user, source_url=source_of(sheet)
                )
        except StaleVersionError:
            _refuse(screen, request, sheet)
        else:
            messages.success(request, "C’est noté : vérifiée aujourd’hui, rien n’a changé.")


def _refuse(screen, request, sheet):
    last = screen.last_changeset(sheet)
    messages.warning(
        request,
        f"La fiche a changé depuis que vous l’avez ouverte ({last.author or 'une commande'} : "
        f"« {last.reason} ») : relisez-la, puis vérifiez à nouveau. Rien n’a été noté.",
    )


def source_of(sheet):
    """Return the address of the page that a sheet is checked against, "" when it gives none."""
    quoted = (item.link for item in sheet.quotations.select_related("link") if item.link)
    links = chain(quoted, sheet.links.filter(kind=Link.Kind.SOURCE, is_for_another_request=False))
    return next((link.url for link in links if is_web_address(link.url)), "")


URLS = [
    ("<int:pk>/verifier/", verify_view, "verify"),
    ("<int:pk>/verifier/retirer/", take_back_view, "take_back"),
]

"""A sheet goes back to a version: shown first, part by part, then written with its reason."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError
from django.urls import reverse
from django.utils.html import format_html

from ...history.restoring import NotAVersionError, NothingToRestoreError, plan, restore
from ...history.timeline import entries_of, versions_of
from ...models import Procedure, StaleVersionError
from ...models.fields import LinesField
from ...storage.troubles import said_in_form
from ..conflict import told_briefly
from ..pages import to_page
from ..sent_form import as_number
from ..submission import SAME_AT_ONCE
from ..tracked import ReasonForm
from ..unaskable import not_there
from .versions import Known, may_restore

SHOWN, TAKEN, SEEN = "shown", "take", "seen_version"
MOST_TOLD = 20
NOTHING = "Rien n’a été enregistré : ce que vous avez coché ne change rien à la fiche."
UNKNOWN = (
    "Rien n’a été enregistré : cette page ne dit pas quelle version de la fiche vous aviez sous "
    "les yeux. Relisez ce qui changera, puis confirmez."
)


class RestoreForm(ReasonForm):
    public_reason = forms.CharField(
        label="Ce qu’on en dit au public",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 80}),
        validators=LinesField.default_validators,
        help_text="Facultatif. Publié avec les derniers changements, si la fiche est en ligne.",
    )
    slug = forms.CharField(
        label="Adresse de la page",
        max_length=Procedure._meta.get_field("slug").max_length,
        help_text="La sienne est prise par une autre fiche : celle-ci reviendra à cette adresse.",
    )

    field_order = ["slug", "reason", "public_reason"]

    def __init__(self, restoring, data=None):
        super().__init__(data, initial={"slug": restoring.slug})
        self.fields["reason"].label = "Pourquoi revenir à cette version ?"
        if not restoring.slug:
            del self.fields["slug"]


def restore_view(screen, request, pk, number):
    known = Known(screen, request, pk)
    if not may_restore(screen, request, known.obj):
        raise PermissionDenied
    if not known.last:
        return not_there(screen, request, str(pk))
    version = known.number(number)
    if version is None:
        return known.no_version(number)
    try:
        return Asked(known, version).answer()
    except NotAVersionError:
        return known.refusal(
            f"La version {version} est celle qui a supprimé la fiche : choisissez-en une autre.",
            400,
        )


class Asked:
    """What somebody asks to take back: what was on their screen, what they ticked there."""

    def __init__(self, known, version):
        self.known, self.version, self.request = known, version, known.request
        sent = self.request.POST
        self.left_out = {*sent.getlist(SHOWN)} - {*sent.getlist(TAKEN)}
        self.slug = sent.get("slug")

    def plan(self):
        return plan(self.known.pk, self.version, self.left_out, self.slug)

    def answer(self):
        """Write what was taken, or return the page that shows it, and says why not."""
        restoring = self.plan()
        if self.request.method != "POST":
            return self.page(restoring, RestoreForm(restoring))
        form = RestoreForm(restoring, self.request.POST)
        seen = as_number(self.request.POST.get(SEEN, ""))
        if seen != restoring.last:
            return self.stale_page(restoring, seen)
        if not form.is_valid():
            return self.page(restoring, form)
        try:
            restore(
                restoring,
                self.request.user,
                reason=form.cleaned_data["reason"],
                public_reason=form.cleaned_data["public_reason"],
            )
        except NothingToRestoreError:
            form.add_error(None, NOTHING)
        except ValidationError as error:
            form.add_error(None, error.messages)
        except IntegrityError:
            form.add_error(None, SAME_AT_ONCE)
        except DatabaseError as error:
            form.add_error(None, said_in_form(error))
        except StaleVersionError:
            return self.stale_page(self.plan(), seen)
        else:
            return self.done()
        # What was tried has been cleaned on the way.
        return self.page(self.plan(), form)

    def done(self):
        obj = Procedure.objects.select_related("departement").get(pk=self.known.pk)
        compared = reverse(
            "admin:prefectures_procedure_compare", args=[obj.pk, self.known.last, obj.version]
        )
        told = format_html(
            "C’est enregistré : la fiche « {} » est revenue à la version {}. "
            '<a href="{}">Voir ce qui a changé</a>',
            obj,
            self.version,
            compared,
        )
        if obj.is_published:
            on_site = ' · <a href="{}">La voir sur le site</a>'
            told += format_html(on_site, obj.get_absolute_url())
        messages.success(self.request, told)
        return to_page("prefectures_procedure_change", obj.pk)

    # --- The page -----------------------------------------------------------------------------

    def stale_page(self, restoring, seen):
        """Return the page made anew, with what others wrote meanwhile and all that was chosen."""
        # Typed already: shown as it was, with nothing to complain of.
        form = RestoreForm(restoring, self.request.POST)
        form.errors.clear()
        if seen is None or not 0 < seen < restoring.last:
            return self.page(restoring, form, status=400, stale=UNKNOWN)
        newer = versions_of(Procedure, self.known.pk).filter(number__gt=seen)[:MOST_TOLD]
        return self.page(
            restoring,
            form,
            status=409,
            stale="Rien n’a été enregistré : la fiche a changé depuis que vous avez ouvert cette "
            "page. Voici ce qui changerait maintenant, avec vos choix.",
            news=told_briefly(entries_of(Procedure, self.known.pk, list(newer))),
        )

    def page(self, restoring, form, *, status=200, stale="", news=()):
        what = "Faire revenir" if restoring.is_deleted else "Revenir à la version"
        of_which = "" if restoring.is_deleted else f" {self.version} de"
        return self.known.page(
            "restore",
            f"{what}{of_which} « {self.known} »",
            status=status,
            restoring=restoring,
            version=self.version,
            form=form,
            stale=stale,
            news=news,
        )


URLS = [("<int:pk>/versions/<str:number>/revenir/", restore_view, "restore")]

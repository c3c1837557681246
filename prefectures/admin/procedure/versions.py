"""The versions of a sheet: one to read, any two to compare; of a sheet that was deleted too."""

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from ...history import versions
from ...history.timeline import how
from ...models import Procedure, Revision
from ...monitoring.evidence import readings_during
from ..pages import to_page
from ..sent_form import as_number
from ..unaskable import not_there

# Of what was asked instead of a number, as much as makes sense to say again.
MOST_SAID_AGAIN = 30


class Known:
    """A sheet that is or was there: ``obj`` (None once deleted), its ``last`` version, its name."""

    def __init__(self, screen, request, pk):
        self.screen, self.request = screen, request
        self.pk = screen.key_of(str(pk))
        self.obj = Procedure.objects.filter(pk=self.pk).first() if self.pk else None
        if not screen.has_view_or_change_permission(request, self.obj):
            raise PermissionDenied
        self.last = Revision.last_numbers([self.pk])[self.pk] if self.pk else 0

    def __str__(self):
        return str(self.obj or named_as_it_was(self.pk))

    def number(self, text):
        """Return the number of the version that was asked for, None where there is none such."""
        number = as_number(text)
        return number if number and number <= self.last else None

    def page(self, template, title, *, status=200, **context):
        return self.screen.page(
            self.request,
            template,
            title,
            status=status,
            sheet=self,
            object=self.obj,
            last=self.last,
            may_restore=may_restore(self.screen, self.request, self.obj),
            **context,
        )

    def refusal(self, sentence, status):
        """Return the page that says why a version cannot be shown, with the ways on."""
        return self.page("no_version", "Cette version n’existe pas", status=status, said=sentence)

    def no_version(self, text):
        said = text if len(text) <= MOST_SAID_AGAIN else f"{text[:MOST_SAID_AGAIN]}…"
        range_of = "une seule version, la 1" if self.last == 1 else f"les versions 1 à {self.last}"
        return self.refusal(f"Il n’y a pas de version « {said} » : cette fiche a {range_of}.", 404)


def named_as_it_was(pk):
    """Return a sheet that was deleted, with what its name is made of."""
    rows = Procedure.history.filter(id=pk).order_by("-history_id")
    title, departement = rows.values_list("title", "departement_id")[0]
    return Procedure(title=title, departement_id=departement)


def may_restore(screen, request, obj):
    """Whether who asks may bring a sheet back to a version; one that was deleted where no ``obj``.

    What is not there any more is added anew.
    """
    may_change = screen.has_change_permission(request, obj)
    return may_change and (obj is not None or screen.has_add_permission(request))


def in_history(screen, request, obj, pk):
    """Return what the history of a sheet tells besides: which versions there are to compare."""
    return {
        "pk": pk,
        "last": Revision.last_numbers([pk])[pk],
        "may_restore": may_restore(screen, request, obj),
        "title": f"Historique : {obj or named_as_it_was(pk)}",
    }


def choice_view(screen, request, pk):
    """Lead to the comparison of the two versions that were typed."""
    known = Known(screen, request, pk)
    if not known.last:
        return not_there(screen, request, str(pk))
    texts = [request.GET.get(name, "").strip() for name in ("de", "a")]
    for text in texts:
        if known.number(text) is None:
            return known.no_version(text) if text else to_history(pk)
    return to_page("prefectures_procedure_compare", pk, *map(int, texts))


def to_history(pk):
    return to_page("prefectures_procedure_history", pk)


def version_view(screen, request, pk, number):
    """Show the whole sheet as it was at a version."""
    known = Known(screen, request, pk)
    if not known.last:
        return not_there(screen, request, str(pk))
    version = known.number(number)
    if version is None:
        return known.no_version(number)
    return known.page(
        "version",
        f"Version {version} de « {known} »",
        version=version,
        revision=_told(pk, version),
        readings=_readings(known.pk, version),
        touched=versions.whole(known.pk, version),
    )


def _readings(pk, version):
    """Return what the sources of a sheet said while it was at this version."""
    rows = Revision.objects.filter(procedure=pk, number__in=[version, version + 1])
    began, *ended = rows.order_by("number").values_list("changeset__at", flat=True)
    return readings_during(pk, began, ended[0] if ended else None)


def compare_view(screen, request, pk, number, other):
    """Show what differs from a version to another, whichever of them is the older."""
    known = Known(screen, request, pk)
    if not known.last:
        return not_there(screen, request, str(pk))
    two = []
    for text in (number, other):
        two.append(known.number(text))
        if two[-1] is None:
            return known.no_version(text)
    if two[0] == two[1]:
        return known.refusal(
            f"Vous comparez la version {two[0]} avec elle-même : il n’y a rien à y voir. "
            "Choisissez deux versions différentes.",
            400,
        )
    return known.page(
        "compare",
        f"« {known} » : de la version {two[0]} à la version {two[1]}",
        version=two[0],
        other=two[1],
        revisions=[_told(pk, each) for each in two],
        touched=versions.between(known.pk, *two),
    )


def _told(pk, number):
    revision = versions.revision_of(pk, number)
    revision.how = how(revision.changeset)
    return revision


def address_of_version(pk, number):
    return reverse("admin:prefectures_procedure_version", args=[pk, number])


URLS = [
    ("<int:pk>/versions/", choice_view, "versions"),
    ("<int:pk>/versions/<str:number>/", version_view, "version"),
    ("<int:pk>/versions/<str:number>/<str:other>/", compare_view, "compare"),
]

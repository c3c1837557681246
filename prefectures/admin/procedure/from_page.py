""" "Partir de la page de la préfecture": pasted, read by rules, looked over, put into the form.

Nothing is saved here. The page comes back cleaned with each answer, so that what is read the second
time is what was shown the first.
"""

from django.core.exceptions import PermissionDenied

from ...models import Departement
from ...proposing import read_page
from ...proposing.hosts import departement_of
from ..pages import sheet_of
from ..resending import sent_fields
from .beginning import form_beginning
from .page_forms import NO_DEPARTEMENT, PageForm
from .page_review import Review

# What was ticked goes into the form; and comes back from there.
FILL, BACK = "_fill", "_back"


def new_sheet_view(screen, request):
    """Make a sheet of a page."""
    if not screen.has_add_permission(request):
        raise PermissionDenied
    return _answer(screen, request)


def compared_view(screen, request, object_id):
    """Hold a page against the sheet that is there."""
    return _answer(screen, request, sheet_of(request, object_id, screen.has_change_permission))


def _answer(screen, request, sheet=None):
    form = PageForm(request.POST or None, initial={"address": sheet and _source_of(sheet)})
    review = _review(form, sheet, request) if form.is_valid() else None
    if review is None:
        title = f"« {sheet} » et la page de la préfecture" if sheet else "Partir de la page"
        return screen.page(request, "from_page", title, form=form, original=sheet)
    if FILL in request.POST and review.is_valid:
        began = review.beginning()
        sent = sent_fields(request, {FILL})
        return form_beginning(screen, request, began, sheet, from_page=request.path, sent=sent)
    title = "Ce que dit la page" if sheet is None else f"« {sheet} » : ce qui a changé"
    return screen.page(request, "page_review", title, review=review, form=form, original=sheet)


def _source_of(sheet):
    return next((link.url for link in sheet.links.all() if link.is_source and link.url), "")


def _review(form, sheet, request):
    """Return what is to be looked over; None where ``form`` says why there is nothing."""
    address = form.cleaned_data["address"]
    told = departement_of(address, dict(Departement.objects.values_list("code", "name")))
    chosen = form.cleaned_data["departement"]
    code = sheet.departement_id if sheet else chosen.code if chosen else told
    if code is None:
        form.add_error("departement", NO_DEPARTEMENT)
        return None
    page = read_page(form.source, address, with_menus=form.cleaned_data["with_menus"])
    if form.refuses(page.quotation):
        return None
    data = request.POST if {FILL, BACK} & set(request.POST) else None
    return Review(page, Departement.objects.get(pk=code), told, sheet, data)


URLS = [
    ("partir-d-une-page/", new_sheet_view, "from_page"),
    ("<int:object_id>/page-de-la-prefecture/", compared_view, "compare_page"),
]

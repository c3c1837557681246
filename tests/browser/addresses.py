"""One address of each kind of public page: what a test of reading is run over."""

from django.utils.timezone import localdate

from prefectures.models import Procedure, PublishedDocument

from ..models.making import edited

SHEET = "/departements/46-lot/prefecture-de-cahors/"
# What the sheet said on the day on which the tests' own site was made.
THIS_DAY = f"{SHEET}au/{localdate()}/"

ADDRESSES = [
    "/",
    "/recherche/?q=saint",
    "/recherche/?q=introuvable",
    "/recherche/?q=recepisse&dans=fiches",
    "/regions/occitanie/",
    "/departements/31-haute-garonne/",
    "/departements/34-herault/",
    "/departements/75-paris/",
    SHEET,
    "/communes/34142-lodeve/",
    "/communes/",
    "/communes/34-herault/l/",
    "/communes/69123-lyon/",
    "/carte/",
    "/carte/?couleur=age&tri=-date",
    "/donnees/",
    "/se-faire-aider/",
    "/se-faire-aider/34-herault/",
    "/glossaire/",
    "/changements/",
    f"{SHEET}historique/",
    f"{SHEET}historique/?COMPARED",
    THIS_DAY,
    "/a-propos/",
    "/accessibilite/",
    "/confidentialite/",
    "/mentions-legales/",
    "/rien/",
]
# From right to left, and in the longest words: what is laid out is laid out otherwise.
IN_OTHER_WORDS = [
    "/ar/",
    "/ar/departements/31-haute-garonne/",
    "/ar/carte/",
    "/es/recherche/?q=saint",
    f"/es{SHEET}",
]

# The screens that the site wrote or overrode; SHEET stands for the key of one.
SCREENS = [
    "/admin/",
    "/admin/acces/",
    "/admin/journal/",
    "/admin/prefectures/procedure/",
    "/admin/prefectures/procedure/SHEET/change/",
    "/admin/prefectures/procedure/SHEET/history/",
    "/admin/prefectures/procedure/SHEET/delete/",
    "/admin/prefectures/procedure/importer/",
    "/admin/prefectures/helpplace/add/",
]
SIGNING_IN = "/admin/login/"


def made(path):
    """Return ``path``, once there is what it shows: two versions of its sheet, the sheet's key."""
    if path.endswith("COMPARED"):
        return path.replace("COMPARED", two_versions())
    if "SHEET" in path:
        return path.replace("SHEET", str(sheet().pk))
    return path


def sheet():
    return Procedure.objects.get(slug="prefecture-de-cahors")


def two_versions():
    edited(sheet(), warning="<p>Envoyez tout par la poste.</p>")
    rows = PublishedDocument.objects.filter(procedure=sheet().pk).order_by("pk")
    first, *_, last = rows.values_list("changeset", flat=True)
    return f"de={first}&a={last}"

"""The addresses of the public pages: a contract with readers and with those who link here."""

from django.urls import path, register_converter

from . import (
    as_of,
    changes,
    commune_lists,
    communes,
    feeds,
    finding,
    health,
    history,
    security,
    service_worker,
    views,
)
from .data import views as data_views
from .map import views as map_views
from .printed import views as printed
from .sitemaps import views as sitemaps

register_converter(commune_lists.DepartementConverter, "departement")

SHEET = "departements/<slug:departement>/<slug:slug>/"

urlpatterns = [
    path("", views.home, name="home"),
    path("recherche/", finding.search, name="search"),
    path("recherche/propositions/", finding.suggestions, name="suggestions"),
    path("regions/<slug:slug>/", views.region, name="region"),
    path("regions/<slug:slug>/changements/", changes.of_region, name="changes_of_region"),
    path("regions/<slug:slug>/changements.atom", feeds.of_region, name="feed_of_region"),
    path("departements/<slug:slug>/", views.departement, name="departement"),
    path(
        "departements/<slug:slug>/changements/",
        changes.of_departement,
        name="changes_of_departement",
    ),
    path(
        "departements/<slug:slug>/changements.atom",
        feeds.of_departement,
        name="feed_of_departement",
    ),
    path("communes/", commune_lists.departements, name="commune_lists"),
    path("communes/<departement:departement>/", commune_lists.initials, name="commune_initials"),
    path(
        "communes/<departement:departement>/<slug:initial>/",
        commune_lists.of_initial,
        name="communes_of",
    ),
    path("communes/<slug:slug>/", communes.commune, name="commune"),
    path(SHEET, views.procedure, name="procedure"),
    path(f"{SHEET}historique/", history.history, name="history"),
    path(f"{SHEET}au/<str:day>/", as_of.as_of, name="as_of"),
    path("changements/", changes.everywhere, name="changes"),
    path("changements.atom", feeds.everywhere, name="feed"),
    path("carte/", map_views.map_page, name="map"),
    path("carte.csv", map_views.map_file, name="map_file"),
    path("donnees/", data_views.data_page, name="data"),
    path("se-faire-aider/", views.help_places, name="help_places"),
    path("se-faire-aider/<slug:slug>/", views.help_places_of, name="help_places_of"),
    path("glossaire/", views.glossary, name="glossary"),
    path("a-propos/", views.about, name="about"),
    path("accessibilite/", views.accessibility, name="accessibility"),
    path("confidentialite/", views.privacy, name="privacy"),
    path("mentions-legales/", views.legal_notice, name="legal_notice"),
]

# The same in all languages.
speaking_to_programs = [
    path(f"{SHEET}au/<str:day>/document.json", as_of.document, name="document_as_of"),
    # French, like the texts of the sheets.
    path("regions/<slug:slug>.pdf", printed.of_region, name="brochure_of_region"),
    path("departements/<slug:slug>.pdf", printed.of_departement, name="brochure_of_departement"),
    path("donnees/<str:file>", data_views.data_file, name="data_file"),
    path(
        "donnees/regions/<slug:region>/<str:file>",
        data_views.of_region,
        name="data_file_of_region",
    ),
    path(
        "donnees/departements/<slug:departement>/<str:file>",
        data_views.of_departement,
        name="data_file_of_departement",
    ),
    path("sante/", health.health, name="health"),
    path("sw.js", service_worker.service_worker, name="service_worker"),
    path(".well-known/security.txt", security.security_txt, name="security_txt"),
    path("robots.txt", sitemaps.robots_txt, name="robots_txt"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-pages.xml", sitemaps.of_site, name="sitemap_of_site"),
    path("sitemap-<slug:slug>.xml", sitemaps.of_departement, name="sitemap_of_departement"),
]

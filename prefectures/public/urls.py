"""The addresses of the public pages: a contract with readers and with those who link here."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("recherche/", views.search, name="search"),
    path("regions/<slug:slug>/", views.region, name="region"),
    path("departements/<slug:slug>/", views.departement, name="departement"),
    path("departements/<slug:departement>/<slug:slug>/", views.procedure, name="procedure"),
    path("se-faire-aider/", views.help_places, name="help_places"),
    path("se-faire-aider/<slug:slug>/", views.help_places_of, name="help_places_of"),
    path("glossaire/", views.glossary, name="glossary"),
    path("a-propos/", views.about, name="about"),
    path("accessibilite/", views.accessibility, name="accessibility"),
    path("confidentialite/", views.privacy, name="privacy"),
    path("mentions-legales/", views.legal_notice, name="legal_notice"),
]

from django.contrib.admin import AdminSite
from django.views.i18n import JavaScriptCatalog


class GuidanceAdminSite(AdminSite):
    site_title = "Guide des préfectures"
    site_header = "Gisti · Guide des préfectures"
    index_title = "Que voulez-vous tenir à jour ?"
    empty_value_display = "—"
    enable_nav_sidebar = True
    index_template = "admin/desk.html"

    def i18n_javascript(self, request, extra_context=None):
        # The rich-text editor's own words are in its catalogue, not in that of Django's admin.
        packages = ["django.contrib.admin", "django_prose_editor"]
        return JavaScriptCatalog.as_view(packages=packages)(request)

    def index(self, request, extra_context=None):
        # Models are there by the time somebody asks for the page, not when the site is made.
        from .admin.desk import desk

        shown = desk(request.user) if request.user.has_perm("prefectures.view_procedure") else None
        return super().index(request, {**(extra_context or {}), "desk": shown})

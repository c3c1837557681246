from functools import wraps

from django.contrib.admin import AdminSite
from django.urls import reverse
from django.views.i18n import JavaScriptCatalog


class GuidanceAdminSite(AdminSite):
    site_title = "Guide des préfectures"
    site_header = "Gisti · Guide des préfectures"
    index_title = "Que voulez-vous tenir à jour ?"
    empty_value_display = "—"
    enable_nav_sidebar = True
    index_template = "admin/desk.html"

    def admin_view(self, view, cacheable=False):
        """Let whoever sends something after the session has ended sign in and go on."""
        # The screens' own modules ask for the site while it is being made.
        from .admin.resending import sign_in_on_the_way
        from .admin.unaskable import refuse_nul

        plain = super().admin_view(refuse_nul(view), cacheable)

        @wraps(plain)
        def signed_in(request, *args, **kwargs):
            is_sending = request.method == "POST" and request.path != reverse("admin:logout")
            if is_sending and not self.has_permission(request):
                asked = sign_in_on_the_way(request)
                if asked is not None:
                    return asked
            return plain(request, *args, **kwargs)

        return signed_in

    def i18n_javascript(self, request, extra_context=None):
        # The rich-text editor's own words are in its catalogue, not in that of Django's admin.
        packages = ["django.contrib.admin", "django_prose_editor"]
        return JavaScriptCatalog.as_view(packages=packages)(request)

    def index(self, request, extra_context=None):
        # Models are there by the time somebody asks for the page, not when the site is made.
        from .admin.desk import desk

        shown = desk(request.user) if request.user.has_perm("prefectures.view_procedure") else None
        return super().index(request, {**(extra_context or {}), "desk": shown})

from django.contrib.admin import AdminSite


class GuidanceAdminSite(AdminSite):
    site_title = "Guide des préfectures"
    site_header = "Gisti · Guide des préfectures"
    index_title = "Que voulez-vous tenir à jour ?"
    empty_value_display = "—"
    enable_nav_sidebar = True
    index_template = "admin/desk.html"

    def index(self, request, extra_context=None):
        # Models are there by the time somebody asks for the page, not when the site is made.
        from .admin.desk import desk

        shown = desk(request.user) if request.user.has_perm("prefectures.view_procedure") else None
        return super().index(request, {**(extra_context or {}), "desk": shown})

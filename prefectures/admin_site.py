from django.contrib.admin import AdminSite


class GuidanceAdminSite(AdminSite):
    site_title = "Guide des préfectures"
    site_header = "Gisti · Guide des préfectures"
    index_title = "Que voulez-vous tenir à jour ?"
    empty_value_display = "—"
    enable_nav_sidebar = True

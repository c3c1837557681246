from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class PrefecturesConfig(AppConfig):
    name = "prefectures"
    verbose_name = "Guide des préfectures"


class GuidanceAdminConfig(AdminConfig):
    default_site = "prefectures.admin_site.GuidanceAdminSite"

from django.contrib.admin import AdminSite


class GuidanceAdminSite(AdminSite):
    pass

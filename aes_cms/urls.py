from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from prefectures.public import urls as public

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include(public.speaking_to_programs)),
    *i18n_patterns(path("", include(public.urlpatterns)), prefix_default_language=False),
]

handler400 = "prefectures.public.pages.bad_request"
handler404 = "prefectures.public.pages.page_not_found"
handler500 = "prefectures.admin.resending.server_error"

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("prefectures.public.urls")),
]

handler400 = "prefectures.public.pages.bad_request"
handler404 = "prefectures.public.pages.page_not_found"
handler500 = "prefectures.admin.resending.server_error"

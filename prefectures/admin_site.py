from functools import wraps

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import Http404, HttpResponseRedirect
from django.urls import include, path, reverse
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

    def has_permission(self, request):
        """Let in who has given the code too, where it is asked for."""
        # What django-otp's middleware says, or the sign-in that has just been.
        is_sure = not settings.TWO_FACTOR or getattr(request.user, "otp_device", None)
        return bool(is_sure) and super().has_permission(request)

    def login(self, request, extra_context=None):
        from .admin.access.signing_in import FirstStep

        if request.method == "GET" and self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index"))
        context = {
            **self.each_context(request),
            "title": "Connexion",
            "app_path": request.get_full_path(),
            "username": request.user.get_username(),
            **(extra_context or {}),
        }
        return FirstStep.as_view(extra_context=context)(request)

    def get_urls(self):
        from .admin.access import access_urls
        from .models import JournalEntry

        # Django's own leads any member of the staff to anything, drafts included.
        kept = [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]
        leading = path(
            "r/<path:content_type_id>/<path:object_id>/",
            self.admin_view(self.view_on_site_view),
            name="view_on_site",
        )
        journal = path("journal/", include(self.get_model_admin(JournalEntry).own_urls()))
        # Before Django's own last one, which takes whatever is left.
        return [leading, journal, *access_urls(self), *kept]

    def view_on_site_view(self, request, content_type_id, object_id):
        """Lead to the public page of an object, if it has one, whoever may see the object here."""
        from django.contrib.contenttypes.models import ContentType

        from .admin.unaskable import is_key

        is_askable = is_key(ContentType, content_type_id)
        kind = is_askable and ContentType.objects.filter(pk=content_type_id).first()
        model = kind and kind.model_class()
        screen = model and self.is_registered(model) and self.get_model_admin(model)
        shown = screen and screen.get_object(request, object_id)
        if not shown or not screen.has_view_permission(request, shown):
            raise Http404
        page = public_page_of(screen, shown)
        if not page:
            raise Http404
        return HttpResponseRedirect(page)

    def autocomplete_view(self, request):
        from .admin.choosing import ChoosingView

        return ChoosingView.as_view(admin_site=self)(request)

    def i18n_javascript(self, request, extra_context=None):
        # The rich-text editor's own words are in its catalogue, ours in that of the app: the last
        # one that has a word is believed.
        packages = ["django.contrib.admin", "django_prose_editor", "prefectures"]
        return JavaScriptCatalog.as_view(packages=packages)(request)

    def password_change(self, request, extra_context=None):
        from .admin.access.passwords import noting_new_password

        with noting_new_password(request, request.user):
            return super().password_change(request, extra_context)

    def index(self, request, extra_context=None):
        # Models are there by the time somebody asks for the page, not when the site is made.
        from .admin.desk import desk

        shown = desk(request.user) if request.user.has_perm("prefectures.view_procedure") else None
        return super().index(request, {**(extra_context or {}), "desk": shown})


def public_page_of(screen, shown):
    """Return the address that ``screen`` gives for "Voir sur le site", None when there is none."""
    if callable(screen.view_on_site):
        return screen.view_on_site(shown)
    return shown.get_absolute_url() if hasattr(shown, "get_absolute_url") else None

"""The two steps of signing in: the password, then the code of a phone, set up the first time.

Between the two nobody is signed in: the session holds whose password was right, for ten minutes.
Django-otp's own form asks which device to use, and asks in English.
"""

from copy import deepcopy

from django.conf import settings
from django.contrib import messages
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import login
from django.contrib.auth.views import LoginView, RedirectURLMixin
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils.crypto import constant_time_compare
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from ...access import lockout, second_step, sessions, telling
from ...models import User
from ...text.qr_code import qr_code
from .code_forms import CodeForm, refuse

MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"
# In the session: whose password was right, and until when that counts.
HALFWAY = "halfway"
SECONDS_HALFWAY = 600


class SignInForm(AdminAuthenticationForm):
    def confirm_login_allowed(self, user):
        try:
            super().confirm_login_allowed(user)
        except ValidationError:
            # The right password of an account that has no business here: Django tells nobody.
            lockout.note_failure(self.request, user.get_username())
            raise

    def get_invalid_login_error(self):
        if lockout.is_closed(self.request, self.cleaned_data.get("username")):
            return ValidationError(lockout.sentence(self.request))
        return super().get_invalid_login_error()


class WholeSignInForm(SignInForm):
    """Both steps at once, for who has a form to send on; ``device`` is what showed the code."""

    device = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if settings.TWO_FACTOR:
            self.fields["code"] = deepcopy(CodeForm.base_fields["code"])

    def clean(self):
        cleaned = super().clean()
        user = self.get_user()
        if user and "code" in self.fields:
            try:
                self.device = second_step.check_code(user, cleaned.get("code", ""))
            except second_step.CodeRefusedError as refused:
                self.user_cache = None
                refuse(self, user, refused)
        return cleaned


def come_in(request, account, device=None):
    """Sign ``account`` in, and tell it what happened since the last time."""
    before = account.last_login
    if device is not None:
        account.otp_device = device
    login(request, account, MODEL_BACKEND)
    if before:
        messages.info(request, f"Dernière connexion à votre compte : {telling.moment(before)}.")
    refused = telling.refused_since(account, before)
    if refused:
        times = "Un essai a été refusé" if refused == 1 else f"{refused} essais ont été refusés"
        messages.warning(request, f"{times} sous votre nom depuis.")
    for sentence in telling.done_to(account, before):
        messages.warning(request, f"{sentence} {telling.UNASKED}")


# --- Halfway ----------------------------------------------------------------------------------


def wait_halfway(request, account):
    """Hold in a session of its own that the password of ``account`` was right."""
    request.session.flush()
    request.session[HALFWAY] = {
        "account": account.pk,
        "password": account.get_session_auth_hash(),
        "until": sessions.now() + SECONDS_HALFWAY,
    }


def halfway(request):
    """Return the account that is halfway in, None where there is none or it took too long."""
    held = request.session.get(HALFWAY)
    if not held or held["until"] < sessions.now():
        return None
    account = User.objects.filter(pk=held["account"], is_active=True, is_staff=True).first()
    if account is None:
        return None
    same = constant_time_compare(held["password"], account.get_session_auth_hash())
    return account if same else None


# --- The pages --------------------------------------------------------------------------------


@method_decorator([csrf_protect, never_cache], name="dispatch")
class FirstStep(LoginView):
    """Asks for name and password."""

    template_name = "admin/login.html"
    authentication_form = SignInForm

    def form_valid(self, form):
        account = form.get_user()
        if not settings.TWO_FACTOR:
            come_in(self.request, account)
            return HttpResponseRedirect(self.get_success_url())
        following = self.get_redirect_url()
        wait_halfway(self.request, account)
        name = "login_code" if second_step.phone_of(account) else "login_phone"
        query = f"?{urlencode({self.redirect_field_name: following})}" if following else ""
        return HttpResponseRedirect(reverse(f"admin:{name}") + query)


@method_decorator([sensitive_post_parameters(), csrf_protect, never_cache], name="dispatch")
class Step(RedirectURLMixin, FormView):
    """What comes after the password. ``site`` is the admin's."""

    site = None
    form_class = CodeForm
    next_page = reverse_lazy("admin:index")

    def dispatch(self, request, *args, **kwargs):
        self.account = halfway(request)
        if self.account is None:
            # Nothing is kept for whoever just passes by: a session is a row in the database.
            if request.session.pop(HALFWAY, None):
                messages.info(request, "Trop de temps est passé\u00a0: recommencez.")
            query = request.GET.urlencode()
            return HttpResponseRedirect(reverse("admin:login") + (f"?{query}" if query else ""))
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "request": self.request, "account": self.account}

    def get_context_data(self, **kwargs):
        return {
            **self.site.each_context(self.request),
            "title": self.title,
            "next": self.get_redirect_url(),
            **super().get_context_data(**kwargs),
        }


class SecondStep(Step):
    """Asks for the code of the phone, or for one of those on paper."""

    template_name = "admin/access/code.html"
    title = "Votre code"

    def get_form_kwargs(self):
        check = second_step.check_code
        is_on_paper = "secours" in self.request.GET
        return {**super().get_form_kwargs(), "check": check, "is_on_paper": is_on_paper}

    def form_valid(self, form):
        del self.request.session[HALFWAY]
        come_in(self.request, self.account, form.device)
        return HttpResponseRedirect(self.get_success_url())

    def get_context_data(self, **kwargs):
        is_on_paper = "secours" in self.request.GET
        return super().get_context_data(is_on_paper=is_on_paper, **kwargs)


class FirstPhone(Step):
    """Has the phone set up, the first time; gives the codes on paper."""

    template_name = "admin/access/phone.html"
    title = "Votre téléphone montrera vos codes"

    def dispatch(self, request, *args, **kwargs):
        account = halfway(request)
        if account and second_step.phone_of(account):
            # Whoever has the password alone does not put another phone in its place.
            return HttpResponseRedirect(reverse("admin:login_code"))
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "check": second_step.confirm_phone}

    def form_valid(self, form):
        del self.request.session[HALFWAY]
        come_in(self.request, self.account, form.device)
        return codes_page(self.request, self.site, self.account, self.get_success_url())

    def get_context_data(self, **kwargs):
        device = second_step.phone_to_come(self.account)
        return super().get_context_data(**shown_of(device), **kwargs)


def shown_of(device):
    """Return what the page shows of a phone that is being set up."""
    return {
        "qr_code": qr_code(device.config_url),
        "address": device.config_url,
        "secret": second_step.secret_in_words(device),
    }


def codes_page(request, site, account, following):
    """Return the page that shows codes on paper, new ones, the only time that it does."""
    context = {
        **site.each_context(request),
        "title": "Vos codes de secours",
        "codes": second_step.new_codes_on_paper(account),
        "following": following,
    }
    return render(request, "admin/access/codes.html", context)

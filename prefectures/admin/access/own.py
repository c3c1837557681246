"""One's own access: the phone, the codes on paper, where one is signed in, the weekly mail."""

import django_otp
from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, View

from ...access import lockout, second_step, sessions, telling
from ...models import JournalEntry
from ...models.journal_entry import note
from ...monitoring.weekly_mail import recipients, stopping
from .code_forms import CodeForm
from .signing_in import codes_page, shown_of

CODES, PHONE, ENDING, MAIL = ACTIONS = ("codes", "phone", "end", "mail")
# In the session: until when another phone may be set up.
UNTIL = "phone_until"
SECONDS_TO_SET_UP = 600


class AgainForm(forms.Form):
    """Asks for the password again: a screen that somebody left open is not enough."""

    password = forms.CharField(
        label="Votre mot de passe",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Écrivez votre mot de passe, pour dire que c’est vous."},
    )

    def __init__(self, *args, request, action, **kwargs):
        # Of that name alone: what could not be taken is sent back, but no password
        # (``SECRETS`` in resending.py).
        super().__init__(*args, label_suffix="", auto_id=f"id_{action}_%s", **kwargs)
        self.request = request

    def clean_password(self):
        name = self.request.user.get_username()
        if lockout.is_closed(self.request, name):
            raise forms.ValidationError(lockout.sentence(self.request))
        if not self.request.user.check_password(self.cleaned_data["password"]):
            lockout.note_failure(self.request, name)
            raise forms.ValidationError("Ce n’est pas votre mot de passe.")
        return self.cleaned_data["password"]


@method_decorator(sensitive_post_parameters(), name="dispatch")
class OwnAccess(View):
    """The page, and what it sends. ``site`` is the admin's."""

    site = None

    def get(self, request):
        return self._page(request)

    def post(self, request):
        action = request.POST.get("action")
        if action not in ACTIONS:
            raise BadRequest
        if action == ENDING:
            return self._end(request)
        if action == MAIL:
            return self._mail(request)
        form = AgainForm(request.POST, request=request, action=action)
        if not form.is_valid():
            return self._page(request, {action: form})
        if action == CODES:
            return codes_page(request, self.site, request.user, reverse("admin:access"))
        request.session[UNTIL] = sessions.now() + SECONDS_TO_SET_UP
        return HttpResponseRedirect(reverse("admin:access_phone"))

    def _end(self, request):
        count = sessions.end_sessions(request.user, but=request.session.session_key)
        if count:
            note(JournalEntry.Kind.ENDED, request.user, "sauf celle d’où cela a été demandé")
            messages.success(request, "Vos autres connexions sont terminées.")
        else:
            messages.info(request, "Vous n’étiez connecté·e nulle part ailleurs.")
        return HttpResponseRedirect(reverse("admin:access"))

    def _mail(self, request):
        is_wanted = "is_wanted" in request.POST
        stopping.set_stopped(request.user, not is_wanted)
        if is_wanted:
            messages.success(request, "Vous recevrez le courrier de la semaine.")
        else:
            messages.success(request, "Vous ne recevrez plus le courrier de la semaine.")
        return HttpResponseRedirect(reverse("admin:access"))

    def _page(self, request, sent=None):
        account = request.user
        forms_shown = {
            action: AgainForm(request=request, action=action) for action in (CODES, PHONE)
        }
        others = [
            each
            for each in sessions.sessions_of(account)
            if each.session_key != request.session.session_key
        ]
        context = {
            **self.site.each_context(request),
            "title": "Mon accès",
            "phone": second_step.phone_of(account),
            "codes_left": second_step.codes_left(account),
            "others": len(others),
            "done": telling.done_to(account, None),
            "may_get_mail": recipients.may_get(account),
            "is_mail_stopped": stopping.is_stopped(account),
            "last_mail_at": stopping.last_sent_at(account),
            "forms": {**forms_shown, **(sent or {})},
        }
        return render(request, "admin/access/own.html", context)


@method_decorator(sensitive_post_parameters(), name="dispatch")
class OtherPhone(FormView):
    """Has another phone set up, which takes the place of the one before once it shows a code."""

    site = None
    form_class = CodeForm
    template_name = "admin/access/phone.html"

    def dispatch(self, request, *args, **kwargs):
        if request.session.get(UNTIL, 0) < sessions.now():
            return HttpResponseRedirect(reverse("admin:access"))
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {
            **super().get_form_kwargs(),
            "request": self.request,
            "account": self.request.user,
            "check": second_step.confirm_phone,
        }

    def form_valid(self, form):
        del self.request.session[UNTIL]
        # The session was opened by the phone before.
        django_otp.login(self.request, form.device)
        messages.success(self.request, "Ce téléphone montre maintenant vos codes.")
        return HttpResponseRedirect(reverse("admin:access"))

    def get_context_data(self, **kwargs):
        return {
            **self.site.each_context(self.request),
            "title": "Un autre téléphone",
            **shown_of(second_step.phone_to_come(self.request.user)),
            **super().get_context_data(**kwargs),
        }

"""Choosing a password, by a link that its owner was given; what the journal says of new ones."""

from contextlib import contextmanager

from django.contrib import messages
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.views import PasswordResetConfirmView
from django.urls import reverse_lazy

from ...access import lockout
from ...models import JournalEntry, User
from ...models.journal_entry import note


@contextmanager
def noting_new_password(request, account):
    """Note in the journal if ``account`` has another password after."""
    before = account.password
    yield
    if request.method == "POST":
        kept = User.objects.filter(pk=account.pk).values_list("password", flat=True).first()
        if kept != before:
            note(JournalEntry.Kind.PASSWORD, account)


class ChosenPasswordForm(SetPasswordForm):
    def save(self, commit=True):
        self.user.set_password(self.cleaned_data["new_password1"])
        self.user.save(update_fields=["password"])
        return self.user


class ChoosePassword(PasswordResetConfirmView):
    """The page that a link leads to. ``site`` is the admin's."""

    site = None
    form_class = ChosenPasswordForm
    template_name = "admin/access/choose_password.html"
    title = "Choisir un mot de passe"
    success_url = reverse_lazy("admin:login")

    def get_user(self, uidb64):
        account = super().get_user(uidb64)
        return account if account and account.is_active and account.is_staff else None

    def form_valid(self, form):
        answer = super().form_valid(form)
        note(JournalEntry.Kind.PASSWORD, form.user, "par un lien")
        # Whoever mistyped the one they had forgotten may come in now.
        lockout.open_again(form.user)
        messages.success(
            self.request, "Votre mot de passe est enregistré. Connectez-vous avec lui."
        )
        return answer

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if not self.validlink:
            context["title"] = "Ce lien ne sert plus"
        return {**self.site.each_context(self.request), **context}

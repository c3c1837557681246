"""Who comes in, and with which password, as far as the journal has to know."""

from contextlib import contextmanager

from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError

from ..models import JournalEntry, User
from ..models.journal_entry import note, note_refusal


class SignInForm(AdminAuthenticationForm):
    def confirm_login_allowed(self, user):
        try:
            super().confirm_login_allowed(user)
        except ValidationError:
            # The right password of an account that has no business here: Django tells nobody.
            note_refusal(user.get_username())
            raise


@contextmanager
def noting_new_password(request, account):
    """Note in the journal if ``account``, None where there is none, has another password after."""
    before = account and account.password
    yield
    if account and request.method == "POST":
        kept = User.objects.filter(pk=account.pk).values_list("password", flat=True).first()
        if kept != before:
            detail = f"compte «\u00a0{account.get_username()}\u00a0»"
            note(JournalEntry.Kind.PASSWORD, request.user, detail)

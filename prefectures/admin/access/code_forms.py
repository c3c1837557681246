"""The field of a code, and what becomes of a wrong one."""

from django import forms

from ...access import lockout
from ...access.second_step import CodeRefusedError

LONGEST = 20


class CodeInput(forms.TextInput):
    """Never shows a code again: it has served, or the phone shows another one by now."""

    def format_value(self, value):
        return None


class CodeForm(forms.Form):
    """Asks for a code, which ``check(account, code)`` takes; ``device`` is then what showed it."""

    code = forms.CharField(
        label="Code",
        max_length=LONGEST,
        widget=CodeInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
        error_messages={"required": "Recopiez ici le code que montre votre téléphone."},
    )
    device = None

    def __init__(self, *args, request, account, check, is_on_paper=False, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.request, self.account, self.check = request, account, check
        field = self.fields["code"]
        if is_on_paper:
            field.label = "Code de secours"
        else:
            field.widget.attrs["inputmode"] = "numeric"

    def clean(self):
        cleaned = super().clean()
        if "code" not in cleaned:
            return cleaned
        if lockout.is_closed(self.request, self.account.get_username()):
            raise forms.ValidationError(lockout.sentence(self.request))
        try:
            self.device = self.check(self.account, cleaned["code"])
        except CodeRefusedError as refused:
            refuse(self, self.account, refused)
        return cleaned


def refuse(form, account, refused):
    """Count a wrong code like a wrong password; raise what the form says of it."""
    lockout.note_failure(form.request, account.get_username())
    if form.request.axes_locked_out:
        raise forms.ValidationError(lockout.sentence(form.request))
    raise forms.ValidationError(str(refused))

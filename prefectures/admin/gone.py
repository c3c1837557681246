"""Who saves an object that somebody deleted meanwhile gets everything back, to make it again."""

from django.core.exceptions import ValidationError
from django.forms import ModelChoiceField, ModelMultipleChoiceField

from ..sheets.kinds import row_kind
from .conflict import NOT_YET_SAVED
from .resending import SECRETS, sent_fields
from .sent_form import SentForm
from .sent_rows import ORDER, SentRows, rows_sent
from .unaskable import is_key, not_there

AGAIN = "_again"


def gone_page(submission):
    """Show what was sent for an object that was deleted meanwhile: to copy, or to make anew."""
    screen, request = submission.screen, submission.request
    key = screen.key_of(submission.object_id)
    last = None
    if screen.has_change_permission(request) and is_key(screen.model, key):
        rows = screen.model.history.filter(**{screen.opts.pk.attname: key})
        last = rows.select_related("changeset__author").first()
    if last is None:
        return not_there(screen, request, submission.object_id)
    return screen.page(
        request,
        "gone",
        "Cela a été supprimé pendant que vous écriviez",
        last=last.changeset,
        texts=_in_words(submission, last.instance),
        sent=sent_fields(request),
        may_add=screen.has_add_permission(request),
        again=AGAIN,
        status=409,
    )


def _in_words(submission, obj):
    """Return [(label, text)] of what was sent for ``obj``, which is no more."""
    screen, request, data = submission.screen, submission.request, submission.data
    found = _texts_of(screen.get_form(request, obj, change=True)(data, instance=obj))
    for inline in screen.get_inline_instances(request, obj):
        formset = inline.get_formset(request, obj)
        prefix = formset.get_default_prefix()
        for index in rows_sent(data, prefix):
            row = formset.form(data, prefix=f"{prefix}-{index}")
            found += _texts_of(row, f"{inline.opts.verbose_name} ({index + 1}) : ")
    return found


def take_up(submission):
    """Make of what was sent for an object that is gone the form of a new one."""
    if AGAIN not in submission.data:
        return
    screen, request, sent = submission.screen, submission.request, submission.data
    data = sent.copy()
    del data[AGAIN]
    data["seen_version"] = ""
    forms = [screen.get_form(request)(data)]
    for inline in screen.get_inline_instances(request):
        formset = inline.get_formset(request)
        SentRows(sent, row_kind(inline.model), formset).anew(data)
        prefix = formset.get_default_prefix()
        forms += [formset.form(data, prefix=f"{prefix}-{i}") for i in rows_sent(data, prefix)]
    submission.take(data)
    submission.refusals.append(NOT_YET_SAVED)
    emptied = dict.fromkeys(label for form in forms for label in _emptied(form, data))
    submission.refusals += [f"« {label} » est à choisir à nouveau." for label in emptied]


def _emptied(form, data):
    """Empty in ``data`` what leads to a part of the object that is gone; yield its label."""
    for name, form_field in form.fields.items():
        if _leads_nowhere(form_field, form[name].data):
            data[form.add_prefix(name)] = ""
            yield form_field.label


def _leads_nowhere(form_field, value):
    """Whether ``value`` is something that went with the object: one of its own parts."""
    if not isinstance(form_field, ModelChoiceField) or not value:
        return False
    if isinstance(form_field, ModelMultipleChoiceField):
        return False
    try:
        form_field.clean(value)
    except (ValidationError, OverflowError):
        return True
    return False


def _texts_of(form, label=""):
    sent = SentForm(form)
    columns = {column.name for column in form._meta.model._meta.get_fields()}
    found = []
    for name, form_field in form.fields.items():
        is_aside = form_field.widget.is_hidden or name in ("DELETE", ORDER)
        if is_aside or name.startswith(SECRETS):
            continue
        text = sent.shown({name: sent.value(name)})[name] if name in columns else form[name].data
        if isinstance(text, str) and text:
            found.append((f"{label}{form_field.label}", text))
    return found

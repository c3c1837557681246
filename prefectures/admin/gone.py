"""Who saves an object that somebody deleted meanwhile gets everything back, to make it again."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import ModelChoiceField, ModelMultipleChoiceField
from django.template.response import TemplateResponse

from .merge import FormMerge
from .merge_rows import RowsMerge, rows_sent
from .ordering import ORDER
from .resending import SECRETS, sent_fields
from .unaskable import is_key

AGAIN = "_again"
NOT_YET_SAVED = "Rien n’est encore enregistré : relisez, puis enregistrez."


class GivesBack:
    """A screen that loses nothing of what is sent to an object that is no more."""

    def gone_page(self, request, object_id):
        """Show what was sent for an object that was deleted meanwhile: to copy, or to make anew."""
        if not self.has_change_permission(request) or not is_key(self.model, object_id):
            return None
        rows = self.model.history.filter(**{self.opts.pk.attname: object_id})
        last = rows.select_related("changeset__author").first()
        if last is None:
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": "Cela a été supprimé pendant que vous écriviez",
            "opts": self.opts,
            "last": last.changeset,
            "texts": self._in_words(request, last.instance),
            "sent": sent_fields(request),
            "may_add": self.has_add_permission(request),
            "again": AGAIN,
        }
        return TemplateResponse(request, "admin/prefectures/gone.html", context, status=409)

    def _in_words(self, request, obj):
        """Return [(label, text)] of what was sent for ``obj``, which is no more."""
        form = self.get_form(request, obj, change=True)(request.POST, instance=obj)
        found = _texts_of(form)
        for inline in self.get_inline_instances(request, obj):
            formset = inline.get_formset(request, obj)
            prefix = formset.get_default_prefix()
            for index in rows_sent(request.POST, prefix):
                row = formset.form(request.POST, prefix=f"{prefix}-{index}")
                found += _texts_of(row, f"{inline.opts.verbose_name} ({index + 1}) : ")
        return found

    def take_up(self, request):
        """Make of what was sent for an object that is gone the form of a new one."""
        if AGAIN not in request.POST:
            return
        if not self.has_add_permission(request):
            raise PermissionDenied
        data = request.POST.copy()
        del data[AGAIN]
        data["seen_version"] = ""
        for inline in self.get_inline_instances(request):
            RowsMerge(request, None, inline, {}, {}).anew(data)
        request.refusals = [NOT_YET_SAVED]
        form = self.get_form(request)(data)
        for name, form_field in form.fields.items():
            if _leads_nowhere(form_field, form[name].data):
                data[name] = ""
                request.refusals.append(f"« {form_field.label} » est à choisir à nouveau.")
        request.POST = data


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
    merge = FormMerge(form, {}, {})
    columns = {column.name for column in form._meta.model._meta.get_fields()}
    found = []
    for name, form_field in form.fields.items():
        is_aside = form_field.widget.is_hidden or name in ("DELETE", ORDER)
        if is_aside or name.startswith(SECRETS):
            continue
        if name in columns:
            text = merge.shown(name, form_field, merge.cleaned(name, form[name]))
        else:
            text = form[name].data
        if isinstance(text, str) and text:
            found.append((f"{label}{form_field.label}", text))
    return found

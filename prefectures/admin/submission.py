"""What somebody sent for an object: what they had seen of it, what comes of it, what is said.

A ``Submission`` is read, compared with what others wrote meanwhile, validated with nothing locked,
then written under a lock if the object still is what it was compared with. Whatever keeps it from
being written comes back on the page, with all that was typed.
"""

from copy import copy

from django.contrib.admin import helpers, utils
from django.contrib.admin.exceptions import DisallowedModelAdminToField
from django.contrib.admin.options import IS_POPUP_VAR, TO_FIELD_VAR
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.forms import all_valid
from django.http import QueryDict
from django.utils.html import format_html

from ..gate.locking import locked
from ..models import Changeset, StaleVersionError, changeset
from ..storage.troubles import said_in_form
from .conflict import resolve
from .gone import gone_page, take_up
from .sent_form import as_number

SAME_AT_ONCE = (
    "Quelqu’un a enregistré la même chose au même moment : regardez la liste avant de recommencer."
)
# The texts that were not chosen go along in fields of their own until the form is saved.
OTHER_TEXT = "_other-"
WHOSE = {"mine": "Votre texte :", "theirs": "L’autre texte :"}
EMPTY = "(vide)"


def locked_as_compared(screen, obj, version):
    """Lock ``obj`` until the transaction ends. Raises StaleVersionError if it has changed."""
    there = locked(screen.model, [obj.pk]).get(obj.pk)
    if there is None or screen.version_of(there) != version:
        raise StaleVersionError(there)


def as_asked(request):
    """Return ``request`` as if the page had only been asked for: Django acts on what is posted."""
    asked = copy(request)
    asked.method, asked.POST = "GET", QueryDict()
    return asked


class Submission:
    """``data`` is what was sent, then what comes of it; ``version`` what it was compared with.

    ``refusals`` are the sentences that keep it from being written. ``left_out`` are the texts that
    were not chosen, by "mine-<field>" or "theirs-<field>".
    """

    def __init__(self, screen, request, object_id=None, extra_context=None):
        self.screen = screen
        self.request = request
        self.object_id = object_id
        self.extra_context = extra_context or {}
        self.is_preview = screen.is_preview(request)
        # By which field a small window names the object; not any that somebody asks for.
        self.to_field = request.POST.get(TO_FIELD_VAR, request.GET.get(TO_FIELD_VAR))
        if self.to_field and not screen.to_field_allowed(request, self.to_field):
            raise DisallowedModelAdminToField(self.to_field)
        self.obj = self.version = None
        self.take(screen.as_sent(request.POST.copy()))

    def take(self, data):
        """Go on with ``data``, of which nothing has been compared or refused yet."""
        self.data, self.refusals = data, []
        self.left_out = {
            name.removeprefix(OTHER_TEXT): text
            for name, text in data.items()
            if name.startswith(OTHER_TEXT)
        }

    def leave_out(self, conflict, whose, text):
        """Tell the text of a conflict that was not chosen: beside its field, or above the form."""
        if conflict.place:
            self.left_out[f"{whose}-{conflict.place}"] = text
        else:
            self.refusals.append(f"{conflict.label}. {WHOSE[whose]} {text or EMPTY}")

    @property
    def seen(self):
        """Return the version that was on the screen; None where that cannot be told."""
        return as_number(self.data.get("seen_version", ""))

    @property
    def is_new(self):
        return self.object_id is None

    def found(self):
        """Return the object as it is now, None where there is none."""
        key = utils.unquote(self.object_id)
        return self.screen.get_object(self.request, key, self.to_field)

    def answer(self):
        """Write what was sent, or return the page that says why not."""
        screen, request = self.screen, self.request
        if self.is_new:
            if not screen.has_add_permission(request):
                raise PermissionDenied
            take_up(self)
        else:
            self.obj = self.found()
            if self.obj is None:
                return gone_page(self)
            if not screen.has_change_permission(request, self.obj):
                raise PermissionDenied
            page = resolve(self)
            if page:
                return page
        if self.is_acceptable():
            try:
                return self.write()
            except ValidationError as error:
                self.refusals += error.messages
            except IntegrityError:
                self.refusals.append(SAME_AT_ONCE)
            except DatabaseError as error:
                self.refusals.append(said_in_form(error))
            except StaleVersionError:
                # Somebody was a moment earlier: compare again, with nothing locked.
                return Submission(screen, request, self.object_id, self.extra_context).answer()
            # Nothing was written: the form is read again, as it was typed, with the refusal.
            if not self.is_new:
                self.obj = self.found()
            self.is_acceptable()
        return self.page()

    def is_acceptable(self):
        """Read, clean and validate what was sent, with nothing locked.

        What is refused never waits for a lock, and what is slow to clean keeps nobody waiting.
        """
        screen, request, is_change = self.screen, self.request, not self.is_new
        form_class = screen.get_form(request, self.obj, change=is_change)
        self.form = form_class(self.data, request.FILES, instance=self.obj)
        self.form.refusals = self.refusals
        self.form.fields["reason"].required = not self.is_preview
        is_valid = self.form.is_valid()
        new = screen.save_form(request, self.form, is_change) if is_valid else self.form.instance
        self.inlines, self.formsets = [], []
        about = [self.obj] if is_change else []
        for formset_class, inline in screen.get_formsets_with_inlines(request, *about):
            prefix = formset_class.get_default_prefix()
            kwargs = screen.get_formset_kwargs(request, new, inline, prefix)
            self.inlines.append(inline)
            self.formsets.append(formset_class(**kwargs | {"data": self.data}))
        return all_valid(self.formsets) and is_valid

    def write(self):
        """Write what is acceptable in one changeset; return the answer to it."""
        screen, request, form = self.screen, self.request, self.form
        unit = changeset("", origin=Changeset.Origin.FORM, author=request.user)
        # A preview takes back what is inside, and nothing of the gate.
        with unit, transaction.atomic():
            if not self.is_new:
                locked_as_compared(screen, self.obj, self.version)
            screen.confirm(request, form)
            screen.save_model(request, form.instance, form, not self.is_new)
            screen.save_related(request, form, self.formsets, not self.is_new)
            if self.is_preview:
                return screen.show_and_forget(request, form.instance)
            told = screen.construct_change_message(request, form, self.formsets, self.is_new)
            if self.is_new:
                screen.log_addition(request, form.instance, told)
                return screen.response_add(request, form.instance)
            screen.log_change(request, form.instance, told)
            return screen.response_change(request, form.instance)

    # --- The page -----------------------------------------------------------------------------

    def page(self):
        """Return the form with what was typed, and what is wrong with it."""
        screen, request, obj = self.screen, self.request, self.obj
        self._show_what_was_left_out()
        admin_form = helpers.AdminForm(
            self.form,
            list(screen.get_fieldsets(request, obj)),
            screen.get_prepopulated_fields(request, obj),
            screen.get_readonly_fields(request, obj),
            model_admin=screen,
        )
        inlines = screen.get_inline_formsets(request, self.formsets, self.inlines, obj)
        context = {
            **screen.admin_site.each_context(request),
            "subtitle": obj and str(obj),
            "adminform": admin_form,
            "object_id": self.object_id,
            "original": obj,
            "is_popup": IS_POPUP_VAR in {**request.GET, **request.POST},
            "to_field": self.to_field,
            "media": sum((each.media for each in inlines), screen.media + admin_form.media),
            "inline_admin_formsets": inlines,
            "errors": helpers.AdminErrorList(self.form, self.formsets),
            "preserved_filters": screen.get_preserved_filters(request),
            **self.extra_context,
        }
        return screen.render_change_form(
            request, context, add=self.is_new, change=not self.is_new, obj=obj
        )

    def _show_what_was_left_out(self):
        """Show under each field of a conflict the text that was not chosen, until it is saved."""
        forms = [self.form, *(form for formset in self.formsets for form in formset)]
        places = {form[name].html_name: form[name] for form in forms for name in form.fields}
        for name, text in self.left_out.items():
            whose, _, place = name.partition("-")
            if place in places and whose in WHOSE:
                bound = places[place]
                # Django ties the help to the field (aria-describedby).
                bound.field.help_text = bound.help_text = format_html(
                    '{}<span class="other-text"><strong>{}</strong> <span>{}</span></span>'
                    '<input type="hidden" name="{}" value="{}">',
                    bound.help_text,
                    WHOSE[whose],
                    text or EMPTY,
                    OTHER_TEXT + name,
                    text,
                )

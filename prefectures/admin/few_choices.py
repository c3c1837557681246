"""A field that offers a few objects: read once, however many rows of a form offer them."""

from django import forms
from django.core.exceptions import ValidationError


class FewIterator(forms.models.ModelChoiceIterator):
    def __iter__(self):
        yield "", self.field.empty_label
        for item in self.field.few():
            yield self.choice(item)

    def __len__(self):
        return 1 + len(self.field.few())


class FewField(forms.ModelChoiceField):
    """One of a few objects, which are read once for all the rows of a form."""

    iterator = FewIterator

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # The copies of this field, one a row, hold the same list.
        self._read = []

    def few(self):
        if not self._read:
            self._read.append(list(self.queryset))
        return self._read[0]

    def to_python(self, value):
        if value in self.empty_values:
            return None
        found = [item for item in self.few() if str(item.pk) == str(getattr(value, "pk", value))]
        if not found:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return found[0]

    def label_from_instance(self, obj):
        number = getattr(obj, "number", None)
        return f"n° {number} : {obj}" if number else str(obj)

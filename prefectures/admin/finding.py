"""Searching the admin's lists as people type: "Ariege", "HÉRAULT", "st gaudens"."""

from html import unescape

from django.utils.html import strip_tags

from ..models.fields import RichTextField
from ..text.naming import normalised


class FoundByWords:
    """Every word that is typed must be in what an object says; a code alone must be its own.

    ``search_fields`` are paths to texts, properties included ("offices__name"), and, after "=", to
    codes. They are compared in Python, so that accents and capitals are forgiven on both databases:
    for a thousand objects, not for the thirty-five thousand communes.
    """

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        words = normalised(search_term).split()
        code_paths = [path[1:] for path in self.search_fields if path.startswith("=")]
        text_paths = [path for path in self.search_fields if not path.startswith("=")]
        related = {path.rpartition("__")[0] for path in code_paths + text_paths} - {""}
        items = queryset.order_by().prefetch_related(*sorted(related))
        codes = {item.pk: searched(item, code_paths).split("\n") for item in items}
        found = [pk for pk, own in codes.items() if words and " ".join(words) in own]
        if words and not found:
            texts = {item.pk: searched(item, text_paths) for item in items}
            found = [
                pk
                for pk, text in texts.items()
                if all(word in text or word in codes[pk] for word in words)
            ]
        return queryset.filter(pk__in=found), False


def searched(item, paths):
    """Return what ``item`` says at these paths, one normalised line a text."""
    return "\n".join(normalised(text) for path in paths for text in said(item, path))


def said(item, path):
    """Yield the texts at ``path`` of ``item``, without tags: one, or one a related object."""
    name, _, rest = path.partition("__")
    value = getattr(item, name)
    if rest:
        for related in value.all() if hasattr(value, "all") else filter(None, [value]):
            yield from said(related, rest)
    elif name in {field.name for field in item._meta.fields if isinstance(field, RichTextField)}:
        yield unescape(strip_tags(value))
    else:
        yield value or ""

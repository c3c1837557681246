"""The first words of the glossary and of the general texts, from a JSON file of ``fixtures``.

What is, or once was, in the site is the staff's: it is left as it is, changed or deleted.
"""

import json

from django.db.models import Q

from ..models import GeneralText, GlossaryTerm, changeset
from ..text.naming import address_of

# The list of the file, the model of its items, and the field that names one.
LISTS = {"terms": (GlossaryTerm, "term"), "texts": (GeneralText, "title")}


def load_words(path):
    """Write what ``path`` holds and the site never held; return how many items that is."""
    content = json.loads(path.read_text(encoding="utf-8"))
    missing = [
        model(**item)
        for kind, (model, name) in LISTS.items()
        for item in content[kind]
        if not _was_ever(model, name, item[name])
    ]
    if missing:
        with changeset(f"Chargement des mots du site ({path.name})", is_minor=True):
            for item in missing:
                item.full_clean()
                item.save()
    return len(missing)


def _was_ever(model, name, value):
    """Whether the site holds or held an item of this name, or at its address."""
    known = Q(slug=address_of(value)) | Q(**{name: value})
    return model.history.filter(known).exists()

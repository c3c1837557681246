"""The first words of the glossary and of the general texts, from a JSON file of ``fixtures``.

What is, or once was, in the site is the staff's: it is left as it is, changed or deleted.
"""

import json

from ..models import GeneralText, GlossaryTerm, changeset
from ..text.naming import address_of

# The list of the file, the model of its items, and the field that names one.
LISTS = {"terms": (GlossaryTerm, "term"), "texts": (GeneralText, "title")}


def load_words(path):
    """Write what ``path`` holds and the site never held; return how many items that is."""
    content = json.loads(path.read_text(encoding="utf-8"))
    missing = [
        model(**item, slug=address_of(item[name]))
        for kind, (model, name) in LISTS.items()
        for item in content[kind]
        if not model.history.filter(slug=address_of(item[name])).exists()
    ]
    if missing:
        with changeset(f"Chargement des mots du site ({path.name})", is_minor=True):
            for item in missing:
                item.full_clean()
                item.save()
    return len(missing)

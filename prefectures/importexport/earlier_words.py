"""What spreadsheets of an earlier edition of the site call things, and what that is today."""

from ..models import Procedure, Step

# A field that had another label then, by model: the title of its column.
TITLES = {Procedure: {"qui peut demander": "conditions"}}

# Columns of sheets, by title or by name in the code, that are fields of a quotation today.
MOVED = {
    "texte de la préfecture": "text",
    "official_text": "text",
    "cité depuis": "link",
    "quoted_from": "link",
    "extrait": "is_excerpt",
    "is_excerpt": "is_excerpt",
}

# Answers of a field, before one could tell who asks for it.
ANSWERS = {
    Step._meta.get_field("registered"): {
        "oui": Step.Registered.REQUIRED,
        "non": Step.Registered.NOT_SAID,
    }
}

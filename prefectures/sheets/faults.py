"""What a sheet must satisfy as a whole, which no single row of it can break. Pure."""

from ..models import Procedure
from ..models.numbering import MOST_ROWS_OF_A_SHEET
from .kinds import LEADING, ROWS, row_kind
from .state import OwnRow

NO_GROUND = "Pour publier la fiche, choisissez au moins un motif."
NOTHING_TO_READ = (
    "Pour publier la fiche, donnez au moins une étape, un contact, un lien ou un texte."
)
QUOTED_FROM_ELSEWHERE = "Le texte est cité depuis un lien qui n’est pas de cette fiche."
ADDRESS_LEADS_ELSEWHERE = (
    "Cette adresse de page a été celle d’une autre fiche et mène toujours à elle : "
    "choisissez-en une autre."
)

PLACES = ("arrondissements", "communes_included", "communes_excluded")


def faults_of(state, places):
    """Yield the sentences that refuse the sheet of ``state``.

    ``places`` are what its territory names, {key: object} by model.
    """
    values = state.sheet.values
    is_published = values["publication"] == Procedure.Publication.PUBLISHED
    if is_published and not values["grounds"]:
        yield NO_GROUND
    texts = [values[field.name] for field in Procedure.rich_text_fields()]
    if is_published and not any(texts) and not any(state.rows.values()):
        yield NOTHING_TO_READ
    for kind in ROWS:
        if len(state.rows[kind]) > MOST_ROWS_OF_A_SHEET:
            yield (
                f"Une fiche a au plus {MOST_ROWS_OF_A_SHEET} {kind.plural} : "
                "faites-en plusieurs fiches, ou regroupez ce qui se répète."
            )
    if any(_leads_elsewhere(state)):
        yield QUOTED_FROM_ELSEWHERE
    for name in PLACES:
        model = Procedure._meta.get_field(name).related_model
        for key in sorted(values[name]):
            place = places[model][key]
            if place.departement_id != values["departement"]:
                yield f"{place} n’est pas dans ce département."


def _leads_elsewhere(state):
    """Yield whether each row that the sheet names is a row of another sheet."""
    for field in LEADING:
        key, rows = state.sheet.values[field.name], state.rows[row_kind(field.related_model)]
        if key is not None and not isinstance(key, OwnRow):
            yield key not in {row.pk for row in rows.values()}

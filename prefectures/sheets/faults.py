"""What a sheet must satisfy as a whole, which no single row of it can break. Pure."""

from ..models import Procedure, Step
from ..models.numbering import MOST_ROWS_OF_A_SHEET
from .kinds import ROWS, row_kind
from .state import OwnRow

NO_GROUND = "Pour publier la fiche, choisissez au moins un motif."
NOT_ITS_OFFICE = "son guichet n’est pas parmi « guichets où l’on dépose »."
OFFICE_TWICE = "Un même guichet est dit recevoir la demande, et ne pas la recevoir."
NOTHING_TO_READ = (
    "Pour publier la fiche, donnez au moins une étape, un contact, un lien ou un texte."
)
ADDRESS_LEADS_ELSEWHERE = (
    "Cette adresse de page a été celle d’une autre fiche et mène toujours à elle : "
    "choisissez-en une autre."
)

STEPS = row_kind(Step)
# Nobody knows for which grounds either.
SILENT = {Procedure.Situation.NOT_STATED, Procedure.Situation.UNKNOWN}
PLACES = ("arrondissements", "communes_included", "communes_excluded")


def faults_of(state, places):
    """Yield the sentences that refuse the sheet of ``state``.

    ``places`` are what its territory names, {key: object} by model.
    """
    values = state.sheet.values
    is_published = values["publication"] == Procedure.Publication.PUBLISHED
    is_told = values["situation"] not in SILENT
    if is_published and is_told and not values["grounds"]:
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
    yield from _leading_elsewhere(state)
    for number, step in state.rows[STEPS].items():
        if step.values["office"] not in (None, *values["offices"]):
            yield f"{_named(STEPS, number)} : {NOT_ITS_OFFICE}"
    both = values["offices"] & values["offices_not_receiving"]
    if both:
        yield OFFICE_TWICE
    for name in PLACES:
        model = Procedure._meta.get_field(name).related_model
        for key in sorted(values[name]):
            place = places[model][key]
            if place.departement_id != values["departement"]:
                yield f"{place} n’est pas dans ce département."


def _leading_elsewhere(state):
    """Yield a sentence for each row that names, as one of its sheet, what is none of its rows."""
    for kind in ROWS:
        for field in kind.leading:
            there = {row.pk for row in state.rows[row_kind(field.related_model)].values()}
            for number, row in state.rows[kind].items():
                key = row.values[field.name]
                if key is not None and not isinstance(key, OwnRow) and key not in there:
                    yield leads_elsewhere(kind, number, field)


def leads_elsewhere(kind, number, field):
    """Return the sentence that refuses what row ``number`` of ``kind`` says in ``field``."""
    named = row_kind(field.related_model).one
    return (
        f"{_named(kind, number)}, « {field.verbose_name} » : ce {named} n’est pas, ou plus, dans "
        "la fiche. Choisissez-en un autre, ou videz ce champ."
    )


def _named(kind, number):
    """What is new has no number yet."""
    name = kind.one.capitalize()
    return f"{name} n° {number}" if isinstance(number, int) else name

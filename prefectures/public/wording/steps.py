"""What one does in a step, as an order, and what keeps a reader from expecting too much of it."""

from django.utils.formats import date_format

from ...models import Step
from ...models.age import is_old
from .voices import site

Kind, Role = Step.Kind, Step.Role

# (what one does, which way): the answer names the act once where the ways are at choice.
ACTIONS = {
    (Kind.BOOK_ONLINE, None): ("Prenez rendez-vous", "en ligne"),
    (Kind.BOOK_BY_PHONE, None): ("Prenez rendez-vous", "par téléphone"),
    (Kind.BOOK_BY_EMAIL, None): ("Demandez un rendez-vous", "par courriel"),
    (Kind.ONLINE_FORM, None): ("Remplissez le formulaire", "en ligne"),
    (Kind.ONLINE_FORM, Role.APPOINTMENT): ("Demandez un rendez-vous", "par le formulaire en ligne"),
    (Kind.POST, None): ("Envoyez votre dossier", "par la poste"),
    (Kind.POST, Role.APPOINTMENT): ("Demandez un rendez-vous", "par la poste"),
    (Kind.POST, Role.FORM): ("Demandez le formulaire", "par la poste"),
    (Kind.POST, Role.INFORMATION): ("Écrivez par la poste pour vous renseigner", ""),
    (Kind.DROP_BOX, None): ("Déposez votre dossier", "dans la boîte aux lettres"),
    (Kind.DROP_BOX, Role.APPOINTMENT): ("Demandez un rendez-vous", "par la boîte aux lettres"),
    (Kind.DROP_BOX, Role.FORM): ("Demandez le formulaire", "par la boîte aux lettres"),
    (Kind.DROP_BOX, Role.INFORMATION): ("Déposez votre question", "dans la boîte aux lettres"),
    (Kind.EMAIL, None): ("Envoyez un courriel", ""),
    (Kind.EMAIL, Role.FILES): ("Envoyez votre dossier", "par courriel"),
    (Kind.EMAIL, Role.APPOINTMENT): ("Demandez un rendez-vous", "par courriel"),
    (Kind.EMAIL, Role.FORM): ("Demandez le formulaire", "par courriel"),
    (Kind.EMAIL, Role.INFORMATION): ("Écrivez un courriel pour vous renseigner", ""),
    (Kind.COUNTER, None): ("Présentez-vous au guichet", ""),
    (Kind.COUNTER, Role.FILES): ("Déposez votre dossier", "au guichet"),
    (Kind.COUNTER, Role.APPOINTMENT): ("Demandez un rendez-vous", "au guichet"),
    (Kind.COUNTER, Role.FORM): ("Retirez le formulaire", "au guichet"),
    (Kind.COUNTER, Role.INFORMATION): ("Renseignez-vous", "au guichet"),
    (Kind.TELEPHONE, None): ("Téléphonez", ""),
    (Kind.TELEPHONE, Role.FILES): ("Faites votre demande", "par téléphone"),
    (Kind.TELEPHONE, Role.APPOINTMENT): ("Prenez rendez-vous", "par téléphone"),
    (Kind.TELEPHONE, Role.FORM): ("Demandez le formulaire", "par téléphone"),
    (Kind.TELEPHONE, Role.INFORMATION): ("Téléphonez pour vous renseigner", ""),
    (Kind.WAIT_FOR_SUMMONS, None): ("Attendez que la préfecture vous convoque", ""),
    (Kind.WAIT_FOR_SUMMONS, Role.APPOINTMENT): (
        "Attendez que la préfecture vous convoque à un rendez-vous",
        "",
    ),
    (Kind.OTHER, None): ("Suivez cette consigne", ""),
    (Kind.OTHER, Role.FORM): ("Téléchargez le formulaire et remplissez-le", ""),
}
REGISTERED = ("Envoyez votre dossier", "en recommandé")

REGISTERED_NOTES = {
    Step.Registered.REQUIRED: "La préfecture exige le recommandé. Demandez l’accusé de réception : "
    "c’est votre preuve.",
    Step.Registered.ADVISED: "Le Gisti conseille l’envoi en recommandé avec accusé de réception : "
    "gardez l’accusé, c’est votre preuve.",
}

OWED = "Un tribunal oblige la préfecture à accepter cette voie. Elle ne la propose pas d’elle-même."

NOTES = {
    (Kind.ONLINE_FORM, Role.APPOINTMENT): (
        "Ce formulaire ne dépose pas votre demande : il sert seulement à obtenir un rendez-vous."
    ),
    (None, Role.NOT_STATED): "La préfecture ne précise pas si cela suffit à déposer la demande.",
}
# Of a step that somebody else told of: the préfecture said nothing, and left nothing unsaid.
NOT_STATED_ELSEWHERE = "Nous ne savons pas si cela suffit à déposer la demande."

OLD = "C’est ancien : vérifiez avant d’agir."

OPENING = {
    Kind.BOOK_ONLINE: "Prendre rendez-vous sur",
    Kind.ONLINE_FORM: "Remplir le formulaire sur",
}


def act_and_way(step):
    """Return what to do as ("Envoyez votre dossier", "par la poste"); the way may be ""."""
    is_registered = step.registered == Step.Registered.REQUIRED
    if step.kind == Kind.POST and is_registered and step.files_the_request:
        return REGISTERED
    return ACTIONS.get((step.kind, step.role)) or ACTIONS[step.kind, None]


def action(step):
    """Return what to do, as an order: "Envoyez votre dossier par la poste"."""
    return " ".join(filter(None, act_and_way(step)))


def opening(step):
    """Return the words that open the page of a step: "Prendre rendez-vous sur herault.gouv.fr"."""
    return f"{OPENING.get(step.kind, 'Ouvrir la page sur')} {site(step.url)}"


def is_in_vain(step, sheet):
    """Whether ``sheet`` says that the préfecture refuses what the step does.

    Who has an appointment is received where others are not; a letter box receives nobody; what a
    court imposed is refused by nature, and holds.
    """
    if step.is_owed or not step.files_the_request or step.channel not in sheet.refused_channels:
        return False
    if step.kind == Kind.COUNTER:
        return not any(other.role == Role.APPOINTMENT for other in sheet.steps.all())
    return step.kind != Kind.DROP_BOX


def step_notes(step):
    """Return the sentences that keep a reader from expecting too much, or too little, of a step."""
    note = NOTES.get((step.kind, step.role)) or NOTES.get((None, step.role), "")
    if step.role == Role.NOT_STATED and not _is_of_the_state(step):
        note = NOT_STATED_ELSEWHERE
    registered = REGISTERED_NOTES.get(step.registered, "")
    return [text for text in (registered, OWED if step.is_owed else "", note) if text]


def _is_of_the_state(step):
    return step.source.is_of_the_state if step.source else step.procedure.speaks_for_the_state


def step_source(step):
    """Return by whom a step is known, where it is not the préfecture, and how old that is."""
    link = step.source
    if link is None:
        return ""
    who = f"Nous le savons par {link.get_publisher_display()}"
    if step.known_on:
        return f"{who}, le {date_format(step.known_on)}.{_if_old(step.known_on)}"
    if link.printed_date:
        return f"{who} (texte daté : {link.printed_date})."
    if link.consulted_on:
        return f"{who} (page lue le {date_format(link.consulted_on)}).{_if_old(link.consulted_on)}"
    return f"{who}, sans date."


def _if_old(day):
    return f" {OLD}" if is_old(day) else ""

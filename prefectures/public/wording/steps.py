"""What one does in a step, as an order, and what keeps a reader from expecting too much of it."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.utils.translation import pgettext

from ...models import Step
from ...models.age import is_old
from .voices import site

Kind, Role = Step.Kind, Step.Role

# (what one does, which way): the answer names the act once where the ways are at choice.
ACTIONS = {
    (Kind.BOOK_ONLINE, None): (noop("Prenez rendez-vous"), noop("en ligne")),
    (Kind.BOOK_BY_PHONE, None): (noop("Prenez rendez-vous"), noop("par téléphone")),
    (Kind.BOOK_BY_EMAIL, None): (noop("Demandez un rendez-vous"), noop("par courriel")),
    (Kind.ONLINE_FORM, None): (noop("Remplissez le formulaire"), noop("en ligne")),
    (Kind.ONLINE_FORM, Role.APPOINTMENT): (
        noop("Demandez un rendez-vous"),
        noop("par le formulaire en ligne"),
    ),
    (Kind.POST, None): (noop("Envoyez votre dossier"), noop("par la poste")),
    (Kind.POST, Role.APPOINTMENT): (noop("Demandez un rendez-vous"), noop("par la poste")),
    (Kind.POST, Role.FORM): (noop("Demandez le formulaire"), noop("par la poste")),
    (Kind.POST, Role.INFORMATION): (noop("Écrivez par la poste pour vous renseigner"), ""),
    (Kind.DROP_BOX, None): (noop("Déposez votre dossier"), noop("dans la boîte aux lettres")),
    (Kind.DROP_BOX, Role.APPOINTMENT): (
        noop("Demandez un rendez-vous"),
        noop("par la boîte aux lettres"),
    ),
    (Kind.DROP_BOX, Role.FORM): (noop("Demandez le formulaire"), noop("par la boîte aux lettres")),
    (Kind.DROP_BOX, Role.INFORMATION): (
        noop("Déposez votre question"),
        noop("dans la boîte aux lettres"),
    ),
    (Kind.EMAIL, None): (noop("Envoyez un courriel"), ""),
    (Kind.EMAIL, Role.FILES): (noop("Envoyez votre dossier"), noop("par courriel")),
    (Kind.EMAIL, Role.APPOINTMENT): (noop("Demandez un rendez-vous"), noop("par courriel")),
    (Kind.EMAIL, Role.FORM): (noop("Demandez le formulaire"), noop("par courriel")),
    (Kind.EMAIL, Role.INFORMATION): (noop("Écrivez un courriel pour vous renseigner"), ""),
    (Kind.COUNTER, None): (noop("Présentez-vous au guichet"), ""),
    (Kind.COUNTER, Role.FILES): (noop("Déposez votre dossier"), noop("au guichet")),
    (Kind.COUNTER, Role.APPOINTMENT): (noop("Demandez un rendez-vous"), noop("au guichet")),
    (Kind.COUNTER, Role.FORM): (noop("Retirez le formulaire"), noop("au guichet")),
    (Kind.COUNTER, Role.INFORMATION): (noop("Renseignez-vous"), noop("au guichet")),
    (Kind.TELEPHONE, None): (noop("Téléphonez"), ""),
    (Kind.TELEPHONE, Role.FILES): (noop("Faites votre demande"), noop("par téléphone")),
    (Kind.TELEPHONE, Role.APPOINTMENT): (noop("Prenez rendez-vous"), noop("par téléphone")),
    (Kind.TELEPHONE, Role.FORM): (noop("Demandez le formulaire"), noop("par téléphone")),
    (Kind.TELEPHONE, Role.INFORMATION): (noop("Téléphonez pour vous renseigner"), ""),
    (Kind.WAIT_FOR_SUMMONS, None): (noop("Attendez que la préfecture vous convoque"), ""),
    (Kind.WAIT_FOR_SUMMONS, Role.APPOINTMENT): (
        noop("Attendez que la préfecture vous convoque à un rendez-vous"),
        "",
    ),
    (Kind.OTHER, None): (noop("Suivez cette consigne"), ""),
    (Kind.OTHER, Role.FORM): (noop("Téléchargez le formulaire et remplissez-le"), ""),
}
REGISTERED = (noop("Envoyez votre dossier"), noop("en recommandé"))

REGISTERED_NOTES = {
    Step.Registered.REQUIRED: noop(
        "La préfecture exige le recommandé. Demandez l’accusé de réception : c’est votre preuve."
    ),
    Step.Registered.ADVISED: noop(
        "Le Gisti conseille l’envoi en recommandé avec accusé de réception : "
        "gardez l’accusé, c’est votre preuve."
    ),
}

OWED = noop(
    "Un tribunal oblige la préfecture à accepter cette voie. Elle ne la propose pas d’elle-même."
)

NOTES = {
    (Kind.ONLINE_FORM, Role.APPOINTMENT): noop(
        "Ce formulaire ne dépose pas votre demande : il sert seulement à obtenir un rendez-vous."
    ),
    (None, Role.NOT_STATED): noop(
        "La préfecture ne précise pas si cela suffit à déposer la demande."
    ),
}
# Of a step that somebody else told of: the préfecture said nothing, and left nothing unsaid.
NOT_STATED_ELSEWHERE = noop("Nous ne savons pas si cela suffit à déposer la demande.")

OLD = noop("C’est ancien : vérifiez avant d’agir.")

OPENING = {
    Kind.BOOK_ONLINE: noop("Prendre rendez-vous sur %(site)s"),
    Kind.ONLINE_FORM: noop("Remplir le formulaire sur %(site)s"),
}
OPENING_ANY = noop("Ouvrir la page sur %(site)s")


def act_and_way(step):
    """Return what to do as ("Envoyez votre dossier", "par la poste"); the way may be ""."""
    is_registered = step.registered == Step.Registered.REQUIRED
    if step.kind == Kind.POST and is_registered and step.files_the_request:
        act, way = REGISTERED
    else:
        act, way = ACTIONS.get((step.kind, step.role)) or ACTIONS[step.kind, None]
    return _(act), _(way) if way else ""


def by_way(act, way):
    """Return an act with its way, or without one: "Envoyez votre dossier par la poste"."""
    if not way:
        return act
    return pgettext("étape", "%(act)s %(way)s") % {"act": act, "way": way}


def action(step):
    """Return what to do, as an order: "Envoyez votre dossier par la poste"."""
    return by_way(*act_and_way(step))


def opening(step):
    """Return the words that open the page of a step: "Prendre rendez-vous sur herault.gouv.fr"."""
    return _(OPENING.get(step.kind, OPENING_ANY)) % {"site": site(step.url)}


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
    return [_(text) for text in (registered, OWED if step.is_owed else "", note) if text]


def _is_of_the_state(step):
    return step.source.is_of_the_state if step.source else step.procedure.speaks_for_the_state


def step_source(step):
    """Return by whom a step is known, where it is not the préfecture, and how old that is."""
    link = step.source
    if link is None:
        return ""
    known = {"who": _(link.get_publisher_display())}
    if step.known_on:
        known["day"] = date_format(step.known_on)
        words = _("Nous le savons par %(who)s, le %(day)s.") % known
        return f"{words}{_if_old(step.known_on)}"
    if link.printed_date:
        known["date"] = link.printed_date
        return _("Nous le savons par %(who)s (texte daté : %(date)s).") % known
    if link.consulted_on:
        known["day"] = date_format(link.consulted_on)
        words = _("Nous le savons par %(who)s (page lue le %(day)s).") % known
        return f"{words}{_if_old(link.consulted_on)}"
    return _("Nous le savons par %(who)s, sans date.") % known


def _if_old(day):
    return f" {_(OLD)}" if is_old(day) else ""

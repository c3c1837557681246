"""What the site says itself, made from the fields of a sheet: short, plain, the same everywhere."""

from urllib.parse import quote

from django.conf import settings
from django.utils.formats import date_format

from ..models import Channel, Contact, Link, Step

Kind, Role = Step.Kind, Step.Role

ACTIONS = {
    (Kind.BOOK_ONLINE, None): "Prenez rendez-vous en ligne",
    (Kind.BOOK_BY_PHONE, None): "Prenez rendez-vous par téléphone",
    (Kind.BOOK_BY_EMAIL, None): "Demandez un rendez-vous par courriel",
    (Kind.ONLINE_FORM, None): "Remplissez le formulaire en ligne",
    (Kind.ONLINE_FORM, Role.APPOINTMENT): (
        "Remplissez le formulaire en ligne pour demander un rendez-vous"
    ),
    (Kind.POST, None): "Envoyez votre dossier par la poste",
    (Kind.POST, Role.APPOINTMENT): "Demandez un rendez-vous par la poste",
    (Kind.POST, Role.FORM): "Demandez le formulaire par la poste",
    (Kind.POST, Role.INFORMATION): "Écrivez par la poste pour vous renseigner",
    (Kind.DROP_BOX, None): "Déposez votre dossier dans la boîte aux lettres",
    (Kind.DROP_BOX, Role.APPOINTMENT): "Demandez un rendez-vous par la boîte aux lettres",
    (Kind.DROP_BOX, Role.FORM): "Demandez le formulaire par la boîte aux lettres",
    (Kind.DROP_BOX, Role.INFORMATION): "Déposez votre question dans la boîte aux lettres",
    (Kind.EMAIL, None): "Envoyez un courriel",
    (Kind.EMAIL, Role.FILES): "Envoyez votre dossier par courriel",
    (Kind.EMAIL, Role.APPOINTMENT): "Demandez un rendez-vous par courriel",
    (Kind.EMAIL, Role.FORM): "Demandez le formulaire par courriel",
    (Kind.EMAIL, Role.INFORMATION): "Écrivez un courriel pour vous renseigner",
    (Kind.COUNTER, None): "Présentez-vous au guichet",
    (Kind.COUNTER, Role.FILES): "Déposez votre dossier au guichet",
    (Kind.COUNTER, Role.APPOINTMENT): "Demandez un rendez-vous au guichet",
    (Kind.COUNTER, Role.FORM): "Retirez le formulaire au guichet",
    (Kind.COUNTER, Role.INFORMATION): "Renseignez-vous au guichet",
    (Kind.TELEPHONE, None): "Téléphonez",
    (Kind.TELEPHONE, Role.FILES): "Faites votre demande par téléphone",
    (Kind.TELEPHONE, Role.APPOINTMENT): "Prenez rendez-vous par téléphone",
    (Kind.TELEPHONE, Role.FORM): "Demandez le formulaire par téléphone",
    (Kind.TELEPHONE, Role.INFORMATION): "Téléphonez pour vous renseigner",
    (Kind.WAIT_FOR_SUMMONS, None): "Attendez que la préfecture vous convoque",
    (Kind.WAIT_FOR_SUMMONS, Role.APPOINTMENT): (
        "Attendez que la préfecture vous convoque à un rendez-vous"
    ),
    (Kind.OTHER, None): "Suivez cette consigne",
    (Kind.OTHER, Role.FORM): "Téléchargez le formulaire et remplissez-le",
}

REGISTERED = "Envoyez votre dossier en recommandé"

REGISTERED_NOTES = {
    Step.Registered.REQUIRED: "La préfecture exige le recommandé. Demandez l’accusé de réception : "
    "c’est votre preuve.",
    Step.Registered.ADVISED: "Le Gisti conseille l’envoi en recommandé avec accusé de réception : "
    "gardez l’accusé, c’est votre preuve.",
}

OWED = "La préfecture ne propose pas cette voie d’elle-même : un tribunal l’y oblige."

NOTES = {
    (Kind.ONLINE_FORM, Role.APPOINTMENT): (
        "Ce formulaire ne dépose pas votre demande : il sert seulement à obtenir un rendez-vous."
    ),
    (None, Role.NOT_STATED): "La préfecture ne précise pas si cela suffit à déposer la demande.",
}
# Of a step that somebody else told of: the préfecture said nothing, and left nothing unsaid.
NOT_STATED_ELSEWHERE = "Nous ne savons pas si cela suffit à déposer la demande."

SITUATIONS = {
    "provisional": "Ces modalités sont provisoires : elles peuvent changer bientôt.",
    "suspended": "La préfecture ne prend pas de demandes en ce moment.",
    "blocked": "En pratique, cette voie est bloquée : des personnes n’arrivent pas à déposer "
    "leur demande.",
    "not_offered": "Cette demande ne se dépose pas ici.",
    "not_applicable": "Cette procédure n’existe pas dans ce département.",
    "not_stated": "La préfecture ne dit pas comment déposer cette demande.",
    "unknown": "Le Gisti ne sait pas encore comment déposer cette demande ici.",
}
# Nobody can say what a préfecture leaves unsaid who has only read others.
NOT_STATED_BY_OTHERS = (
    "Ce que dit cette fiche ne vient pas de la préfecture. Nous ne savons pas ce qu’elle demande."
)

CONTACT_LABELS = {
    Contact.Kind.EMAIL: "Courriel",
    Contact.Kind.PHONE: "Téléphone",
    Contact.Kind.ADDRESS: "Adresse",
    Contact.Kind.HOURS: "Horaires",
}

REFUSALS = {
    Channel.POSTAL: "Les dossiers envoyés par la poste sont refusés.",
    Channel.ONLINE: "Les demandes faites en ligne sont refusées.",
    Channel.PHONE: "Les demandes faites par téléphone sont refusées.",
    Channel.ON_SITE: "Les personnes qui se présentent sur place ne sont pas reçues.",
    Channel.EMAIL: "Les dossiers envoyés par courriel sont refusés.",
}

# Words that are not the State's are introduced by their author.
QUOTATION_TITLES = {
    Link.Publisher.PREFECTURE: "Ce que dit la préfecture",
    Link.Publisher.STATE_PLATFORM: "Ce que dit une plateforme de l’État",
    Link.Publisher.COURT: "Ce que dit un tribunal",
    Link.Publisher.ASSOCIATION: "Ce que dit une association",
    Link.Publisher.LAWYER: "Ce que dit un cabinet d’avocat·es",
    Link.Publisher.PRESS: "Ce que dit la presse",
    Link.Publisher.OTHER: "Ce que dit une autre source",
}


# The titles of what one needs to know, in the order in which a sheet says it.
TEXTS = {
    "exclusions": "Qui n’est pas concerné·e",
    "supporting_documents": "Pièces à fournir",
    "appointment_rules": "Le rendez-vous",
    "after_filing": "Après le dépôt",
    "transition_note": "Si votre dossier est déjà déposé",
    "fees": "Frais",
    "help_places": "Où se faire aider",
}


def texts(procedure):
    """Return (title, rich text) of what the sheet says to know."""
    found = {name: getattr(procedure, name) for name in TEXTS}
    titles = dict(TEXTS)
    if procedure.transition_on:
        titles["transition_note"] += f" (règle du {date_format(procedure.transition_on)})"
    return [(titles[name], html) for name, html in found.items() if html]


def unusable(procedure):
    """Return (what, address, what it is for) of what people find and must not use to file."""
    contacts = [
        (CONTACT_LABELS[contact.kind], contact.value, contact.purpose)
        for contact in procedure.contacts.all()
        if contact.is_for_another_request
    ]
    links = [
        (link.label or link.get_kind_display(), link.url, "")
        for link in procedure.links.all()
        if link.is_for_another_request
    ]
    return contacts + links


def refusal(channel):
    return REFUSALS[channel]


def quotation_title(quotation):
    """Return the title of somebody's words: "Ce que dit la presse : Le Progrès"."""
    title = QUOTATION_TITLES[quotation.publisher]
    return f"{title} : {quotation.author}" if quotation.author else title


def quotation_intro(quotation):
    """Return what comes before the words that are quoted."""
    what = "Les modalités sont reproduites ici" if quotation.is_of_the_state else "Ses mots"
    return f"{what}, en partie :" if quotation.is_excerpt else f"{what} :"


def action(step):
    """Return what to do, as an order: "Envoyez votre dossier par la poste"."""
    is_registered = step.registered == Step.Registered.REQUIRED
    if step.kind == Kind.POST and is_registered and step.files_the_request:
        return REGISTERED
    return ACTIONS.get((step.kind, step.role)) or ACTIONS[step.kind, None]


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
        return f"{who}, le {date_format(step.known_on)}."
    if link.printed_date:
        return f"{who} (texte daté : {link.printed_date})."
    if link.consulted_on:
        return f"{who} (page lue le {date_format(link.consulted_on)})."
    return f"{who}, sans date."


def referral_answer(referral):
    """Return where the requests of this ground go, in words; "" where that is not known."""
    sheet = referral.sheet
    if sheet is not None and sheet.is_published:
        return ""
    if referral.office is not None:
        return f"Adressez-vous à : {referral.office.name}."
    if referral.sheet_id:
        return "La fiche qui y répondait n’est plus en ligne."
    return "" if referral.note else "Nous ne savons pas où s’adresser."


def situation(procedure):
    is_not_stated = procedure.situation == procedure.Situation.NOT_STATED
    if is_not_stated and not procedure.speaks_for_the_state:
        return NOT_STATED_BY_OTHERS
    return SITUATIONS.get(procedure.situation, "")


def duration(months):
    """Return a number of months in words: 45 → "3 ans et 9 mois"."""
    years, months = divmod(months, 12)
    parts = [f"{years} an{'s' if years > 1 else ''}"] if years else []
    if months or not years:
        parts.append(f"{months} mois")
    return " et ".join(parts)


def dial(phone):
    """Return the address that dials ``phone``: "04 66 49 60 00" → "tel:0466496000"."""
    # "+33 (0)2": the zero is for those who do not dial +33.
    return "tel:" + "".join(c for c in phone.replace("(0)", "") if c.isdigit() or c == "+")


def mail_to(subject, body):
    """Return a mail link to GISTI: nothing is sent, or kept, by the site itself."""
    return f"mailto:{settings.CONTACT_EMAIL}?subject={quote(subject)}&body={quote(body)}"


def report_change(procedure, address):
    """Return the mail link "Signaler un changement" of a sheet shown at ``address``."""
    return mail_to(
        f"Changement : {procedure.title} ({procedure.departement_id})",
        f"Bonjour,\n\nSur la page {address}\n\nCe qui a changé :\n\n"
        "Où je l’ai vu (page, courrier, guichet) :\n\n",
    )


def report_missing(departement, address):
    """Return the mail link by which somebody tells how one files in ``departement``."""
    return mail_to(
        f"Procédure à faire connaître : {departement}",
        f"Bonjour,\n\nSur la page {address}\n\nComment la demande se dépose :\n\n"
        "Où je l’ai vu (page, courrier, guichet) :\n\n",
    )

"""What the site says itself, made from the fields of a sheet: short, plain, the same everywhere."""

from urllib.parse import quote

from django.conf import settings

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
    (Kind.OTHER, None): "Suivez cette consigne",
    (Kind.OTHER, Role.FORM): "Téléchargez le formulaire et remplissez-le",
}

REGISTERED = "Envoyez votre dossier en recommandé avec accusé de réception"

NOTES = {
    (Kind.ONLINE_FORM, Role.APPOINTMENT): (
        "Ce formulaire ne dépose pas votre demande : il sert seulement à obtenir un rendez-vous."
    ),
    (None, Role.NOT_STATED): "La préfecture ne précise pas si cela suffit à déposer la demande.",
}

SITUATIONS = {
    "provisional": "Ces modalités sont provisoires : elles peuvent changer bientôt.",
    "suspended": "La préfecture ne prend pas de demandes en ce moment.",
    "blocked": "En pratique, cette voie est bloquée : des personnes n’arrivent pas à déposer "
    "leur demande.",
    "not_offered": "Cette demande ne se dépose pas ici.",
    "not_applicable": "Cette procédure n’existe pas dans ce département.",
    "not_stated": "La préfecture ne dit pas comment déposer cette demande.",
}

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
    Link.Publisher.STATE_PLATFORM: "Ce que dit la préfecture",
    Link.Publisher.COURT: "Ce que dit un tribunal",
    Link.Publisher.ASSOCIATION: "Ce que dit une association",
    Link.Publisher.LAWYER: "Ce que dit un cabinet d’avocat·es",
    Link.Publisher.PRESS: "Ce que dit la presse",
    Link.Publisher.OTHER: "Ce que dit une autre source",
}


# The titles of what one needs to know, in the order in which a sheet says it.
TEXTS = {
    "conditions": "Qui peut demander",
    "exclusions": "Qui n’est pas concerné·e",
    "supporting_documents": "Pièces à fournir",
    "appointment_rules": "Le rendez-vous",
    "after_filing": "Après le dépôt",
    "fees": "Frais",
    "help_places": "Où se faire aider",
}


def texts(procedure):
    """Return (title, rich text) of what the sheet says to know."""
    found = [(title, getattr(procedure, name)) for name, title in TEXTS.items()]
    return [(title, html) for title, html in found if html]


def refusal(channel):
    return REFUSALS[channel]


def quotation_title(procedure):
    link = procedure.quoted_from
    return QUOTATION_TITLES[link.publisher if link else Link.Publisher.PREFECTURE]


def speaks_for_the_state(procedure):
    """Whether what the sheet leaves unsaid may be laid to the préfecture."""
    link = procedure.quoted_from
    return link is None or link.is_of_the_state


def action(step):
    """Return what to do, as an order: "Envoyez votre dossier par la poste"."""
    if step.kind == Kind.POST and step.registered and step.files_the_request:
        return REGISTERED
    return ACTIONS.get((step.kind, step.role)) or ACTIONS[step.kind, None]


def step_note(step):
    """Return the sentence that keeps a reader from expecting too much of this step, or ""."""
    return NOTES.get((step.kind, step.role)) or NOTES.get((None, step.role), "")


def situation(procedure):
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

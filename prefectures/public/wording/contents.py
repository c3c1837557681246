"""What a sheet says to know, under its titles."""

from django.utils.formats import date_format

from ...models import Contact, Link
from .voices import link_text

CONTACT_LABELS = {
    Contact.Kind.EMAIL: "Courriel",
    Contact.Kind.PHONE: "Téléphone",
    Contact.Kind.ADDRESS: "Adresse",
    Contact.Kind.HOURS: "Horaires",
}

# The titles of what one needs to know once one knows what to do, in their order.
TEXTS = {
    "appointment_rules": "Le rendez-vous",
    "transition_note": "Si votre dossier est déjà déposé",
    "exclusions": "Qui n’est pas concerné·e",
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
        (link_text(link), link.url, "")
        for link in procedure.links.all()
        if link.is_for_another_request
    ]
    return contacts + links


NO_LIST = "Nous n’avons pas de liste des pièces."
IN_A_DOCUMENT = "La liste des pièces est un document à télécharger : il est plus haut."


def no_list(page):
    """Return what is known of what to bring, where the sheet itself lists nothing."""
    if any(link.kind == Link.Kind.DOCUMENT_LIST for link in page.documents):
        return IN_A_DOCUMENT
    if any(link.kind == Link.Kind.FORM for link in page.documents):
        return f"{NO_LIST} Regardez le formulaire."
    if page.sources:
        return f"{NO_LIST} Regardez la page de la préfecture."
    return f"{NO_LIST} Demandez-la à la préfecture."

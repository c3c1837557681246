"""What a sheet says to know, under its titles."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from ...models import Contact, Link
from .voices import link_text

CONTACT_LABELS = {
    Contact.Kind.EMAIL: noop("Courriel"),
    Contact.Kind.PHONE: noop("Téléphone"),
    Contact.Kind.ADDRESS: noop("Adresse"),
    Contact.Kind.HOURS: noop("Horaires"),
}

# The titles of what one needs to know once one knows what to do, in their order.
TEXTS = {
    "appointment_rules": noop("Le rendez-vous"),
    "transition_note": noop("Si votre dossier est déjà déposé"),
    "exclusions": noop("Qui n’est pas concerné·e"),
}


def texts(procedure):
    """Return (title, rich text) of what the sheet says to know."""
    found = {name: getattr(procedure, name) for name in TEXTS}
    titles = {name: _(title) for name, title in TEXTS.items()}
    if procedure.transition_on:
        titles["transition_note"] = _("Si votre dossier est déjà déposé (règle du %(day)s)") % {
            "day": date_format(procedure.transition_on)
        }
    return [(titles[name], html) for name, html in found.items() if html]


def unusable(procedure):
    """Return (what, address, what it is for) of what people find and must not use to file."""
    contacts = [
        (_(CONTACT_LABELS[contact.kind]), contact.value, contact.purpose)
        for contact in procedure.contacts.all()
        if contact.is_for_another_request
    ]
    links = [
        (link_text(link), link.url, "")
        for link in procedure.links.all()
        if link.is_for_another_request
    ]
    return contacts + links


NO_LIST = noop("Nous n’avons pas de liste des pièces.")
IN_A_DOCUMENT = noop("La liste des pièces est un document à télécharger : il est plus haut.")
LOOK_AT_THE_FORM = noop("Regardez le formulaire.")
LOOK_AT_THE_PAGE = noop("Regardez la page de la préfecture.")
ASK_FOR_IT = noop("Demandez-la à la préfecture.")


def no_list(page):
    """Return what is known of what to bring, where the sheet itself lists nothing."""
    if any(link.kind == Link.Kind.DOCUMENT_LIST for link in page.documents):
        return _(IN_A_DOCUMENT)
    has_form = any(link.kind == Link.Kind.FORM for link in page.documents)
    where = LOOK_AT_THE_FORM if has_form else LOOK_AT_THE_PAGE if page.sources else ASK_FOR_IT
    return f"{_(NO_LIST)} {_(where)}"

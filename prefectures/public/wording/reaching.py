"""Addresses that a telephone or a mail program opens; nothing is sent by the site itself."""

from urllib.parse import quote

from django.conf import settings


def dial(phone):
    """Return the address that dials ``phone``: "04 66 49 60 00" → "tel:0466496000"."""
    # "+33 (0)2": the zero is for those who do not dial +33.
    return "tel:" + "".join(c for c in phone.replace("(0)", "") if c.isdigit() or c == "+")


def text_message(words):
    """Return the address of a text message to nobody yet.

    "?&": Android reads what follows the first sign, iOS what follows the second.
    """
    return f"sms:?&body={quote(words, safe='')}"


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

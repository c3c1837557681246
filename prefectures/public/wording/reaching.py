"""Addresses that a telephone or a mail program opens; nothing is sent by the site itself."""

from urllib.parse import quote

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop


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


CHANGED = noop("Ce qui a changé :")
HOW = noop("Comment la demande se dépose :")
SEEN = noop("Où je l’ai vu (page, courrier, guichet) :")


def _asking(address, what):
    """Return a letter to fill in, in the language of whoever writes; its subject is the team's."""
    lines = [_("Bonjour,"), _("Sur la page %(address)s") % {"address": address}, _(what), _(SEEN)]
    return "".join(f"{line}\n\n" for line in lines)


def report_change(procedure, address):
    """Return the mail link "Signaler un changement" of a sheet shown at ``address``."""
    return mail_to(
        f"Changement : {procedure.title} ({procedure.departement_id})",
        _asking(address, CHANGED),
    )


def report_missing(departement, address):
    """Return the mail link by which somebody tells how one files in ``departement``."""
    return mail_to(
        f"Procédure à faire connaître : {departement}",
        _asking(address, HOW),
    )

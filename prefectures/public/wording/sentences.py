"""The sentences that every page says alike; templates ask for them by name: {% say "danger" %}."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

SENTENCES = {
    "danger": noop("Un refus peut vous obliger à quitter la France."),
    "help_before": noop("Faites-vous aider avant."),
    "not_now": noop("Ne faites pas cela maintenant. Nous le gardons pour mémoire."),
    "still_owed": noop("Une voie reste possible : un tribunal l’a imposée. La voici."),
    "refused_too": noop(
        "Attention : la fiche dit aussi que cette voie est refusée. Demandez d’abord."
    ),
    "unknown": noop("nous ne savons pas encore comment faire"),
    "unknown_here": noop("nous ne connaissons pas encore la procédure"),
    "meanwhile": noop(
        "N’envoyez rien pour l’instant. Gardez vos preuves de présence en France, "
        "demandez conseil, et revenez voir cette page."
    ),
    "closed_meanwhile": noop(
        "N’envoyez pas votre dossier maintenant. Continuez à réunir vos preuves, "
        "demandez conseil, et revenez voir cette page."
    ),
    "not_current": noop("Ce n’est plus la version actuelle : ne vous en servez pas."),
    "still_current": noop("C’est encore la version actuelle."),
    "not_online": noop("Cette fiche n’est plus en ligne : ce qu’elle disait ne vaut plus."),
}


def said(name):
    """Return the sentence of that name."""
    return _(SENTENCES[name])

"""The sentences that every page says alike; templates ask for them by name: {% say "danger" %}."""

SENTENCES = {
    "danger": "Un refus peut vous obliger à quitter la France.",
    "help_before": "Faites-vous aider avant.",
    "not_now": "Ne faites pas cela maintenant. Nous le gardons pour mémoire.",
    "still_owed": "Une voie reste possible : un tribunal l’a imposée. La voici.",
    "refused_too": "Attention : la fiche dit aussi que cette voie est refusée. Demandez d’abord.",
    "unknown": "nous ne savons pas encore comment faire",
    "unknown_here": "nous ne connaissons pas encore la procédure",
    "meanwhile": "N’envoyez rien pour l’instant. Gardez vos preuves de présence en France, "
    "demandez conseil, et revenez voir cette page.",
    "closed_meanwhile": "N’envoyez pas votre dossier maintenant. Continuez à réunir vos preuves, "
    "demandez conseil, et revenez voir cette page.",
    "not_current": "Ce n’est plus la version actuelle : ne vous en servez pas.",
    "still_current": "C’est encore la version actuelle.",
    "not_online": "Cette fiche n’est plus en ligne : ce qu’elle disait ne vaut plus.",
}

"""The words by which préfectures say what is done with a file: flat, in the forms that they take.

A way of saying a thing that is missed is one more here: see ``flat.either``.
"""

from ..models import Channel
from .flat import either

POST = either(
    r"\bcourriers?\b(?! electronique)", "voie postale", r"\bpostee?s?\b", "recommandee?",
    "envoi postal", r"\bpli\b", "adresse postale", "lettre", r"\bpostal",
)  # fmt: skip
DROP_BOX = either("boites? (?:aux|a) lettres?", r"\burne\b", r"bal\b")
EMAIL = either(
    "courriels?", r"\be?-?mails?\b", "courrier electronique", "adresse electronique",
    "messagerie",
)  # fmt: skip
COUNTER = either(
    "guichet", "vous (?:presenter|rendre|presentez|rendez a)", "se presenter", "presentez-vous",
    "accueil", "sur place", r"recue?s? (?:a|au|en)\b", "ou (?:venir|aller)",
    "rendez-vous (?:a|en) (?:la )?(?:sous-)?prefecture", "personnellement", "en main propre",
    "(?:depot|deposer|depose|deposez|remis|remettre)[^.]{0,60}(?:a la|en|a l'|au|aux) "
    "(?:(?:sous-)?prefecture|bureau|service|adresse)",
)  # fmt: skip
SENDING = either(
    r"\benvo(?:y|i)", r"adress(?:er|ez|ee?s?\b)(?! postale)", "transmet", "transmis", "expedi",
    "fair[e]? parvenir", "parvenir", "depos", "ecri(?:vez|re)", "dossier a nous", "retourner",
    "demander? l'admission",
)  # fmt: skip
SENT_AWAY = either(
    r"\benvo(?:y|i)", r"\badress(?:er|ez)", "transmet", "transmis", "expedi", "parvenir",
)  # fmt: skip
BOOKING = either(r"rendez[-\s]?vous", r"\brdv\b", "creneau")
ASKING = either(
    "questions?", "renseignements?", "informations?", "suivi", "reclamation", "difficulte",
    "probleme", "contacter le service", "relance", "deja (?:envoye|depose)", "empechement",
    "annul", "nous contacter", r"contacts?\b",
)  # fmt: skip
ASKING_LATER = either(
    r"\bsuivi\b", "relance", "deja (?:envoye|depose)", "empechement", "annul", "report",
)  # fmt: skip
REGISTERED = either(
    "recommandee?", "accuse (?:de )?reception", r"\blr\s?ar\b", r"\br\.?a\.?r\b", r"\bar\b",
)  # fmt: skip
ONLY_ADVISED = either(
    "conseill", "de preference", "il est possible", "n'est pas (?:necessaire|obligatoire)",
    "inutile", "vaudra", "generee?",
)  # fmt: skip
REFUSAL = either(
    r"n(?:e |')(?:sont|seront|sera|serait|est|peuvent?|pourront|pourra) "
    r"(?:pas|plus|en aucun cas|ni)\b.{0,14}?\b(?:etre )?"
    r"(?:accept|trait|(?<!de\s)recue?s?\b|recev|examin|prise?s?\b|possible|valable|instrui|"
    r"enregistr|admis|lue?s?\b|ouvert)",
    "(?:sera|seront|vous sera|vous seront) (?:systematiquement )?"
    "(?:retourne|refuse|rejete|renvoye|reexpedie|rendu|detruit)",
    r"\baucune? (?:demande|dossier|depot|envoi|courrier|courriel|mail|reponse|accueil|"
    "renseignement)",
    "n'accepte", "ne (?:recoit|traite|prend) (?:pas|plus)",
    "pas (?:acceptee?s?|recevables?|traitee?s?|prise?s? en compte)", "irrecevables?", "interdit",
    r"\bsans suite", "n'accept", "ne (?:sont|seront) ni", r"\bni [^.]{3,90}\bni\b",
    r"\baucune valeur", r"\bpas (?:davantage|d'envoi|de (?:depot|dossier|courrier))",
    "ne (?:prennent|prenons|donnons|portez|venez)", "inutile de", r"ferm(?:es?|ees?)\b",
    "ne pas (?:envoyer|adresser|deposer|vous (?:presenter|deplacer))",
    "n'(?:envoyez|adressez) (?:pas|rien|aucun)", "supprimee?s?", r"exclue?s?\b",
)  # fmt: skip
OF_A_FILE = either(
    "dossier", "enveloppe", r"\bplis?\b", "demande", "depot", "envoi", "piece", "formulaire",
    "transmission", "guichets? (?:physiques?|d'accueil|de depot)",
)  # fmt: skip
WITHOUT_APPOINTMENT = either(
    "sans (?:rendez-vous|rdv|convocation|y avoir ete)", "incomplet", "hors (?:delai|rendez)"
)
ONLY = either("(?:uniquement|exclusivement|seulement|seul) par", "exclusivement")
ON_SITE = either(
    "guichet", "sur place", "(?:a l'|d')accueil", "en (?:sous-)?prefecture", "physique",
    "se presenter", "en main propre",
)  # fmt: skip
PHONE = either("par telephone", "telephonique", "au telephone")
ONLINE = either("en ligne", "par internet", r"demarches?[-\s]simplifiees?", "dematerialise")
CHANNELS = [
    (Channel.POSTAL, POST),
    (Channel.ON_SITE, ON_SITE),
    (Channel.EMAIL, EMAIL),
    (Channel.PHONE, PHONE),
    (Channel.ONLINE, ONLINE),
]
AT_COUNTER = either(
    "se presenter personnellement",
    "(?:doit|devez|devrez|faudra|pourrez|invitee?s? a) (?:ensuite )?(?:vous |se )presenter",
    "presentez-vous", "presenter lors",
    "(?:depos|remett|remis)[^.]{0,70}(?:a la|en|a votre|au) (?:sous-)?(?:prefecture|guichet)",
    "guichets? de depot", "depots?[^.]{0,40}(?:au guichet|sur rendez-vous)",
    "presenter[^.]{0,60}(?:au guichet|a l'accueil|en (?:sous-)?prefecture)",
    "(?:jour|lors) d[eu] (?:votre )?rendez-vous[^.]{0,60}(?:present|apport|remett|muni|depos)",
    "present[^.]{0,60}(?:jour|lors|heure) d[eu] (?:votre )?rendez-vous",
    "dossier[^.]{0,40}(?:au guichet|lors du rendez-vous)",
    "rendez-vous[^.]{0,40}en (?:sous-)?prefecture pour deposer",
)  # fmt: skip
FORM = either(
    "(?:telecharg|complet|rempli|imprim|retir|constitu)[^.]{0,60}"
    "(?:formulaire|imprime|fiche de|dossier|cerfa)",
    "formulaire[^.]{0,60}(?:telecharg|complet|rempli)", "fiche de situation",
)  # fmt: skip
SUMMONS = either(
    "(?:vous serez|serez ensuite|seront) (?:alors |ensuite )?"
    "(?:convoquee?|contactee?s? pour (?:un|fixer))",
    "une convocation (?:vous )?(?:sera|est)", "recevrez (?:alors |ensuite )?une convocation",
    "convocation vous (?:sera|est|parviendra)", "vous convoquera",
    "adresse (?:alors )?une convocation", "vous invit(?:er|era) a venir",
)  # fmt: skip
BY_PHONE = either(
    "(?:rendez-vous|rdv)[^.]{0,60}par telephone", "par telephone[^.]{0,40}(?:rendez-vous|rdv)",
)  # fmt: skip

"""What one is told to do with an address, an e-mail or a telephone: by the words around it."""

import re

from ..models import Channel, Step

Kind = Step.Kind

POST = re.compile(
    r"\bcourriers?\b(?!\s+electronique)|voie\s+postale|\bpostee?s?\b|recommandee?|envoi\s+postal|"
    r"\bpli\b|adresse\s+postale|lettre|\bpostal"
)
DROP_BOX = re.compile(r"boites?\s+(?:aux|a)\s+lettres?|\burne\b|bal\b")
EMAIL = re.compile(
    r"courriels?|\be?-?mails?\b|courrier\s+electronique|adresse\s+electronique|messagerie"
)
COUNTER = re.compile(
    r"guichet|vous\s+(?:presenter|rendre|presentez|rendez\s+a)|se\s+presenter|presentez-vous|accueil|"
    r"sur\s+place|recue?s?\s+(?:a|au|en)\b|ou\s+(?:venir|aller)|rendez-vous\s+(?:a|en)\s+(?:la\s+)?(?:sous-)?prefecture|personnellement|en\s+main\s+propre|"
    r"(?:depot|deposer|depose|deposez|remis|remettre)[^.]{0,60}(?:a\s+la|en|a\s+l'|au|aux)\s+(?:(?:sous-)?prefecture|bureau|service|adresse)"
)
SENDING = re.compile(
    r"\benvo(?:y|i)|adress(?:er|ez|ee?s?\b)(?!\s+postale)|transmet|transmis|expedi|fair[e]?\s+parvenir|parvenir|"
    r"depos|ecri(?:vez|re)|dossier\s+a\s+nous|retourner|demander?\s+l'admission"
)
SENT_AWAY = re.compile(r"\benvo(?:y|i)|\badress(?:er|ez)|transmet|transmis|expedi|parvenir")
BOOKING = re.compile(r"rendez[- ]?vous|\brdv\b|creneau")
ASKING = re.compile(
    r"questions?|renseignements?|informations?|suivi|reclamation|difficulte|probleme|contacter\s+le\s+service|"
    r"relance|deja\s+(?:envoye|depose)|empechement|annul|nous\s+contacter|contacts?\b"
)
ASKING_LATER = re.compile(r"\bsuivi\b|relance|deja\s+(?:envoye|depose)|empechement|annul|report")
REGISTERED = re.compile(
    r"recommandee?|accuse\s+(?:de\s+)?reception|\blr\s?ar\b|\br\.?a\.?r\b|\bar\b"
)
ONLY_ADVISED = re.compile(r"conseill|de\s+preference|il\s+est\s+possible|n'est\s+pas\s+(?:necessaire|obligatoire)|inutile|vaudra|generee?")
REFUSAL = re.compile(
    r"n(?:e\s+|')(?:sont|seront|sera|serait|est|peuvent?|pourront|pourra)\s+(?:pas|plus|en\s+aucun\s+cas|ni)\b"
    r".{0,14}?\b(?:etre\s+)?(?:accept|trait|(?<!de\s)recue?s?\b|recev|examin|prise?s?\b|possible|valable|instrui|enregistr|admis|lue?s?\b|ouvert)|"
    r"(?:sera|seront|vous\s+sera|vous\s+seront)\s+(?:systematiquement\s+)?(?:retourne|refuse|rejete|renvoye|reexpedie|rendu|detruit)|"
    r"\baucune?\s+(?:demande|dossier|depot|envoi|courrier|courriel|mail|reponse|accueil|renseignement)|"
    r"n'accepte|ne\s+(?:recoit|traite|prend)\s+(?:pas|plus)|pas\s+(?:acceptee?s?|recevables?|traitee?s?|prise?s?\s+en\s+compte)|"
    r"irrecevables?|interdit|\bsans\s+suite|n'accept|ne\s+(?:sont|seront)\s+ni|\bni\s+[^.]{3,90}\bni\b|\baucune\s+valeur|\bpas\s+(?:davantage|d'envoi|de\s+(?:depot|dossier|courrier))|ne\s+(?:prennent|prenons|donnons|portez|venez)|inutile\s+de|ferm(?:es?|ees?)\b|ne\s+pas\s+(?:envoyer|adresser|deposer|vous\s+(?:presenter|deplacer))|"
    r"n'(?:envoyez|adressez)\s+(?:pas|rien|aucun)|supprimee?s?|exclue?s?\b"
)
OF_A_FILE = re.compile(
    r"dossier|enveloppe|\bplis?\b|demande|depot|envoi|piece|formulaire|transmission|guichets?\s+(?:physiques?|d'accueil|de\s+depot)"
)
WITHOUT_APPOINTMENT = re.compile(r"sans\s+(?:rendez-vous|rdv)|incomplet|hors\s+(?:delai|rendez)")
ONLY = re.compile(r"(?:uniquement|exclusivement|seulement|seul)\s+par|exclusivement")
ON_SITE = re.compile(
    r"guichet|sur\s+place|(?:a\s+l'|d')accueil|en\s+(?:sous-)?prefecture|physique|se\s+presenter|en\s+main\s+propre"
)
PHONE = re.compile(r"par\s+telephone|telephonique|au\s+telephone")
ONLINE = re.compile(r"en\s+ligne|par\s+internet|demarches?[ -]simplifiees?|dematerialise")
CHANNELS = [
    (Channel.POSTAL, POST),
    (Channel.ON_SITE, ON_SITE),
    (Channel.EMAIL, EMAIL),
    (Channel.PHONE, PHONE),
    (Channel.ONLINE, ONLINE),
]
AT_COUNTER = re.compile(
    r"se\s+presenter\s+personnellement|(?:doit|devez|devrez|faudra|pourrez|invitee?s?\s+a)\s+(?:ensuite\s+)?(?:vous\s+|se\s+)presenter|presentez-vous|presenter\s+lors|"
    r"(?:depos|remett|remis)[^.]{0,70}(?:a\s+la|en|a\s+votre|au)\s+(?:sous-)?(?:prefecture|guichet)|"
    r"guichets?\s+de\s+depot|depots?[^.]{0,40}(?:au\s+guichet|sur\s+rendez-vous)|presenter[^.]{0,60}(?:au\s+guichet|a\s+l'accueil|en\s+(?:sous-)?prefecture)|"
    r"(?:jour|lors)\s+d[eu]\s+(?:votre\s+)?rendez-vous[^.]{0,60}(?:present|apport|remett|muni|depos)|"
    r"present[^.]{0,60}(?:jour|lors|heure)\s+d[eu]\s+(?:votre\s+)?rendez-vous|dossier[^.]{0,40}(?:au\s+guichet|lors\s+du\s+rendez-vous)|"
    r"rendez-vous[^.]{0,40}en\s+(?:sous-)?prefecture\s+pour\s+deposer"
)
FORM = re.compile(
    r"(?:telecharg|complet|rempli|imprim|retir|constitu)[^.]{0,60}(?:formulaire|imprime|fiche\s+de|dossier|cerfa)|"
    r"formulaire[^.]{0,60}(?:telecharg|complet|rempli)|fiche\s+de\s+situation"
)
SUMMONS = re.compile(
    r"(?:vous\s+serez|serez\s+ensuite|seront)\s+(?:alors\s+|ensuite\s+)?(?:convoquee?|contactee?s?\s+pour\s+(?:un|fixer))|"
    r"une\s+convocation\s+(?:vous\s+)?(?:sera|est)|recevrez\s+(?:alors\s+|ensuite\s+)?une\s+convocation|"
    r"convocation\s+vous\s+(?:sera|est|parviendra)|vous\s+convoquera|adresse\s+(?:alors\s+)?une\s+convocation|"
    r"vous\s+invit(?:er|era)\s+a\s+venir"
)


MOST_ABOVE = 3
ENDED = re.compile(r"[.!;]\s*$")


class Around:
    """The words around a place of a page, nearest first: what stands before it, then above it."""

    def __init__(self, page, start, end):
        index = page.at(start)
        first, last = page.sentence(start)
        self.before = page.flat[first:start]
        self.after = page.flat[end : max(last, end)]
        self.above = []
        announcing = _index_above(page, index, is_bare=len(self.before.strip(" :->•–")) < 25)
        while announcing is not None and len(self.above) < MOST_ABOVE:
            self.above.append(page.words_of(announcing))
            announcing = _index_above(page, announcing, is_bare=len(self.above[-1]) < 25)
        title = page.title_of(index)
        self.title = page.words_of(title) if title is not None else ""

    @property
    def sentence(self):
        return f"{self.before} · {self.after}"

    @property
    def whole(self):
        return " · ".join([self.before, self.after, *self.above])

    def last_of(self, patterns):
        """Return the key in {key: pattern} whose words stand nearest before the place, or None."""
        for text in (self.before, *self.above):
            found = [
                (match.end(), key)
                for key, pattern in patterns.items()
                for match in pattern.finditer(text)
            ]
            if found:
                return max(found, key=lambda each: each[0])[1]
        return None


def _index_above(page, index, *, is_bare):
    """Return the index of the line that speaks for the one at ``index``, None where none does."""
    line = page.lines[index]
    before = page.lines[index - 1] if index else None
    if before and before.announces:
        return index - 1
    if line.above is not None:
        return line.above
    if (
        before
        and is_bare
        and (before.block == line.block or before.is_title or not ENDED.search(before.text))
    ):
        return index - 1
    return None


def of_address(around):
    """Return the kind of step that an address is for, None where nothing says that one is."""
    kind = around.last_of({Kind.DROP_BOX: DROP_BOX, Kind.POST: POST, Kind.COUNTER: COUNTER})
    if kind == Kind.COUNTER and not COUNTER.search(around.whole.replace("accueil", "")):
        # "Accueil du public : 1 place de la Préfecture": where the office is.
        return None
    if kind is None and DROP_BOX.search(around.after):
        return Kind.DROP_BOX
    if kind is None and SENT_AWAY.search(around.whole):
        return Kind.POST
    if kind is None and "depos" in around.whole:
        return Kind.COUNTER
    return kind


def of_email(around):
    """Return the kind of step that an e-mail is for, None where it only answers."""
    near = around.before
    for above in around.above:
        if len(near) < 25 and (above.rstrip().endswith(":") or EMAIL.search(above)):
            near = f"{above} {near}"
    if ASKING_LATER.search(near):
        return None
    if ASKING.search(near) and not re.search("dossier|demande\\s+(?:complete|d'admission)", near):
        return None
    if BOOKING.search(near) and re.search("prendre|obtenir|solliciter|demand|prise|fixer", near):
        return Kind.BOOK_BY_EMAIL
    if SENDING.search(near):
        return Kind.EMAIL
    above = " ".join(around.above)
    if EMAIL.search(near) and SENDING.search(above):
        return Kind.EMAIL
    return None


def of_phone(around):
    whole = f"{around.before} {around.after}"
    if len(around.before) < 25:
        whole = f"{whole} {' '.join(around.above)}"
    is_booking = BOOKING.search(whole) and not re.search(r"sans\s+(?:rendez|rdv)", whole)
    if is_booking and not re.search("annul|report|question|renseign", whole):
        return Kind.BOOK_BY_PHONE
    return None


BY_PHONE = re.compile(
    r"(?:rendez-vous|rdv)[^.]{0,60}par\s+telephone|par\s+telephone[^.]{0,40}(?:rendez-vous|rdv)"
)


def refused_channels(page):
    """Yield (channel, start, end) for each sentence that refuses a way of filing."""
    for start, end in page.sentences():
        words = page.flat[start:end]
        refusal = REFUSAL.search(words)
        if not refusal or not OF_A_FILE.search(words) or WITHOUT_APPOINTMENT.search(words):
            continue
        for channel, pattern in CHANNELS:
            named = pattern.search(words)
            if named and not _is_the_only_way(words, named) and not _is_of_questions(words):
                yield channel, start, end


def _is_the_only_way(words, named):
    before = words[max(0, named.start() - 40) : named.start()]
    return bool(ONLY.search(before + named[0]))


def _is_of_questions(words):
    return bool(re.search(r"guichet\s+de\s+renseignements?|accueil\s+telephonique", words))

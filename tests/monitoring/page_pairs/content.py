"""What the pages say, and what stands around it: the same in all looks."""

from copy import deepcopy
from dataclasses import dataclass, field

URL = "https://www.prefecture-de-x.gouv.fr/Demarches/Etrangers/Admission-exceptionnelle-au-sejour"


@dataclass
class Content:
    title: str = "Admission exceptionnelle au séjour"
    intro: list = field(
        default_factory=lambda: [
            "Vous vivez en France sans titre de séjour et vous souhaitez demander votre admission "
            "exceptionnelle au séjour, au titre de la vie privée et familiale ou du travail. Votre "
            "demande est examinée par la préfecture de X.",
            "La demande doit être envoyée par courrier simple, en un seul exemplaire. Aucun "
            "dossier n’est reçu au guichet. À compter du 1er mars 2026, les dossiers incomplets "
            "sont renvoyés à leur auteur.",
        ]
    )
    address: list = field(
        default_factory=lambda: [
            "Préfecture de X",
            "Bureau du séjour",
            "12 rue des Lilas",
            "CS 20105",
            "99000 X Cedex 9",
        ]
    )
    hours: list = field(
        default_factory=lambda: [
            ("Lundi", "9h00 - 12h00"),
            ("Mardi", "9h00 - 12h00 et 13h30 - 16h00"),
            ("Mercredi", "Fermé"),
            ("Jeudi", "9h00 - 12h00"),
            ("Vendredi", "9h00 - 11h30"),
        ]
    )
    closing: str = "Le bureau sera fermé le 24 décembre. L’accueil se fait sans rendez-vous."
    documents: list = field(
        default_factory=lambda: [
            (
                "Formulaire de demande d’admission exceptionnelle",
                "/content/download/4021/30517/file/formulaire-aes.pdf",
                "PDF - 1,2 Mo",
            ),
            (
                "Liste des pièces à fournir",
                "/content/download/4022/30518/file/liste-pieces.pdf",
                "PDF - 340 ko",
            ),
            ("Notice explicative", "/content/download/4023/30519/file/notice.pdf", "PDF - 85 ko"),
        ]
    )
    pieces: list = field(
        default_factory=lambda: [
            "le formulaire daté et signé",
            "une copie du passeport, toutes les pages",
            "3 photographies d’identité récentes",
            "un justificatif de domicile de moins de six mois",
            "une enveloppe affranchie à votre adresse",
        ]
    )
    fee: str = "Une taxe de 225 € vous sera demandée à la remise du titre."
    booking: tuple = (
        "Prendre rendez-vous pour le retrait du titre",
        "https://www.rdv-prefecture.interieur.gouv.fr/rdvpref/reservation/demarche/1040/",
    )
    online: tuple = (
        "Démarche en ligne pour les changements d’adresse",
        "https://www.demarches-simplifiees.fr/commencer/aes-prefecture-x-48213",
    )
    mail: str = "sejour@prefecture-de-x.gouv.fr"
    telephone: str = "05 99 00 12 34"
    delay: str = "Le délai d’instruction est de douze mois. Aucune relance ne sera traitée."


@dataclass
class Around:
    """What is on every page of the site, or is another each day."""

    site: str = "Les services de l’État dans le X"
    menu: list = field(
        default_factory=lambda: [
            ("Services de l’État", "/Services"),
            ("Démarches", "/Demarches"),
            ("Publications", "/Publications"),
            ("Étrangers en France", "/Demarches/Etrangers"),
        ]
    )
    trail: list = field(
        default_factory=lambda: [("Accueil", "/"), ("Démarches", "/Demarches"), ("Étrangers", "/E")]
    )
    news: list = field(
        default_factory=lambda: [
            ("Vigilance orange : orages", "/Actualites/12"),
            ("Recrutement : la préfecture recherche 3 agents", "/Actualites/11"),
        ]
    )
    banner: str = '<img src="/design/x/bandeau-ete.jpg" alt="Bandeau d’été">'
    updated: str = "Mis à jour le 12/03/2026"
    today: str = "Nous sommes le lundi 30 novembre 2026"
    weather: str = "Ciel clair, 14 °C"
    counter: str = "1 234 visites"
    comments: list = field(default_factory=lambda: ["Merci pour ces informations !"])
    notice: str = ""
    share: str = "Partager sur Facebook"
    year: str = "2026"
    token: str = "9f8e7d6c5b4a"
    before_content: str = ""
    after_content: str = ""


@dataclass
class Page:
    """What makes a page but its look; ``breaks`` is whether lines end by "br" or in paragraphs."""

    content: Content = field(default_factory=Content)
    around: Around = field(default_factory=Around)
    breaks: bool = True

    def copy(self):
        return deepcopy(self)

    def replace(self, old, new):
        """Write ``new`` for ``old`` wherever the content has it; it must have it."""
        before = repr(self.content)
        for name, value in vars(self.content).items():
            setattr(self.content, name, _replaced(value, old, new))
        assert repr(self.content) != before, old


def _replaced(value, old, new):
    if isinstance(value, str):
        return value.replace(old, new)
    return type(value)(_replaced(each, old, new) for each in value)

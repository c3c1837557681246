"""Changes of what a page says: each is named, and is told in every look."""

CHANGES = {}
BY_FIELD = {}


def planted(field):
    def register(function):
        assert function.__name__ not in CHANGES
        CHANGES[function.__name__] = function
        BY_FIELD.setdefault(field, []).append(function.__name__)
        return function

    return register


# {field: {name: (old words, new words)}}: what one word, or one figure, is enough to change.
WORDS = {
    "address": {
        "street_number": ("12 rue des Lilas", "14 rue des Lilas"),
        "street_name": ("rue des Lilas", "rue des Iris"),
        "street_kind": ("12 rue des Lilas", "12 avenue des Lilas"),
        "postcode": ("99000 X", "99100 X"),
        "post_box": ("CS 20105", "CS 20106"),
        "post_box_kind": ("CS 20105", "BP 20105"),
        "cedex": ("Cedex 9", "Cedex 2"),
        "no_cedex": (" Cedex 9", ""),
        "office": ("Bureau du séjour", "Bureau de l’éloignement"),
        "town": ("99000 X Cedex 9", "99000 Y Cedex 9"),
        "who_receives": ("Préfecture de X", "Sous-préfecture de X"),
    },
    "hours": {
        "opening_hour": ("9h00 - 11h30", "9h30 - 11h30"),
        "closing_hour": ("13h30 - 16h00", "13h30 - 15h30"),
        "no_afternoon": (" et 13h30 - 16h00", ""),
        "closed_day_opens": ("Fermé", "9h00 - 12h00"),
        "open_day_closes": ("9h00 - 11h30", "Fermé"),
        "by_appointment_only": ("sans rendez-vous", "uniquement sur rendez-vous"),
        "day_of_closing": ("24 décembre", "31 décembre"),
        "no_more_closing": ("Le bureau sera fermé le 24 décembre. ", ""),
    },
    "link": {
        "booking_number": ("demarche/1040", "demarche/1041"),
        "booking_site": ("www.rdv-prefecture.interieur.gouv.fr", "rdv.prefecture-de-x.gouv.fr"),
        "booking_words": ("pour le retrait du titre", "pour le dépôt du dossier"),
        "number_of_the_online_form": ("aes-prefecture-x-48213", "aes-prefecture-x-51377"),
        "site_of_the_online_form": ("www.demarches-simplifiees.fr", "demarche.numerique.gouv.fr"),
        "address_of_the_form": ("4021/30517", "4021/31866"),
        "name_of_the_file": ("liste-pieces.pdf", "liste-pieces-2026.pdf"),
        "mail": ("sejour@prefecture-de-x", "pref-sejour@prefecture-de-x"),
        "mail_of_another_site": ("sejour@prefecture-de-x.gouv.fr", "sejour@x.pref.gouv.fr"),
        "telephone": ("05 99 00 12 34", "05 99 00 12 35"),
    },
    "document": {
        "number_of_photos": ("3 photographies", "4 photographies"),
        "amount_of_the_fee": ("225 €", "300 €"),
        "form_renamed": ("Formulaire de demande", "Fiche de demande"),
        "which_pages": ("toutes les pages", "pages d’identité et visas"),
        "age_of_a_proof": ("moins de six mois", "moins de trois mois"),
        "original_for_copy": ("une copie du passeport", "l’original du passeport"),
        "stamps": ("une enveloppe affranchie", "deux enveloppes affranchies"),
    },
    "mode": {
        "post_to_online": ("par courrier simple", "en ligne"),
        "registered_letter": ("courrier simple", "lettre recommandée avec avis de réception"),
        "only_by_mail": ("envoyée par courrier simple", "envoyée uniquement par courriel"),
        "at_the_counter": ("Aucun dossier n’est reçu", "Les dossiers sont reçus"),
        "two_copies": ("en un seul exemplaire", "en deux exemplaires"),
        "date_of_a_rule": ("1er mars 2026", "1er avril 2026"),
        "delay": ("douze mois", "dix-huit mois"),
        "reminders": ("Aucune relance ne sera traitée", "Une relance est possible après six mois"),
        "ground": ("ou du travail", "uniquement"),
        "suspended": (
            "La demande doit être envoyée",
            "Le dépôt est suspendu jusqu’à nouvel ordre. La demande devait être envoyée",
        ),
        "negation": ("sont renvoyés", "ne sont pas renvoyés"),
    },
}


def _plant(field, name, old, new):
    def change(page):
        page.replace(old, new)

    change.__name__ = name
    planted(field)(change)


for _field, _changes in WORDS.items():
    for _name, (_old, _new) in _changes.items():
        _plant(_field, _name, _old, _new)


@planted("hours")
def two_days_change_places(page):
    hours = page.content.hours
    hours[1], hours[2] = (hours[1][0], hours[2][1]), (hours[2][0], hours[1][1])


@planted("hours")
def one_day_more(page):
    page.content.hours.append(("Samedi", "9h00 - 12h00"))


@planted("hours")
def one_day_less(page):
    del page.content.hours[3]


@planted("document")
def document_added(page):
    page.content.documents.append(
        (
            "Attestation d’hébergement",
            "/content/download/4030/1/file/attestation.pdf",
            "PDF - 40 ko",
        )
    )


@planted("document")
def document_removed(page):
    del page.content.documents[2]


@planted("document")
def two_documents_change_places(page):
    (one, here, weight), (other, there, _), last = page.content.documents
    page.content.documents = [(one, there, weight), (other, here, weight), last]


@planted("document")
def piece_added(page):
    page.content.pieces.append("les trois derniers avis d’imposition")


@planted("document")
def piece_removed(page):
    del page.content.pieces[3]


@planted("mode")
def appointment_required(page):
    page.content.intro.append("Le dépôt se fait uniquement sur rendez-vous.")


@planted("mode")
def second_channel(page):
    page.content.intro[1] += " Elle peut aussi être déposée en ligne."


@planted("link")
def booking_link_gone(page):
    page.content.booking = ("", "")


@planted("address")
def second_address(page):
    page.content.address += ["ou Sous-préfecture de Y, 3 place du Marché, 99200 Y"]


@planted("address")
def one_line_of_the_address_gone(page):
    del page.content.address[1]

"""An editor at work, whose actions are counted: each press, each text typed, each choice."""

from dataclasses import dataclass, field
from html import escape

PASTE = """([area, html, text]) => {
  const clipboardData = new DataTransfer();
  if (html) clipboardData.setData("text/html", html);
  clipboardData.setData("text/plain", text);
  const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
  if (!area.dispatchEvent(event)) return;
  area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
}"""
REASON = "Lu ce matin sur le site de la préfecture"


@dataclass
class Sheet:
    """What is on a préfecture's page, and the sheet that is made of it."""

    departement: str
    title: str
    address: str
    quotation: str
    steps: list
    links: list = field(default_factory=list)
    contacts: list = field(default_factory=list)
    refused: list = field(default_factory=list)

    @property
    def all_links(self):
        """Return the rows of links: the page itself comes first."""
        source = {"kind": "source", "label": "La page de la préfecture", "url": self.address}
        return [source, *self.links]

    @property
    def page(self):
        """Return the page as it is copied: its words, then its documents."""
        documents = (
            f'<p><a href="{escape(link["url"])}">{escape(link["label"])}</a></p>'
            for link in self.links
        )
        return self.quotation + "".join(documents)


class Editor:
    def __init__(self, page, site):
        self.page, self.site = page, site
        self.actions = self.fields = 0

    def act(self, done, *, fields=0):
        self.actions += 1
        self.fields += fields
        return done

    def go(self, path):
        self.act(self.page.goto(f"{self.site}{path}"))

    def press(self, selector):
        self.act(self.page.locator(selector).first.click())

    def tick(self, selector):
        self.act(self.page.locator(selector).first.check(), fields=1)

    def write(self, selector, text):
        self.act(self.page.locator(selector).first.fill(text), fields=1)

    def choose(self, selector, value):
        self.act(self.page.locator(selector).first.select_option(value), fields=1)

    def find(self, name, text):
        """Choose by typing: open, type, take the first."""
        self.press(f".field-{name} .select2-selection")
        self.act(self.page.keyboard.type(text), fields=1)
        self.page.locator(".select2-results__option--highlighted").wait_for()
        self.page.wait_for_timeout(400)
        self.act(self.page.keyboard.press("Enter"))

    def paste(self, selector, html, text):
        area = self.page.locator(selector).first
        self.press(selector)
        self.act(area.evaluate("(area, given) => (" + PASTE + ")([area, ...given])", [html, text]))
        self.fields += 1

    # --- Two ways -----------------------------------------------------------------------------

    def enter_by_hand(self, sheet, *, has_bar, title=""):
        """Type ``sheet`` into an empty form, field by field, and publish it."""
        self.go("/admin/prefectures/procedure/add/")
        self.find("departement", sheet.departement)
        self.write("#id_title", title or sheet.title)
        self.find("offices", sheet.title.split()[-1])
        self.tick("[name=grounds]")
        for channel in sheet.refused:
            self.tick(f"[name=refused_channels][value={channel}]")
        rows = {"steps": sheet.steps, "contacts": sheet.contacts, "links": sheet.all_links}
        for part, those in rows.items():
            for index, row in enumerate(those):
                self._add_row(part, index, row)
        self.press("#quotations-group .add-row a")
        self.paste("#quotations-0 .field-text [contenteditable=true]", sheet.quotation, "…")
        self.page.wait_for_timeout(600)
        self.write("#id_reason", REASON)
        if has_bar:
            self.press("[name=_publish]")
        else:
            self.choose("#id_publication", "published")
            self.press("[name=_save]")
        self.page.wait_for_url("**/procedure/**")

    def _add_row(self, part, index, row):
        self.press(f"#{part}-group .add-row a")
        for name, value in row.items():
            place = f"#id_{part}-{index}-{name}"
            if not self.page.locator(place).is_visible():
                # What few rows say.
                self.press(f"#{part}-{index} button.more")
            if name in ("kind", "registered", "publisher", "role"):
                self.choose(place, value)
            elif value is True:
                self.tick(place)
            else:
                self.write(place, value)

    def enter_by_page(self, sheet, *, title=""):
        """Paste the page of ``sheet``, take what is proposed, publish it as ``title``."""
        self.go("/admin/prefectures/procedure/partir-d-une-page/")
        self.write("#id_address", sheet.address)
        self.paste("#id_text", sheet.page, "la page")
        if not sheet.address.count(".gouv.fr"):
            self.choose("#id_departement", sheet.departement)
        self.press("input[type=submit][value='Lire la page']")
        self.press("[name=_fill]")
        if title:
            self.write("#id_title", title)
        self.press("[name=_publish]")
        self.page.wait_for_url("**/procedure/**")


# Four kinds of sheets, after those that were typed in by hand: a form on a platform of the State;
# an appointment with a code, then the counter; several documents and a summons; two ways of sending
# at choice.
SHEETS = {
    "Béziers": Sheet(
        "34",
        "Sous-préfecture de Béziers",
        "https://www.demarches-simplifiees.fr/commencer/sp-beziers-herault-rdvesi",
        "<p>Première demande de titre de séjour, situation irrégulière</p><p>Formulaire à remplir "
        "sur démarches simplifiées</p>"
        '<p><a href="https://www.demarches-simplifiees.fr/commencer/sp-beziers-herault-rdvesi">'
        "https://www.demarches-simplifiees.fr/commencer/sp-beziers-herault-rdvesi</a></p>",
        [
            {
                "kind": "online_form",
                "url": "https://www.demarches-simplifiees.fr/commencer/sp-beziers-herault-rdvesi",
            }
        ],
    ),
    "Créteil": Sheet(
        "94",
        "Préfecture de Créteil",
        "https://www.val-de-marne.gouv.fr/Demarches/Etrangers/AES",
        "<h2>Admission exceptionnelle au séjour</h2><p>Prenez rendez-vous "
        '<a href="https://www.rdv-prefecture.interieur.gouv.fr/rdvpref/reservation/demarche/4118/">'
        "ici</a>, avec le code de réservation AES.</p><p>Déposez votre dossier au guichet :</p>"
        "<p>Préfecture du Val-de-Marne<br>Bureau du séjour<br>21 avenue du Général-de-Gaulle<br>"
        "94000 Créteil</p><p>Les guichets sont ouverts du lundi au jeudi de 9h à 12h.</p>"
        "<p>Les dossiers envoyés par courrier ne sont pas acceptés.</p>"
        "<p>Pour toute question : aes@val-de-marne.gouv.fr</p>",
        [
            {
                "kind": "book_online",
                "url": "https://www.rdv-prefecture.interieur.gouv.fr/rdvpref/reservation/demarche/4118/",
                "booking_code": "AES",
            },
            {
                "kind": "counter",
                "address": "Préfecture du Val-de-Marne\nBureau du séjour\n"
                "21 avenue du Général-de-Gaulle\n94000 Créteil",
                "hours": "du lundi au jeudi de 9h à 12h",
            },
        ],
        [
            {
                "kind": "form",
                "label": "Le formulaire de demande",
                "url": "https://www.val-de-marne.gouv.fr/content/download/1/2/file/formulaire.pdf",
            },
            {
                "kind": "document_list",
                "label": "La liste des pièces à fournir",
                "url": "https://www.val-de-marne.gouv.fr/content/download/1/3/file/pieces.pdf",
            },
        ],
        [{"kind": "email", "value": "aes@val-de-marne.gouv.fr", "purpose": "une question"}],
        ["postal"],
    ),
    "Paris": Sheet(
        "75",
        "Préfecture de police de Paris",
        "https://www.prefecturedepolice.interieur.gouv.fr/demarches/aes",
        "<h2>Admission exceptionnelle au séjour</h2><p>Téléchargez le formulaire, puis déposez "
        'votre demande sur <a href="https://www.demarches-simplifiees.fr/commencer/pp-aes">la '
        "démarche en ligne</a>.</p><p>Vous serez ensuite convoqué. Une convocation vous sera "
        "adressée par courriel.</p><p>Présentez-vous au guichet, le jour de votre rendez-vous :</p>"
        "<p>Préfecture de police<br>Délégation à l’immigration<br>92 boulevard Ney<br>75018 Paris"
        "</p><p>Aucun dossier n’est accepté au guichet sans convocation.</p><p>Les dossiers "
        "envoyés par courrier ne sont pas acceptés.</p><p>Renseignements : 01 53 71 53 71, du "
        "lundi au vendredi de 9h à 16h.</p><p>Le visa de régularisation coûte 200 €.</p>",
        [
            {"kind": "online_form", "url": "https://www.demarches-simplifiees.fr/commencer/pp-aes"},
            {"kind": "wait_for_summons"},
            {
                "kind": "counter",
                "address": "Préfecture de police\nDélégation à l’immigration\n92 boulevard Ney\n"
                "75018 Paris",
            },
        ],
        [
            {
                "kind": kind,
                "label": label,
                "url": f"https://www.prefecturedepolice.interieur.gouv.fr/{name}.pdf",
            }
            for kind, label, name in [
                ("form", "Le formulaire de demande", "formulaire"),
                ("document_list", "La liste des pièces à fournir", "pieces"),
                ("annex", "Annexe à faire remplir par l’employeur", "annexe"),
                ("notice", "La notice", "notice"),
            ]
        ],
        [{"kind": "phone", "value": "01 53 71 53 71", "purpose": "renseignements"}],
        ["postal"],
    ),
    "Tarn": Sheet(
        "81",
        "Préfecture d’Albi",
        "https://www.tarn.gouv.fr/formulaire-a-telecharger-a8554.html",
        "<h2>Admission exceptionnelle au séjour</h2><p>Vous devez adresser votre demande par "
        "courriel ou par courrier postal :</p><ul><li>par courriel à l’adresse : "
        "pref-etrangers@tarn.gouv.fr</li><li>par courrier postal à l’adresse :<br>Préfecture du "
        "Tarn<br>Bureau des étrangers<br>Place de la préfecture<br>81013 ALBI Cedex 09</li></ul>",
        [
            {"kind": "other", "role": "form"},
            {"kind": "email", "email": "pref-etrangers@tarn.gouv.fr"},
            {
                "kind": "post",
                "is_alternative": True,
                "address": "Préfecture du Tarn\nBureau des étrangers\nPlace de la préfecture\n"
                "81013 ALBI Cedex 09",
            },
        ],
        [
            {
                "kind": "form",
                "label": "Formulaire téléchargeable ici",
                "url": "https://www.tarn.gouv.fr/IMG/pdf/formulaire_unique-2.pdf",
            }
        ],
    ),
}

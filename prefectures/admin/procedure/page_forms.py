"""The forms of "Partir de la page de la préfecture": what is pasted, and what is taken of it."""

from django import forms
from django.utils.text import capfirst

from ...models import Channel, Contact, Departement, Link, Procedure, Step
from ...models.fields import MOST_IN_RICH_TEXT, in_thousands, is_web_address
from ...proposing import ROWS
from ...proposing.comparing import leading_of

# With its tags; what is kept of it is much less.
MOST_CHARACTERS = 500_000
LONGEST_ADDRESS = 2000
TOO_LONG = (
    "Cette page est trop longue ({length} caractères, {most} au plus) : copiez seulement la partie "
    "qui parle de la demande. Rien n’est perdu : votre texte est encore ici."
)
NOTHING_PASTED = "Collez ici la page de la préfecture : il n’y a rien à lire."
NO_DEPARTEMENT = (
    "L’adresse ne dit pas de quelle préfecture est la page : choisissez le département."
)


def too_long(length, most):
    return TOO_LONG.format(length=in_thousands(length), most=in_thousands(most))


class PageForm(forms.Form):
    """``html`` is the page as the browser copied it; ``text`` what was pasted without a script."""

    address = forms.CharField(
        label="Adresse de la page",
        required=False,
        max_length=LONGEST_ADDRESS,
        widget=forms.URLInput(
            attrs={"class": "vLargeTextField", "autocomplete": "off", "autofocus": True}
        ),
        help_text="Copiée du navigateur. Elle dit de quel département il s’agit, et complète les "
        "liens de la page.",
    )
    text = forms.CharField(
        label="La page",
        required=False,
        widget=forms.Textarea(attrs={"rows": 14, "cols": 90}),
        help_text="Sur la page de la préfecture : Ctrl+A, Ctrl+C ; ici : Ctrl+V. Les liens "
        "viennent avec. Le texte d’un PDF convient aussi.",
    )
    html = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
    departement = forms.ModelChoiceField(
        Departement.objects.all(),
        label="Département",
        required=False,
        empty_label="d’après l’adresse",
    )
    with_menus = forms.BooleanField(
        label="Garder aussi les menus et le pied de page",
        required=False,
        help_text="À cocher s’il manque un passage.",
    )

    def clean_address(self):
        address = self.cleaned_data["address"].strip()
        if address and ":" not in address.partition("/")[0]:
            address = f"https://{address}"
        if address and not is_web_address(address):
            raise forms.ValidationError(
                "Une adresse de page commence par https:// : copiez-la depuis le navigateur."
            )
        return address

    def clean(self):
        cleaned = super().clean()
        source = self.source
        if not source.strip():
            self.add_error("text", NOTHING_PASTED)
        elif len(source) > MOST_CHARACTERS:
            self.add_error("text", too_long(len(source), MOST_CHARACTERS))
        return cleaned

    @property
    def source(self):
        return self.cleaned_data.get("html") or self.cleaned_data.get("text") or ""

    def refuses(self, quotation):
        """Whether what would be quoted is nothing, or too long to be kept; it is said then."""
        if not quotation:
            self.add_error("text", NOTHING_PASTED)
        elif len(quotation) > MOST_IN_RICH_TEXT:
            self.add_error("text", too_long(len(quotation), MOST_IN_RICH_TEXT))
        return bool(self.errors)


LONGEST_WORDS = 160

# Of a row that is proposed: what may be changed before it is taken, in this order.
CHANGED = {
    Step: ["address", "url", "email", "phone", "hours", "booking_code", "instructions"],
    Contact: ["value", "purpose", "hours"],
    Link: ["label", "url", "printed_date"],
    Procedure: ["fees", "printed_date"],
}
# What no rule says, and one adds.
ALWAYS = {Step: ["instructions"], Contact: ["purpose"], Link: [], Procedure: []}
LINES = {"address", "hours", "value", "fees", "instructions", "purpose"}


class ProposalForm(forms.Form):
    """One proposal: taken or not, and with what; in the place of the row ``replaced``, or new."""

    take = forms.BooleanField(required=False)

    def __init__(self, proposal, page, data=None, *, number, is_taken, replaced=None):
        initial = {"take": is_taken, **proposal.values}
        super().__init__(data, initial=initial, prefix=f"p{number}")
        self.proposal = proposal
        self.number = number
        self.replaced = replaced
        self.words = _words(proposal, page)
        model = proposal.model
        if model in ROWS:
            self.fields["kind"] = forms.ChoiceField(
                label=capfirst(model._meta.get_field("kind").verbose_name),
                choices=model.Kind.choices,
            )
        if model is Step:
            self.fields["is_alternative"] = forms.BooleanField(
                label="Au choix avec l’étape précédente", required=False
            )
            self.fields["registered"] = forms.ChoiceField(
                label="En recommandé", required=False, choices=Step.Registered.choices
            )
        for name in CHANGED[model]:
            if name in proposal.values or name in ALWAYS[model]:
                self.fields[name] = self._field(model, name)

    def _field(self, model, name):
        label = Link if model is Procedure and name == "printed_date" else model
        rows = 1 + self.initial.get(name, "").count("\n")
        widget = forms.Textarea(attrs={"rows": rows, "cols": 50}) if name in LINES else None
        return forms.CharField(
            label=capfirst(label._meta.get_field(name).verbose_name),
            required=False,
            widget=widget,
        )

    @property
    def title(self):
        """Say what is proposed: "envoyer par la poste", "voie refusée : par la poste"."""
        values, model = self.proposal.values, self.proposal.model
        if values.get("role") == Step.Role.FORM:
            return "télécharger et remplir le formulaire"
        if model in ROWS:
            return model.Kind(values["kind"]).label
        if "refused_channels" in values:
            return f"voie refusée\N{NO-BREAK SPACE}: {Channel(values['refused_channels']).label}"
        return "frais" if "fees" in values else "date de la page"

    @property
    def summary(self):
        """Say it in a line: an address, a number, where a link leads."""
        told = [self[name].value() for name in CHANGED[self.proposal.model] if name in self.fields]
        told = [text for text in told if text and text.strip()]
        return " · ".join(_in_a_line(text) for text in told)

    @property
    def remarks(self):
        values = self.proposal.values
        if values.get("is_for_another_request"):
            yield "pas pour cette demande"
        if values.get("is_alternative"):
            yield "au choix avec l’étape précédente"
        if values.get("registered"):
            yield "en recommandé, exigé"

    @property
    def changeable(self):
        """Return the fields that may be changed."""
        return [self[name] for name in self.fields if name != "take"]

    @property
    def is_first(self):
        """Whether it is shown with what is sure: it is, or was taken."""
        return self.proposal.is_sure or bool(self.is_bound and self["take"].data)

    @property
    def was(self):
        """Say what it takes the place of, "" where it is new."""
        if self.replaced is None:
            return ""
        return ", ".join(_in_a_line(value) for _, value in leading_of(self.replaced))

    @property
    def is_taken(self):
        return self.is_valid() and self.cleaned_data["take"]

    def values(self):
        """Return the values of the row that is taken, those that were changed as they are now."""
        changed = {name: self.cleaned_data[name] for name in self.fields if name != "take"}
        return self.proposal.values | changed


def _words(proposal, page):
    """Return the words of ``page`` that say what is proposed."""
    told = dict.fromkeys(page.text[start:end] for start, end in proposal.spans)
    words = " … ".join(told).replace("\n", " / ")
    short = words[:LONGEST_WORDS].rsplit(" ", 1)[0]
    return words if len(words) <= LONGEST_WORDS else f"{short}…"


def _in_a_line(text):
    """Return the lines of ``text`` in one: an envelope's parted, sentences as they follow."""
    lines = text.splitlines()
    return " ".join(
        line if line.endswith((".", ",", ";")) or line == lines[-1] else f"{line},"
        for line in lines
    )

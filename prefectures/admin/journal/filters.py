"""What of the journal one wants to see, as its address says it."""

from datetime import date, datetime, time, timedelta
from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst

from ...history.journal import THE_SITE, Asked, Kind
from ...history.subjects import TooManyFoundError, called_like, subjects
from ...models import User
from ...text.naming import normalised

NO_DAY = "Cette date n’existe pas : écrivez-la comme 2026-03-31."
NO_CHOICE = "Ce choix n’existe pas : prenez-en un dans la liste."
LONGEST = 200


class Day(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs):
        super().__init__(
            required=False,
            input_formats=["%Y-%m-%d", "%d/%m/%Y"],
            error_messages={"invalid": NO_DAY},
            **kwargs,
        )


class Choice(forms.ChoiceField):
    def __init__(self, **kwargs):
        super().__init__(required=False, error_messages={"invalid_choice": NO_CHOICE}, **kwargs)


class Text(forms.CharField):
    def __init__(self, **kwargs):
        super().__init__(
            required=False,
            max_length=LONGEST,
            error_messages={"max_length": f"Cherchez en {LONGEST} caractères au plus."},
            **kwargs,
        )


class JournalFilters(forms.Form):
    """Filters of the journal, all together; each is optional. ``asked`` once they are valid."""

    personne = Choice(label="Qui")
    nature = Choice(label="Nature")
    du = Day(label="Du")
    au = Day(label="Au", help_text="Ce jour compris.")
    objet = Choice(label="Ce qui a changé")
    cle = Text(label="Son nom", help_text="Exemples : 34/sous-prefecture-de-beziers, Hérault.")
    mots = Text(label="Mots de la raison ou du fichier")

    # Not a required attribute, not a colon: these are filters.
    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.models = {model._meta.model_name: model for model in subjects()}
        self.fields["personne"].choices = [
            ("", "Tout le monde"),
            *_people(),
            (THE_SITE, "Commande du site"),
        ]
        self.fields["nature"].choices = [("", "Tout"), *Kind.choices]
        self.fields["objet"].choices = [
            ("", "Tout"),
            *((name, capfirst(model._meta.verbose_name)) for name, model in self.models.items()),
        ]

    def clean(self):
        cleaned = super().clean()
        since, until = cleaned.get("du"), cleaned.get("au")
        if since and until and since > until:
            self.add_error("au", "La fin vient avant le début.")
        if cleaned.get("cle"):
            self._look_for(cleaned)
        return cleaned

    def _look_for(self, cleaned):
        if not cleaned.get("objet"):
            if "objet" not in self.errors:
                self.add_error("objet", "Dites aussi ce que c’est : une fiche, un guichet…")
            return
        model = self.models[cleaned["objet"]]
        try:
            cleaned["keys"] = frozenset(called_like(model, cleaned["cle"]))
        except TooManyFoundError:
            self.add_error("cle", "Trop de choses portent ces mots : précisez.")
            return
        if not cleaned["keys"]:
            raise ValidationError({"cle": "Rien ne porte ce nom, et rien ne l’a porté."})

    @cached_property
    def asked(self):
        found = self.cleaned_data
        person = found["personne"]
        return Asked(
            person=int(person) if person.isdigit() else person or None,
            since=_midnight(found["du"]),
            until=_midnight(found["au"], days=1),
            kind=found["nature"],
            model=self.models.get(found["objet"]),
            keys=found.get("keys"),
            words=found["mots"],
        )

    @property
    def given(self):
        """Return {name: value} of those that are filled in, as they came."""
        return {name: self.data[name] for name in self.fields if self.data.get(name)}

    @property
    def in_words(self):
        """Return "qui : Rim B., du : 2026-03-01" of those that are filled in."""
        labels = {name: dict(getattr(field, "choices", ())) for name, field in self.fields.items()}
        return ", ".join(
            f"{self.fields[name].label.lower()}\u00a0: {labels[name].get(value, value)}"
            for name, value in self.given.items()
        )


def _people():
    """Yield (key, name) of all accounts, those that are closed too."""
    people = sorted(User.objects.order_by(), key=lambda person: normalised(str(person)))
    for person in people:
        closed = "" if person.is_active else " (compte fermé)"
        yield str(person.pk), f"{person}{closed}"


def _midnight(day, days=0):
    """Return when a day of Paris begins, or ends."""
    if day is None:
        return None
    # Databases know no day before the first, nor after the last: the site is younger, and older.
    day = min(max(day, date(1970, 1, 1)), date(2999, 1, 1))
    return timezone.make_aware(datetime.combine(day + timedelta(days), time.min))

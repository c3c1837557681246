"""Field types of ours. Each cleans its value itself, so that form, import and command pass it."""

import re
from html import unescape
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django_prose_editor.fields import ProseEditorFormField

from ..text.item_lists import as_item_list
from ..text.rich_text import HREF, clean_rich_text

# Far more than anybody typed so far; what is larger makes pages, comparisons and imports slow.
MOST_IN_LINES = 20_000
MOST_IN_RICH_TEXT = 100_000
# With the tags that a word processor sends along, before they are taken away.
MOST_TO_CLEAN = 200_000

# Of a rank, a number: small enough for both databases; SQLite itself knows no bound.
LAST_POSITION = 9999

# And halves of a character (JSON can hold "\ud83d"), which no database takes.
CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def refuse_control_characters(value):
    if CONTROL_CHARACTERS.search(value):
        raise ValidationError(
            "Ce texte contient un caractère invisible que le site ne sait pas garder : "
            "retapez-le, ou collez-le sans mise en forme.",
            code="control_character",
        )


# Each shows the signs after it in another order than they are stored in: "fdp.exe" for "exe.pdf".
DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Forced order, which no language needs; marks that only say how letters run are left to texts.
FORCED_DIRECTIONS = re.compile("[\u202d\u202e]")
UNSEEN = re.compile("[\u200b\u2060\ufeff]")


def refuse_directions(value, marks=DIRECTIONS):
    if marks.search(value):
        raise ValidationError(
            "Ce texte contient un signe invisible qui change le sens de lecture : effacez-le, "
            "puis retapez-le à la main.",
            code="direction",
        )


def refuse_forced_directions(value):
    refuse_directions(value, FORCED_DIRECTIONS)


def refuse_long_lines(value):
    refuse_beyond(MOST_IN_LINES, value)


def refuse_beyond(most, value):
    if len(value) > most:
        raise ValidationError(
            "Ce texte est trop long (%(length)s caractères, %(most)s au plus) : gardez "
            "l’essentiel, et donnez un lien vers le reste.",
            code="too_long",
            params={"length": in_thousands(len(value)), "most": in_thousands(most)},
        )


def in_thousands(number):
    return f"{number:,}".replace(",", "\u00a0")


class LineField(models.CharField):
    """One line of text: nothing unseen, no line break, no space at either end."""

    default_validators = [refuse_control_characters, refuse_directions]

    def to_python(self, value):
        value = super().to_python(value)
        return " ".join(UNSEEN.sub("", value).split()) if isinstance(value, str) else value


class LinesField(models.TextField):
    """Plain text on several lines, as typed: only line ends and trailing spaces are cleaned."""

    default_validators = [refuse_control_characters, refuse_forced_directions, refuse_long_lines]

    def to_python(self, value):
        value = super().to_python(value)
        if not isinstance(value, str):
            return value
        lines = value.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return "\n".join(line.rstrip() for line in lines).strip("\n")


# --- Web addresses ----------------------------------------------------------------------------


# Characters.
LONGEST_ADDRESS = 2000
# Browsers read "\\" as "/", and signs of direction show another host than the one they open.
DECEPTIVE = re.compile(r"[\\\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


def validate_web_address(value):
    """Refuse what a browser could not open safely. Says nothing of whether the page exists."""
    if re.search(r"\s", value):
        raise ValidationError(
            "Une adresse de page ne contient pas d’espace : copiez-la depuis le navigateur.",
            code="space",
        )
    if DECEPTIVE.search(value):
        raise ValidationError(
            "Cette adresse contient un caractère trompeur (barre inverse, signe invisible) : "
            "copiez-la depuis le navigateur.",
            code="deceptive",
        )
    try:
        parts = urlsplit(value)
        has_host = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        has_host = False
    if not has_host or parts.scheme.lower() not in ("http", "https"):
        raise ValidationError(
            "Donnez l’adresse complète de la page, de « https:// » jusqu’au bout. "
            "Exemple : https://www.gard.gouv.fr/Demarches",
            code="not_web",
        )
    if parts.username is not None or parts.password is not None:
        raise ValidationError(
            "Cette adresse contient un nom d’utilisateur (avant « @ ») : retirez-le.",
            code="credentials",
        )


def is_web_address(value):
    """Whether ``value``, whoever wrote it and wherever it was kept, may be made a link."""
    try:
        validate_web_address(value)
    except ValidationError:
        return False
    return True


def host(url):
    """Return the site that ``url`` leads to, as written: "www.ariège.gouv.fr"."""
    return re.split(r"[/?#]", url.partition("//")[2], maxsplit=1)[0]


class WebAddressField(models.CharField):
    """The address of a page, stored to the letter: accents, "(2)", "+", "%20", "#2" stay.

    Django's URLField takes addresses apart and puts them together again; ours never does: a
    misspelt path of a préfecture is the path that works.
    """

    default_validators = [refuse_control_characters, validate_web_address]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", LONGEST_ADDRESS)
        super().__init__(*args, **kwargs)

    def to_python(self, value):
        value = super().to_python(value)
        return value.strip() if isinstance(value, str) else value

    def formfield(self, **kwargs):
        field = super().formfield(**kwargs)
        # No type="url": browsers refuse accented hosts there, in words of their own.
        field.widget.attrs |= {"inputmode": "url", "spellcheck": "false"}
        return field


# --- Rich text --------------------------------------------------------------------------------


def validate_rich_text(html):
    """Refuse links that lead nowhere once out of the page they were copied from."""
    for href in HREF.findall(html):
        if not leads_somewhere(href):
            raise ValidationError(
                "Le lien « %(href)s » est incomplet : remplacez-le par l’adresse entière, "
                "de « https:// » jusqu’au bout.",
                code="relative_link",
                params={"href": unescape(href)},
            )


def leads_somewhere(href):
    """Whether the ``href`` of a link in rich text, as it is written there, leads somewhere."""
    address = unescape(href)
    return address.lower().startswith(("mailto:", "tel:")) or is_web_address(address)


def safe_rich_text(html):
    """Return stored ``html`` as it may be shown.

    Its field has cleaned it, but rows come from backups and from the shell as well.
    """
    return HREF.sub(
        lambda link: link[0] if leads_somewhere(link[1]) else "<a", clean_rich_text(html)
    )


EDITOR_EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [3, 4]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HardBreak": True,
    "Link": {"protocols": ["http", "https", "mailto", "tel"]},
    "History": True,
}


def refuse_long_rich_text(html):
    refuse_beyond(MOST_IN_RICH_TEXT, html)


def sanitised(html):
    """Return ``html`` cleaned; refuse what is too large to be cleaned while somebody waits."""
    refuse_beyond(MOST_TO_CLEAN, html)
    return clean_rich_text(html)


class RichTextField(models.TextField):
    """HTML of the closed set (p br strong em ul ol li a h3 h4 blockquote), cleaned on the model."""

    default_validators = [refuse_control_characters, refuse_long_rich_text, validate_rich_text]

    def to_python(self, value):
        value = super().to_python(value)
        if not isinstance(value, str):
            return value
        # Before cleaning, which drops some of them without a word.
        refuse_control_characters(value)
        return sanitised(value)

    def formfield(self, **kwargs):
        return super().formfield(
            **{
                "form_class": ProseEditorFormField,
                "config": {"extensions": EDITOR_EXTENSIONS},
                "preset": "configurable",
                "sanitize": sanitised,
                **kwargs,
            }
        )


class RichListField(RichTextField):
    """Rich text that is a list of items: what is typed as lines becomes one.

    What introduces some of them, a title or a line that ends in ":", stays before them.
    """

    def to_python(self, value):
        value = super().to_python(value)
        return as_item_list(value) if isinstance(value, str) else value


class VersionField(models.PositiveIntegerField):
    """A number that the gate alone raises.

    What was read some time ago would bring back its version of then, as the newest.
    """

    def pre_save(self, instance, add):
        return super().pre_save(instance, add) if add else models.F(self.attname)

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        # To the database it is a number like another.
        return name, "django.db.models.PositiveIntegerField", args, kwargs


# --- Several choices in one column ------------------------------------------------------------


class ChoiceSetField(models.CharField):
    """Some of ``choices``, in their order; a list in Python, "postal,online" in the database."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 200)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value, expression, connection):
        return self.to_python(value)

    def to_python(self, value):
        if value is None or isinstance(value, str):
            value = [item for item in (value or "").split(",") if item]
        order = [key for key, _ in self.choices or ()]
        known = [key for key in order if key in value]
        return known + [item for item in value if item not in known]

    def get_prep_value(self, value):
        return ",".join(str(item) for item in self.to_python(value))

    def value_to_string(self, obj):
        return self.get_prep_value(self.value_from_object(obj))

    def validate(self, value, model_instance):
        known = dict(self.choices)
        for item in value:
            if item not in known:
                raise ValidationError(
                    "« %(item)s » n’est pas un choix possible ici (%(known)s).",
                    code="invalid_choice",
                    params={"item": item, "known": ", ".join(known)},
                )

    def run_validators(self, value):
        """The choices say it all: a length of text means nothing for a list."""

    def formfield(self, **kwargs):
        return forms.MultipleChoiceField(
            choices=self.choices,
            required=not self.blank,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )

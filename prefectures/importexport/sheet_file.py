"""Whole sheets in one JSON file: the form of ``fixtures/occitanie.json``.

A sheet is an object whose fields bear the model's names; ``steps``, ``contacts`` and ``links`` are
lists of such objects, numbered in their order; offices are "34/sous-prefecture-de-beziers", grounds
their code, arrondissements and communes their code INSEE; ``quoted_from`` is the number of a link.
``docs/format-des-fiches.md`` describes it for people.
"""

import json
import re

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from ..models import (
    Arrondissement,
    Changeset,
    Commune,
    Contact,
    Departement,
    Ground,
    Link,
    Prefecture,
    Procedure,
    Step,
    changeset,
)
from ..models.fields import ChoiceSetField, RichTextField
from ..models.whole import faults_of
from ..territories.files import FileFault
from ..text.plain_text import as_rich_text
from . import located_json

# JSON can write one ("\\ud800"); no database keeps it.
HALF_OF_A_CHARACTER = re.compile("[\ud800-\udfff]")

PARTS = {"steps": Step, "contacts": Contact, "links": Link}
RELATED = ("offices", "grounds", "arrondissements", "communes_included", "communes_excluded")
NOT_IN_FILE = {"id", "version", "procedure", "number"}


def load_sheets(path, *, author=None):
    """Load the sheets of ``path`` that the site never knew; return (loaded, left alone), as keys.

    A sheet that is there, was renamed since or was deleted is left alone: the file never overwrites
    what people did. One changeset for the file. Raises FileFault with nothing written.
    """
    document = _read(path)
    reader = _Reader(path)
    reader.refuse_unknown(document, {"title", "reason", "public_reason", "sheets"})
    sheets = reader.list_of(document, "sheets", is_required=True)
    reasons = {name: reader.reason(document, name) for name in ("reason", "public_reason")}
    loaded, left_alone = [], []
    with changeset(**reasons, author=author, file_name=path.name):
        for sheet in sheets:
            key = f"{reader.text(sheet, 'departement')}/{reader.text(sheet, 'slug')}"
            if _was_ever_here(sheet["departement"], sheet["slug"]):
                left_alone.append(key)
            else:
                reader.save(sheet)
                loaded.append(key)
    return loaded, left_alone


def _read(path):
    try:
        document = located_json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise FileFault(path, 1, "", "ce fichier manque.") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise FileFault(path, line, "", "ce texte n’est pas en UTF-8.") from None
    except json.JSONDecodeError as error:
        raise FileFault(path, error.lineno, "", f"ce n’est pas du JSON ({error.msg}).") from None
    except RecursionError:
        raise FileFault(path, 1, "", "ce n’est pas du JSON (trop de crochets).") from None
    if not isinstance(document, dict):
        raise FileFault(path, 1, "", "un objet { … } est attendu.")
    return document


def _was_ever_here(departement, slug):
    return Procedure.history.filter(departement_id=departement, slug=slug).exists()


class _Reader:
    def __init__(self, path):
        self.path = path
        self.known = {
            "departement": {item.code: item for item in Departement.objects.all()},
            "offices": {item.key: item for item in Prefecture.objects.all()},
            "grounds": {item.slug: item for item in Ground.objects.all()},
            "arrondissements": {item.code: item for item in Arrondissement.objects.all()},
        }

    def fault(self, place, field, problem):
        return FileFault(self.path, place.line_of(field), field, problem)

    def text(self, place, field):
        value = place.get(field)
        if not isinstance(value, str) or not value.strip():
            raise self.fault(place, field, "un texte est attendu ici.")
        return value

    def reason(self, document, field):
        if field == "public_reason" and document.get(field, "") == "":
            return ""
        try:
            return Changeset._meta.get_field(field).clean(self.text(document, field), None)
        except ValidationError as error:
            raise self.fault(document, field, error.messages[0]) from error

    def list_of(self, place, field, kind=dict, *, is_required=False):
        value = place.get(field, None if is_required else [])
        if not isinstance(value, list) or not all(isinstance(item, kind) for item in value):
            what = "d’objets { … }" if kind is dict else "de textes"
            raise self.fault(place, field, f"une liste [ … ] {what} est attendue ici.")
        return value

    def save(self, sheet):
        names = self._names(Procedure) - {"departement", "quoted_from"}
        others = {"departement", "quoted_from", *PARTS, *RELATED}
        self.refuse_unknown(sheet, names | others)
        related = {name: self._related(sheet, name) for name in RELATED}
        procedure = self._saved(
            Procedure(departement=self._known(sheet, "departement")), sheet, names
        )
        for name, items in related.items():
            getattr(procedure, name).set(items)
        for name, model in PARTS.items():
            for number, part in enumerate(self.list_of(sheet, name), 1):
                fields = self._names(model)
                self.refuse_unknown(part, fields)
                self._saved(model(procedure=procedure, number=number), part, fields)
        if sheet.get("quoted_from") is not None:
            link = procedure.links.filter(number=self._number(sheet, "quoted_from")).first()
            if link is None:
                raise self.fault(sheet, "quoted_from", "la fiche n’a pas de lien de ce numéro.")
            procedure.quoted_from = link
            procedure.save()
        faults = faults_of([procedure])
        if faults:
            raise self.fault(sheet, "slug", " ".join(faults[procedure.pk]))

    def _saved(self, item, place, names):
        for name in names & set(place):
            setattr(item, name, self._value(item._meta.get_field(name), place))
        try:
            item.full_clean()
        except ValidationError as error:
            field, problems = next(iter(error.message_dict.items()))
            field = "" if field == NON_FIELD_ERRORS else field
            raise self.fault(place, field, problems[0]) from error
        item.save()
        return item

    def _value(self, field, place):
        value = place[field.name]
        if isinstance(field, ChoiceSetField):
            return self.list_of(place, field.name, str)
        expected = (
            (bool, "true ou false")
            if isinstance(field, models.BooleanField)
            else (int, "un nombre")
            if isinstance(field, models.IntegerField)
            else (str, "un texte")
        )
        if value is None and field.null:
            return None
        if type(value) is not expected[0]:
            raise self.fault(place, field.name, f"{expected[1]} est attendu ici.")
        if isinstance(value, str) and HALF_OF_A_CHARACTER.search(value):
            raise self.fault(
                place, field.name, "ce texte contient une moitié de caractère (\\ud…)."
            )
        return as_rich_text(value) if isinstance(field, RichTextField) else value

    def _number(self, place, field):
        if type(place[field]) is not int:
            raise self.fault(place, field, "un nombre est attendu ici.")
        return place[field]

    def _known(self, place, field):
        value = place[field]
        if value not in self.known[field]:
            raise self.fault(place, field, f"« {value} » est inconnu.")
        return self.known[field][value]

    def _related(self, sheet, name):
        codes = self.list_of(sheet, name, str)
        known = Commune.objects.in_bulk(codes) if name.startswith("communes") else self.known[name]
        for code in codes:
            if code not in known:
                raise self.fault(sheet, name, f"« {code} » est inconnu.")
        return [known[code] for code in codes]

    @staticmethod
    def _names(model):
        return {field.name for field in model._meta.fields} - NOT_IN_FILE

    def refuse_unknown(self, place, names):
        for field in place:
            if field not in names:
                raise self.fault(place, field, "ce champ n’existe pas.")
        for field in place.repeated:
            raise self.fault(place, field, "ce champ est donné deux fois.")

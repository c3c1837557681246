"""Whole sheets in one JSON file: the form of ``fixtures/occitanie.json``.

A sheet is an object whose fields bear the model's names; ``steps``, ``contacts`` and ``links`` are
lists of such objects, numbered in their order; offices are "34/sous-prefecture-de-beziers", grounds
their code, arrondissements and communes their code INSEE; a quotation's ``link`` and a step's
``source`` are the number of a link, a referral's ``sheet`` is "34/sous-prefecture-de-beziers".
``docs/format-des-fiches.md`` describes it for people.
"""

import json
import re

from django.core.exceptions import ValidationError
from django.db import models

from ..models import (
    Arrondissement,
    Changeset,
    Commune,
    Departement,
    FaultySheetsError,
    Ground,
    Prefecture,
    Procedure,
    changeset,
)
from ..models.fields import LAST_POSITION, ChoiceSetField, RichTextField
from ..sheets.canonical import NOT_SAID
from ..sheets.checking import new_item, refusals
from ..sheets.difference import changes
from ..sheets.kinds import ROWS, row_kind
from ..sheets.state import Item, OwnRow, State
from ..sheets.writing import write
from ..territories.files import FileFault
from ..text.plain_text import as_rich_text
from . import located_json

# JSON can write one ("\\ud800"); no database keeps it.
HALF_OF_A_CHARACTER = re.compile("[\ud800-\udfff]")


SAME_ADDRESS = next(
    constraint.violation_error_message
    for constraint in Procedure._meta.constraints
    if constraint.name == "procedure_slug_unique_in_departement"
)


def load_sheets(path, *, author=None):
    """Load the sheets of ``path`` that the site never knew; return (loaded, left alone), as keys.

    A sheet that is there, was renamed since or was deleted is left alone: the file never overwrites
    what people did. One changeset for the file. Raises FileFault with nothing written.
    """
    document = read(path)
    reader = Reader(path)
    reader.refuse_unknown(document, {"title", "reason", "public_reason", "sheets"})
    sheets = reader.list_of(document, "sheets", is_required=True)
    reasons = {name: reader.reason(document, name) for name in ("reason", "public_reason")}
    places, left_alone = {}, []
    for sheet in sheets:
        key = f"{reader.text(sheet, 'departement')}/{reader.text(sheet, 'slug')}"
        if _was_ever_here(sheet["departement"], sheet["slug"]):
            left_alone.append(key)
        elif key in places:
            raise reader.fault(sheet, "", SAME_ADDRESS)
        else:
            places[key] = sheet
    reader.coming = {key: Item(None, {}) for key in places}
    states = [reader.state(key, sheet) for key, sheet in places.items()]
    try:
        with changeset(**reasons, author=author, file_name=path.name):
            write(change for state in states for change in changes(State(), state))
    except FaultySheetsError as error:
        sheet, sentences = next(iter(error.faults.items()))
        raise reader.fault(places[sheet.key], "slug", " ".join(sentences)) from error
    return list(places), left_alone


def read(path):
    """Return the object of a JSON file, which remembers its lines. Raises FileFault."""
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


class Reader:
    """Makes states of the objects of a file. What is new in it is numbered in its order, unless it
    ``says_numbers``.
    """

    def __init__(self, path, *, says_numbers=False):
        self.path, self.says_numbers = path, says_numbers
        # {key: Item} of the sheets of the file.
        self.coming = {}
        self.known = {
            Departement: {item.code: item for item in Departement.objects.all()},
            Prefecture: {item.key: item for item in Prefecture.objects.all()},
            Ground: {item.slug: item for item in Ground.objects.all()},
            Procedure: {item.key: item for item in Procedure.objects.only("departement", "slug")},
            Arrondissement: {item.code: item for item in Arrondissement.objects.all()},
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

    def state(self, key, sheet):
        """Return the ``State`` that ``sheet`` describes; another sheet may name it already."""
        links = {field.name: field for field in Procedure._meta.many_to_many}
        own = self._names(Procedure)
        self.refuse_unknown(sheet, own | links.keys() | {kind.part for kind in ROWS})
        values = {name: self.related(sheet, field) for name, field in links.items()}
        self.coming[key].values |= self.item(Procedure, sheet, own, values).values
        found = State(self.coming[key])
        for kind in ROWS:
            for number, row in enumerate(self.list_of(sheet, kind.part), 1):
                names = self._names(kind.model)
                if self.says_numbers:
                    number = self._number(row)
                self.refuse_unknown(row, names)
                if number in found.rows[kind]:
                    raise self.fault(row, "number", f"le numéro {number} est déjà plus haut.")
                found.rows[kind][number] = self.item(kind.model, row, names, {"number": number})
        for kind in ROWS:
            for field in kind.leading:
                self._refuse_missing(field, sheet, kind, found)
        return found

    def _number(self, row):
        number = row.pop("number", None)
        if type(number) is not int or not 0 < number <= LAST_POSITION:
            raise self.fault(row, "number", f"un nombre de 1 à {LAST_POSITION} est attendu ici.")
        return number

    def _refuse_missing(self, field, sheet, kind, state):
        named = row_kind(field.related_model)
        for place, row in zip(sheet.get(kind.part, ()), state.rows[kind].values(), strict=True):
            value = row.values[field.name]
            if value is not None and value.number not in state.rows[named]:
                raise self.fault(
                    place, field.name, f"la fiche n’a pas de {named.one} de ce numéro."
                )

    def item(self, model, place, names, values, pk=None):
        """Return the ``Item`` of ``values`` and of what ``place`` says of the other ``names``."""
        said = {
            name: self._value(model._meta.get_field(name), place) for name in names & set(place)
        }
        item = new_item(model, **values, **said)
        item.pk = pk
        for field, problems in refusals(model, item).items():
            raise self.fault(place, field, problems[0])
        return item

    def _value(self, field, place):
        value = place[field.name]
        if field.is_relation:
            return self._led_to(field, place)
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

    def _led_to(self, field, place):
        value = place[field.name]
        if row_kind(field.related_model) is None:
            return None if value is None and field.null else self._key(field, value, place)
        if value is not None and type(value) is not int:
            raise self.fault(place, field.name, "un nombre est attendu ici.")
        return None if value is None else OwnRow(value)

    def related(self, sheet, field):
        """Return the keys of what a field of several links leads to."""
        codes = self.list_of(sheet, field.name, str)
        if field.related_model is Commune:
            self.known[Commune] = Commune.objects.in_bulk(codes)
        return frozenset(self._key(field, code, sheet) for code in codes)

    def _key(self, field, code, place):
        if type(code) is not str:
            raise self.fault(place, field.name, "un texte est attendu ici.")
        known = self.known[field.related_model]
        if field.related_model is Procedure and code in self.coming:
            return self.coming[code]
        if code not in known:
            raise self.fault(place, field.name, f"« {code} » est inconnu.")
        return known[code].pk

    @staticmethod
    def _names(model):
        return {field.name for field in model._meta.fields} - NOT_SAID

    def refuse_unknown(self, place, names):
        for field in place:
            if field not in names:
                raise self.fault(place, field, "ce champ n’existe pas.")
        for field in place.repeated:
            raise self.fault(place, field, "ce champ est donné deux fois.")

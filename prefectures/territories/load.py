"""Bring the files of ``fixtures/territories`` into the database, in one transaction.

Régions, départements, offices and grounds are edited by the staff: what a person changed stays as
it is, field by field, and what a person deleted stays deleted (``memory``). Arrondissements and
communes are INSEE's: written in bulk, and no longer current when a new edition drops them.
"""

import re

from django.core.exceptions import ValidationError

from ..models import (
    Arrondissement,
    Changeset,
    Commune,
    Departement,
    FormerCommune,
    Ground,
    PostalCode,
    Prefecture,
    Region,
    changeset,
)
from ..sheets.merge import KEPT, of_values
from ..text.naming import Article, address_of, normalised
from .files import digest, read_rows
from .memory import HEADS, Offices, said_by_loads

BATCH = 1000
PARIS = "75"

POSTAL_CODE = re.compile("[0-9]{5}")
COUNT = re.compile("[0-9]{1,8}")
INSEE_CODES = {
    Arrondissement: re.compile("[0-9][0-9AB][0-9]{1,2}"),
    Commune: re.compile("[0-9][0-9AB][0-9]{3}"),
    FormerCommune: re.compile("[0-9][0-9AB][0-9]{3}"),
}


def load(folder, *, on_progress=lambda label, done, total: None):
    """Load ``folder`` (a Path); return {label: rows written}, {} when this edition is there.

    ``on_progress(label, done, total)`` is called now and then. Raises FileFault with nothing
    written when a file is wrong.
    """
    sha = digest(folder)
    loads = Changeset.objects.filter(file_name=folder.name, file_digest__gt="")
    if loads.values_list("file_digest", flat=True).first() == sha:
        return {}
    tables = {name: read_rows(folder, name) for name in FILE_ORDER}
    edition = folder / "EDITION"
    source = edition.read_text(encoding="utf-8").strip() if edition.exists() else folder.name
    with changeset(
        f"Chargement du Code officiel géographique ({source})",
        file_name=folder.name,
        file_digest=sha,
        is_minor=True,
        is_kept_empty=True,
    ) as writing:
        writing.changes_names_everywhere = True
        return _Load(tables, on_progress).run()


FILE_ORDER = (
    "regions",
    "departements",
    "arrondissements",
    "communes",
    "former_communes",
    "printed_names",
    "offices",
    "grounds",
)


class _Load:
    def __init__(self, tables, on_progress):
        self.tables = tables
        self.on_progress = on_progress
        self.written = {}

    def run(self):
        self.regions = self._tracked(Region, "regions", self._region)
        self.departements = self._tracked(Departement, "departements", self._departement)
        self.arrondissements = self._bulk(Arrondissement, "arrondissements", self._arrondissement)
        self.communes = self._communes()
        self._bulk(FormerCommune, "former_communes", self._former_commune)
        self._offices()
        self._tracked(Ground, "grounds", self._ground, key="slug")
        return self.written

    # --- Edited by the staff ------------------------------------------------------------------

    def _tracked(self, model, name, fields_of, key="code"):
        """Return the objects by ``key``; None for one that the staff deleted."""
        rows = self.tables[name]
        said = said_by_loads(model)
        existing = {values[key]: None for values in said.values()}
        existing |= {getattr(item, key): item for item in model.objects.all()}
        for done, row in enumerate(rows, 1):
            code = row["code"]
            if code not in existing:
                existing[code] = model()
            item = existing[code]
            if item is not None:
                self._save(item, {key: code, **fields_of(row)}, said.get(item.pk, {}), row)
            self.on_progress(model._meta.verbose_name_plural, done, len(rows))
        return existing

    def _save(self, item, fields, said, row, column=""):
        """Save a new ``item``, or bring it up to date where nobody changed what a load ``said``.

        What loads said nothing of is the staff's. A fault names ``column`` if no better one.
        """
        if not item._state.adding:
            known = {
                name: getattr(fields[name], "pk", fields[name]) for name in fields if name in said
            }
            there = {name: getattr(item, item._meta.get_field(name).attname) for name in known}
            # Of what the staff changed, and the edition too, the staff's stays.
            kept = [each.name for each in of_values(said, there, known) if each.verdict == KEPT]
            fields = {name: fields[name] for name in kept}
            if not fields:
                return
        for name, value in fields.items():
            setattr(item, name, value)
        try:
            item.full_clean()
        except ValidationError as error:
            field, problems = next(iter(error.message_dict.items()))
            field = FRENCH_COLUMNS.get(field, "")
            raise row.fault(field if field in row else column, problems[0]) from error
        item.save()
        label = str(item._meta.verbose_name_plural)
        self.written[label] = self.written.get(label, 0) + 1

    def _region(self, row):
        return {"name": row["nom"], "article": row["article"], "slug": address_of(row["nom"])}

    def _departement(self, row):
        return {
            "name": row["nom"],
            "article": row["article"],
            "region": row.lookup("region", self.regions),
            "slug": f"{row['code'].lower()}-{address_of(row['nom'])}",
        }

    def _ground(self, row):
        for name in ("vaut_pour_tous", "demande_voisine"):
            if row[name] not in ("oui", "non"):
                raise row.fault(name, "écrivez oui ou non.")
        return {
            "name": row["motif"],
            "law_article": row["article_de_loi"],
            "description": row["explication"],
            "covers_all": row["vaut_pour_tous"] == "oui",
            "is_neighbour": row["demande_voisine"] == "oui",
            "position": row.line,
        }

    def _offices(self):
        """One office for the seat of each département and of each other arrondissement."""
        offices = Offices()
        printed = {row["arrondissement"]: row for row in self.tables["printed_names"]}
        for row in printed.values():
            row.lookup("arrondissement", self.arrondissements)
            _article(row)
        seats = {row["chef_lieu"]: row for row in self.tables["arrondissements"]}
        contacts = self._contacts()

        plans = []
        for row in self.tables["departements"]:
            # The préfecture of a département without arrondissement is the seat of none.
            seat = seats.pop(row["chef_lieu"], None)
            kind = (
                Prefecture.Kind.PREFECTURE_DE_POLICE
                if row["code"] == PARIS
                else Prefecture.Kind.PREFECTURE
            )
            plans.append((row, row["code"], kind, seat["code"] if seat else None))
        plans += [
            (row, row["departement"], Prefecture.Kind.SOUS_PREFECTURE, row["code"])
            for row in seats.values()
        ]
        heads = {}
        for done, (row, departement, kind, seat) in enumerate(plans, 1):
            town = row.lookup("chef_lieu", self.communes)
            fields = {
                "departement": self.departements[departement],
                "kind": kind,
                "city": town.name,
                "article": town.article,
                "seat_of": self.arrondissements.get(seat),
            }
            if seat in printed:
                row = printed[seat]
                fields |= {"city": row["ville"], "article": row["article"]}
            if kind == Prefecture.Kind.SOUS_PREFECTURE:
                fields["parent"] = heads[departement]
            office = offices.find(fields)
            if kind in HEADS and office is not None:
                own = contacts.get(departement, {})
                fields |= {} if offices.has_other_contacts(office, own) else own
            if office is not None:
                self._save(office, fields, offices.said.get(office.pk, {}), row, "chef_lieu")
            if kind in HEADS:
                heads[departement] = office
            self.on_progress(Prefecture._meta.verbose_name_plural, done, len(plans))

    def _contacts(self):
        """Return {code of the département: how its préfecture is reached}."""
        found = {}
        for row in self.tables["offices"]:
            row.lookup("departement", self.departements)
            found[row["departement"]] = own = {}
            for name, column in CONTACT_COLUMNS.items():
                try:
                    own[name] = Prefecture._meta.get_field(name).clean(row[column], None)
                except ValidationError as error:
                    raise row.fault(column, error.messages[0]) from error
        return found

    # --- Reference data -----------------------------------------------------------------------

    def _arrondissement(self, row):
        return {
            **_place(Arrondissement, row),
            "article": _article(row),
            "departement": row.lookup("departement", self.departements),
        }

    def _commune(self, row):
        return {
            **_place(Commune, row),
            "article": _article(row),
            "departement": row.lookup("departement", self.departements),
            "arrondissement": row.lookup("arrondissement", self.arrondissements),
            "part_of_id": row["partie_de"] or None,
            "search": normalised(row["nom"]),
            "population": _count(row, "population"),
        }

    def _former_commune(self, row):
        if row["statut"] not in FormerCommune.Status.values:
            raise row.fault("statut", f"« {row['statut']} » n’est pas un statut connu.")
        return {
            **_place(FormerCommune, row),
            "status": row["statut"],
            "commune": row.lookup("commune", self.communes),
            "search": normalised(row["nom"]),
        }

    def _communes(self):
        rows = self.tables["communes"]
        codes = {row["code"]: row for row in rows}
        for row in rows:
            row.lookup("partie_de", codes)
        communes = self._bulk(Commune, "communes", self._commune)
        pairs = []
        for row in rows:
            seen = set()
            for code in row["codes_postaux"].split():
                if not POSTAL_CODE.fullmatch(code):
                    raise row.fault("codes_postaux", f"« {code} » n’est pas un code postal.")
                if code in seen:
                    raise row.fault("codes_postaux", f"« {code} » y est deux fois.")
                seen.add(code)
                pairs.append({"commune": communes[row["code"]], "code": code})
        self._write_bulk(PostalCode, pairs, ["commune", "code"])
        return communes

    def _bulk(self, model, name, fields_of):
        unique = ["code", "status"] if model is FormerCommune else ["code"]
        items = self._write_bulk(model, [fields_of(row) for row in self.tables[name]], unique)
        return {item.code: item for item in items}

    def _write_bulk(self, model, rows, unique):
        items = [model(**fields, is_current=True) for fields in rows]
        label = str(model._meta.verbose_name_plural)
        updated = [f.name for f in model._meta.fields if f.name not in unique and f.name != "id"]
        model.objects.update(is_current=False)
        for start in range(0, len(items), BATCH):
            model.objects.bulk_create(
                items[start : start + BATCH],
                update_conflicts=True,
                unique_fields=unique,
                update_fields=updated,
            )
            self.on_progress(label, min(start + BATCH, len(items)), len(items))
        self.written[label] = len(items)
        return items


CONTACT_COLUMNS = {
    "address": "adresse",
    "phone": "telephone",
    "email": "courriel",
    "website": "site",
    "source": "source",
    "source_on": "relevees_le",
}
FRENCH_COLUMNS = {
    "code": "code",
    "slug": "code",
    "name": "nom",
    "article": "article",
    "region": "region",
    "city": "ville",
    "law_article": "article_de_loi",
    "description": "explication",
}


def _article(row):
    if row["article"] not in Article.values:
        raise row.fault("article", f"« {row['article']} » n’est pas un article connu.")
    return row["article"]


def _count(row, field):
    if not COUNT.fullmatch(row[field]):
        raise row.fault(field, f"« {row[field]} » n’est pas un nombre d’habitants.")
    return int(row[field])


def _place(model, row):
    if not INSEE_CODES[model].fullmatch(row["code"]):
        raise row.fault("code", f"« {row['code']} » n’est pas un code INSEE.")
    longest = model._meta.get_field("name").max_length
    if len(row["nom"]) > longest:
        raise row.fault("nom", f"ce nom dépasse {longest} caractères.")
    return {"code": row["code"], "name": row["nom"]}

"""Bring the files of ``fixtures/territories`` into the database, in one transaction.

Régions, départements, offices and grounds are edited by the staff: what a person changed since the
last load stays as it is, field by field. Arrondissements and communes are INSEE's: written in
bulk, and no longer current when a new edition drops them.
"""

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.text import slugify

from ..models import (
    Arrondissement,
    Article,
    Changeset,
    Commune,
    Departement,
    FormerCommune,
    Ground,
    PostalCode,
    Prefecture,
    Region,
    changeset,
    normalised,
)
from .files import digest, read_rows

BATCH = 1000
PARIS = "75"


def load(folder, *, on_progress=lambda label, done, total: None):
    """Load ``folder`` (a Path); return {label: rows written}, {} when this edition is there.

    ``on_progress(label, done, total)`` is called now and then. Raises FileFault with nothing
    written when a file is wrong.
    """
    sha = digest(folder)
    if Changeset.objects.filter(file_digest=sha, file_name=folder.name).exists():
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
    ):
        return _Load(tables, on_progress).run()


FILE_ORDER = (
    "regions",
    "departements",
    "arrondissements",
    "communes",
    "former_communes",
    "printed_names",
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
        rows = self.tables[name]
        existing = {getattr(item, key): item for item in model.objects.all()}
        baseline = _last_loaded(model)
        for done, row in enumerate(rows, 1):
            fields = fields_of(row)
            self._save(model, existing, row["code"], {key: row["code"], **fields}, baseline, row)
            self.on_progress(model._meta.verbose_name_plural, done, len(rows))
        return existing

    def _save(self, model, existing, key, fields, baseline, row):
        """Create the object, or bring it up to date where nobody changed it since the last load."""
        item = existing.get(key)
        if item is None:
            item = existing[key] = model(**fields)
        else:
            loaded = baseline.get(item.pk)
            # Without a baseline the staff made it themselves: it is theirs.
            fields = {
                name: value
                for name, value in fields.items()
                if loaded and _column(item, name) == _column(loaded, name)
            }
            if all(getattr(item, name) == value for name, value in fields.items()):
                return
            for name, value in fields.items():
                setattr(item, name, value)
        try:
            item.full_clean()
        except ValidationError as error:
            field, problems = next(iter(error.message_dict.items()))
            raise row.fault(FRENCH_COLUMNS.get(field, ""), problems[0]) from error
        item.save()
        label = str(model._meta.verbose_name_plural)
        self.written[label] = self.written.get(label, 0) + 1

    def _region(self, row):
        return {"name": row["nom"], "article": row["article"], "slug": _slug(row["nom"])}

    def _departement(self, row):
        return {
            "name": row["nom"],
            "article": row["article"],
            "region": row.lookup("region", self.regions),
            "slug": f"{row['code'].lower()}-{_slug(row['nom'])}",
        }

    def _ground(self, row):
        return {
            "name": row["motif"],
            "law_article": row["article_de_loi"],
            "description": row["explication"],
            "covers_all": row["vaut_pour_tous"] == "oui",
            "position": row.line,
        }

    def _offices(self):
        """One office for the seat of each département and of each other arrondissement."""
        existing = {item.key: item for item in Prefecture.objects.all()}
        by_seat = {item.seat_of_id: item.key for item in existing.values() if item.seat_of_id}
        heads = {}
        for item in existing.values():
            if item.kind in (Prefecture.Kind.PREFECTURE, Prefecture.Kind.PREFECTURE_DE_POLICE):
                heads.setdefault(item.departement_id, item.key)
        baseline = _last_loaded(Prefecture)
        printed = {row["arrondissement"]: row for row in self.tables["printed_names"]}
        for code, row in printed.items():
            row.lookup("arrondissement", self.arrondissements)
            names = {"city": row["ville"], "article": row["article"]}
            printed[code] = names
        seats = {row["chef_lieu"]: row for row in self.tables["arrondissements"]}

        plans = []
        for row in self.tables["departements"]:
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
        for done, (row, departement, kind, seat) in enumerate(plans, 1):
            town = row.lookup("chef_lieu", self.communes)
            fields = {
                "departement": self.departements[departement],
                "kind": kind,
                "city": town.name,
                "article": town.article,
                "seat_of": self.arrondissements.get(seat),
                **printed.get(seat, {}),
            }
            key = by_seat.get(seat)
            if kind == Prefecture.Kind.SOUS_PREFECTURE:
                fields["parent"] = existing[heads[departement]]
            else:
                # The préfecture of a département without arrondissement is the seat of none.
                key = key or heads.get(departement)
            if key is None:
                draft = Prefecture(**fields)
                draft.clean()
                key = draft.key
            if kind != Prefecture.Kind.SOUS_PREFECTURE:
                heads[departement] = key
            self._save(Prefecture, existing, key, fields, baseline, row)
            self.on_progress(Prefecture._meta.verbose_name_plural, done, len(plans))

    # --- Reference data -----------------------------------------------------------------------

    def _arrondissement(self, row):
        return {
            "code": row["code"],
            "name": row["nom"],
            "article": _article(row),
            "departement": row.lookup("departement", self.departements),
        }

    def _commune(self, row):
        return {
            "code": row["code"],
            "name": row["nom"],
            "article": _article(row),
            "departement": row.lookup("departement", self.departements),
            "arrondissement": row.lookup("arrondissement", self.arrondissements),
            "part_of_id": row["partie_de"] or None,
            "search": normalised(row["nom"]),
        }

    def _former_commune(self, row):
        if row["statut"] not in FormerCommune.Status.values:
            raise row.fault("statut", f"« {row['statut']} » n’est pas un statut connu.")
        return {
            "code": row["code"],
            "status": row["statut"],
            "name": row["nom"],
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
            for code in row["codes_postaux"].split():
                if not (len(code) == 5 and code.isdigit()):
                    raise row.fault("codes_postaux", f"« {code} » n’est pas un code postal.")
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


def _last_loaded(model):
    """Return the newest history row that a load wrote, by pk: what INSEE said last time."""
    pk_name = model._meta.pk.attname
    newest = (
        model.history.filter(
            changeset__origin=Changeset.Origin.COMMAND, changeset__file_digest__gt=""
        )
        .order_by()
        .values(pk_name)
        .annotate(newest=Max("history_id"))
        .values("newest")
    )
    return {getattr(row, pk_name): row for row in model.history.filter(pk__in=newest)}


def _column(item, name):
    return getattr(item, item._meta.get_field(name).attname)


def _slug(name):
    return slugify(name.replace("'", "-").replace("’", "-"))


def _article(row):
    if row["article"] not in Article.values:
        raise row.fault("article", f"« {row['article']} » n’est pas un article connu.")
    return row["article"]

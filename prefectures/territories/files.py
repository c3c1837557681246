"""The CSV files of ``fixtures/territories``, read with care: a fault names file, line and field."""

import csv
import hashlib
import io

FILES = {
    "regions": ("code", "nom", "article"),
    "departements": ("code", "nom", "article", "region", "chef_lieu"),
    "arrondissements": ("code", "nom", "article", "departement", "chef_lieu"),
    "communes": (
        "code",
        "nom",
        "article",
        "departement",
        "arrondissement",
        "partie_de",
        "codes_postaux",
        # How many live there, which ranks what is found by its name.
        "population",
    ),
    "former_communes": ("code", "statut", "nom", "commune"),
    # Towns whose office goes by another name than INSEE's.
    "printed_names": ("arrondissement", "ville", "article"),
    # Where the préfecture of a département is, and who says so: the State's directory.
    "offices": ("departement", "adresse", "courriel", "telephone", "site", "source", "relevees_le"),
    "grounds": (
        "code",
        "motif",
        "article_de_loi",
        "explication",
        "vaut_pour_tous",
        "demande_voisine",
    ),
}
# The only cells that may be empty.
MAY_BE_EMPTY = {
    "departements": {"region"},
    "communes": {"arrondissement", "partie_de", "codes_postaux"},
    "offices": {"adresse", "courriel", "telephone", "site"},
    "grounds": {"article_de_loi", "explication"},
}


class FileFault(Exception):  # noqa: N818 (it is a fault of the file, shown to a person)
    """Something wrong in a file that is being loaded. ``str()`` is a sentence for a person."""

    def __init__(self, path, line, field, problem):
        place = f"{path}, ligne {line}" + (f", champ « {field} »" if field else "")
        super().__init__(f"{place} : {problem}")


class Row(dict):
    """A row that knows where it stands."""

    def __init__(self, values, path, line):
        super().__init__(values)
        self.path, self.line = path, line

    def fault(self, field, problem):
        return FileFault(self.path, self.line, field, problem)

    def lookup(self, field, known):
        """Return ``known[self[field]]``, or None for an empty cell."""
        value = self[field]
        if value and value not in known:
            raise self.fault(field, f"« {value} » est inconnu.")
        return known.get(value)


def read_rows(folder, name):
    """Return the rows of ``name``.csv in ``folder``. Raises FileFault."""
    return read_table(folder / f"{name}.csv", FILES[name], MAY_BE_EMPTY.get(name, ()))


def read_table(path, fields, may_be_empty=(), told_apart_by=None):
    """Return the rows of a CSV file with these ``fields``. Raises FileFault.

    The first field is their key, unless ``told_apart_by`` names others.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise FileFault(path, 1, "", "ce fichier manque.") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise FileFault(path, line, "", "ce texte n’est pas en UTF-8.") from None
    lines = _lines(path, text)
    _, header = next(lines, (1, ()))
    if tuple(header) != fields:
        raise FileFault(
            path, 1, "", f"les colonnes attendues sont {', '.join(fields)}, et dans cet ordre."
        )
    rows, seen = [], set()
    for line, cells in lines:
        row = Row(zip(fields, cells, strict=False), path, line)
        if len(cells) != len(fields):
            raise row.fault("", f"{len(cells)} cellules au lieu de {len(fields)}.")
        for field, value in row.items():
            if "\0" in value:
                raise row.fault(field, "cette cellule contient un caractère nul.")
        for field in fields:
            if not row[field] and field not in may_be_empty:
                raise row.fault(field, "cette cellule est vide.")
        key = tuple(row.get(field) for field in told_apart_by or (fields[0], "statut"))
        if key in seen:
            field = told_apart_by[-1] if told_apart_by else fields[0]
            raise row.fault(field, f"« {row[field]} » est déjà plus haut.")
        seen.add(key)
        rows.append(row)
    return rows


def _lines(path, text):
    """Yield each row's first line number (from 1) and cells. Raises FileFault."""
    # Strict: a quotation mark left open would swallow the rest of the file.
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise FileFault(
                path, line, "", f"un guillemet est mal placé ou n’est pas refermé ({error})."
            ) from None
        if cells is None:
            return
        yield line, cells


def digest(folder):
    """Return the SHA-256 (hex) of all files together: the same files, the same load."""
    sha = hashlib.sha256()
    for name in FILES:
        path = folder / f"{name}.csv"
        sha.update(path.read_bytes() if path.exists() else b"")
    return sha.hexdigest()

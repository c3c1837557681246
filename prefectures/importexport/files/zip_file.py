"""A set of tables as a ZIP of CSV files, named after the tables."""

import io
import zipfile
from pathlib import PurePosixPath

from .archive import read_member
from .csv_file import FrenchCSV, read_csv
from .limits import refuse

# The same content gives the same bytes: no clock in it.
THE_SAME_DAY = (1980, 1, 1, 0, 0, 0)


def read_zip(archive, bounds):
    """Return the ``Table`` of each CSV file in it. Raises FileRefusedError."""
    tables = []
    for member in archive.infolist():
        path = PurePosixPath(member.filename.replace("\\", "/"))
        # What a Mac adds, and folders.
        if member.is_dir() or path.name.startswith(".") or "__MACOSX" in path.parts:
            continue
        if path.suffix.lower() != ".csv" or path.is_absolute() or ".." in path.parts:
            refuse(
                f"Ce ZIP contient « {path.name} » : il ne doit contenir que des fichiers CSV, "
                "comme ceux d’un export."
            )
        tables.append(read_csv(path.stem, read_member(archive, member), bounds))
    return tables


def write_zip(datasets):
    """Return the bytes of a ZIP of CSV files: {name: tablib Dataset}."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, dataset in datasets.items():
            member = zipfile.ZipInfo(f"{name}.csv", THE_SAME_DAY)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, FrenchCSV().export_data(dataset))
    return out.getvalue()

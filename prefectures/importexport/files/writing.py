"""The formats in which tables leave: django-import-export's, each made exact."""

import json

from import_export.formats import base_formats

from .csv_file import FrenchCSV
from .ods_file import TextODS
from .xlsx_file import TextXLSX, write_xlsx
from .zip_file import write_zip


class ReadableJSON(base_formats.JSON):
    """A list of objects, readable by a person as well."""

    def export_data(self, dataset, **kwargs):
        return json.dumps(dataset.dict, ensure_ascii=False, indent=2).encode()


FORMATS = {"csv": FrenchCSV(), "xlsx": TextXLSX(), "ods": TextODS(), "json": ReadableJSON()}
SETS = {"xlsx": write_xlsx, "zip": write_zip}


def write_table(kind, dataset):
    """Return the bytes of one table (a tablib ``Dataset`` of text) as "csv", "xlsx", "ods", "json".

    Raises FileRefusedError when the format cannot hold it.
    """
    return FORMATS[kind].export_data(dataset)


def write_set(kind, datasets):
    """Return the bytes of several tables, {name: Dataset}, as one "xlsx" workbook or one "zip"."""
    return SETS[kind](datasets)

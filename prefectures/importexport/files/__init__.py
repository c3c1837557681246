"""Spreadsheet files: read safely whatever they call themselves, written exactly."""

from .limits import FileRefusedError
from .reading import read_file
from .writing import FORMATS, write_set, write_table

__all__ = ["FORMATS", "FileRefusedError", "read_file", "write_set", "write_table"]

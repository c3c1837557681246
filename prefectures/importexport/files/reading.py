"""What a file is by what it holds, whatever its name says; what it is not, in plain words."""

import re

from .archive import open_archive, read_member
from .bounds import Bounds
from .csv_file import read_csv
from .json_file import read_json
from .limits import MEGABYTE, MOST_BYTES, refuse
from .ods_file import MEDIA_TYPE as ODS
from .ods_file import read_ods
from .xlsx_reading import read_xlsx
from .zip_file import read_zip

SAVE_AS = "Ouvrez-le dans votre tableur et enregistrez-le en .xlsx ou en « CSV UTF-8 »."
# First bytes of what people take for a spreadsheet.
NOT_A_TABLE = [
    (b"%PDF", "Ce fichier est un PDF : le site lit des tableaux (.xlsx, .ods, CSV)."),
    (b"\xd0\xcf\x11\xe0", f"C’est un ancien classeur (.xls) ou un classeur protégé. {SAVE_AS}"),
    (b"\x89PNG", "Ce fichier est une image."),
    (b"\xff\xd8\xff", "Ce fichier est une photo."),
    (b"GIF8", "Ce fichier est une image."),
    (b"{\\rtf", "Ce fichier est un texte mis en forme (RTF), pas un tableau."),
    (b"Rar!", "Ce fichier est une archive RAR : il faut un ZIP de fichiers CSV."),
    (b"7z\xbc\xaf", "Ce fichier est une archive 7z : il faut un ZIP de fichiers CSV."),
    (b"\x1f\x8b", "Ce fichier est compressé (gzip) : décompressez-le d’abord."),
]
MARKUP = re.compile(rb"\s*<(!doctype|html|table|\?xml)", re.IGNORECASE)
JSON = re.compile(rb"\s*[\[{]")
ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"


def read_file(name, content, bounds=None):
    """Return the list of ``Table`` of a file of that name. Raises FileRefusedError.

    ``bounds`` counts what it costs.
    """
    bounds = bounds or Bounds()
    if len(content) > MOST_BYTES:
        refuse(
            f"Ce fichier pèse plus de {MOST_BYTES // MEGABYTE} Mo : importez-le en plusieurs fois."
        )
    if not content.strip(b"\xef\xbb\xbf\r\n \t\0"):
        refuse("Ce fichier est vide.")
    for first, sentence in NOT_A_TABLE:
        if content.startswith(first):
            refuse(sentence)
    if content.startswith(EMPTY_ZIP):
        refuse("Ce ZIP est vide.")
    if content.startswith(ZIP):
        return _read_archive(content, bounds)
    if MARKUP.match(content.removeprefix(b"\xef\xbb\xbf")):
        refuse(f"Ce fichier est une page web ou du XML, pas un tableau. {SAVE_AS}")
    if JSON.match(content.removeprefix(b"\xef\xbb\xbf")):
        return [read_json(content, bounds)]
    return [read_csv("", content, bounds)]


def _read_archive(content, bounds):
    archive = open_archive(content)
    names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        return read_xlsx(archive, bounds)
    if "word/document.xml" in names:
        refuse("Ce fichier est un document Word, pas un tableau.")
    if "xl/workbook.bin" in names:
        refuse(f"C’est un classeur binaire (.xlsb). {SAVE_AS}")
    if "mimetype" in names:
        if read_member(archive, "mimetype").decode("latin-1").startswith(ODS):
            return read_ods(archive, bounds)
        refuse(f"C’est un document LibreOffice, pas un tableau (.odt, .odp). {SAVE_AS}")
    return read_zip(archive, bounds)

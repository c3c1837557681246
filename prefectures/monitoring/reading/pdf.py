"""The text of a PDF, page after page, by pypdf."""

import re
from io import BytesIO

from pypdf import PdfReader

from ...text.broken_lines import rejoined

MOST_PAGES = 60
LONGEST = 200_000
SPACES = re.compile(r"[^\S\n]+")
# A form that only one reader of PDFs can open has this in the place of its text.
ONLY_ELSEWHERE = ("please wait", "veuillez patienter", "xfa")


def text_of(body):
    """Return (title, text) of the bytes of a PDF; "" for a text that cannot be had.

    Raises whatever pypdf does where it is damaged, or encrypted.
    """
    reader = PdfReader(BytesIO(body))
    if reader.is_encrypted and not reader.decrypt(""):
        return "", ""
    pieces, length = [], 0
    for page in reader.pages[:MOST_PAGES]:
        pieces.append(page.extract_text())
        length += len(pieces[-1])
        if length >= LONGEST:
            break
    lines = (SPACES.sub(" ", line).strip() for line in rejoined("\n".join(pieces)).splitlines())
    text = "\n".join(line for line in lines if line)[:LONGEST]
    title = str((reader.metadata and reader.metadata.title) or "")[:300]
    return title, "" if _is_only_elsewhere(text) else text


def _is_only_elsewhere(text):
    return len(text) < 2000 and text.lower().startswith(ONLY_ELSEWHERE) and "adobe" in text.lower()

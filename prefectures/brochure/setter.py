"""``python -m prefectures.brochure.setter``: a booklet comes in as JSON, and leaves as a PDF.

Typst reads ``brochure.typ`` and, as data, what there is to say. It is given no file of anybody's
and asks for no network: the template uses no package.
"""

import json
import sys
from pathlib import Path

import typst

from .coverage import FONTS

TEMPLATE = Path(__file__).parent / "brochure.typ"
STANDARD = "ua-1"
# Ours, and those of signs that another script may have better.
FIRST = ["Noto Sans"]
LAST = ["Noto Emoji", "Noto Sans Math", "Noto Sans Symbols", "Noto Sans Symbols 2"]


def pdf_of(booklet):
    """Return the PDF of ``booklet``, the text of a JSON. Raises typst.TypstError."""
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
    )
    return typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=fonts,
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=STANDARD,
        sys_inputs={"booklet": booklet, "fonts": json.dumps(_in_order(fonts.families()))},
    )


def _in_order(families):
    """Return the names of fonts: a character is set in the first that has it."""
    return sorted(families, key=lambda name: (name not in FIRST, name in LAST, name))


def main():
    try:
        pdf = pdf_of(sys.stdin.buffer.read().decode())
    except typst.TypstError as error:
        sys.exit(str(error))
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()

"""A brochure set as a PDF: A4, tagged, PDF/UA-1 (ISO 14289-1), with fonts of its own.

Typst reads ``brochure.typ`` and, as JSON, what there is to say. It is given no file of anybody's
and asks for no network: the template uses no package.
"""

import json
from functools import cache
from pathlib import Path
from threading import Lock

import typst

from .coverage import FONTS

TEMPLATE = Path(__file__).parent / "brochure.typ"
STANDARD = "ua-1"
# Ours, and those of signs that another script may have better.
FIRST = ["Noto Sans"]
LAST = ["Noto Emoji", "Noto Sans Math", "Noto Sans Symbols", "Noto Sans Symbols 2"]
_turn = Lock()


def typeset(booklet):
    """Return the PDF of ``booklet``, a dictionary that ``public/printed/booklet.py`` makes."""
    # One at a time: a page is at most a second's work, and the fonts are shared.
    with _turn:
        return typst.compile(
            TEMPLATE,
            root=TEMPLATE.parent,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=STANDARD,
            sys_inputs={
                "booklet": json.dumps(booklet, ensure_ascii=False),
                "fonts": json.dumps(_families()),
            },
        )


@cache
def _families():
    """Return the names of the fonts: in the first that has a character, it is set."""
    return sorted(_fonts().families(), key=lambda name: (name not in FIRST, name in LAST, name))


@cache
def _fonts():
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
    )

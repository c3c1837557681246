"""What a spreadsheet would take for a formula: harmless when it leaves, exact when it returns.

Only in CSV, whose cells have no type: an XLSX or ODS cell says that it is text. An apostrophe is
put in front, as people do by hand; one is taken off again in the very same case.
"""

import re

# "|" and "%" start a formula in some spreadsheets, and a tab or line break hides one.
LOOKS_LIKE_A_FORMULA = re.compile(r"'*(?:\s*[=+\-@|%＝＋－＠]|[\t\r\n])")


def made_harmless(text):
    return f"'{text}" if LOOKS_LIKE_A_FORMULA.match(text) else text


def as_it_was(text):
    if text.startswith("'") and LOOKS_LIKE_A_FORMULA.match(text):
        return text[1:]
    return text

"""What the tests of imports share: a plan from the text of a file, and the same one written."""

from prefectures.importexport.files import read_file
from prefectures.importexport.planner import plan_import
from prefectures.importexport.write import write_plan

BEZIERS = "34/sous-prefecture-de-beziers"


def plan(text, user, **options):
    """Return the plan of a CSV given as text (or of a file given as bytes)."""
    content = text.encode() if isinstance(text, str) else text
    return plan_import(read_file("maj.csv", content), user, **options)


def typed(sentence):
    """Return a sentence with the spaces that a keyboard gives."""
    return sentence.replace("\u00a0", " ")


def faults(text, user, **options):
    return [
        (row.line, fault.column, typed(fault.sentence))
        for row in plan(text, user, **options).refused
        for fault in row.faults
    ]


def imported(text, user, **options):
    found = plan(text, user, **options)
    assert found.is_decided, [row.faults for row in found.refused]
    return write_plan(found, author=user, file_name="maj.csv", file_digest="x")

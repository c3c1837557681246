"""The check constraints say the same when they are asked in Python and by the database."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint

from prefectures.gate.conditions import broken_conditions
from prefectures.models import Contact, Link, Prefecture, Procedure, Step

pytestmark = pytest.mark.django_db

EARLIER, LATER = date(2026, 1, 1), date(2026, 2, 2)
CASES = [
    (Procedure, {"slug": "x", "title": "x"}),
    (Procedure, {"slug": "", "title": ""}),
    (Procedure, {"slug": "au", "title": "x"}),
    (Procedure, {"slug": "x", "title": "x", "valid_from": LATER}),
    (Procedure, {"slug": "x", "title": "x", "valid_until": EARLIER}),
    (Procedure, {"slug": "x", "title": "x", "valid_from": LATER, "valid_until": LATER}),
    (Procedure, {"slug": "x", "title": "x", "valid_from": LATER, "valid_until": EARLIER}),
    (Procedure, {"slug": "x", "title": "x", "situation": "strange", "publication": "nowhere"}),
    (Step, {"kind": "post", "role": "files"}),
    (Step, {"kind": "strange", "role": "", "group": 0}),
    (Contact, {"kind": "phone", "value": "01"}),
    (Contact, {"kind": "strange", "value": ""}),
    (Link, {"label": "x"}),
    (Link, {"url": "https://a.fr"}),
    (Link, {"label": "", "url": "", "kind": "strange", "publisher": "strange"}),
    (Prefecture, {"kind": "prefecture", "city": "Foix"}),
    (Prefecture, {"kind": "other", "city": "", "printed_name": ""}),
    (Prefecture, {"kind": "other", "city": "Foix", "printed_name": "Accueil"}),
    (Prefecture, {"kind": "strange", "city": "Foix"}),
]  # fmt: skip


@pytest.mark.parametrize(("model", "fields"), CASES)
def test_python_and_the_database_agree(model, fields):
    item = model(**fields)
    expected = []
    for constraint in model._meta.constraints:
        if isinstance(constraint, CheckConstraint):
            try:
                constraint.validate(model, item)
            except ValidationError as error:
                expected += error.messages
    assert broken_conditions(item) == expected

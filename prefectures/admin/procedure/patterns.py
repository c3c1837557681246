"""A new sheet begins from a pattern: the steps that most préfectures ask for, to be filled in."""

from ...models import Link, Procedure, Quotation, Step
from .beginning import Beginning

Kind, Role = Step.Kind, Step.Role
TAKING_A_FORM = {"kind": Kind.OTHER, "role": Role.FORM}
SOURCE = {"kind": Link.Kind.SOURCE}
WORDS = {"publisher": Link.Publisher.PREFECTURE}


def _beginning(*steps, **values):
    rows = {Step: list(steps), Link: [SOURCE], Quotation: [WORDS]}
    return Beginning(values, rows)


# By the name in the address: (what it is called, how the form begins).
PATTERNS = {
    "poste": ("par la poste", _beginning(TAKING_A_FORM, {"kind": Kind.POST})),
    "rendez-vous": (
        "un rendez-vous en ligne, puis le guichet",
        _beginning({"kind": Kind.BOOK_ONLINE}, {"kind": Kind.COUNTER}),
    ),
    "en-ligne": ("un formulaire en ligne", _beginning({"kind": Kind.ONLINE_FORM})),
    "rien": (
        "la préfecture n’en dit rien",
        _beginning(situation=Procedure.Situation.NOT_STATED),
    ),
}


def beginning_by(name):
    """Return the ``Beginning`` of the pattern of that ``name``, None where there is none."""
    return PATTERNS[name][1] if name in PATTERNS else None

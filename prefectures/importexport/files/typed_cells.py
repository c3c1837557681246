"""What a cell that is no text says as text, in whatever format."""

import re

FORMULA = "C’est une formule : mettez à la place ce qu’elle donne."
NO_DATE = "Cette date n’existe pas : écrivez-la en toutes lettres, comme 22/02/2023."
WHOLE = re.compile(r"-?[0-9]+")


def number_as_text(raw):
    """Return a number as a person writes it: "34032.0" is 34032. Raises ValueError."""
    if WHOLE.fullmatch(raw):
        return raw
    number = float(raw)
    return str(int(number)) if number.is_integer() else str(number)

"""What is proposed for a sheet, with the words that it comes from."""

from dataclasses import dataclass, field

from ..models import Contact, Link, Step
from ..text.naming import normalised

# By which fields a row is known, on a page and on a sheet.
TELLING = ("address", "url", "email", "phone", "value")


@dataclass
class Proposal:
    """A row of ``model``, or a field of the sheet itself: ``values`` is {name: value}.

    ``spans`` are the places [(start, end)] of the page's text that say so. ``is_sure`` is whether
    it is taken unless somebody says otherwise: what may serve another request is not.
    ``departement`` is the code of the one that its town lies in, "" where it names none.
    """

    model: type
    values: dict
    spans: list = field(default_factory=list)
    is_sure: bool = True
    departement: str = ""

    @property
    def start(self):
        return self.spans[0][0] if self.spans else 0

    @property
    def is_filing(self):
        """Whether it is a step by which the request leaves one's hands."""
        return self.model is Step and self.values["kind"] in FILING

    @property
    def keys(self):
        """Return what it leads to, as it is compared: {("email", "a@b.fr"), …}."""
        return keys_of(self.values)


FILING = {Step.Kind.POST, Step.Kind.DROP_BOX, Step.Kind.EMAIL, Step.Kind.COUNTER}
BOOKING = {Step.Kind.BOOK_ONLINE, Step.Kind.BOOK_BY_PHONE, Step.Kind.BOOK_BY_EMAIL}


def keys_of(values):
    """Return what a row of these ``values`` leads to, written alike however it was typed."""
    found = set()
    for name in TELLING:
        value = values.get(name)
        if value:
            found.add(key_of(values["kind"] if name == "value" else name, value))
    return found


def key_of(name, value):
    """Return one of them: a telephone by its digits, an address by its words."""
    if name == "phone":
        return name, digits(value)
    if name == "email":
        return name, value.lower()
    if name in ("address", "hours"):
        return name, normalised(value)
    return name, value


def digits(number):
    """Return the digits of a French ``number``, "+33 4" and "00 33 4" as "04"."""
    found = "".join(sign for sign in number if sign.isdigit())
    for abroad in ("0033", "33", "262", "590", "594", "596", "508"):
        if found.startswith(abroad) and len(found) == len(abroad) + 9:
            return f"0{found.removeprefix(abroad)}"
    return found


ROWS = (Step, Contact, Link)

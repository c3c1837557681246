"""What a published sheet says, each text under a title by which readers find it on its page.

The titles are French, and translated where they are shown.
"""

from django.utils.translation import gettext_noop as noop

from ...text.differences import text_of
from ..comparing.parts import PARTS
from ..wording import CONTACT_LABELS, action, link_text, reason, referral_answer, refusals
from ..wording.voices import QUOTATION_TITLES

TITLES = {name: title for title, names in PARTS.items() for name in names}
RICH_TEXTS = (
    "conditions",
    "supporting_documents",
    "fees",
    "warning",
    "appointment_rules",
    "transition_note",
    "exclusions",
    "after_filing",
    "help_places",
)
UNUSABLE = noop("À ne pas utiliser pour cette demande")

# Longer than these, a text is several passages: at the end of a line, or else of a word.
LONG, TOO_LONG = 400, 2000


def names(sheet):
    """Yield what the sheet is called by, as (title, text)."""
    yield noop("Nom"), sheet.title
    yield TITLES["departement"], str(sheet.departement)


def words(sheet):
    """Yield (title, text) of GISTI's words, then of those that the sheet quotes."""
    yield TITLES["headline"], sheet.headline
    yield TITLES["editorial_note"], lines_of(sheet.editorial_note)
    for quotation in sheet.quotations.all():
        title = QUOTATION_TITLES[quotation.publisher]
        yield title, _lines(quotation.author, lines_of(quotation.text))


def rest(sheet):
    """Yield (title, text) of all else that the sheet says."""
    yield TITLES["situation_note"], sheet.situation_note
    yield TITLES["refused_channels"], _lines(*refusals(sheet))
    for step in sheet.steps.all():
        yield from _of_step(step)
    for name in RICH_TEXTS:
        yield TITLES[name], lines_of(getattr(sheet, name))
    for contact in sheet.contacts.all():
        title = UNUSABLE if contact.is_for_another_request else CONTACT_LABELS[contact.kind]
        yield title, _lines(contact.value, contact.purpose, contact.hours)
    for link in sheet.links.all():
        said = f"{link_text(link)} <{link.url}>" if link.url else link_text(link)
        yield UNUSABLE if link.is_for_another_request else noop("Lien"), said
    yield from _whom(sheet)


def _of_step(step):
    yield noop("Étape"), _lines(action(step), step.instructions, step.booking_code)
    yield noop("Adresse"), _lines(step.office.name if step.office else "", step.address)
    yield noop("Lien"), step.url
    yield noop("Courriel"), step.email
    yield noop("Téléphone"), step.phone
    yield noop("Horaires"), step.hours


def _whom(sheet):
    yield TITLES["grounds"], ", ".join(map(reason, sheet.grounds.all()))
    for relation in ("arrondissements", "communes_included", "communes_excluded"):
        yield TITLES[relation], ", ".join(place.name for place in getattr(sheet, relation).all())
    yield TITLES["territory_note"], sheet.territory_note
    for relation in ("offices", "offices_not_receiving"):
        yield TITLES[relation], _lines(*(office.name for office in getattr(sheet, relation).all()))
    for referral in sheet.referrals.all():
        answering = referral.sheet.title if referral.sheet else referral_answer(referral)
        yield TITLES["referrals"], _lines(reason(referral.ground), answering, referral.note)


def _lines(*texts):
    return "\n".join(filter(None, texts))


def lines_of(html):
    """Return rich text as lines; where a link leads is said once."""
    first, *others = text_of(html).split(" <") if html else [""]
    said = [first]
    for other in others:
        address, is_closed, after = other.partition(">")
        is_said = is_closed and said[-1].endswith(address.removeprefix("mailto:"))
        said.append(after if is_said else f" <{other}")
    return "".join(said)


def pieces_of(text):
    """Yield ``text`` in pieces of a bounded length, which show it whole but for spaces."""
    at = 0
    while at < len(text):
        end = text.find("\n", at + LONG)
        end = len(text) if end < 0 else end
        if end - at > TOO_LONG:
            space = text.rfind(" ", at, at + TOO_LONG)
            end = space if space > at else at + TOO_LONG
        piece, at = text[at:end].strip(), end
        if piece:
            yield piece

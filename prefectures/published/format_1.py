"""What the document of a sheet says, in format 1. Documents of it exist: it changes no more.

A document is lists, dictionaries, texts, numbers and booleans; what is empty is left out, dates are
ISO 8601, rich text is HTML. What it names bears the names of the moment and the codes by which
people know it: keys of the database stand nowhere. Lists are in an order that no database decides:
two of them would sort accents each its own way. ``docs/format-du-contenu-publie.md`` describes it
for people.
"""

from datetime import date
from operator import attrgetter

FORMAT = 1

PLACE = ["name", "article", "slug"]
SHEET = [
    "title",
    "slug",
    "headline",
    "situation",
    "situation_note",
    "valid_from",
    "valid_until",
    "refused_channels",
    "territory_note",
    "conditions",
    "exclusions",
    "supporting_documents",
    "appointment_rules",
    "after_filing",
    "transition_on",
    "transition_note",
    "fees",
    "warning",
    "help_places",
    "editorial_note",
    "updated_on",
    "last_verified_on",
]
OFFICE = ["key", "name"]
# What a sheet names, by the name of the list.
NAMED = {
    "offices": OFFICE,
    "offices_not_receiving": OFFICE,
    "grounds": ["slug", "name", "description", "covers_all", "is_neighbour"],
    "arrondissements": ["code", "name", "article"],
    "communes_included": ["code", "name"],
    "communes_excluded": ["code", "name"],
}
ROWS = {
    "steps": [
        "number",
        "group",
        "kind",
        "role",
        "registered",
        "address",
        "url",
        "email",
        "phone",
        "hours",
        "booking_code",
        "instructions",
        "is_owed",
        "known_on",
    ],
    "contacts": ["number", "kind", "value", "purpose", "hours", "is_for_another_request"],
    "links": [
        "number",
        "kind",
        "label",
        "url",
        "publisher",
        "printed_date",
        "consulted_on",
        "language",
        "is_for_another_request",
    ],
    "quotations": [
        "number",
        "publisher",
        "author",
        "text",
        "is_excerpt",
        "printed_date",
        "consulted_on",
    ],
    "referrals": ["number", "note"],
}
AROUND = {
    "helping_here": ["slug", "name", "city", "phone"],
    "helping_everywhere": ["slug", "name", "city", "phone"],
    "general_texts": ["slug", "title", "text", "law_article"],
}
# By what each list is in order: numbers, codes, names without accents.
ORDER = {
    "offices": ["key"],
    "offices_not_receiving": ["key"],
    "grounds": ["position", "slug"],
    "arrondissements": ["code"],
    "communes_included": ["search", "code"],
    "communes_excluded": ["search", "code"],
    "steps": ["group", "position", "number"],
    "contacts": ["position", "number"],
    "links": ["position", "number"],
    "quotations": ["position", "number"],
    "referrals": ["position", "number"],
    "helping_here": ["slug"],
    "helping_everywhere": ["slug"],
    "general_texts": ["position", "slug"],
}


def document(sheet, lists):
    """Return the document of ``sheet``; ``lists`` are those of ``ORDER``, in any order.

    Of a sheet it asks ``departement``, with its ``region``; of a step ``source`` and ``office``, of
    a quotation ``link``, of a referral ``ground``, ``office``, ``sheet`` (None where it is not
    there) and ``sheet_id``.
    """
    found = said(sheet, SHEET)
    found["departement"] = said(sheet.departement, ["code", *PLACE])
    if sheet.departement.region is not None:
        found["departement"]["region"] = said(sheet.departement.region, PLACE)
    for name, names in (NAMED | ROWS | AROUND).items():
        items = sorted(lists[name], key=attrgetter(*ORDER[name]))
        found[name] = [said(item, names) | LEADING.get(name, _nothing)(item) for item in items]
    return {name: value for name, value in found.items() if value != []}


def said(item, names):
    """Return {name: value} of the attributes of ``item`` that are not empty."""
    found = {}
    for name in names:
        value = getattr(item, name)
        if value not in (None, "", [], False):
            found[name] = value.isoformat() if isinstance(value, date) else value
    return found


def _nothing(item):
    return {}


def _of_step(step):
    found = {"source": step.source.number} if step.source else {}
    return found | ({"office": said(step.office, OFFICE)} if step.office else {})


def _of_quotation(quotation):
    return {"link": quotation.link.number} if quotation.link else {}


def _of_referral(referral):
    found = {"ground": said(referral.ground, NAMED["grounds"])}
    if referral.office:
        found["office"] = said(referral.office, OFFICE)
    if referral.sheet is not None and referral.sheet.publication == "published":
        sheet = referral.sheet
        found["sheet"] = said(sheet, ["title", "slug"]) | {
            "departement": said(sheet.departement, ["code", "slug"])
        }
    elif referral.sheet_id:
        # Of what readers may not see, that it is not there.
        found["is_gone"] = True
    return found


LEADING = {"steps": _of_step, "quotations": _of_quotation, "referrals": _of_referral}

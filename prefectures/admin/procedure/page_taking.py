"""What was taken of a page, put into the form of a sheet: new, or as it is with what changed."""

from django.utils import timezone
from django.utils.html import format_html

from ...models import Contact, Link, Prefecture, Procedure, Quotation, Step
from ...proposing.links import publisher_of
from ...proposing.proposal import TELLING
from ...text.naming import normalised
from .beginning import Beginning

REPLACE_QUOTATION = "replace_quotation"
GONE_FEES = "gone-fees"


def beginning_of_new(review):
    """Return the ``Beginning`` of a new sheet: its rows, its office, its source and its words."""
    began, told = _taken(review)
    head = review.head_office
    publisher = publisher_of(review.page.address) or Link.Publisher.PREFECTURE
    began.values |= {
        "departement": review.departement.code,
        "title": head.name if head else str(review.departement),
        "offices": [office.pk for office in _offices(review, head, began.rows[Step])],
        "grounds": [ground.pk for ground in review.grounds],
        "reason": f"D’après la page de la préfecture, lue le {_today():%d/%m/%Y}.",
    }
    if review.page.address:
        dates = [each["printed_date"] for each in told if "printed_date" in each]
        source = {
            "kind": Link.Kind.SOURCE,
            "label": _title(review.page),
            "url": review.page.address,
            "publisher": publisher,
            "consulted_on": _today(),
        }
        began.rows[Link].insert(0, source | {"printed_date": "".join(dates[:1])})
    words = {
        "publisher": publisher,
        "text": review.page.quotation,
        "consulted_on": _today(),
        "is_from_source": bool(review.page.address),
    }
    began.rows[Quotation] = [words]
    return began


def beginning_again(review):
    """Return the ``Beginning`` of the sheet that is there, with what was taken of its page."""
    began, _ = _taken(review)
    sent = review.ticked
    for row in review.gone:
        if name_of(row) in sent:
            began.leave_out(row)
    if review.replaces_quotation and review.quotation:
        text = {"text": review.page.quotation, "consulted_on": _today()}
        began.change(review.quotation, text)
    going = [channel for channel in review.gone_channels if name_of_channel(channel) in sent]
    if going:
        said = began.values.get("refused_channels", review.sheet.refused_channels)
        began.values["refused_channels"] = [each for each in said if each not in going]
    if GONE_FEES in sent:
        began.values["fees"] = began.values.get("fees", "").removeprefix(review.sheet.fees)
    began.values["reason"] = f"La page de la préfecture a changé, lue le {_today():%d/%m/%Y}."
    return began


def _taken(review):
    """Return the ``Beginning`` of what was taken, and the values of the sheet's own fields."""
    began = Beginning(rows={model: [] for model in (Step, Contact, Link)})
    told = []
    for form in review.forms:
        if not form.is_taken:
            continue
        values = form.values()
        if form.replaced is not None:
            leading = {name: values[name] for name in TELLING if name in values}
            began.change(form.replaced, leading)
        elif form.proposal.model is Procedure:
            told.append(values)
        else:
            began.rows[form.proposal.model].append(values)
    began.values = _fields_told(told, review.sheet)
    return began, told


def _fields_told(told, sheet):
    """Return the fields of the sheet that were taken: what it said already stays."""
    refused = [each["refused_channels"] for each in told if "refused_channels" in each]
    fees = [each["fees"] for each in told if each.get("fees")]
    values = {}
    if refused:
        known = list(sheet.refused_channels) if sheet else []
        values["refused_channels"] = [*known, *(each for each in refused if each not in known)]
    if fees:
        lines = [line for text in fees for line in text.splitlines()]
        said = sheet.fees if sheet else ""
        values["fees"] = said + "".join(format_html("<p>{}</p>", line) for line in lines)
    return values


def _offices(review, head, steps):
    """Return the offices where one files: those that the addresses name, else the first of all."""
    addresses = [normalised(step.get("address", "")) for step in steps]
    offices = Prefecture.objects.filter(departement=review.departement)
    named = [
        office
        for office in offices
        if any(normalised(office.name) in address for address in addresses)
    ]
    is_of_head = any("sous prefecture" not in address for address in addresses if address)
    return [head, *named] if head and (is_of_head or not named) else named


def _title(page):
    titles = [line.text for line in page.lines if line.tag == "h3"]
    return titles[0][:200] if titles else "La page de la préfecture"


def name_of(row):
    """Return under which name a row that is no longer on the page is ticked."""
    return f"gone-{row._meta.model_name}-{row.pk}"


def name_of_channel(channel):
    return f"gone-channel-{channel}"


def _today():
    return timezone.localdate()

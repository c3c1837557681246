"""A sheet on paper, in the order of the association's own document: of when it is, how one files,
the links, the words of others, GISTI's note. Links stand in full: paper cannot be pressed.
"""

from django.utils.formats import date_format

from ...brochure import blocks
from ...brochure.rich import rich
from ...models import Contact
from ...models.fields import is_web_address
from ...text.qr_code import qr_code
from .. import wording
from ..arranged import Arranged

LEVEL = 2
SECTION = LEVEL + 1


def sheet_blocks(sheet, address):
    """Return the blocks of ``sheet``; ``address`` is that of its page, in full."""
    page = Arranged(sheet)
    return [
        blocks.heading(LEVEL, sheet.title, is_listed=True, label=f"fiche-{sheet.pk}"),
        blocks.beside_a_code(
            [*_dates(sheet), *_answer(sheet), *_scope(sheet, page), _page(address)],
            qr_code(address),
            f"Code à lire avec un téléphone : {address}",
        ),
        *_before(sheet, page),
        *_how(sheet, page),
        *_to_bring(sheet, page),
        *_section("Attention", rich(sheet.warning, SECTION)),
        *_afterwards(sheet, page),
        *_contacts(sheet),
        *_links(page),
        *_quotations(sheet),
        *_section("Note du Gisti", rich(sheet.editorial_note, SECTION)),
    ]


def _section(title, content):
    return [blocks.heading(SECTION, title), *content] if content else []


def _page(address):
    return blocks.paragraph(
        blocks.run("La page de cette fiche, à jour : "), *blocks.address(address), look="note"
    )


# --- What it is, and of when -------------------------------------------------------------------


def _dates(sheet):
    updated = date_format(sheet.updated_on) if sheet.updated_on else "date inconnue"
    said = f"Dernière mise à jour : {updated}"
    if sheet.last_verified_on:
        said += f" · vérifiée le {date_format(sheet.last_verified_on)}"
    return [blocks.said(said)]


def _answer(sheet):
    """Return GISTI's own sentence, then what the site makes of the steps."""
    headline = [blocks.said(sheet.headline, look="lead")] if sheet.headline else []
    return [*headline, blocks.said(wording.sentence(sheet), look="" if headline else "lead")]


def _scope(sheet, page):
    said = []
    if sheet.grounds.all():
        reasons = ", ".join(wording.whole_reason(ground) for ground in sheet.grounds.all())
        said.append(f"Raison de la demande : {reasons}")
    said.append(f"Où vous habitez : {_territory(sheet)}")
    offices = ", ".join(office.name for office in sheet.offices_beyond_title)
    if offices:
        said.append(f"Guichets : {offices}")
    return [blocks.said(words) for words in said] + _link_list(page.commune_lists)


def _territory(sheet):
    """Return the part of the département that the sheet is for, each commune by its name."""
    parts = [f"arrondissement {each.of_name}" for each in sheet.arrondissements.all()]
    for words, communes in (
        ("", sheet.communes_included.all()),
        ("sauf ", sheet.communes_excluded.all()),
    ):
        if communes:
            parts.append(words + ", ".join(commune.name for commune in communes))
    if not parts or parts[0].startswith("sauf "):
        parts = ([] if sheet.territory_note else ["tout le département"]) + parts
    return " ; ".join([*parts, *filter(None, [sheet.territory_note])])


# --- How one files -----------------------------------------------------------------------------


def _before(sheet, page):
    """Return what one must know before the first step."""
    notices = [wording.validity(sheet), wording.situation(sheet), sheet.situation_note]
    if page.closing:
        notices.append(wording.said("still_owed") if page.to_take else wording.meanwhile(sheet))
    elif not page.to_take:
        notices.append(wording.meanwhile(sheet))
    found = [blocks.said(notice) for notice in notices if notice]
    danger = " ".join(map(wording.said, ("danger", "help_before")))
    return [
        *([blocks.framed(found)] if found else []),
        *_refusals(sheet, page),
        *([] if page.closing else [blocks.said(danger)]),
        *_section("Cette fiche ne vaut pas pour", _referrals(sheet)),
        *_section("Avant de commencer", rich(sheet.conditions, SECTION)),
    ]


def _refusals(sheet, page):
    said = [] if page.closing else wording.refusals(sheet)
    closed = ", ".join(office.name for office in sheet.closed_offices)
    if closed:
        said.append(f"Ne reçoit pas cette demande : {closed}")
    return [blocks.said(words, strong=True) for words in said]


def _referrals(sheet):
    items = [_referral(referral) for referral in sheet.referrals.all()]
    return [blocks.bullets(items)] if items else []


def _referral(referral):
    words = wording.whole_reason(referral.ground)
    if referral.sheet is not None and referral.sheet.is_published:
        words += f" : voyez la fiche « {referral.sheet.title} »"
    lines = [wording.referral_answer(referral), referral.note]
    return [blocks.said(words), *(blocks.said(line) for line in lines if line)]


def _how(sheet, page):
    taken = _steps(page.to_take)
    if not page.applied:
        return _section("Comment déposer", taken)
    applied = [
        blocks.said(wording.said("not_now"), strong=True),
        *_plain_refusals(sheet),
        *_steps(page.applied),
    ]
    title = wording.applied_title(sheet)
    return _section("Comment déposer", taken) + _section(title, applied)


def _plain_refusals(sheet):
    return [blocks.said(words) for words in wording.refusals(sheet)]


def _steps(groups):
    items = [_group(group) for group in groups]
    return [blocks.numbered(items)] if items else []


def _group(group):
    found = []
    for shown in group:
        found += [blocks.said("ou", strong=True)] if found else []
        found += _step(shown)
    return found


def _step(shown):
    step = shown.step
    said = [
        f"Code de réservation : {step.booking_code}" if step.booking_code else "",
        f"Horaires : {step.hours}" if step.hours else "",
        step.instructions,
        wording.said("refused_too") if shown.is_in_vain else "",
        *wording.step_notes(step),
    ]
    return [
        blocks.said(wording.action(step), strong=True),
        *([blocks.said(step.office.name)] if step.office else []),
        *([blocks.envelope(step.address)] if step.address else []),
        *([_led(", ".join(shown.told), step.url)] if step.url else []),
        *([blocks.said(f"Téléphone : {step.phone}")] if step.phone else []),
        *([mail(step.email)] if step.email else []),
        *(blocks.said(words) for words in said if words),
        *_known_by(step),
    ]


def _known_by(step):
    told = wording.step_source(step)
    if not told:
        return []
    runs = [blocks.run(f"{told} "), *_address(step.source.url)]
    return [blocks.paragraph(*runs, look="note")]


def mail(address):
    """Return the paragraph of an e-mail address, which writes to it."""
    return blocks.paragraph(blocks.run("Courriel : "), blocks.run(address, url=f"mailto:{address}"))


def _to_bring(sheet, page):
    content = rich(sheet.supporting_documents, SECTION)
    if not content and page.groups:
        content = [blocks.said(wording.no_list(page))]
    costs = rich(sheet.fees, SECTION + 1)
    if costs:
        content += [blocks.heading(SECTION + 1, "Ce que cela coûte"), *costs]
    return _section("Ce qu’il faut préparer", content)


def _afterwards(sheet, page):
    title = "Si vous avez déjà déposé" if page.closing else "Et ensuite"
    found = _section(title, rich(sheet.after_filing, SECTION))
    for words, html in wording.texts(sheet):
        found += _section(words, rich(html, SECTION))
    return found + _section("Où se faire aider", rich(sheet.help_places, SECTION))


# --- Contacts, links, words of others ----------------------------------------------------------


def _contacts(sheet):
    items = [_contact(contact) for contact in sheet.contacts_to_use]
    usable = _section("Contacts", [blocks.bullets(items)] if items else [])
    others = [_unusable(*each) for each in wording.unusable(sheet)]
    return usable + _section(
        "À ne pas utiliser pour cette demande", [blocks.bullets(others)] if others else []
    )


def _contact(contact):
    said = [
        f"Horaires : {contact.hours}" if contact.hours else "",
        f"Pour : {contact.purpose}" if contact.purpose else "",
    ]
    if contact.kind == Contact.Kind.EMAIL:
        reached = mail(contact.value)
    else:
        reached = blocks.said(f"{wording.CONTACT_LABELS[contact.kind]} : {contact.value}")
    return [reached, *(blocks.said(words) for words in said if words)]


def _unusable(what, address, purpose):
    found = [blocks.said(f"Pas pour cette demande : {what}")]
    # As a text: nothing here is to be followed.
    found += [blocks.said(address)] if address else []
    return found + ([blocks.said(f"Sert à : {purpose}")] if purpose else [])


def _links(page):
    found = _link_list(page.sources + page.documents + page.other_links)
    return _section("Liens", found)


def _link_list(links):
    items = [[_link(link)] for link in links]
    return [blocks.bullets(items)] if items else []


def _link(link):
    publisher = "" if link.is_of_the_state else f"{link.get_publisher_display()} : "
    dates = wording.link_dates(link)
    after = f" ({dates})" if dates else ""
    words = f"{publisher}{wording.link_text(link)}"
    if not link.url:
        return blocks.said(f"{words} (annoncé, sans adresse){after}")
    return _led(words, link.url, after)


def _led(words, url, after=""):
    before = [blocks.run(f"{words} : ")] if words else []
    return blocks.paragraph(*before, *_address(url), *([blocks.run(after)] if after else []))


def _address(url):
    """Return an address in full; one that no browser should open is a text."""
    if not url:
        return []
    return blocks.address(url) if is_web_address(url) else [blocks.run(url)]


def _quotations(sheet):
    found = []
    for quotation in sheet.quotations.all():
        content = [
            blocks.said(wording.quotation_intro(quotation)),
            blocks.quote(rich(quotation.text, SECTION)),
            *_whence(quotation),
        ]
        found += _section(wording.quotation_title(quotation), content)
    return found


def _whence(quotation):
    link, runs = quotation.link, []
    if link is not None and link.url:
        runs += [blocks.run("Source : "), *_address(link.url)]
    dates = [
        f"texte daté : {quotation.printed_date}" if quotation.printed_date else "",
        f"lu le {date_format(quotation.consulted_on)}" if quotation.consulted_on else "",
    ]
    dates = ", ".join(filter(None, dates))
    if dates:
        runs.append(blocks.run(f" ({dates})" if runs else dates))
    return [blocks.paragraph(*runs, look="note")] if runs else []

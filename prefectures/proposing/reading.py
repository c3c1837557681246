"""A page read whole: the rows that it proposes, in order, and what is to be said of it."""

import re
from dataclasses import dataclass, field

from ..models import Contact, Link, Procedure, Step
from . import acts, found, ordering, purposes, vocabulary
from .addresses import addresses
from .grounds import grounds_named
from .links import links
from .proposal import BOOKING, Proposal
from .situations import is_for_another

Kind = Step.Kind
# How far the hours of a telephone or a counter may stand from it, in characters.
NEAR = 250
FAX, NEAR_A_NUMBER = re.compile(r"\bfax\b|telecopie"), 25
MOST_PROPOSALS = 200


@dataclass
class Reading:
    """``proposals`` are steps in order, then the other rows; ``grounds`` are slugs."""

    page: object
    proposals: list = field(default_factory=list)
    grounds: list = field(default_factory=list)

    def of(self, model):
        return [proposal for proposal in self.proposals if proposal.model is model]


def read(page, towns):
    """Return the ``Reading`` of a ``Page``; ``towns`` are the ``Towns`` of its text."""
    reader = _Reader(page, towns)
    return Reading(page, reader.proposals(), grounds_named(page.text))


class _Reader:
    def __init__(self, page, towns):
        self.page = page
        self.addresses = addresses(page, towns)
        self.links = links(page)
        self.hours = list(found.hours(page))
        self.steps, self.contacts, self.rows_of_links, self.fields = [], [], [], []

    def proposals(self):
        self._read_links()
        self._read_addresses()
        self._send_to_what_stands_apart()
        self._read_emails()
        self._read_phones()
        self._book_by_the_only_phone()
        self._read_counter()
        self._read_form()
        self._read_summons()
        self._read_codes()
        self._read_hours()
        self._read_dates()
        self._read_refusals()
        self._read_fees()
        steps = sorted(self.steps, key=lambda step: step.start)
        ordering.put_booking_before_counter(steps)
        ordering.put_form_before_filing(steps)
        ordering.file_once(steps)
        rows = [*steps, *self.contacts, *self.rows_of_links, *self.fields]
        return rows[:MOST_PROPOSALS]

    def _add(self, into, model, values, *spans, is_sure=True):
        proposal = Proposal(model, values, list(spans), is_sure)
        for other in into:
            if proposal.keys and other.keys == proposal.keys and _same_kind(other, proposal):
                other.spans += proposal.spans
                return other
        into.append(proposal)
        return proposal

    # --- Links --------------------------------------------------------------------------------

    def _read_links(self):
        for link in self.links:
            is_other = is_for_another(self.page, link.start)
            span = (link.start, link.end)
            is_page_itself = link.url.rstrip("/") == self.page.address.rstrip("/")
            values = {
                "kind": link.kind,
                "label": link.label,
                "url": link.url,
                "publisher": link.publisher,
            }
            is_sure = link.is_known and not is_other
            if is_sure and (link.kind == Link.Kind.BOOKING or link.is_online_form):
                kind = Kind.ONLINE_FORM if link.is_online_form else Kind.BOOK_ONLINE
                self._add(self.steps, Step, {"kind": kind, "url": link.url}, span)
            if is_page_itself or link.url.partition("#")[0] == self.page.address:
                continue
            if is_other and link.is_known:
                values["is_for_another_request"] = True
            self._add(self.rows_of_links, Link, values, span, is_sure=is_sure)

    # --- Addresses, e-mails, telephones -------------------------------------------------------

    def _read_addresses(self):
        for address in self.addresses:
            around = acts.Around(self.page, address.start, address.end)
            kind = acts.of_address(around)
            span = (address.start, address.end)
            is_other = is_for_another(self.page, address.start)
            is_refused = vocabulary.REFUSAL.search(
                around.sentence
            ) and not vocabulary.SENDING.search(around.before)
            if kind is None or is_other or is_refused:
                values = {"kind": Contact.Kind.ADDRESS, "value": address.value}
                contact = self._add_contact(values, span, is_other, is_sure=False)
                contact.departement = address.departement
                continue
            said = " · ".join([around.before, around.after, *around.above[:1]])
            step = self._add(self.steps, Step, _to_address(kind, address.value, said), span)
            step.departement = address.departement

    def _send_to_what_stands_apart(self):
        """Send to the addresses that stand apart, in one place, if the page asks to send."""
        apart = [
            contact for contact in self.contacts if "is_for_another_request" not in contact.values
        ]
        lines = {self.page.at(contact.start) for contact in apart}
        is_one_place = lines and max(lines) - min(lines) < len(apart)
        if not is_one_place or any("address" in step.values for step in self.steps):
            return
        for start, end in self.page.sentences():
            words = self.page.flat[start:end]
            if is_for_another(self.page, start) or vocabulary.REFUSAL.search(words):
                continue
            sent = vocabulary.SENDING.search(words) and re.search("adresse|courrier|postale", words)
            kind = (
                Kind.POST if sent else Kind.COUNTER if vocabulary.AT_COUNTER.search(words) else None
            )
            if kind:
                for contact in apart:
                    self.contacts.remove(contact)
                    values = _to_address(kind, contact.values["value"], words)
                    for_whom = purposes.first_cell(self.page, contact.start)
                    if for_whom:
                        values["instructions"] = for_whom
                    step = self._add(self.steps, Step, values, (start, end), *contact.spans)
                    step.departement = contact.departement
                return

    def _read_emails(self):
        for email in found.emails(self.page):
            self._read_way(email, Contact.Kind.EMAIL, acts.of_email)

    def _read_phones(self):
        for phone in found.phones(self.page):
            if not FAX.search(self.page.flat[max(0, phone.start - NEAR_A_NUMBER) : phone.start]):
                self._read_way(phone, Contact.Kind.PHONE, acts.of_phone)

    def _read_way(self, way, kind, act_of):
        """Make a step of a ``way`` to reach the office, a contact where it only answers."""
        span = (way.start, way.end)
        is_other = is_for_another(self.page, way.start)
        act = None if is_other else act_of(acts.Around(self.page, way.start, way.end))
        if act is None:
            values = {"kind": kind, "value": way.value}
            what_for = purposes.purpose(self.page, way.start)
            if what_for:
                values["purpose"] = what_for
            self._add_contact(values, span, is_other, is_sure=not is_other)
        else:
            self._add(self.steps, Step, {"kind": act, str(kind): way.value}, span)

    def _book_by_the_only_phone(self):
        """Book by the one telephone of the page, if the page says elsewhere that one does."""
        phones = [
            each
            for each in self.contacts
            if each.is_sure and each.values["kind"] == Contact.Kind.PHONE
        ]
        if len(phones) != 1 or any(step.values["kind"] in BOOKING for step in self.steps):
            return
        for start, end in self.page.sentences():
            words = self.page.flat[start:end]
            if vocabulary.BY_PHONE.search(words) and not vocabulary.REFUSAL.search(words):
                self.contacts.remove(phones[0])
                values = {"kind": Kind.BOOK_BY_PHONE, "phone": phones[0].values["value"]}
                self._add(self.steps, Step, values, *phones[0].spans, (start, end))
                return

    def _add_contact(self, values, span, is_other, *, is_sure):
        if is_other:
            values["is_for_another_request"] = True
        already = {key for step in self.steps for key in step.keys}
        proposal = Proposal(Contact, values, [span])
        if proposal.keys & already:
            return proposal
        return self._add(self.contacts, Contact, values, span, is_sure=is_sure)

    # --- What one does where nothing is written to go to --------------------------------------

    def _read_counter(self):
        if any(step.values["kind"] == Kind.COUNTER for step in self.steps):
            return
        for start, end in self.page.sentences():
            words = self.page.flat[start:end]
            said = vocabulary.AT_COUNTER.search(words)
            if not said or vocabulary.REFUSAL.search(words):
                continue
            if is_for_another(self.page, start):
                continue
            place = start + said.start()
            steps = [step for step in self.steps if step.start >= start and step.start < end]
            booked = [step.start for step in steps if step.values["kind"] in BOOKING]
            # "sur rendez-vous, en téléphonant au …": booked first, whatever is said first.
            at = max([place, *(each + 1 for each in booked)])
            self._add(
                self.steps, Step, {"kind": Kind.COUNTER}, (at, max(at + 1, start + said.end()))
            )
            return

    def _read_form(self):
        forms = [
            row
            for row in self.rows_of_links
            if row.is_sure and row.values["kind"] == Link.Kind.FORM
            and not any(row.keys & step.keys for step in self.steps)
        ]  # fmt: skip
        said = vocabulary.FORM.search(self.page.flat)
        if not forms and not said:
            return
        online = [s for s in self.steps if s.values["kind"] == Kind.ONLINE_FORM]
        if online and not forms:
            return
        if not forms and not any(step.is_filing for step in self.steps):
            return
        spans = [self._whole_words(*said.span())] if said else [forms[0].spans[0]]
        values = {"kind": Kind.OTHER, "role": Step.Role.FORM}
        self._add(self.steps, Step, values, *spans)

    def _whole_words(self, start, end):
        """Return (start, end) with the last word to its end."""
        text = self.page.text
        while end < len(text) and text[end].isalnum():
            end += 1
        return start, end

    def _read_summons(self):
        for start, end in self.page.sentences():
            words = self.page.flat[start:end]
            if vocabulary.SUMMONS.search(words) and "si necessaire" not in words:
                if any(
                    step.is_filing or step.values["kind"] == Kind.ONLINE_FORM for step in self.steps
                ):
                    self._add(self.steps, Step, {"kind": Kind.WAIT_FOR_SUMMONS}, (start, end))
                return

    # --- What is said of a step or a contact --------------------------------------------------

    def _read_codes(self):
        for code in found.codes(self.page):
            booking = [
                s for s in self.steps if s.values["kind"] in (Kind.BOOK_ONLINE, Kind.ONLINE_FORM)
            ]
            nearest = self._nearest(booking, code)
            if nearest and not is_for_another(self.page, code.start):
                known = nearest.values.get("booking_code")
                nearest.values["booking_code"] = f"{known} ou {code.value}" if known else code.value
                nearest.spans.append((code.start, code.end))

    def _read_hours(self):
        for hours in self.hours:
            at = (Kind.COUNTER, Kind.BOOK_BY_PHONE, Kind.DROP_BOX)
            rows = [s for s in self.steps if s.values["kind"] in at]
            rows += [c for c in self.contacts if c.values["kind"] == Contact.Kind.PHONE]
            nearest = self._nearest(rows, hours)
            if nearest is None or is_for_another(self.page, hours.start):
                continue
            before = nearest.values.get("hours")
            nearest.values["hours"] = f"{before}\n{hours.value}" if before else hours.value
            nearest.spans.append((hours.start, hours.end))

    def _nearest(self, rows, what):
        def distance(row):
            return min(
                max(start - what.end, what.start - end, 0) for start, end in row.spans
            )  # fmt: skip

        near = [row for row in rows if distance(row) <= NEAR]
        return min(near, key=distance, default=None)

    def _read_dates(self):
        for date in found.printed_dates(self.page):
            forms = [
                r for r in self.rows_of_links if r.is_sure and r.values["kind"] != Link.Kind.OTHER
            ]
            sentence = self.page.flat[slice(*self.page.sentence(date.start))]
            nearest = self._nearest(forms, date) if "version" in sentence else None
            if nearest:
                nearest.values.setdefault("printed_date", date.value)
                nearest.spans.append((date.start, date.end))
            elif not any("printed_date" in field.values for field in self.fields):
                self._add(
                    self.fields, Procedure, {"printed_date": date.value}, (date.start, date.end)
                )

    def _read_refusals(self):
        spans = {}
        for channel, start, end in acts.refused_channels(self.page):
            if not is_for_another(self.page, start):
                spans.setdefault(channel, []).append((start, end))
        for channel, places in spans.items():
            values = {"refused_channels": channel}
            self.fields.append(Proposal(Procedure, values, places))

    def _read_fees(self):
        sums = [s for s in found.amounts(self.page) if not is_for_another(self.page, s.start)]
        if sums:
            values = {"fees": "\n".join(dict.fromkeys(s.value for s in sums))}
            self.fields.append(Proposal(Procedure, values, [(s.start, s.end) for s in sums]))


def _to_address(kind, address, said):
    values = {"kind": kind, "address": address}
    is_registered = kind == Kind.POST and vocabulary.REGISTERED.search(said)
    if is_registered and not vocabulary.ONLY_ADVISED.search(said):
        values["registered"] = Step.Registered.REQUIRED
    return values


def _same_kind(one, other):
    return one.model is other.model and (
        one.model is not Step or one.values["kind"] == other.values["kind"]
    )

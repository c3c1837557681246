"""What a page proposes, to be looked over: for a new sheet, or held against the one there is."""

from django.utils import timezone
from django.utils.html import format_html

from ...models import Contact, Departement, Ground, Link, Prefecture, Procedure, Quotation, Step
from ...proposing import read
from ...proposing.comparing import is_gone, is_known, keys_of_rows, leading_of
from ...proposing.links import publisher_of
from ...proposing.marking import marked
from ...proposing.remarks import elsewhere, remarks_on
from ...proposing.towns import Towns
from ...territories.memory import HEADS
from ...text.differences import text_of, word_differences
from .beginning import Beginning
from .page_forms import ProposalForm

GROUPS = [
    (Step, "Étapes"),
    (Contact, "Contacts"),
    (Link, "Liens"),
    (Procedure, "Ce que la page dit"),
]


class Review:
    """What a page proposes for a new sheet of ``departement``, or for ``sheet`` as it is.

    ``told`` is the code of the département whose site the page is on, None where that is unknown.
    """

    def __init__(self, page, departement, told, sheet, data):
        self.page, self.departement, self.told, self.sheet = page, departement, told, sheet
        self.reading = read(page, Towns(page.text, departement.code))
        self.rows = [] if sheet is None else [
            row for part in (sheet.steps, sheet.contacts, sheet.links) for row in part.all()
        ]  # fmt: skip
        known = keys_of_rows(self.rows)
        if sheet is not None:
            known.add(("url", page.address))
        proposals = self.reading.proposals
        self.known = [each for each in proposals if is_known(each, known)]
        self.forms = [
            ProposalForm(each, page, data, number=number, is_taken=each.is_sure and sheet is None)
            for number, each in enumerate(proposals)
            if each not in self.known
        ]
        self.gone = [row for row in self.rows if is_gone(row, page)]
        self.is_valid = data is not None and all(form.is_valid() for form in self.forms)

    # --- What is shown ------------------------------------------------------------------------

    @property
    def lines(self):
        return marked(self.page, self.reading.proposals)

    @property
    def groups(self):
        """Return [(title, [forms])]: what is sure, or was taken, then apart what is not."""
        found = [
            (
                title,
                [form for form in self.forms if form.proposal.model is model and _is_first(form)],
            )
            for model, title in GROUPS
        ]
        return [(title, forms) for title, forms in found if forms]

    @property
    def doubtful(self):
        return [form for form in self.forms if not _is_first(form)]

    @property
    def remarks(self):
        yield from remarks_on(self.reading)
        names = dict(Departement.objects.values_list("code", "name"))
        if self.told and self.told != self.departement.code:
            yield (
                f"Cette page est celle d’un autre département : {names[self.told]} "
                f"({self.told}), et non {self.departement}."
            )
        for address, code in elsewhere(self.reading, self.departement.code):
            town = address.splitlines()[-1]
            yield f"« {town} » est dans un autre département : {names[code]} ({code})."
        if self.sheet is None and self.same_sheet:
            yield format_html(
                'Une fiche s’appelle déjà ainsi : <a href="{}">comparer plutôt cette page avec '
                "« {} »</a>.",
                f"../{self.same_sheet.pk}/page-de-la-prefecture/",
                self.same_sheet,
            )

    @property
    def same_sheet(self):
        office = self.head_office
        sheets = self.departement.procedures.all()
        return office and sheets.filter(title=office.name).first()

    @property
    def head_office(self):
        return Prefecture.objects.filter(departement=self.departement, kind__in=HEADS).first()

    @property
    def grounds(self):
        return Ground.objects.filter(slug__in=self.reading.grounds)

    @property
    def quotation(self):
        """Return the quotation of the sheet that comes from this page, None where none does."""
        if self.sheet is None:
            return None
        quotations = list(self.sheet.quotations.select_related("link"))
        from_here = [
            each for each in quotations if each.link and each.link.url == self.page.address
        ]
        return next(
            iter([*from_here, *(each for each in quotations if each.is_of_the_state)]), None
        )

    @property
    def changed_words(self):
        """Return the differences between what is quoted and the page, [] where there is none."""
        before, after = text_of(self.quotation.text), text_of(self.page.quotation)
        return [] if before == after else word_differences(before, after)

    @property
    def gone_named(self):
        """Return [(name of its box, what it is, what it leads to)] of what is no longer there."""
        return [
            (name_of(row), row.get_kind_display(), ", ".join(value for _, value in leading_of(row)))
            for row in self.gone
        ]

    # --- What is made of it -------------------------------------------------------------------

    def beginning(self, sent):
        """Return the ``Beginning`` of the form; ``sent`` are the names of what was ticked."""
        taken = [form for form in self.forms if form.is_taken]
        began = Beginning()
        for model in (Step, Contact, Link):
            began.rows[model] = [form.values() for form in taken if form.proposal.model is model]
        told = [form.values() for form in taken if form.proposal.model is Procedure]
        began.values = _fields_told(told, self.sheet)
        if self.sheet is None:
            self._begin_new(began, told)
        else:
            self._begin_again(began, sent)
        return began

    def _begin_new(self, began, told):
        office = self.head_office
        began.values |= {
            "departement": self.departement.code,
            "title": office.name if office else str(self.departement),
            "offices": [office.pk] if office else [],
            "grounds": [ground.pk for ground in self.grounds],
            "reason": f"D’après la page de la préfecture, lue le {_today():%d/%m/%Y}.",
        }
        publisher = publisher_of(self.page.address) or Link.Publisher.PREFECTURE
        if self.page.address:
            source = {
                "kind": Link.Kind.SOURCE,
                "label": self._title(),
                "url": self.page.address,
                "publisher": publisher,
                "consulted_on": _today(),
            }
            dates = [each["printed_date"] for each in told if "printed_date" in each]
            began.rows[Link].insert(0, source | ({"printed_date": dates[0]} if dates else {}))
        began.rows[Quotation] = [
            {
                "publisher": publisher,
                "text": self.page.quotation,
                "consulted_on": _today(),
                "is_from_source": bool(self.page.address),
            }
        ]

    def _begin_again(self, began, sent):
        for row in self.gone:
            if name_of(row) in sent:
                began.leave_out(row)
        if "replace_quotation" in sent and self.quotation:
            text = {"text": self.page.quotation, "consulted_on": _today()}
            began.change(self.quotation, text)
        began.values["reason"] = f"La page de la préfecture a changé, lue le {_today():%d/%m/%Y}."

    def _title(self):
        titles = [line.text for line in self.page.lines if line.tag == "h3"]
        return titles[0][:200] if titles else "La page de la préfecture"


def _is_first(form):
    return form.proposal.is_sure or bool(form.data and form["take"].data)


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


def name_of(row):
    """Return under which name a row that is no longer on the page is ticked."""
    return f"gone-{row._meta.model_name}-{row.pk}"


def _today():
    return timezone.localdate()

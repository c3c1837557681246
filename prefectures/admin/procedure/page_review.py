"""What a page proposes, to be looked over: for a new sheet, or held against the one there is."""

from django.utils.functional import cached_property

from ...models import Channel, Contact, Departement, Ground, Link, Prefecture, Procedure, Step
from ...proposing import read
from ...proposing.comparing import gone_channels, is_gone, is_said, leading_of, pairs, says_no_sum
from ...proposing.marking import marked
from ...proposing.remarks import elsewhere, named_elsewhere, remarks_on
from ...proposing.towns import Towns
from ...territories.memory import HEADS
from ...text.differences import text_of, word_differences
from .page_forms import ProposalForm
from .page_taking import (
    GONE_FEES,
    REPLACE_QUOTATION,
    beginning_again,
    beginning_of_new,
    name_of,
    name_of_channel,
)

GROUPS = [
    (Step, "Étapes"),
    (Contact, "Contacts"),
    (Link, "Liens"),
    (Procedure, "Ce que la page dit"),
]


class Review:
    """What a page proposes for a new sheet of ``departement``, or for ``sheet`` as it is.

    ``told`` is the code of the département whose site the page is on, None where that is unknown.
    ``data`` is what was ticked and changed, None before.
    """

    def __init__(self, page, departement, told, sheet, data):
        self.page, self.departement, self.told, self.sheet = page, departement, told, sheet
        self.ticked = set(data or ())
        self.reading = read(page, Towns(page.text, departement.code))
        proposals = self.reading.proposals
        rows = [] if sheet is None else [
            row for part in (sheet.steps, sheet.contacts, sheet.links) for row in part.all()
        ]  # fmt: skip
        self.known = [] if sheet is None else [
            each for each in proposals if is_said(each, sheet, rows, page)
        ]  # fmt: skip
        gone = [row for row in rows if is_gone(row, page)]
        new = [(number, each) for number, each in enumerate(proposals) if each not in self.known]
        replaced = pairs(new, gone)
        self.gone = [row for row in gone if row not in replaced.values()]
        self.forms = [
            ProposalForm(
                each,
                page,
                data,
                number=number,
                is_taken=each.is_sure and sheet is None,
                replaced=replaced.get(number),
            )
            for number, each in new
        ]
        self.is_valid = data is not None and all(form.is_valid() for form in self.forms)

    def beginning(self):
        """Return the ``Beginning`` of the form that what was taken makes."""
        return beginning_of_new(self) if self.sheet is None else beginning_again(self)

    # --- What is proposed ---------------------------------------------------------------------

    @property
    def lines(self):
        return marked(self.page, self.reading.proposals)

    @property
    def groups(self):
        """Return [(title, [forms])]: what is sure, or was taken."""
        found = [
            (title, [form for form in self.forms if form.proposal.model is model and form.is_first])
            for model, title in GROUPS
        ]
        return [(title, forms) for title, forms in found if forms]

    @property
    def doubtful(self):
        return [form for form in self.forms if not form.is_first]

    @property
    def remarks(self):
        yield from remarks_on(self.reading)
        names = dict(Departement.objects.values_list("code", "name"))
        own = self.departement.code
        if self.told and self.told != own:
            yield (
                f"Cette page est celle d’un autre département : {names[self.told]} "
                f"({self.told}), et non {self.departement}."
            )
        for town, code in elsewhere(self.reading, own):
            yield f"« {town} » est dans un autre département : {names[code]} ({code})."
        code = named_elsewhere(self.page, names, own)
        if code:
            yield f"Cette page nomme la préfecture d’un autre département : {names[code]} ({code})."

    @cached_property
    def same_sheet(self):
        """Return the sheet that is called as the new one would be, None where none is."""
        office = self.head_office
        if self.sheet or not office:
            return None
        return self.departement.procedures.filter(title=office.name).first()

    @cached_property
    def head_office(self):
        return Prefecture.objects.filter(departement=self.departement, kind__in=HEADS).first()

    @property
    def grounds(self):
        return Ground.objects.filter(slug__in=self.reading.grounds)

    # --- What changed -------------------------------------------------------------------------

    @cached_property
    def quotation(self):
        """Return the quotation of the sheet that comes from this page, None where none does."""
        if self.sheet is None:
            return None
        quotations = list(self.sheet.quotations.select_related("link"))
        here = [each for each in quotations if each.link and each.link.url == self.page.address]
        of_the_state = [each for each in quotations if each.is_of_the_state]
        return next(iter([*here, *of_the_state]), None)

    @cached_property
    def changed_words(self):
        """Return the differences between what is quoted and the page, [] where there is none."""
        before, after = text_of(self.quotation.text), text_of(self.page.quotation)
        return [] if before == after else word_differences(before, after)

    @property
    def replaces_quotation(self):
        return REPLACE_QUOTATION in self.ticked

    @property
    def gone_channels(self):
        return gone_channels(self.sheet, self.reading)

    @property
    def gone_named(self):
        """Return [(name of its box, what it is, what it leads to, whether it is ticked)]."""
        found = [
            (name_of(row), row.get_kind_display(), ", ".join(value for _, value in leading_of(row)))
            for row in self.gone
        ]
        found += [
            (name_of_channel(channel), "voie refusée", Channel(channel).label)
            for channel in self.gone_channels
        ]
        if says_no_sum(self.sheet, self.page):
            found.append((GONE_FEES, "frais", text_of(self.sheet.fees)))
        return [(*each, each[0] in self.ticked) for each in found]

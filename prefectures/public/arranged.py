"""A sheet as its page arranges it: what goes where, and nothing twice."""

from functools import cached_property

from ..models import Link
from .wording import answer, closing, is_in_vain


class StepShown:
    """A step with what is shown in it, besides its own fields.

    ``documents`` are links to fill in; ``told`` the words of links that open the step's own page.
    """

    def __init__(self, step, sheet, documents, told):
        self.step, self.told = step, told
        self.documents = documents
        self.is_in_vain = is_in_vain(step, sheet)
        self.is_first_to_act = False

    @property
    def is_to_act(self):
        """Whether there is something to press or to copy."""
        step = self.step
        return bool(self.documents or step.address or step.url or step.phone or step.email)


class Arranged:
    def __init__(self, sheet):
        self.sheet = sheet
        self.answer, self.closing = answer(sheet), closing(sheet)
        taken = self._links_of_steps()
        links = [link for link in sheet.links_to_use if link not in taken]
        self.documents = [link for link in links if link.is_to_fill_in]
        self.commune_lists = [link for link in links if link.kind == Link.Kind.COMMUNE_LIST]
        self.sources = [link for link in links if link.is_source]
        apart = self.documents + self.commune_lists + self.sources
        self.other_links = [link for link in links if link not in apart]
        listing = next((step for step in sheet.steps.all() if step.lists_documents), None)
        self.lists_documents_in_a_step = listing is not None
        self.groups = [
            [
                StepShown(
                    step,
                    sheet,
                    self.documents if step is listing else [],
                    self._told(step, taken),
                )
                for step in group
            ]
            for group in sheet.step_groups
        ]
        acting = (shown for group in self.groups for shown in group if shown.is_to_act)
        for shown in acting:
            shown.is_first_to_act = True
            break

    def _links_of_steps(self):
        """Return the links that open the page of a step: the step says them.

        Not a source: it says where all this is written.
        """
        addresses = {step.url for step in self.sheet.steps.all() if step.url}
        links = self.sheet.links_to_use
        return [link for link in links if link.url in addresses and not link.is_source]

    def _told(self, step, taken):
        return [link.label for link in taken if link.url == step.url and link.label]

    @cached_property
    def to_take(self):
        """The groups of steps that one may take: of a closed sheet, those that a court imposed."""
        if not self.closing:
            return self.groups
        owed = ([shown for shown in group if shown.step.is_owed] for group in self.groups)
        return [group for group in owed if group]

    @cached_property
    def applied(self):
        """The groups of steps of a closed sheet that nobody can take now."""
        if not self.closing:
            return []
        others = ([shown for shown in group if not shown.step.is_owed] for group in self.groups)
        return [group for group in others if group]

    @property
    def is_for_all_grounds(self):
        return any(ground.covers_all for ground in self.sheet.grounds.all())

"""A sheet as its page arranges it: what goes where, and nothing twice."""

from dataclasses import dataclass

from ..models import Link, Step
from .wording import answer, closing, is_in_vain


@dataclass
class StepShown:
    """A step with what is shown in it, besides its own fields.

    ``documents`` are links to fill in; ``told`` the words of links that open the step's own page.
    """

    step: Step
    documents: list
    told: list
    is_in_vain: bool
    is_first_to_act: bool = False

    @property
    def is_to_act(self):
        """Whether there is something to press or to copy."""
        step = self.step
        return bool(self.documents or step.address or step.url or step.phone or step.email)


class Arranged:
    """What a page asks of a sheet; groups of steps are lists of ``StepShown``."""

    def __init__(self, sheet):
        self.sheet = sheet
        self.answer, self.closing = answer(sheet), closing(sheet)
        self._place_links()
        self._place_steps()

    def _place_links(self):
        addresses = {step.url for step in self.sheet.steps.all() if step.url}
        links = self.sheet.links_to_use
        # The step says them. Not a source, which tells where all this is written.
        self._told = [link for link in links if link.url in addresses and not link.is_source]
        left = [link for link in links if link not in self._told]
        self.documents = [link for link in left if link.is_to_fill_in]
        self.commune_lists = [link for link in left if link.kind == Link.Kind.COMMUNE_LIST]
        self.sources = [link for link in left if link.is_source]
        apart = self.documents + self.commune_lists + self.sources
        self.other_links = [link for link in left if link not in apart]

    def _place_steps(self):
        steps = self.sheet.steps.all()
        listing = next((step for step in steps if step.lists_documents), None)
        self.lists_documents_in_a_step = listing is not None
        self.groups = [
            [self._shown(step, self.documents if step is listing else []) for step in group]
            for group in self.sheet.step_groups
        ]
        # Of a closed sheet one may take the steps that a court imposed, and no other.
        self.to_take = self._those(lambda step: step.is_owed or not self.closing)
        self.applied = self._those(lambda step: self.closing and not step.is_owed)
        acting = [shown for group in self.to_take for shown in group if shown.is_to_act]
        for shown in acting[:1]:
            shown.is_first_to_act = True

    def _shown(self, step, documents):
        told = [link.label for link in self._told if link.url == step.url and link.label]
        return StepShown(step, documents, told, is_in_vain(step, self.sheet))

    def _those(self, are_shown):
        groups = ([shown for shown in group if are_shown(shown.step)] for group in self.groups)
        return [group for group in groups if group]

    @property
    def has_a_headline_alone(self):
        """Whether GISTI's sentence is all that one knows of what to do."""
        return bool(self.sheet.headline) and not self.groups and not self.closing

    @property
    def is_for_all_grounds(self):
        return any(ground.covers_all for ground in self.sheet.grounds.all())

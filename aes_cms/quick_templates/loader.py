"""The loader of templates that show themselves quickly."""

from django.template.base import NodeList
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.template.loaders import cached, filesystem

from .nodes import shown, whole


class Loader(cached.Loader):
    """Django's cached loader; the templates of public pages show themselves quickly."""

    def get_template(self, template_name, skip=None):
        template = super().get_template(template_name, skip)
        if _is_public(template) and not isinstance(template.nodelist, QuickNodeList):
            template.nodelist = QuickNodeList(template)
        return template


def _is_public(template):
    """Whether it is one of ours, and not of the admin, which stand on templates of others."""
    # Those of an app come by a loader of a class below.
    is_ours = type(template.origin.loader) is filesystem.Loader
    return is_ours and not template.name.startswith("admin/")


class QuickNodeList(NodeList):
    """The nodes of a template, as Django has them; ``render`` is what differs."""

    def __init__(self, template):
        super().__init__(template.nodelist)
        self.engine = template.engine
        self._show = None

    def render(self, context):
        # Blocks of a template that Django itself shows replace ours, or nothing is to be escaped.
        if BLOCK_CONTEXT_KEY in context.render_context or not context.autoescape:
            return super().render(context)
        if self._show is None:
            self._show = whole(self, self.engine)
        return shown(self._show, context)

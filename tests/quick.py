"""What tests do without, as it takes time and tells nothing."""

import gc

from django.template import Template
from django.test.signals import template_rendered

# Objects made, and not let go of, until those are looked for that nobody holds.
SELDOM = 50_000


def tell_the_context_of_pages_alone(patch):
    """Django's client copies the context of each template: a form is made of hundreds."""

    def rendered(template, context):
        # A widget has no request; a part of a page has the context of the whole.
        if context.template is template and getattr(context, "request", None) is not None:
            template_rendered.send(sender=template, template=template, context=context)
        return template.nodelist.render(context)

    patch.setattr(Template, "_render", rendered)


def collect_garbage_seldom():
    """What all tests share is never garbage, and is not looked through again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(SELDOM)

"""Long screens, a page at a time: a site that grows shows no more at once."""

from django.core.paginator import Paginator


def page_of_many(items, number, size):
    """Return the page of that number (whatever was sent), with ``elided`` numbers of the others."""
    paginator = Paginator(items, size)
    page = paginator.get_page(number)
    page.elided = list(paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))
    return page

"""Templates, compiled once for each language: what they say themselves is then plain text."""

from django.template.loaders import cached
from django.utils.translation import get_language


class Loader(cached.Loader):
    """Keeps each template in each language: ``prefectures/templatetags/language.py`` says why."""

    def cache_key(self, template_name, skip=None):
        return f"{get_language()}-{super().cache_key(template_name, skip)}"

"""The links of a page, made such that they lead on from a file: relative, to ``index.html``."""

import re
from html import escape, unescape

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from ..languages import language_of
from .addresses import OF_A_SHEET

# As Django writes attributes; a sign of quotation amid a text is written otherwise.
LINK = re.compile(r' (?P<name>href|src|srcset|action)="(?P<value>/[^"]*|\?[^"]*)"')


class Links:
    """The links of one page: ``leading`` are those of sheets, ``files`` the static ones."""

    def __init__(self, mirrored, address, site):
        """``mirrored`` is {address: file} of all that is in the mirror."""
        self._mirrored, self._site = mirrored, site
        self._address = address
        self._up = "../" * address.file.count("/")
        self.leading, self.files = set(), set()

    def made_relative(self, html):
        """Return the page with its links as they are in the mirror."""
        return LINK.sub(self._rewritten, html)

    def _rewritten(self, found):
        target = self._target(unescape(found["value"]))
        return f' {found["name"]}="{escape(target)}"' if target else ""

    def _target(self, value):
        """Return where a link leads from here; "" where there is nothing to lead to."""
        if value.startswith("?"):
            value = self._address.asked.partition("?")[0] + value
        if value.startswith(settings.STATIC_URL):
            name = value.removeprefix(settings.STATIC_URL)
            self.files.add(name)
            return f"{self._up}static/{name}"
        asked, sign, fragment = value.partition("#")
        if OF_A_SHEET.fullmatch(asked):
            self.leading.add(asked)
        file = self._mirrored.get(asked)
        if file:
            return f"{self._up}{file}{sign}{fragment}"
        if self._site:
            return f"{self._site}{value}"
        return self._without_the_site(asked)

    def _without_the_site(self, asked):
        """Return the lists of communes for a single one, which stands in them."""
        with translation.override(language_of(asked)):
            lists = reverse("commune_lists")
        file = self._mirrored.get(lists)
        return f"{self._up}{file}" if file and asked.startswith(lists) else ""

"""Reading a page as a browser would, and complaining of what it would forgive."""

import re
from html.parser import HTMLParser
from itertools import pairwise

from django.conf import settings

# What the admin says when something was written.
ADDED = "C’est ajouté"
SAVED = "C’est enregistré"
DELETED = "C’est supprimé"

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
SILENT = {"script", "style", "template"}


class Page(HTMLParser):
    """A parsed page: ``text``, ``links`` (href in order), ``titles`` ((level, text) in order)."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.ids, self.links, self.titles, self.faults = [], [], [], [], []
        self.words, self.attributes = [], {}

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "html":
            self.attributes = attrs
        if "id" in attrs:
            self.ids.append(attrs["id"])
        if tag == "a" and "href" in attrs:
            self.links.append(attrs["href"])
        if "style" in attrs:
            self.faults.append(f"<{tag}> has a style attribute")
        self.faults += [f"<{tag}> has {name}" for name in attrs if name.startswith("on")]
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.titles.append([int(tag[1]), ""])
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> closes {self.open[-1:] or 'nothing'}")
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data):
        if SILENT.intersection(self.open):
            return
        self.words.append(data)
        if self.titles and any(tag[0] == "h" and tag[1:].isdigit() for tag in self.open):
            self.titles[-1][1] += data

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())


def read_page(html):
    """Return the ``Page`` of ``html``; fail when it is not well formed."""
    page = Page()
    page.feed(html)
    page.close()
    # As they are read: templates break their lines where they like.
    page.titles = [[level, re.sub(r"[ \n]+", " ", words).strip()] for level, words in page.titles]
    repeated = {name for name in page.ids if page.ids.count(name) > 1}
    page.faults += [f"id {name} is repeated" for name in repeated]
    page.faults += [f"<{tag}> is never closed" for tag in page.open]
    assert not page.faults, page.faults
    return page


def read_public_page(html):
    """Return the ``Page`` of a page for readers: in one of our languages, titles in order."""
    page = read_page(html)
    levels = [level for level, _ in page.titles]
    direction = "rtl" if page.attributes.get("lang") == "ar" else "ltr"
    assert page.attributes.get("lang") in dict(settings.LANGUAGES)
    assert page.attributes.get("dir") == direction
    assert levels.count(1) == 1, f"one h1, not {levels.count(1)}"
    assert levels[0] == 1
    for before, after in pairwise(levels):
        assert after <= before + 1, f"h{before} is followed by h{after}"
    return page

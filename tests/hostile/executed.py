"""Looking at what is answered for anything that what was sent could have run, or put in a page.

Every hostile text bears ``MARK``, in each part that would become a tag, an attribute or a script.
"""

import json
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

MARK = "zxss"
# What browsers fetch or run without being asked; what they follow when asked.
FETCHED = {"src", "srcset", "srcdoc", "poster", "background", "data", "style", "ping"}
FOLLOWED = {"href", "action", "formaction", "xlink:href", "cite", "to", "values"}
# Spaces and control characters that browsers leave out of a scheme.
LEFT_OUT = re.compile(r"[\x00-\x20\x7f-\xa0\u200b\ufeff]")
HARMLESS_SCRIPT = {"application/json", "application/ld+json"}


class _Looking(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found, self.runs = [], None

    def handle_starttag(self, tag, attrs):
        attrs = [(name, value or "") for name, value in attrs]
        if MARK in tag or (tag == "base" and MARK in str(attrs)):
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if MARK in name or name.startswith("on") or (MARK in value and _runs(name, value)):
                self.found.append(f"<{tag} {name}={value!r}>")
        if tag == "meta" and MARK in dict(attrs).get("content", "") and "http-equiv" in dict(attrs):
            self.found.append(f"<meta {attrs}>")
        if tag in ("script", "style"):
            self.runs = None if dict(attrs).get("type") in HARMLESS_SCRIPT else tag

    def handle_endtag(self, tag):
        if tag == self.runs:
            self.runs = None

    def handle_data(self, data):
        if self.runs and MARK in data:
            self.found.append(f"<{self.runs}>{data[:200]}")

    def handle_comment(self, data):
        if MARK in data:
            self.found.append(f"<!--{data[:200]}-->")

    handle_decl = handle_pi = unknown_decl = handle_comment


def _runs(name, value):
    scheme = LEFT_OUT.sub("", value).lower().partition(":")[0]
    return name in FETCHED or (name in FOLLOWED and scheme in ("javascript", "data", "vbscript"))


def made_in(html):
    """Return what a text that bears the mark has made of ``html``: tags, attributes, scripts."""
    looking = _Looking()
    looking.feed(html)
    looking.close()
    return looking.found


def made_in_feed(xml):
    """Return the same of a feed, and of each text of it that readers take for HTML."""
    root = ElementTree.fromstring(xml)
    found = []
    for element in root.iter():
        if MARK in element.tag or any(MARK in name for name in element.attrib):
            found.append(f"<{element.tag} {element.attrib}>")
        if element.get("type") == "html":
            found += made_in(element.text or "")
        found += [
            f"<{element.tag} {name}={value!r}>"
            for name, value in element.attrib.items()
            if MARK in value and _runs(name, value)
        ]
    return found


def made_by(headers, body):
    """Return what is wrong with an answer, whatever its type: what a browser would run of it."""
    if not body:
        return []
    kind = headers.get("Content-Type", "").partition(";")[0].strip()
    found = []
    if headers.get("X-Content-Type-Options") != "nosniff":
        found.append("a browser may take it for another type")
    if kind == "text/html":
        text = body.decode()
        found += made_in(text)
        if "Traceback (most recent call last)" in text:
            found.append("a traceback")
    elif kind == "application/atom+xml":
        found += made_in_feed(body.decode())
    elif kind == "application/json":
        json.loads(body)
    elif kind == "image/svg+xml" and MARK.encode() in body:
        found.append("a picture that bears it")
    return found

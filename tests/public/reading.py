"""A page as a tree, to compare its words with those of the document."""

import re
from collections import Counter
from html.parser import HTMLParser
from xml.etree import ElementTree

from ..page import SILENT, VOID
from .document import letters, words

INLINE = {"a", "strong", "em", "span", "time"}


class _Builder(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tree = ElementTree.TreeBuilder()

    def handle_starttag(self, tag, attrs):
        self.tree.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self.tree.end(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            self.tree.end(tag)

    def handle_data(self, data):
        self.tree.data(data)


def tree(html):
    """Return the root of a well-formed page as an ElementTree element."""
    builder = _Builder()
    builder.feed(html.removeprefix("<!DOCTYPE html>").strip())
    builder.close()
    return builder.tree.close()


def text(element):
    """Return what is to be read in ``element``: blocks apart, inline words together."""
    return "" if element is None else re.sub(r"\s+", " ", "".join(_pieces(element))).strip()


def _pieces(element):
    if element.tag in SILENT:
        return
    space = "" if element.tag in INLINE else " "
    yield space + (element.text or "")
    for child in element:
        yield from _pieces(child)
        yield child.tail or ""
    yield space


def hrefs(element):
    return [link.get("href") for link in element.iter("a")]


def follows_in_order(sentence, found):
    """Whether the words of ``sentence`` stand side by side somewhere in ``found``."""
    return any(
        found[start : start + len(sentence)] == sentence
        for start in range(len(found) - len(sentence) + 1)
    )


def faults(section, element):
    """Return what the page's ``element`` lacks of a ``section`` of the document, as sentences."""
    shown = text(element)
    found = words(shown)
    missing = Counter(section.words) - Counter(found)
    problems = [f"missing word: {word} × {times}" for word, times in missing.items()]
    problems += [
        f"missing sentence: {' '.join(sentence)}"
        for sentence in section.own_sentences
        if not follows_in_order(sentence, found)
    ]
    readable = {*hrefs(element), *shown.split()}
    problems += [
        f"missing address: {address}" for address in section.addresses if address not in readable
    ]
    problems += [
        f"no link {' '.join(sentence)}: {address}"
        for sentence, address in section.introduced
        if not any(
            link.get("href") == address and follows_in_order(sentence, words(text(link)))
            for link in element.iter("a")
        )
    ]
    quotation = text(element.find(".//blockquote"))
    if letters(quotation) != letters(section.quotation):
        problems.append(f"another quotation: {quotation}")
    return problems

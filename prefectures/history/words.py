"""What changed in a text, word by word: blocks are compared first, then the words of each."""

import re
from difflib import SequenceMatcher
from html import unescape

from django.utils.html import strip_tags

KEPT, REMOVED, ADDED = "=", "-", "+"

LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)
WORD = re.compile(r"\s+|[^\s]+")


def text_of(html):
    """Return rich text as lines, one a paragraph, a title or a list item; links say where to."""
    html = LINK.sub(r"\2 &lt;\1&gt;", html)
    for end in ("</p>", "</li>", "</h3>", "</h4>", "<br>"):
        html = html.replace(end, end + "\n")
    return unescape(strip_tags(html)).strip()


def word_differences(before, after):
    """Return the [(kind, text)] that lead from ``before`` to ``after``: "=" kept, "-", "+".

    The kept and removed texts joined are ``before``; the kept and added ones, ``after``.
    """
    found = []
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            _append(found, KEPT, "".join(old[i:j]))
        else:
            _compare_words(found, "".join(old[i:j]), "".join(new[k:m]))
    return found


def _compare_words(found, before, after):
    old, new = WORD.findall(before), WORD.findall(after)
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            _append(found, KEPT, "".join(old[i:j]))
            continue
        _append(found, REMOVED, "".join(old[i:j]))
        _append(found, ADDED, "".join(new[k:m]))


def _append(found, kind, text):
    if not text:
        return
    if found and found[-1][0] == kind:
        text = found.pop()[1] + text
    found.append((kind, text))

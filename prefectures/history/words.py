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
    changes = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        was, is_now = "".join(old[i:j]), "".join(new[k:m])
        # A space that stays between words that go would cut them to pieces.
        is_kept = tag == "equal" and (was.strip() or not changes)
        if changes and not changes[-1][0] and not is_kept:
            _, was_before, is_before = changes.pop()
            was, is_now = was_before + was, is_before + is_now
        changes.append((is_kept, was, is_now))
    for is_kept, was, is_now in changes:
        if is_kept:
            _append(found, KEPT, was)
        else:
            _append(found, REMOVED, was)
            _append(found, ADDED, is_now)


def _append(found, kind, text):
    if not text:
        return
    if found and found[-1][0] == kind:
        text = found.pop()[1] + text
    found.append((kind, text))

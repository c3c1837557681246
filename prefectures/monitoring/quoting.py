"""What of a quotation still stands in the page it comes from, word for word. Pure."""

import re
import unicodedata
from dataclasses import dataclass, field

from ..text.html_tokens import END, TEXT, tokens
from .occurrences import Occurrences
from .passing import ADDRESS

ENDS_A_LINE = {"p", "li", "h3", "h4", "blockquote", "ul", "ol"}
WORD = re.compile(r"[^\W_]+")
UNSEEN = str.maketrans("", "", "\xad\u200b\u200c\u200d\u2060\ufeff")
# What the one who quotes left out.
LEFT_OUT = re.compile(r"\s*(?:\[\s*(?:…|\.\.\.)\s*\]|\(\s*(?:…|\.\.\.)\s*\))\s*")
SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|\n+")
PHRASE_END = re.compile(r"(?<=[,:;.!?)])\s+|\s(?=[(–—])|\s[–—-]\s")
# A phrase of fewer words stands anywhere.
FEWEST_WORDS = 3


@dataclass(frozen=True)
class Quoted:
    """``parts`` are [(text, is_found)] and, joined, the quotation's text; ``share`` is 0 to 1."""

    parts: list = field(default_factory=list)
    share: float = 1.0

    @property
    def stands(self):
        return all(is_found for _, is_found in self.parts)


def found_in(quotation_html, page_text):
    """Return the ``Quoted`` of a rich text and the text of a page.

    Words are the same with their accents and capitals, save for the first letter of a piece; signs
    between them, line ends and what was left out ("[…]") make no difference.
    """
    page = _Page(page_text)
    pieces = []
    for sentence in _cut(_text_of(quotation_html), LEFT_OUT, SENTENCE_END):
        if page.holds(sentence):
            pieces.append((sentence, True))
        else:
            pieces += page.parted(_cut(sentence, PHRASE_END))
    words = [(len(_words(text)), is_found) for text, is_found in pieces]
    found, whole = sum(count for count, is_found in words if is_found), sum(c for c, _ in words)
    return Quoted(_merged(pieces), found / whole if whole else 1.0)


class _Page:
    def __init__(self, text):
        self._occurrences = Occurrences(_words(ADDRESS.sub(" ", text)))

    def holds(self, piece):
        """Whether the words of ``piece`` stand in the page; where it has none, they do."""
        words = _words(piece)
        if not words:
            return True
        first, rest = words[0], tuple(words[1:])
        either = {first, first[:1].upper() + first[1:], first[:1].lower() + first[1:]}
        return any(self._occurrences.count((word, *rest)) for word in either)

    def parted(self, phrases):
        """Return [(phrase, is_found)]; of one or two words, a phrase is no proof, and not found."""
        found = []
        for phrase in phrases:
            is_long = len(_words(phrase)) >= FEWEST_WORDS
            found.append((phrase, is_long and self.holds(phrase)))
        return found


def _text_of(html):
    """Return rich text as lines, one a paragraph, a title or an item, without addresses."""
    found = []
    for token in tokens(html):
        if token.kind == TEXT:
            found.append(token.name)
        elif token.name == "br" or (token.kind == END and token.name in ENDS_A_LINE):
            found.append("\n")
    return "".join(found).strip()


def _words(text):
    # Composed: "é" is one letter, however it was written.
    return WORD.findall(unicodedata.normalize("NFC", text.translate(UNSEEN)))


def _cut(text, *ends):
    """Return ``text`` in pieces, each with what ends it: joined, they are ``text``."""
    pieces = [text]
    for end in ends:
        pieces = [piece for each in pieces for piece in _cut_once(each, end)]
    return pieces


def _cut_once(text, end):
    start = 0
    for found in end.finditer(text):
        if found.end() < len(text) and _words(text[start : found.end()]):
            yield text[start : found.end()]
            start = found.end()
    yield text[start:]


def _merged(pieces):
    merged = []
    for text, is_found in pieces:
        if merged and merged[-1][1] == is_found:
            merged[-1] = (merged[-1][0] + text, is_found)
        elif text:
            merged.append((text, is_found))
    return merged

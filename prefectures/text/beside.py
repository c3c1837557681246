"""Translations put beside the words that stay French in a page of another language. Pure."""

import re

from django.utils.html import format_html

TOKEN = re.compile(r"<[^>]*>|[^<]+")
TAG = re.compile(r"<(/?)(\w+)")
VOID = {"br", "col", "hr", "img", "input", "link", "meta", "path", "rect", "wbr"}
# Where nothing is added: what is pressed, what is a title, what is a figure or an address.
LEFT_ALONE = {
    *("a", "address", "bdi", "button", "code", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("label", "option", "script", "style", "summary", "svg", "time", "title"),
}


class Beside:
    """``translations`` are {spelling: translation}; spellings of one word have the same.

    An abbreviation is found in capitals only, as ``text/spellings.py`` finds it. What stands before
    brackets has been told already.
    """

    def __init__(self, translations):
        self._translations = {_key(spelling): said for spelling, said in translations.items()}
        # The longest first: "sous-préfecture" holds another word.
        spellings = sorted(translations, key=len, reverse=True)
        words = "|".join(_pattern(spelling) for spelling in spellings)
        self._sought = re.compile(rf"(?<!\w)(?:{words})(?!\w)(?!\W?\s*\()") if spellings else None

    def put(self, html):
        """Return ``html`` with each translation in brackets where its word first stands.

        Not in elements that are French themselves, which quote, nor in those of LEFT_ALONE, nor in
        the line that says of which place a page is.
        """
        if self._sought is None:
            return html
        pieces, said, inside, depth = [], set(), "", 0
        for token in TOKEN.findall(html):
            tag = TAG.match(token)
            if tag is None:
                pieces.append(token if inside else self._beside(token, said))
                continue
            pieces.append(token)
            closes, name = tag.groups()
            if inside:
                depth += (-1 if closes else 1) if name == inside else 0
                inside = inside if depth else ""
            elif not closes and name not in VOID and _is_left_alone(name, token):
                inside, depth = name, 1
        return "".join(pieces)

    def _beside(self, text, said):
        def with_translation(match):
            found = match[0]
            # Any word may stand in capitals: "INSEE", for the term "Insee".
            own = found if found in self._translations else found.casefold()
            words = self._translations[own]
            if words in said:
                return match[0]
            said.add(words)
            is_in_brackets = text[: match.start()].endswith("(")
            return format_html("{}, {}" if is_in_brackets else "{} ({})", match[0], words)

        return self._sought.sub(with_translation, text)


def _key(spelling):
    return spelling if spelling.isupper() else spelling.casefold()


def _pattern(spelling):
    words = re.escape(spelling)
    return words if spelling.isupper() else f"(?i:{words})"


def _is_left_alone(name, token):
    return name in LEFT_ALONE or 'lang="fr"' in token or 'class="place"' in token

"""Whether a text holds a word: sought in every page for every word of the glossary, so quickly."""


class Words:
    """A text in which whole words are sought, over the ends of its lines too."""

    def __init__(self, text):
        self.as_written = " ".join(text.split())
        self.folded = self.as_written.casefold()

    def hold(self, spelling):
        """Whether ``spelling`` stands there as whole words, in any case.

        An abbreviation is found in capitals only: "aes" may be a part of an address.
        """
        return Sought(spelling).stands_in(self)


class Sought:
    """A spelling that is sought in many texts."""

    def __init__(self, spelling):
        words = " ".join(spelling.split())
        self.is_abbreviation = words.isupper()
        self.words = words if self.is_abbreviation else words.casefold()

    def stands_in(self, text):
        """Whether ``text``, which are ``Words``, holds it."""
        return _stands_in(self.words, text.as_written if self.is_abbreviation else text.folded)


def _stands_in(sought, text):
    at = text.find(sought) if sought else -1
    while at >= 0:
        end = at + len(sought)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            return True
        at = text.find(sought, at + 1)
    return False

"""The sentences that the site says itself: of its templates, its wording, its glossary."""

import json
import re
from html import unescape
from importlib import import_module
from pkgutil import iter_modules

from django.conf import settings

from prefectures.public import wording

TEMPLATES = sorted(
    path
    for path in (settings.BASE_DIR / "templates").rglob("*.html")
    if "admin" not in path.parts and path.name not in ("resend.html", "403.html", "403_csrf.html")
)
COMMENT = re.compile(r"{#.*?#}", re.DOTALL)
INLINE = re.compile(r"</?(?:a|strong|em|span|time|small)\b[^>]*>")
# What is said in every language is French here.
TRANSLATED = re.compile(r'{% translate "([^"]*)".*?%}')
# One word, whatever it is.
VALUE = re.compile(r"{{.*?}}|{% (?:say|url|static)\b.*?%}")
BREAK = re.compile(r"<[^>]*>|{%.*?%}", re.DOTALL)
SENTENCE = re.compile(r"[^.!?]+[.!?]")
# Points that end no sentence.
POINT_INSIDE = re.compile(r"(?<=\d)\.(?=\d)|(?<=\b[LR])\.(?= \d)|(?<=\w)\.(?=\w)")
WORD = re.compile(r"\w[\w’'·.-]*")


def sentences_of(text):
    """Return the whole sentences of ``text``, each on one line."""
    whole = POINT_INSIDE.sub("", " ".join(text.split()))
    return [sentence.strip() for sentence in SENTENCE.findall(whole)]


def of_templates():
    for path in TEMPLATES:
        source = COMMENT.sub("", path.read_text(encoding="utf-8"))
        source = INLINE.sub("", VALUE.sub("X", TRANSLATED.sub(r"\1", source)))
        for piece in BREAK.split(source):
            yield from sentences_of(unescape(piece))


def of_wording():
    for module in iter_modules(wording.__path__):
        held = vars(import_module(f"{wording.__name__}.{module.name}"))
        for name, value in held.items():
            if name.isupper():
                yield from sentences_of(" ".join(f"{words}." for words in _texts(value)))


def _texts(value):
    if isinstance(value, str):
        return [value.removesuffix(".")]
    if isinstance(value, tuple):
        return [" ".join(each for each in value if isinstance(each, str))]
    if isinstance(value, dict):
        return [text for each in value.values() for text in _texts(each)]
    return []


def of_the_first_words():
    words = json.loads((settings.BASE_DIR / "fixtures" / "words.json").read_text("utf-8"))
    for term in words["terms"]:
        yield from sentences_of(term["explanation"])
    for general in words["texts"]:
        yield from sentences_of(BREAK.sub(" ", general["text"]))


def own_sentences():
    return [*of_templates(), *of_wording(), *of_the_first_words()]


def words_in(sentence):
    return WORD.findall(sentence)

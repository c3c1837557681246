"""A page of HTML: its title, its text in lines, and the signs by which ``state.py`` judges it."""

import re
from dataclasses import dataclass

from .content import content_of
from .decoding import decoded
from .lines import lines_of
from .tree import tree_of

# In characters. What is longer says the same again and again, or wants to harm.
LONGEST = 200_000
LONGEST_SOURCE = 5_000_000
CHALLENGES = re.compile(
    r"recaptcha|hcaptcha|h-captcha|challenge-platform|cf-turnstile|challenges\.cloudflare|datadome"
    r"|_incapsula_|friendlycaptcha|captchetat|frcaptcha|altcha",
    re.IGNORECASE,
)
FIELDS = {"text", "email", "tel", "search", "number", "date", ""}


@dataclass(frozen=True)
class Page:
    """``heading`` are its titles of the first and second rank, on one line."""

    title: str
    text: str
    heading: str = ""
    asks_for_a_password: bool = False
    asks_for_something: bool = False
    has_a_challenge: bool = False


def page_of(body, charset="", url=""):
    """Return the ``Page`` of the bytes of one; ``charset`` is what the answer declared, or ""."""
    html = decoded(body[:LONGEST_SOURCE], charset)
    root = tree_of(html)
    everything = list(root.walk())
    fields = [node for node in everything if node.tag in ("input", "textarea")]
    types = {"text" if field.tag == "textarea" else field.says("type") for field in fields}
    titles = [node.words for node in everything if node.tag in ("h1", "h2") and node.words]
    return Page(
        title=next((node.words for node in everything if node.tag == "title"), "")[:300],
        text="\n".join(lines_of(content_of(root), _base(everything, url)))[:LONGEST],
        heading=" ".join(titles)[:1000],
        asks_for_a_password="password" in types,
        asks_for_something=not FIELDS.isdisjoint(types),
        has_a_challenge=any(_is_challenge(node) for node in everything),
    )


def _base(everything, url):
    """Return the address from which the page's links are told: a "base" may give another."""
    written = next((node.attrs["href"] for node in everything if _is_base(node)), "")
    return written if written.startswith(("http://", "https://")) else url


def _is_base(node):
    return node.tag == "base" and "href" in node.attrs


def _is_challenge(node):
    named = " ".join(node.attrs.get(name, "") for name in ("src", "class", "id", "action"))
    return bool(named and CHALLENGES.search(named))

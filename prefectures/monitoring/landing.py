"""Where redirects led: to the page at its new address, to none in particular, to a sign-in."""

import re
from urllib.parse import unquote, urlsplit

PERMANENT = {301, 308}

HOME = re.compile(r"/(fr/?)?((index|default|accueil)(\.\w+)?/?)?", re.IGNORECASE)
# A part of a path, whole: "/erreurs-de-droit" is a page like another.
LOST = re.compile(
    r"(page[-_]?)?"
    r"(404([-_].*)?|(erreur|error)([-_]?404)?|(not|non)[-_]?(found|trouvee?)|introuvable)"
    r"(\.\w+)?",
    re.IGNORECASE,
)
LOGIN = re.compile(
    r"(log-?in|sign-?in|connexion|authentification|authenticate|auth|sso|cas|identification)"
    r"(\.\w+)?",
    re.IGNORECASE,
)
# What a site gives to one visitor: no address to publish.
SESSION = re.compile(
    r";jsessionid=[^?#/]*|(?<=[?&])(jsessionid|phpsessid|sessionid|session_id|sid)=[^&#]*&?",
    re.IGNORECASE,
)


def moved_to(fetched):
    """Return where the page has moved for good; "" where it has not, or to no other place.

    A temporary redirect ends what is permanent: behind it, sites lead to a session, a language.
    """
    led = ""
    for hop in fetched.hops:
        if hop.status not in PERMANENT:
            break
        led = hop.url
    led = without_session(led)
    return "" if _compared(led) == _compared(fetched.url) else led


def without_session(url):
    address, sign, fragment = url.partition("#")
    return SESSION.sub("", address).rstrip("?&") + sign + fragment


def is_lost(fetched):
    """Whether it led, in place of the page, to the site's front page or to one of errors."""
    if not fetched.hops:
        return False
    asked, led = urlsplit(fetched.url), urlsplit(fetched.final_url)
    is_home = _is_home(led) and not _is_home(asked) and _site(asked) == _site(led)
    return is_home or (_names(led, LOST) and not _names(asked, LOST))


def is_login(fetched):
    return bool(fetched.hops) and _names(urlsplit(fetched.final_url), LOGIN)


def _is_home(parts):
    asks_nothing = not without_session(f"?{parts.query}")
    return asks_nothing and HOME.fullmatch(parts.path or "/") is not None


def _site(parts):
    return (parts.hostname or "").removeprefix("www.")


def _names(parts, words):
    return any(words.fullmatch(part) for part in parts.path.split("/"))


def _compared(url):
    """Return ``url`` such that two that open the same are equal."""
    address, _, fragment = without_session(url).partition("#")
    parts = urlsplit(address)
    return parts.scheme, parts.netloc.lower(), unquote(parts.path or "/"), parts.query, fragment

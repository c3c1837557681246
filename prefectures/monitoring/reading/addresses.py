"""Where a link leads, without what is another at each visit: sessions, tokens, campaigns."""

import re
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

# Of a session, of a protection of forms, of a campaign, of a cache: nothing that one is led by.
PASSING = re.compile(
    r"j?session_?(?:id)?|phpsessid|aspsessionid\w*|sessid|sid|cfid|cftoken|(?:utm|mtm|pk|matomo|piwik"
    r"|hsa|at)_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|xtor|xts|xtref|_g[al]|[cx]srf\w*"
    r"|\w*token|nonce|state|samlrequest|relaystate|ts|timestamp|_|v|ver|rev|cb|cache\w*|no_?cache"
    r"|rand(?:om)?|itok",
    re.IGNORECASE,
)
JSESSIONID = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#;]*", re.IGNORECASE)
# A place in a page is no other page; some sites are one page, and these their addresses.
ROUTE = re.compile("!?/")
# Browsers do not see them in an address.
LINE_ENDS = re.compile(r"[\t\r\n]")
SAFE = "/%:;,@&=+$!*'()~[]|"
LONGEST = 2000


def told(href, page):
    """Return the absolute address that ``href`` leads to from the address ``page``.

    "" if it leads nowhere that can be told: to a place in the page, to a script.
    """
    href = LINE_ENDS.sub("", href).strip()
    if not href or len(href) > LONGEST or href.startswith("#"):
        return ""
    try:
        parts = urlsplit(urljoin(page, href))
        here = urlsplit(page)
    except ValueError:
        return ""
    if parts.scheme in ("mailto", "tel"):
        somebody = _of_somebody(parts)
        return f"{parts.scheme}:{somebody}" if somebody else ""
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return ""
    fragment = parts.fragment if ROUTE.match(parts.fragment) else ""
    if not fragment and parts[:4] == here[:4] and parts.fragment:
        return ""
    path = JSESSIONID.sub("", parts.path)
    return urlunsplit(
        (
            parts.scheme,
            quote(parts.netloc.lower(), safe=SAFE),
            quote(path, safe=SAFE),
            quote(_lasting(parts.query), safe=SAFE + "?"),
            quote(fragment, safe=SAFE + "?"),
        )
    )


def _lasting(query):
    parameters = (each for each in query.split("&") if each)
    return "&".join(each for each in parameters if not PASSING.fullmatch(each.partition("=")[0]))


def _of_somebody(parts):
    if parts.scheme == "mailto":
        return quote(unquote(parts.path).lower(), safe=SAFE)
    return re.sub(r"[^\d+]", "", unquote(parts.path))

"""What sites set and want to see again before they show a page: for one address, then forgotten."""

import re

COOKIE = re.compile(r"\s*([!#$%&'*+.^`|~\w-]+)=([^;\x00-\x1f\x7f]*)", re.ASCII)
ENDED = re.compile(r";\s*max-age\s*=\s*(0|-\d+)\s*(;|$)", re.IGNORECASE)
MOST = 30
LONGEST = 4096


class Cookies:
    """Of each host its own: none is told to another, were it of the same domain."""

    def __init__(self):
        self._kept = {}

    def keep(self, host, headers):
        kept = self._kept.setdefault(host, {})
        for header in headers:
            found = COOKIE.match(header[:LONGEST])
            if not found:
                continue
            if ENDED.search(header):
                kept.pop(found[1], None)
            elif len(kept) < MOST or found[1] in kept:
                kept[found[1]] = found[2].strip()

    def of(self, host):
        """Return the header for ``host``; "" for none."""
        return "; ".join(f"{name}={value}" for name, value in self._kept.get(host, {}).items())

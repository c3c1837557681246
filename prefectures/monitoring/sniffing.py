"""Of which kind a document is: "html", "pdf", "other"; "" where nobody can say."""

import re

# Where readers of PDF look for its beginning.
BEGINNING = 1024
PDF = b"%PDF-"
HTML = re.compile(
    rb"(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
DECLARED = {"text/html": "html", "application/xhtml+xml": "html", "application/pdf": "pdf"}


def kind_of(fetched):
    """Tell it from what came, which is right more often than what it is declared as."""
    beginning = fetched.body[:BEGINNING]
    if PDF in beginning:
        return "pdf"
    if HTML.match(beginning):
        return "html"
    if not fetched.content_type:
        return ""
    return DECLARED.get(fetched.content_type, "other")


def expected_kind(url):
    """Return the kind that an address announces, where it does."""
    path = re.split(r"[?#]", url, maxsplit=1)[0]
    return "pdf" if path.lower().endswith(".pdf") else ""

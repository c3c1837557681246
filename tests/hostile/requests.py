"""Requests drawn at random, most of them such as no browser sends: for public pages and the admin.

What is drawn follows from the seed alone.
"""

import re
from html.parser import HTMLParser
from io import BytesIO
from typing import NamedTuple
from urllib.parse import quote, quote_plus, urlencode

from ..served import TOKEN
from .payloads import PAYLOADS

METHODS = ["GET"] * 12 + ["HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "²"]
FORM = "application/x-www-form-urlencoded"
TYPES = [FORM, f"{FORM}; charset=utf-7", "text/plain", "application/json", "text/xml", "", "\xff"]
NUMBERS = ["0", "-1", "1", "²", "1e9", "0x10", "9" * 30, "9" * 5000, "NaN", "٣", "1.5", " 1", "1\n"]
DAYS = ["2026-02-30", "0001-01-01", "9999-12-31", "2026-11-29", "29/11/2026", "10000-01-01", "-"]
TEXTS = [
    "",
    "béziers",
    "a" * 5000,
    "\0",
    "\ud800",
    "\u202e\u200b",
    "%00",
    "%",
    "%zz",
    "' OR 1=1 --",
    "\\",
    "../../etc/passwd",
    "é" * 300,
    "\r\nSet-Cookie: a=b",
    "🙂" * 50,
    "e\u0301" * 40,
    "[[]]",
    "None",
]
HEADERS = {
    "HTTP_ACCEPT_ENCODING": ["br", "gzip;q=0", "*;q=9", "br;q=x", ",,,", "identity;q=0", "é"],
    "HTTP_ACCEPT_LANGUAGE": ["xx", "fr;q=9", ";", "a" * 2000, "en-US,en;q=0.5"],
    "HTTP_IF_NONE_MATCH": ["*", '"', 'W/"x', "," * 500, '"é"'],
    "HTTP_IF_MODIFIED_SINCE": ["yesterday", "Thu, 01 Jan 1970 00:00:00 GMT", "9" * 99],
    "HTTP_RANGE": ["bytes=0-", "bytes=-", "bytes=9-1", "lines=1"],
    "HTTP_COOKIE": [
        "sessionid",
        "sessionid=;",
        "a" * 3000,
        "sessionid=\xff; csrftoken=\x01",
        "=;=",
    ],
    "HTTP_REFERER": ["javascript:1", "http://[", "http://guide.example/\xe9"],
    "HTTP_ORIGIN": ["null", "http://[", "https://ailleurs.example"],
    "HTTP_HOST": ["guide.example:99999", "[::1]", "a..b", "é.example", "guide.example.", "x" * 300],
    "HTTP_X_FORWARDED_PROTO": ["https", "https,http", "javascript", ""],
    "HTTP_X_FORWARDED_HOST": ["ailleurs.example"],
    "HTTP_X_HTTP_METHOD_OVERRIDE": ["DELETE"],
    "HTTP_AUTHORIZATION": ["Basic", "Basic é", "Bearer x"],
    "HTTP_CONTENT_ENCODING": ["gzip", "br"],
    "HTTP_X_REQUESTED_WITH": ["XMLHttpRequest"],
    "HTTP_TRANSFER_ENCODING": ["chunked"],
}
# The names by which the site's pages are asked, and the admin's.
ASKED_OF_READERS = [
    *("q", "v", "de", "a", "avant", "jour", "jusque", "genre", "ou", "page", "motif")
]
ASKED_OF_EDITORS = [
    *("q", "o", "p", "e", "all", "_changelist_filters", "_popup", "_to_field", "next", "page"),
    *("departement", "parent", "offices", "grounds", "choisies", "quoi", "format", "term"),
    *("app_label", "model_name", "field_name", "publication__exact", "updated_on__year", "id__in"),
    *("author", "kind", "at__gte", "departement__code__exact", "v", "a", "de", "version"),
]


class Drawn(NamedTuple):
    """A request as a server tells it to the site, and what is needed to send it again by hand."""

    environ: dict

    def __str__(self):
        told = {name: value for name, value in self.environ.items() if name != "wsgi.input"}
        return repr({**told, "body": self.environ["wsgi.input"].getvalue()[:600]})[:4000]


class Drawing:
    """Draws requests. ``routes`` are those of the site; ``forms`` {address: {field: value}}."""

    def __init__(self, chance, public, admin, forms):
        self.chance, self.public, self.admin, self.forms = chance, public, admin, forms

    def for_readers(self):
        chance = self.chance
        path = self.path(chance.choice(self.public), "")
        method = chance.choice(METHODS)
        body, kind = self.body({}) if method not in ("GET", "HEAD") else (b"", "")
        return self.request(method, path, self.query(ASKED_OF_READERS), body, kind, {})

    def for_editors(self, session):
        chance = self.chance
        signed_in = {"HTTP_COOKIE": f"sessionid={session}; csrftoken={TOKEN}"}
        if chance.random() < 0.5:
            address = chance.choice(list(self.forms))
            body, kind = self.body(self.forms[address])
            query = self.query(ASKED_OF_EDITORS) if chance.random() < 0.2 else ""
            return self.request("POST", address.encode(), query, body, kind, signed_in)
        method = chance.choice(METHODS)
        path = self.path(chance.choice(self.admin), "admin/")
        body, kind = self.body({}) if method not in ("GET", "HEAD") else (b"", "")
        query = self.query(ASKED_OF_EDITORS)
        return self.request(method, path, query, body, kind, signed_in)

    def text(self):
        chance = self.chance
        kind = chance.random()
        if kind < 0.5:
            return chance.choice(PAYLOADS)
        if kind < 0.6:
            return "".join(chr(chance.choice([chance.randrange(256), chance.randrange(0x11000)]))
                           for _ in range(chance.randrange(30)))  # fmt: skip
        return chance.choice(chance.choice([NUMBERS, DAYS, TEXTS]))

    def path(self, address, prefix):
        """Return ``address``, as bytes, with a part of it changed."""
        chance = self.chance
        kind = chance.random()
        parts = address.strip("/").split("/")
        if kind < 0.4:
            # What the server has decoded of it.
            parts[chance.randrange(len(parts))] = self.text()
        elif kind < 0.5:
            parts.insert(chance.randrange(len(parts) + 1), self.text())
        elif kind < 0.55:
            return b"/" + prefix.encode() + bytes(chance.randrange(256) for _ in range(20))
        elif kind < 0.6:
            parts = [prefix, *parts, "", ".."]
        path = "/" + "/".join(parts) + "/"
        if kind > 0.95:
            path = path.removesuffix("/")
        return path.encode("utf-8", "surrogatepass")

    def query(self, names):
        chance = self.chance
        pairs = []
        for _ in range(chance.choice([0, 1, 1, 2, 5])):
            name = chance.choice(names) if chance.random() < 0.9 else self.text()
            pairs.append((name, self.text()))
        kind = chance.random()
        if kind < 0.05:
            return "".join(chr(chance.randrange(33, 256)) for _ in range(30))
        if kind < 0.07:
            pairs *= 600
        plus = quote_plus if kind < 0.8 else quote
        return "&".join(f"{encoded(plus, name)}={encoded(plus, value)}" for name, value in pairs)

    def body(self, fields):
        """Return (bytes, their type): ``fields`` with some changed, or what is no form at all."""
        chance = self.chance
        fields = {**fields, "csrfmiddlewaretoken": TOKEN}
        names = [*fields, "action", "_selected_action", "_save", "confirmed", "reason"]
        for _ in range(chance.choice([1, 1, 2, 4])):
            name = chance.choice(names)
            if chance.random() < 0.15:
                fields.pop(name, None)
            else:
                fields[name] = self.text()
        fields["csrfmiddlewaretoken"] = TOKEN
        kind = chance.random()
        if kind < 0.75:
            fields = {name: encoded(str, value) for name, value in fields.items()}
            return urlencode(fields, errors="surrogatepass").encode(), FORM
        if kind < 0.9:
            return self.parts(
                fields
            ), f"multipart/form-data; boundary={'b' if kind < 0.88 else 'c'}"
        junk = bytes(chance.randrange(256) for _ in range(chance.choice([0, 5, 300])))
        return junk, chance.choice(TYPES)

    def parts(self, fields):
        lines = []
        for name, value in fields.items():
            lines += ["--b", f'Content-Disposition: form-data; name="{name}"', "", value]
        named = self.chance.choice(["x.csv", "x.xlsx", "x.zip", "x.json", self.text()])
        lines += ["--b", f'Content-Disposition: form-data; name="file"; filename="{named}"']
        lines += ["Content-Type: text/csv", "", f"fiche;titre\n34/x;{self.text()}\n", "--b--", ""]
        return "\r\n".join(map(str, lines)).encode("utf-8", "surrogatepass")

    def request(self, method, path, query, body, kind, headers):
        chance = self.chance
        length = len(body)
        if chance.random() < 0.03:
            # Of others the server lets none through.
            length = chance.choice(["", length + 9])
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path.decode("latin-1"),
            "QUERY_STRING": query,
            "CONTENT_TYPE": kind,
            "CONTENT_LENGTH": str(length),
            "SCRIPT_NAME": "",
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "guide.example",
            **headers,
        }
        for name in chance.sample(list(HEADERS), chance.choice([0, 0, 1, 2])):
            # Who signs in has a cookie of the site's own.
            if name not in headers:
                environ[name] = chance.choice(HEADERS[name])
        environ["wsgi.input"] = BytesIO(body)
        return Drawn(environ)


def encoded(how, text):
    """Return ``text`` as ``how`` encodes it; half a character is sent as it is."""
    try:
        return how(text)
    except UnicodeEncodeError:
        return quote(text.encode("utf-8", "surrogatepass"))


class _Fields(HTMLParser):
    """The fields of the forms of a page that are posted, with what is in them."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.fields, self.is_within, self.area, self.choice = {}, False, None, None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        name = attrs.get("name")
        if tag == "form":
            self.is_within = attrs.get("method") == "post"
        elif not self.is_within:
            return
        elif tag == "input" and name:
            is_taken = attrs.get("type") not in ("checkbox", "radio") or "checked" in attrs
            if is_taken:
                self.fields[name] = attrs.get("value") or ""
        elif tag == "textarea" and name:
            self.area = name
            self.fields[name] = ""
        elif tag == "select":
            self.choice = name
        elif tag == "option" and self.choice and "selected" in attrs:
            self.fields[self.choice] = attrs.get("value") or ""

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.area = None
        elif tag == "form":
            self.is_within = False

    def handle_data(self, data):
        if self.area:
            self.fields[self.area] += data


def fields_of(html):
    """Return {name: value} of what the page's forms would post as they stand."""
    parser = _Fields()
    parser.feed(html)
    parser.close()
    return {name: re.sub(r"^\n", "", value) for name, value in parser.fields.items()}

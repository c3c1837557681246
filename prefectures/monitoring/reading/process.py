"""``python -m prefectures.monitoring.reading.process``: documents come in, what they say goes out.

It reads what comes from anywhere with parsers written in C: it may take little memory, write no
file, and is ended from outside when a document takes too long. Each message is its length, four
bytes, and itself.
"""

import json
import logging
import resource
import struct
import sys

from ..page_state import PageState
from . import html, pdf
from .decoding import decoded
from .state import state_of

LENGTH = struct.Struct(">I")
MOST_MEMORY = 1 << 30
MOST_FILES = 16
HTML_TYPES = ("text/html", "application/xhtml+xml")
LONGEST_START = 1024


def read_document(body, content_type="", charset="", url=""):
    """Return (state, title, text) of the bytes of a document. Raises whatever its parser does."""
    kind = content_type.partition(";")[0].strip().lower()
    start = body[:LONGEST_START].lstrip().lower()
    if b"%pdf-" in start:
        title, text = pdf.text_of(body)
        return (PageState.TEXT if text.strip() else PageState.UNREADABLE), title, text
    if kind == "application/pdf":
        return PageState.UNREADABLE, "", ""
    if kind in HTML_TYPES or start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        page = html.page_of(body, charset, url)
        return state_of(page), page.title, page.text
    if kind == "text/plain":
        lines = decoded(body[: html.LONGEST_SOURCE], charset).splitlines()
        page = html.Page("", "\n".join(" ".join(line.split()) for line in lines)[: html.LONGEST])
        return state_of(page), page.title, page.text
    return PageState.UNREADABLE, "", ""


def main():
    # pypdf tells of each thing it puts right.
    logging.disable(logging.CRITICAL)
    _bound()
    coming, going = sys.stdin.buffer, sys.stdout.buffer
    while header := _message(coming):
        asked = json.loads(header)
        body = _message(coming)
        try:
            answer = read_document(body, **asked)
        except MemoryError:
            # What is left of it may be too little for the next: who asks begins another process.
            return
        except Exception:  # Whatever is in a document, and each parser has its own way to refuse.
            answer = PageState.UNREADABLE, "", ""
        said = json.dumps(answer).encode()
        going.write(LENGTH.pack(len(said)) + said)
        going.flush()


def _bound():
    for what, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, MOST_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _message(coming):
    length = coming.read(LENGTH.size)
    return coming.read(LENGTH.unpack(length)[0]) if len(length) == LENGTH.size else b""


if __name__ == "__main__":
    main()

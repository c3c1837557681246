"""Which addresses published sheets give, and on which of them they rest.

Read from the documents that readers see (``published/``): the address of a step, a link, a
quotation, and those within texts. A page is a source where the sheet names it as one, or quotes it;
so is a document that one takes along to file, whose edition changes without notice.
"""

import re
from html import unescape

from ..gate.reading_back import BATCH, chunks
from ..models import GivenAddress, Link, Procedure, WatchedAddress
from ..models.fields import host, is_web_address
from ..models.watched import digest_of
from ..published.current import published_in
from ..text.plain_text import is_html
from ..text.rich_text import HREF

IN_WORDS = re.compile(r"https?://[^\s<>\"«»]+", re.IGNORECASE)
# Of a sentence, when they follow an address.
ENDS = ".,;:!?…’"
SOURCES = {Link.Kind.SOURCE, *Link.TO_FILL_IN}


def addresses_in(content):
    """Return {address: whether it is a source} of the content of a document."""
    sources = set(_sources(content))
    found = {}
    for text in _texts(content):
        for address in _within(text):
            if is_web_address(address):
                found[address] = address in sources
    return found


def _within(text):
    """Yield what looks like an address in a value: itself, in its links, or among its words."""
    if is_html(text):
        yield from map(unescape, HREF.findall(text))
        return
    yield from map(without_end, IN_WORDS.findall(text))


def without_end(address):
    """Return an address that stands in a sentence without what ends that."""
    address = address.rstrip(ENDS)
    # "(voir https://…/guide)" has one bracket too many, "…/guide(2)" has not.
    return address[:-1] if address.endswith(")") and "(" not in address else address


def _sources(content):
    quoted = {row.get("link") for row in content.get("quotations", ())}
    for link in content.get("links", ()):
        is_read = link["kind"] in SOURCES and not link.get("is_for_another_request")
        if "url" in link and (is_read or link["number"] in quoted):
            yield link["url"]


def _texts(said):
    if isinstance(said, str):
        yield said
    elif isinstance(said, dict):
        for value in said.values():
            yield from _texts(value)
    elif isinstance(said, list):
        for value in said:
            yield from _texts(value)


def bring_up_to_date(departements=None):
    """Bring ``GivenAddress`` and ``WatchedAddress`` to what published sheets say now.

    Of these départements alone (their codes), where somebody waits who saved a sheet of theirs.
    """
    wanted = {
        (online.row.procedure_id, address): is_source
        for online in published_in(departements)
        for address, is_source in addresses_in(online.content).items()
    }
    sheets = Procedure.objects.all()
    if departements is not None:
        sheets = sheets.filter(departement__in=departements)
    there = set(sheets.order_by().values_list("pk", flat=True))
    keys = _watched({address for _, address in wanted})
    _give({(pk, keys[url]): is_source for (pk, url), is_source in wanted.items()}, there)
    _visit_what_is_given()


def _watched(addresses):
    """Return {address: key} of these, each of which is known from now on."""
    known = set(WatchedAddress.objects.order_by().values_list("digest", flat=True))
    by_digest = {digest_of(address): address for address in addresses}
    WatchedAddress.objects.bulk_create(
        [
            WatchedAddress(digest=digest, url=address, host=host(address).lower()[:255])
            for digest, address in sorted(by_digest.items())
            if digest not in known
        ],
        batch_size=BATCH,
    )
    rows = WatchedAddress.objects.order_by().values_list("digest", "pk")
    return {by_digest[digest]: pk for digest, pk in rows if digest in by_digest}


def _visit_what_is_given():
    """Let rest what no sheet gives any more."""
    given = GivenAddress.objects.filter(is_given=True).values("address")
    for is_in_use, rows in (
        (True, WatchedAddress.objects.filter(is_in_use=False, pk__in=given)),
        (False, WatchedAddress.objects.in_use().exclude(pk__in=given)),
    ):
        rows.update(is_in_use=is_in_use)


def _give(wanted, there):
    """Have ``GivenAddress`` say {(sheet, address): is a source} of the sheets ``there``."""
    names = ("procedure", "address", "pk", "is_given", "is_source")
    rows = chunks(GivenAddress.objects, "procedure", sorted(there), *names)
    known = {(sheet, address): row for sheet, address, *row in rows}
    GivenAddress.objects.bulk_create(
        [
            GivenAddress(procedure_id=sheet, address_id=address, is_source=is_source)
            for (sheet, address), is_source in sorted(wanted.items())
            # It may be deleted since its document was read.
            if (sheet, address) not in known and sheet in there
        ],
        batch_size=BATCH,
    )
    for key, (pk, is_given, is_source) in known.items():
        now = (key in wanted, wanted.get(key, is_source))
        if (is_given, is_source) != now:
            GivenAddress.objects.filter(pk=pk).update(is_given=now[0], is_source=now[1])

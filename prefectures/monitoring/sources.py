"""What a page that sheets rest on said this time, held against what each of them had accepted.

Another text has to be there on another day too, and what differs has to be the same both times:
a page that comes and goes, and what a page draws by lot each time, call nobody. Each sheet has an
accepted text of its own; a text is kept once.
"""

from ..gate.locking import locked
from ..models import GivenAddress, KeptBytes, PageReading
from .comparing import has_changed, lasting


def kept(address, read, fetched):
    """Keep the text of ``read`` and, if it is another one than last time, the file it came as.

    Returns both rows of ``KeptBytes``. Packing a file takes a while: done before anything is held.
    """
    text = KeptBytes.of(read.text.encode())
    last = _last(address)
    if last is not None and last.text_id == text.pk:
        return text, last.original
    return text, KeptBytes.of(fetched.body)


def note_text(address, text, original, content_type, at, day):
    """Note that ``address`` said ``text`` ``at`` that moment, and hold its sheets to that.

    Inside the transaction of its result.
    """
    reading = _noted(address, text, original, content_type, at)
    resting = address.given_by.filter(is_source=True, is_given=True)
    # An editor may be accepting the text at this moment.
    for given in locked(GivenAddress, resting.values_list("pk", flat=True)).values():
        hold(given, reading, day)
        given.save()


def _last(address):
    return address.readings.select_related("original").defer("original__content").first()


def _noted(address, text, original, content_type, at):
    """Return the reading of this text: that of last time, if it still says the same."""
    last = _last(address)
    if last is not None and last.text_id == text.pk:
        last.last_seen_at = at
        last.save()
        return last
    return PageReading.objects.create(
        address=address,
        first_seen_at=at,
        last_seen_at=at,
        content_type=content_type[:100],
        text=text,
        original=original,
    )


def hold(given: GivenAddress, reading, day):
    """Have ``given``, which is not saved, say what ``reading`` means for its sheet."""
    if given.accepted is None:
        given.accepted = reading
    elif not has_changed(given.accepted.words, reading.words):
        _as_accepted(given)
    elif given.changed is not None:
        # Somebody was called already, and is shown what is there now.
        if has_changed(given.changed.words, reading.words):
            given.changed = reading
    elif given.pending is None:
        given.pending, given.pending_on = reading, day
    elif given.pending_on < day:
        _seen_again(given, reading, day)


def _as_accepted(given):
    if given.pending is not None or given.changed is not None:
        given.returns += 1
    given.pending = given.pending_on = given.changed = given.changed_on = None


def _seen_again(given, reading, day):
    found = lasting(given.accepted.words, given.pending.words, reading.words)
    if found.is_real:
        given.changed, given.changed_on = reading, given.pending_on
        given.pending = given.pending_on = None
    else:
        given.pending, given.pending_on = reading, day


def accept(given):
    """Have ``given`` say that its sheet was held against what is there now."""
    given.accepted = given.changed or given.pending or given.accepted
    given.pending = given.pending_on = given.changed = given.changed_on = None

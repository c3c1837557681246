"""What becomes of an address when it was tried: what is said of it, and since when.

What would call a page dead, or have an editor replace its address, is said once two days saw it:
préfectures are down for an evening, and redirect to a strange place for an hour.
"""

from ..models import Verdict, WatchedAddress

# What a site sends has no bound, what is kept has.
LONGEST_DETAIL = WatchedAddress._meta.get_field("detail").max_length
NEEDS_ANOTHER_DAY = {Verdict.GONE, Verdict.MOVED, Verdict.CERTIFICATE, Verdict.OTHER_KIND}


def note(address, judgement, at, day):
    """Have ``address`` (a ``WatchedAddress``, which is not saved) say what a try has shown.

    ``judgement`` is that of ``judging.judge``, ``at`` the moment and ``day`` the day of the try.
    """
    is_as_before = judgement.verdict == address.seen and (
        judgement.verdict != Verdict.MOVED or judgement.moved_to == address.moved_to
    )
    if not is_as_before:
        address.seen, address.seen_since = judgement.verdict, day
    address.checked_at, address.detail = at, judgement.detail[:LONGEST_DETAIL]
    # An address that is dead now may still be replaced by the one that it led to.
    if judgement.moved_to or judgement.verdict == Verdict.WORKS:
        address.moved_to = judgement.moved_to
    if judgement.verdict == Verdict.WORKS:
        address.worked_on = day
        # A document of another kind is accepted once somebody did: until then it is the old one.
        address.kind = judgement.kind or address.kind
    if address.verdict != address.seen and _is_sure(address, day):
        address.verdict, address.since = address.seen, address.seen_since


def _is_sure(address, day):
    return address.seen not in NEEDS_ANOTHER_DAY or address.seen_since < day

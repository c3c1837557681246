"""An address asked for, and where it leads: each redirect is looked at like the first address."""

from .address import led_to, target_of
from .asking import ask
from .cookies import Cookies
from .fetched import Fault, FaultError, Fetched, Hop
from .limits import LIMITS, Deadline
from .reach import PUBLIC

HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8",
    "Accept-Language": "fr",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}


def fetch(url, *, reach=PUBLIC, limits=LIMITS, agent):
    """Return the ``Fetched`` of ``url``, whatever an address or a server does.

    ``agent`` says, in ASCII, who asks and how to reach them.
    """
    headers = {"User-Agent": agent.encode("ascii"), **HEADERS}
    hops = []
    try:
        told = _followed(url, hops, headers, reach, limits)
    except FaultError as error:
        told = {"fault": error.fault, "flaw": error.flaw}
    return Fetched(
        url=url,
        hops=tuple(hops),
        final_url=hops[-1].url if hops else url,
        seconds=limits.seconds,
        **told,
    )


def _followed(url, hops, headers, reach, limits):
    """Return what ``Fetched`` tells of the last answer; add to ``hops`` each that came before."""
    deadline, cookies, seen = Deadline(limits.seconds), Cookies(), set()
    while True:
        target = target_of(url)
        sent = cookies.of(target.host)
        # The same address with other cookies is no loop: many sites set them so.
        if (target, sent) in seen or len(hops) > limits.most_redirects:
            raise FaultError(Fault.TOO_MANY_REDIRECTS)
        seen.add((target, sent))
        told = {"Host": target.host_header, **headers, **({"Cookie": sent} if sent else {})}
        answer = ask(target, told, reach=reach, limits=limits, deadline=deadline)
        if not answer.location:
            return answer.told
        cookies.keep(target.host, answer.cookies)
        url = led_to(url, answer.location)
        hops.append(Hop(answer.told["status"], url))

"""What becomes of an address, from what came of asking for it: the rules, in one place.

Only what a site says of a page makes it gone or moved; what may pass, or be our own network's
fault, makes it out for the moment.
"""

from dataclasses import dataclass

from ..models.fields import LONGEST_ADDRESS, host, is_web_address
from ..models.verdict import Verdict
from .fetch import Fault, Fetched, Flaw
from .landing import is_login, is_lost, moved_to
from .page_state import PageState
from .sniffing import expected_kind, kind_of

# --- The rules, in the order in which they are asked ------------------------------------------

# 1. Nothing came, or not all of it; {host} is the site asked last.
FAULTS = {
    Fault.UNKNOWN_HOST: (
        Verdict.GONE,
        "Le site « {host} » n’existe pas ou plus : ce nom ne mène nulle part.",
    ),
    Fault.NO_NAME_SERVICE: (
        Verdict.OUT,
        "Impossible de savoir où se trouve « {host} » : le service des noms n’a pas répondu.",
    ),
    Fault.REFUSED: (Verdict.OUT, "Le site « {host} » refuse toute connexion."),
    Fault.UNREACHABLE: (Verdict.OUT, "Aucun chemin ne mène au site « {host} » pour le moment."),
    Fault.TIMED_OUT: (Verdict.OUT, "Le site n’a pas répondu en {seconds:g} secondes."),
    Fault.BROKEN: (Verdict.OUT, "Le site a répondu de travers, ou s’est interrompu."),
    Fault.TOO_MANY_REDIRECTS: (
        Verdict.OUT,
        "Le site renvoie d’adresse en adresse sans jamais donner de page.",
    ),
    Fault.CERTIFICATE: (Verdict.CERTIFICATE, "{flaw}"),
    Fault.FORBIDDEN_ADDRESS: (
        Verdict.NOT_ASKED,
        "Cette adresse n’est pas celle d’une page publique : elle n’a pas été visitée.",
    ),
}
LED_TO_FORBIDDEN = "La page renvoie vers une adresse qui n’est pas publique : {url}"
WARNED = "les navigateurs avertissent avant d’ouvrir."
FLAWS = {
    Flaw.EXPIRED: f"Le certificat de sécurité du site est périmé : {WARNED}",
    Flaw.OTHER_NAME: f"Le certificat de sécurité est celui d’un autre site : {WARNED}",
    Flaw.SELF_SIGNED: f"Personne ne garantit le certificat de sécurité du site : {WARNED}",
    Flaw.UNTRUSTED: (
        "Le certificat de sécurité du site ne peut pas être vérifié : certains navigateurs "
        "avertissent avant d’ouvrir."
    ),
}

# 2. A status that says more than any text under it.
GONE_STATUSES = {
    404: "La page répond « 404 : introuvable ».",
    410: "La page répond « 410 : supprimée ».",
}

# 3. A page in the place of the one that was asked, whatever its status.
CAPTCHA = "La page demande si l’on est un robot : ouvrez-la dans un navigateur."

# 4. Any other status than those of success.
REFUSING = {401, 403, 429, 451, 999}
REFUSED = "Le site refuse les robots (réponse {status}) : ouvrez la page dans un navigateur."
FAILED = "La page répond « {status} » : elle est en panne pour le moment."
# Success, but a browser stays where it is.
NO_PAGE = {204, 205}

# 5. A page that says something else than its status.
PAGES = {
    PageState.NOT_FOUND: (Verdict.GONE, "La page s’ouvre, mais dit qu’elle est introuvable."),
    PageState.MAINTENANCE: (Verdict.OUT, "La page s’ouvre, mais dit que le site est en travaux."),
}

# 6. to 8. Led elsewhere; another document; moved.
LOST = "L’adresse renvoie vers {url} : la page demandée n’y est plus."
OTHER_KIND = "C’était {before}, c’est maintenant {now}."
NOT_AS_NAMED = "L’adresse annonce {before}, et mène à {now}."
KINDS = {"html": "une page", "pdf": "un PDF", "other": "un autre fichier"}
MOVED = "La page a déménagé : {url}"
WORKS = "La page s’ouvre."

# A page in the place of the one that was asked says nothing of the kind of that one.
OF_THE_PAGE = {Verdict.WORKS, Verdict.MOVED, Verdict.OTHER_KIND}
# It may all be told of a network that is down, here.
# A machine that has no name service at all is told that names do not exist.
MAY_BE_OURS = {Fault.UNKNOWN_HOST, Fault.NO_NAME_SERVICE, Fault.TIMED_OUT, Fault.UNREACHABLE}


@dataclass(frozen=True)
class Judgement:
    """``detail`` is a sentence for who edits; ``moved_to`` is "" unless the verdict is MOVED.

    ``kind`` is "html", "pdf" or "other"; "" where the page itself did not come.
    """

    verdict: Verdict
    detail: str
    moved_to: str = ""
    kind: str = ""


def judge(fetched: Fetched, page: PageState | None, *, known_kind=""):
    """Return the ``Judgement``; ``page`` was read of it, ``known_kind`` its kind last time."""
    verdict, detail = (
        _of_the_fault(fetched)
        or _of_the_answer(fetched, page)
        or _of_the_page(fetched, page)
        or _of_the_kind(fetched, known_kind)
        or _of_the_way(fetched, page)
        or (Verdict.WORKS, WORKS)
    )
    return Judgement(
        verdict,
        detail,
        moved_to=moved_to(fetched) if verdict is Verdict.MOVED else "",
        kind=kind_of(fetched) if verdict in OF_THE_PAGE else "",
    )


def is_ours(fetched):
    """Whether our own network may be what failed."""
    return fetched.fault in MAY_BE_OURS and not _has_said_otherwise(fetched)


def _of_the_fault(fetched):
    if not fetched.fault or _has_said_otherwise(fetched):
        return None
    verdict, words = FAULTS[fetched.fault]
    if fetched.fault is Fault.FORBIDDEN_ADDRESS and fetched.hops:
        words = LED_TO_FORBIDDEN
    return verdict, words.format(
        host=host(fetched.final_url),
        seconds=fetched.seconds,
        flaw=FLAWS.get(fetched.flaw, FLAWS[Flaw.UNTRUSTED]),
        url=fetched.final_url,
    )


def _has_said_otherwise(fetched):
    """An error page that came by halves has said by its status what it is."""
    return fetched.status is not None and not is_success(fetched)


def _of_the_answer(fetched, page):
    if fetched.status in GONE_STATUSES:
        return Verdict.GONE, GONE_STATUSES[fetched.status]
    if page is PageState.CAPTCHA:
        return Verdict.REFUSES_ROBOTS, CAPTCHA
    if fetched.status in REFUSING:
        return Verdict.REFUSES_ROBOTS, REFUSED.format(status=fetched.status)
    if not is_success(fetched) or fetched.status in NO_PAGE:
        return Verdict.OUT, FAILED.format(status=fetched.status)
    return None


def is_success(fetched):
    return fetched.status is not None and 200 <= fetched.status < 300


def _of_the_page(fetched, page):
    if page in PAGES:
        return PAGES[page]
    return (Verdict.GONE, LOST.format(url=fetched.final_url)) if is_lost(fetched) else None


def _of_the_kind(fetched, known_kind):
    before, now = known_kind or expected_kind(fetched.url), kind_of(fetched)
    if not before or not now or before == now:
        return None
    words = OTHER_KIND if known_kind else NOT_AS_NAMED
    return Verdict.OTHER_KIND, words.format(before=KINDS[before], now=KINDS[now])


def _of_the_way(fetched, page):
    # Where one has to sign in, nobody can tell that it is the page.
    if page is PageState.LOGIN or is_login(fetched):
        return None
    led = moved_to(fetched)
    # Who edits will be offered it in the place of the address.
    may_be_given = is_web_address(led) and len(led) <= LONGEST_ADDRESS
    return (Verdict.MOVED, MOVED.format(url=led)) if may_be_given else None

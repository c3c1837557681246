"""Wrong passwords and wrong codes: after five, a name is closed for a while to whoever tried.

django-axes counts them. What it is given to keep is a digest of the name, which often is a password
in the wrong field, and of where the attempt came from: nobody's address is kept, and nothing at all
once the time is over. See docs/decisions/0029-access.md.
"""

from ipaddress import IPv6Address, ip_address

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.db import transaction
from django.db.models import Max, Q, Sum
from django.utils import timezone
from django.utils.crypto import salted_hmac
from ipware import get_client_ip

from ..models.journal_entry import JournalEntry, note_attempt

# Who tries many names from one place is stopped at so many times the failures of one name. An
# association has one address for all: its people do not mistype together.
NAMES_AT_ONCE = 10


class Handler(AxesDatabaseHandler):
    """axes' own, which keeps nothing of a request but how often it failed."""

    def get_failures(self, request, credentials=None):
        """Return the failures of this name from there, or a tenth of those of all names."""
        recent = AccessAttempt.objects.filter(
            ip_address=request.axes_ip_address,
            attempt_time__gte=get_cool_off_threshold(request),
        )
        of_name = Sum("failures_since_start", filter=Q(username=name_of(request, credentials)))
        found = recent.aggregate(of_name=of_name, of_all=Sum("failures_since_start"))
        return max(found["of_name"] or 0, (found["of_all"] or 0) // NAMES_AT_ONCE)

    def user_login_failed(self, sender, credentials, request=None, **kwargs):
        # Without a request it is a command, on the machine itself.
        if request is None:
            return
        request.axes_credentials = credentials
        if request.axes_locked_out:
            return
        self.clean_expired_user_attempts(request, credentials)
        self._count(request, credentials)
        request.axes_failures_since_start = self.get_failures(request, credentials)
        if request.axes_failures_since_start >= settings.AXES_FAILURE_LIMIT:
            request.axes_locked_out = True
            minutes = settings.AXES_COOLOFF_TIME.seconds // 60
            note_attempt(
                JournalEntry.Kind.LOCKED, credentials.get("username"), f"pour {minutes} minutes"
            )

    def _count(self, request, credentials):
        with transaction.atomic():
            attempt, is_new = AccessAttempt.objects.select_for_update().get_or_create(
                username=name_of(request, credentials),
                ip_address=request.axes_ip_address,
                user_agent="",
                defaults={
                    "failures_since_start": 1,
                    "attempt_time": request.axes_attempt_time,
                },
            )
            if not is_new:
                attempt.failures_since_start += 1
                attempt.attempt_time = request.axes_attempt_time
                attempt.save()


def name_of(request, credentials):
    """Return the digest under which attempts on a name are counted."""
    return _digest((credentials or {}).get("username") or "").hex()


def address_of(request):
    """Return what stands for where a request comes from: an IPv6 address that nobody has."""
    found, _ = get_client_ip(
        request, request_header_order=settings.AXES_IPWARE_META_PRECEDENCE_ORDER
    )
    return str(IPv6Address(b"\xfd" + _digest(_network(found))[:15]))


def _network(found):
    """Return an address as it is counted: who has one of IPv6 has 2⁶⁴ of them."""
    if not found:
        return ""
    address = ip_address(found)
    return found if address.version == 4 else address.packed[:8].hex()


def _digest(text):
    return salted_hmac("prefectures.access.lockout", text, algorithm="sha256").digest()


def as_too_many(request, response, credentials):
    """Return ``response``, which says that the name is closed, as HTTP says it."""
    response.status_code = settings.AXES_HTTP_RESPONSE_CODE
    response["Retry-After"] = int(settings.AXES_COOLOFF_TIME.total_seconds())
    return response


def note_failure(request, username):
    """Count a failure that Django does not know of: a wrong code, an account without a role."""
    user_login_failed.send(sender=__name__, credentials={"username": username}, request=request)


def is_closed(request, username):
    """Whether ``username`` is closed to who asks; the answer to ``request`` will say so."""
    if not AxesProxyHandler.is_allowed(request, {"username": username}):
        request.axes_locked_out = True
    return request.axes_locked_out


def sentence(request):
    """Return what whoever is locked out is told: the same whether the account exists or not."""
    last = AccessAttempt.objects.filter(ip_address=request.axes_ip_address).aggregate(
        at=Max("attempt_time")
    )["at"]
    again = timezone.localtime((last or timezone.now()) + settings.AXES_COOLOFF_TIME)
    return (
        f"Trop d’essais ont échoué\u00a0: attendez {again:%H} h {again:%M} pour recommencer, ou "
        "demandez à une personne responsable du site de lever le blocage."
    )


def closed_until(account):
    """Return until when the name of ``account`` is closed to somebody, None where it is not."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    closed = AccessAttempt.objects.filter(
        username=_digest(account.get_username()).hex(),
        failures_since_start__gte=settings.AXES_FAILURE_LIMIT,
        attempt_time__gte=since,
    )
    last = closed.aggregate(at=Max("attempt_time"))["at"]
    return last and last + settings.AXES_COOLOFF_TIME


def open_again(account):
    """Forget the failures of the name of ``account``, wherever they came from."""
    AccessAttempt.objects.filter(username=_digest(account.get_username()).hex()).delete()

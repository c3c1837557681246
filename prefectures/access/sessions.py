"""How long somebody stays signed in, and how that ends everywhere at once."""

from datetime import UTC, datetime
from importlib import import_module

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone

# In the session, in seconds since 1970: when it began, and when it was last kept.
BEGAN, KEPT = "began", "kept"
# A session is not written for every page that is asked for.
SECONDS_BETWEEN = 300


@receiver(user_logged_in)
def note_when_it_began(sender, request, user, **kwargs):
    request.session[BEGAN] = request.session[KEPT] = now()
    # Nobody else throws away those that were left behind.
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


class SessionsEndMiddleware:
    """Ends a session that nobody has used for a while, or that is of this morning."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        # Public pages know nobody, and ask nothing of the database for it.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.path.startswith(
            reverse("admin:index")
        ):
            self._look(request)
        return self.get_response(request)

    def _look(self, request):
        session, at = request.session, now()
        if SESSION_KEY not in session:
            return
        began = session.setdefault(BEGAN, at)
        if not 0 <= at - began <= settings.SESSION_LONGEST:
            session.flush()
            request.user = AnonymousUser()
        elif at - session.get(KEPT, 0) > SECONDS_BETWEEN:
            session[KEPT] = at


def sessions_of(account):
    """Return the sessions of ``account`` that have not ended: the team's are few."""
    there = Session.objects.filter(expire_date__gt=timezone.now()).order_by("pk")
    return [each for each in there if each.get_decoded().get(SESSION_KEY) == str(account.pk)]


def end_sessions(account, but=None):
    """End the sessions of ``account``, except that with the key ``but``; return how many."""
    ended = [each for each in sessions_of(account) if each.session_key != but]
    for each in ended:
        each.delete()
    return len(ended)


def now():
    """Return the seconds since 1970."""
    return int(datetime.now(UTC).timestamp())

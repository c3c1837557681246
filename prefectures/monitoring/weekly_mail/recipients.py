"""To whom the weekly mail goes: who may change sheets, was written nothing this week, and reads on.

A week less twelve hours: a timer may be early, or run twice.
"""

from datetime import timedelta

from ...models import User

RIGHT = "prefectures.change_procedure"
BACKEND = "django.contrib.auth.backends.ModelBackend"
BETWEEN_TWO = timedelta(days=6, hours=12)


def due(now):
    """Return the accounts to which one goes ``now``, if there is anything to say."""
    may = User.objects.with_perm(RIGHT, backend=BACKEND).filter(is_staff=True).exclude(email="")
    may = may.exclude(weekly_mail__is_stopped=True)
    return may.exclude(weekly_mail__sent_at__gt=now - BETWEEN_TWO).order_by("pk")


def may_get(account):
    """Whether it ever goes to ``account``, which may have no address yet."""
    return account.has_perm(RIGHT)

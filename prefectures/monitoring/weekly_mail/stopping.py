"""How somebody says that they had enough, without signing in: the token in their mail is the leave.

It says whose mail it is and can do nothing else; it serves for as long as the site has its secret
key, since a mail may be read late.
"""

from django.core.signing import BadSignature, Signer

from ...models import User, WeeklyMail

SALT = "prefectures.weekly_mail"


def token_for(account):
    return _signer().sign(account.pk)


def account_of(token):
    """Return the account of which ``token`` is, None where it is nobody's."""
    try:
        key = _signer().unsign(token)
    except BadSignature:
        return None
    return User.objects.filter(pk=key).first()


def is_stopped(account):
    return WeeklyMail.objects.filter(user=account, is_stopped=True).exists()


def set_stopped(account, is_stopped):
    WeeklyMail.objects.update_or_create(user=account, defaults={"is_stopped": is_stopped})


def last_sent_at(account):
    """Return when the last one left for ``account``, None where none ever did."""
    return WeeklyMail.objects.filter(user=account).values_list("sent_at", flat=True).first()


def _signer():
    # Programs that find addresses in a text end some of them at a colon.
    return Signer(salt=SALT, sep=".")

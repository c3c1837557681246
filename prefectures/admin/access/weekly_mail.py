"""Where the weekly mail is stopped, by the address at its end: nobody has to sign in for it.

Programs that examine mails follow what they find there: following changes nothing, a button does.
A mail program's own button sends one line, from outside the site (RFC 8058).
"""

from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from ...monitoring.weekly_mail import stopping

# What the page's own button sends to take it up again; whatever else is sent stops it.
AGAIN = "again"


# The token is the leave, and no cookie gives any.
@method_decorator([csrf_exempt, never_cache], name="dispatch")
class StopMail(View):
    """``site`` is the admin's."""

    site = None

    def get(self, request, token):
        return self._page(request, stopping.account_of(token))

    def post(self, request, token):
        account = stopping.account_of(token)
        if account is not None:
            stopping.set_stopped(account, AGAIN not in request.POST)
        # A mail program follows no redirect (RFC 8058, 3.1).
        return self._page(request, account, is_done=True)

    def _page(self, request, account, *, is_done=False):
        context = {
            **self.site.each_context(request),
            "title": "Courrier de la semaine" if account else "Ce lien ne sert pas",
            "is_known": account is not None,
            "is_stopped": account is not None and stopping.is_stopped(account),
            "is_done": is_done,
        }
        status = 200 if account else 404
        answer = render(request, "admin/access/weekly_mail.html", context, status=status)
        answer["X-Robots-Tag"] = "noindex"
        return answer

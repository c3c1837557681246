"""What was sent and could not be taken goes on: the answer holds it, to be sent again.

The session has ended, the form's token is of another sign-in, the database is busy or takes nothing
more: none of these is a reason to lose what somebody has typed. A file cannot be given back by a
page: it is said.
"""

import sys

from django.shortcuts import render
from django.urls import reverse
from django.views import csrf, defaults

from ..storage.troubles import trouble
from .access.signing_in import WholeSignInForm, come_in

SIGNING_IN = "sign_in"
# Never sent back in a page; a password that was being chosen is typed again.
SECRETS = ("csrfmiddlewaretoken", "password", "old_password", "new_password", SIGNING_IN)

TEXTS = {
    "session": (
        "Votre session est finie",
        "Rien n’a été enregistré, et rien de ce que vous avez écrit n’est perdu. Connectez-vous "
        "ici pour continuer là où vous en étiez.",
    ),
    "token": (
        "Vous vous êtes connecté·e à nouveau",
        "Cette page date d’avant votre connexion. Rien n’a encore été enregistré, et rien de ce "
        "que vous avez écrit n’est perdu.",
    ),
}


def sent_fields(request, left_out=()):
    """Return [(name, value)] of what was sent, for a page of ours to send on; secrets left out."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in left_out and not name.startswith(SECRETS)
    ]


def resend_page(request, why, *, status, **context):
    """Return the page that says ``why``, a title and a sentence, and sends the same again."""
    title, sentence = why
    # A password is never sent back: without it, a name is of no use.
    is_signing_in = request.path.startswith(reverse("admin:login"))
    may_resend = request.method == "POST" and not is_signing_in
    return render(
        request,
        "resend.html",
        {
            "title": title,
            "sentence": sentence,
            "fields": sent_fields(request) if may_resend else [],
            "has_files": bool(may_resend and request.FILES),
            "sign_in_form": None,
            "has_to_wait": False,
            **context,
        },
        status=status,
    )


def sign_in_on_the_way(request):
    """Sign in whoever sent something without a session; return the page that asks, or None."""
    form = WholeSignInForm(
        request, request.POST if f"{SIGNING_IN}-username" in request.POST else None,
        prefix=SIGNING_IN,
    )  # fmt: skip
    if form.is_valid():
        come_in(request, form.get_user(), form.device)
        return None
    return resend_page(request, TEXTS["session"], status=403, sign_in_form=form)


def csrf_failure(request, reason=""):
    """Answer a form whose token is not the session's.

    Sent by a page of the site's own, it is that of another sign-in: it may be sent again. Sent from
    elsewhere, it is what the token protects from.
    """
    is_ours = request.META.get("HTTP_ORIGIN") == f"{request.scheme}://{request.get_host()}"
    if is_ours and is_of_the_admin(request) and request.method == "POST":
        if request.user.is_authenticated:
            return resend_page(request, TEXTS["token"], status=403)
        # What is sent from here has a token of its own, and the password with it.
        form = WholeSignInForm(request, prefix=SIGNING_IN)
        return resend_page(request, TEXTS["session"], status=403, sign_in_form=form)
    return csrf.csrf_failure(request, reason)


def server_error(request):
    """Answer an error: where the database takes or tells nothing, say so, and lose nothing."""
    found = trouble(sys.exc_info()[1])
    if found is None:
        return defaults.server_error(request)
    if is_of_the_admin(request):
        response = resend_page(request, (found.title, found.sentence), status=503, has_to_wait=True)
    else:
        response = render(request, "503.html", status=503)
    response["Retry-After"] = found.seconds
    return response


def is_of_the_admin(request):
    return request.path.startswith(reverse("admin:index"))

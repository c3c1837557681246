"""What somebody in charge can do about the access of another person, whose password nobody sets.

A link to choose one, a phone that was lost, a name that is closed, sessions left open somewhere:
each is noted in the journal and told to its owner.
"""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html

from ...access import links, lockout, second_step, sessions, telling
from ...models import JournalEntry
from ...public_address import whole_address

LINK, SECOND_STEP, UNLOCK, END = "link", "second_step", "unlock", "end"


class HasAccess:
    """The page of an account's access, for the screen of accounts."""

    def get_urls(self):
        # Django's own sets a password that its owner has not chosen.
        kept = [url for url in super().get_urls() if url.name != "auth_user_password_change"]
        page = self.admin_site.admin_view(self.access_view)
        return [path("<path:object_id>/acces/", page, name="prefectures_user_access"), *kept]

    def access(self, account):
        """Show, in the form of ``account``, the way to its access."""
        if account.pk is None:
            return self.get_empty_value_display()
        address = reverse("admin:prefectures_user_access", args=[account.pk])
        return format_html('<a href="{}">Mot de passe, téléphone, connexions</a>', address)

    access.short_description = "accès"

    def access_view(self, request, object_id):
        account = self.get_object(request, unquote(object_id))
        if account is None:
            raise Http404
        if not self.has_change_permission(request, account):
            raise PermissionDenied
        if account == request.user:
            # One's own asks for one's password.
            return HttpResponseRedirect(reverse("admin:access"))
        if request.method != "POST":
            return self._access_page(request, account)
        act = {
            LINK: self._prepare_link,
            SECOND_STEP: self._reset_second_step,
            UNLOCK: self._unlock,
            END: self._end_sessions,
        }.get(request.POST.get("action"))
        if act is None:
            raise BadRequest
        answer = act(request, account)
        return answer or HttpResponseRedirect(request.path)

    def _access_page(self, request, account, **context):
        return self.page(
            request,
            "access",
            f"Accès de {account}",
            account=account,
            phone=second_step.phone_of(account),
            codes_left=second_step.codes_left(account),
            closed_until=lockout.closed_until(account),
            signed_in=len(sessions.sessions_of(account)),
            can_write=telling.can_write_to(account),
            **context,
        )

    def _prepare_link(self, request, account):
        if not (account.is_active and account.is_staff):
            messages.error(
                request,
                "Ce compte est fermé, ou n’entre pas dans l’administration\u00a0: "
                "ouvrez-le d’abord.",
            )
            return None
        address = whole_address(request, links.link_for(account))
        until = telling.moment(links.good_until())
        was_sent = telling.write_to(
            account,
            "choisir votre mot de passe",
            f"Ce lien vous laisse choisir votre mot de passe. Il sert une seule fois, jusqu’au "
            f"{until}\u00a0:\n\n{address}",
        )
        telling.tell(
            JournalEntry.Kind.LINK,
            request.user,
            account,
            "envoyé par courriel" if was_sent else "montré à l’écran",
        )
        if was_sent:
            messages.success(
                request, f"Un lien est parti par courriel. Il sert une fois, jusqu’au {until}."
            )
            return None
        return self._access_page(request, account, link=address, link_until=until)

    def _reset_second_step(self, request, account):
        second_step.forget_second_step(account)
        sessions.end_sessions(account)
        telling.tell(JournalEntry.Kind.CODES_OFF, request.user, account)
        messages.success(
            request,
            "La double authentification est à remettre en place à la prochaine connexion.",
        )

    def _unlock(self, request, account):
        lockout.open_again(account)
        telling.tell(JournalEntry.Kind.UNLOCKED, request.user, account)
        messages.success(request, "Le blocage est levé\u00a0: la personne peut réessayer.")

    def _end_sessions(self, request, account):
        sessions.end_sessions(account)
        telling.tell(JournalEntry.Kind.ENDED, request.user, account)
        messages.success(request, "Les connexions de cette personne sont terminées.")

"""The addresses of signing in and of one's own access, under /admin/."""

from django.urls import path


def access_urls(site):
    # What they show needs the models, which are not there when the site is made.
    from .own import OtherPhone, OwnAccess
    from .passwords import ChoosePassword
    from .signing_in import FirstPhone, SecondStep
    from .weekly_mail import StopMail

    def of_who_is_in(page):
        return site.admin_view(page.as_view(site=site))

    return [
        path("login/code/", SecondStep.as_view(site=site), name="login_code"),
        path("login/telephone/", FirstPhone.as_view(site=site), name="login_phone"),
        path(
            "mot-de-passe/<uidb64>/<token>/",
            ChoosePassword.as_view(site=site),
            name="choose_password",
        ),
        path("courrier/<token>/", StopMail.as_view(site=site), name="weekly_mail"),
        path("acces/", of_who_is_in(OwnAccess), name="access"),
        path("acces/telephone/", of_who_is_in(OtherPhone), name="access_phone"),
    ]

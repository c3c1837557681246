"""The least that Django does for a request: a view without middleware, database or template.

What ``serving.py`` and ``cold_page.py`` hold a page of the site against.
"""

from django.conf import settings
from django.http import HttpResponse
from django.urls import path

urlpatterns = [path("vide", lambda request: HttpResponse("vide"))]


def application_of_its_own():
    """Return the view as a WSGI application of a process that knows nothing of the site."""
    from django.core.wsgi import get_wsgi_application

    settings.configure(
        SECRET_KEY="x", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, MIDDLEWARE=[], DATABASES={}
    )
    return get_wsgi_application()

"""The least that Django does for a request: a view without middleware, database or template.

What a page of the site is held against. As ``application`` it is a site of its own; where another
is set up already, its ``urlpatterns`` are enough.
"""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

urlpatterns = [path("vide", lambda request: HttpResponse("vide"))]

if not settings.configured:
    settings.configure(
        SECRET_KEY="x", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, MIDDLEWARE=[], DATABASES={}
    )
    application = get_wsgi_application()

"""The site as the server calls it: kept pages in front of Django, in this process."""

from io import BytesIO
from time import sleep

from django.core.handlers.wsgi import WSGIHandler

from prefectures.models.content_version import GOOD_FOR
from prefectures.public.cache import KeptPages, MakingHandler

# An address of each view whose page is kept.
KEPT = {
    "home": "/",
    "region": "/regions/occitanie/",
    "changes_of_region": "/regions/occitanie/changements/",
    "feed_of_region": "/regions/occitanie/changements.atom",
    "departement": "/departements/34-herault/",
    "commune": "/communes/34142-lodeve/",
    "commune_lists": "/communes/",
    "commune_initials": "/communes/34-herault/",
    "communes_of": "/communes/34-herault/l/",
    "changes_of_departement": "/departements/34-herault/changements/",
    "feed_of_departement": "/departements/34-herault/changements.atom",
    "procedure": "/departements/46-lot/prefecture-de-cahors/",
    "changes": "/changements/",
    "feed": "/changements.atom",
    "map": "/carte/",
    "map_file": "/carte.csv",
    "data": "/donnees/",
    "data_file": "/donnees/fiches.json",
    "data_file_of_region": "/donnees/regions/occitanie/liens.csv",
    "data_file_of_departement": "/donnees/departements/34-herault/changements.json",
    "help_places": "/se-faire-aider/",
    "help_places_of": "/se-faire-aider/34-herault/",
    "glossary": "/glossaire/",
    "about": "/a-propos/",
    "accessibility": "/accessibilite/",
    "privacy": "/confidentialite/",
    "legal_notice": "/mentions-legales/",
    "brochure_of_region": "/regions/occitanie.pdf",
    "brochure_of_departement": "/departements/34-herault.pdf",
    "security_txt": "/.well-known/security.txt",
    "service_worker": "/sw.js",
    "robots_txt": "/robots.txt",
    "sitemap": "/sitemap.xml",
    "sitemap_of_site": "/sitemap-pages.xml",
    "sitemap_of_departement": "/sitemap-34-herault.xml",
}


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = int(status.split()[0]), dict(headers), body

    @property
    def text(self):
        return self.body.decode()


class Site:
    """A process of the server; ``asked`` lists the requests that reached Django."""

    def __init__(self, most_bytes=2**24):
        self.asked = []
        self.django, self.making = WSGIHandler(), MakingHandler()
        self.front = KeptPages(
            self._asking(self.django), making=self._asking(self.making), most_bytes=most_bytes
        )

    def get(self, address, method="GET", **environ):
        """Ask for ``address`` as a browser does, through what keeps pages."""
        return ask(self.front, address, method, **environ)

    def made_anew(self, address, **environ):
        """Return what Django answers, with nothing kept."""
        return ask(self.django, address, **environ)

    def later(self):
        """Wait until what it knows of the database is no longer good."""
        sleep(GOOD_FOR)

    def close(self):
        self.front.now.close()

    def _asking(self, handler):
        def ask(environ, start_response):
            self.asked.append(environ)
            return handler(environ, start_response)

        return ask


def ask(application, address, method="GET", **environ):
    path, _, query = address.partition("?")
    said = []
    request = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": query,
        "SCRIPT_NAME": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "guide.example",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **environ,
    }
    request = {name: value for name, value in request.items() if value is not None}
    chunks = application(request, lambda *args: said.extend(args[:2]))
    body = b"".join(chunks)
    if hasattr(chunks, "close"):
        chunks.close()
    return Answer(*said, body)

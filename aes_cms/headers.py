"""What every answer tells browsers, whoever gives it: Django, kept pages, files, refusals."""

from django.conf import settings

from prefectures.public.cache import scheme_of

# What is no page of Django's (a style, a refusal in plain words) needs nothing of the site.
POLICY_WITHOUT_PAGE = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"


class SafeHeaders:
    """A WSGI application in front of another one, whose own headers stay as they are."""

    def __init__(self, application):
        self.application = application
        self.usual = [
            ("X-Content-Type-Options", "nosniff"),
            ("X-Frame-Options", settings.X_FRAME_OPTIONS),
            ("Referrer-Policy", settings.SECURE_REFERRER_POLICY),
            ("Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Content-Security-Policy", POLICY_WITHOUT_PAGE),
        ]
        self.over_https = [("Strict-Transport-Security", _https_only())] if _https_only() else []

    def __call__(self, environ, start_response):
        def start(status, headers, *exc_info):
            said = {name.lower() for name, _ in headers}
            # What a browser has already it keeps with its headers (RFC 9110, 15.4.5).
            added = [] if status.startswith("304") else self.usual
            if scheme_of(environ) == "https":
                added = added + self.over_https
            more = [(name, value) for name, value in added if name.lower() not in said]
            return start_response(status, [*headers, *more], *exc_info)

        return self.application(environ, start)


def _https_only():
    """Return the header that SecurityMiddleware writes for pages; "" where https is not asked."""
    if not settings.SECURE_HSTS_SECONDS:
        return ""
    parts = [f"max-age={settings.SECURE_HSTS_SECONDS}"]
    if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS:
        parts.append("includeSubDomains")
    if settings.SECURE_HSTS_PRELOAD:
        parts.append("preload")
    return "; ".join(parts)

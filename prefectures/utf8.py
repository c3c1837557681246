"""Every form of the site is sent in UTF-8."""


def reads_utf8(get_response):
    """Read what is sent as UTF-8: in the encoding a header names, some text could not be kept."""

    def middleware(request):
        request.encoding = "utf-8"
        # No cookie of ours holds one, and PostgreSQL takes none in a session's key.
        request.COOKIES = {
            name: value for name, value in request.COOKIES.items() if "\0" not in value
        }
        return get_response(request)

    return middleware

"""In which language a page speaks: that of its address, whoever reads it (docs/decisions/0034)."""

from django.conf import settings
from django.utils import translation

# All but French, which the site is written in, and whose addresses bear no prefix.
TRANSLATED = tuple(code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE)


def language_of(path):
    """Return the language of the page at ``path``: "ar" of "/ar/carte/", French of any other."""
    first = path[1:].partition("/")[0]
    return first if first in TRANSLATED else settings.LANGUAGE_CODE


def speaks_as_addressed(get_response):
    """Have each page made in the language of its address."""

    def middleware(request):
        language = language_of(request.path_info)
        with translation.override(language):
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def is_french():
    """Whether what is said now is said in French."""
    return translation.get_language() in (settings.LANGUAGE_CODE, None)


def address_in(language, path):
    """Return the address of the page at ``path``, of whatever language, in ``language``."""
    own = bare(path)
    return own if language == settings.LANGUAGE_CODE else f"/{language}{own}"


def bare(path):
    """Return the address of the page at ``path`` without that of its language: the French one."""
    here = language_of(path)
    return path if here == settings.LANGUAGE_CODE else path.removeprefix(f"/{here}")

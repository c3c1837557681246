from functools import lru_cache

from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language


def address(name, *slugs):
    """Return the address of a public page. Working one out takes as long as showing ten fields."""
    return _address(get_language(), get_script_prefix(), name, slugs)


@lru_cache(maxsize=20_000)
def _address(language, script_prefix, name, slugs):
    return reverse(name, args=slugs)

from functools import lru_cache

from django.urls import get_script_prefix, reverse


def address(name, *slugs):
    """Return the address of a public page. Working one out takes as long as showing ten fields."""
    return _address(get_script_prefix(), name, slugs)


@lru_cache(maxsize=5000)
def _address(script_prefix, name, slugs):
    return reverse(name, args=slugs)

"""The address that the site has for its readers, whatever name it was asked under."""

from django.conf import settings
from django.utils.encoding import iri_to_uri

from .mirrored import copy_being_made


def whole_address(request, address):
    """Return ``address`` with the site's before it: the one that readers know, if it was given.

    Who asks says by which name they ask, which may be any name that leads here.
    """
    if settings.PUBLIC_ADDRESS:
        return f"{settings.PUBLIC_ADDRESS}{iri_to_uri(address)}"
    if copy_being_made():
        # Nobody asked by any name.
        return address
    return request.build_absolute_uri(address)

from django.conf import settings

from ..mirrored import copy_being_made


def association(request):
    """What every page says of who publishes it."""
    return {
        "contact_email": settings.CONTACT_EMAIL,
        "association_address": settings.ASSOCIATION_ADDRESS,
        "publication_director": settings.PUBLICATION_DIRECTOR,
        "hosting_provider": settings.HOSTING_PROVIDER,
    }


def mirror(request):
    """Whether the page is one of a copy of the site, which nothing can be asked of."""
    return {"mirror": copy_being_made()}

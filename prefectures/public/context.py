from django.conf import settings


def association(request):
    """What every page says of who publishes it."""
    return {
        "contact_email": settings.CONTACT_EMAIL,
        "association_address": settings.ASSOCIATION_ADDRESS,
        "publication_director": settings.PUBLICATION_DIRECTOR,
        "hosting_provider": settings.HOSTING_PROVIDER,
    }

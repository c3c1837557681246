"""What editors are told of some sheets."""

from prefectures.contradictions import contradictions_of
from prefectures.models import KeptContradictions


def forget():
    """Have everything made anew."""
    KeptContradictions.objects.all().delete()


def told_of(sheets):
    """Return {pk: [Contradiction]} of those among ``sheets`` that have any that is not meant."""
    found = {
        pk: [item for item in of_one if item.acknowledged is None]
        for pk, of_one in contradictions_of(sheets).items()
    }
    return {pk: of_one for pk, of_one in found.items() if of_one}

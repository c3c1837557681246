"""What a field offers to whoever types in it: the likeliest first, as Enter takes it."""

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import Case, Value, When

from ..models import Commune
from ..text.naming import normalised

# The département of the sheet that is being written: sent by choosing.js.
OWN = "departement"


class ChoosingView(AutocompleteJsonView):
    """Own département first, then the names that begin as typed, then a word that does."""

    def get_queryset(self):
        found = super().get_queryset()
        own = self.request.GET.get(OWN, "")
        if found.model is Commune:
            # Too many to be put in order here.
            begins = normalised(self.term)
            return found.order_by(
                Case(When(departement=own, then=Value(0)), default=Value(1)),
                Case(When(search__startswith=begins, then=Value(0)), default=Value(1)),
                *found.query.order_by,
            )
        return sorted(found, key=lambda item: self.rank(item, own))

    def rank(self, item, own):
        name, term = normalised(str(item)), normalised(self.term)
        is_elsewhere = own and getattr(item, "departement_id", own) != own
        return bool(is_elsewhere), not name.startswith(term), f" {term}" not in f" {name}"

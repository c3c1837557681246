from django.contrib import admin

from ..models import Ground, sheets_naming
from .finding import FoundByWords
from .tracked import TrackedAdmin


@admin.register(Ground)
class GroundAdmin(FoundByWords, TrackedAdmin):
    one = "un motif"
    list_display = ["name", "law_article", "covers_all", "is_neighbour", "position"]
    search_fields = ["name", "law_article"]
    fieldsets = [
        (None, {"fields": ["name", "law_article", "description", "covers_all", "is_neighbour"]}),
        ("Rangement", {"fields": ["slug", "position"]}),
    ]
    prepopulated_fields = {"slug": ["name"]}

    def has_delete_permission(self, request, obj=None):
        """A ground that a sheet names stays."""
        is_named = obj is not None and sheets_naming(obj).exists()
        return not is_named and super().has_delete_permission(request, obj)

"""What the site says itself and the staff may say better: the glossary, the general texts."""

from django.contrib import admin

from ..models import GeneralText, GlossaryTerm
from .finding import FoundByWords
from .tracked import TrackedAdmin


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(FoundByWords, TrackedAdmin):
    one = "un mot du glossaire"
    list_display = ["term", "explanation", "law_article"]
    search_fields = ["term", "also_written", "explanation"]
    fieldsets = [
        (None, {"fields": ["term", "explanation", "law_article", "also_written"]}),
        ("Rangement", {"fields": ["slug"]}),
    ]


@admin.register(GeneralText)
class GeneralTextAdmin(TrackedAdmin):
    one = "un texte général"
    list_display = ["title", "law_article", "position"]
    fieldsets = [
        (None, {"fields": ["title", "text", "law_article"]}),
        ("Rangement", {"fields": ["slug", "position"]}),
    ]

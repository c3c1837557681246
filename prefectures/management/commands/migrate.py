from django.core.checks import Tags
from django.core.checks.registry import registry
from django.core.management.commands import migrate


class Command(migrate.Command):
    """Django's own. What it puts back, that it is missing must not stop it."""

    help = (
        "Met la base à jour, puis remet les déclencheurs qui gardent l’historique, s’il en manque."
    )

    def get_check_kwargs(self, options):
        asked = registry.tags_available() - {Tags.database}
        return super().get_check_kwargs(options) | {"tags": sorted(asked)}

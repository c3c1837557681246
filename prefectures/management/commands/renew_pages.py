from django.core.management.base import BaseCommand

from ...models import changeset


class Command(BaseCommand):
    help = (
        "Fait refaire ce que voient les lecteurs, d’après les tables. Inutile après un changement "
        "fait par le site : seulement quand la base a été écrite à la main, en SQL."
    )

    def handle(self, *args, **options):
        reason = "Contenu publié refait d’après les tables, écrites à la main"
        with changeset(reason, is_minor=True, is_kept_empty=True) as writing:
            writing.changes_names_everywhere = True
        self.stdout.write("Les pages publiques seront refaites à la prochaine lecture.")

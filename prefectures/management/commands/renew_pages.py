from django.core.management.base import BaseCommand
from django.db import transaction

from ...models import ContentVersion


class Command(BaseCommand):
    help = (
        "Fait refaire les pages publiques que le serveur garde prêtes. Inutile après un changement "
        "fait par le site : seulement quand la base a été écrite à la main, en SQL."
    )

    def handle(self, *args, **options):
        with transaction.atomic():
            ContentVersion.move()
        self.stdout.write("Les pages publiques seront refaites à la prochaine lecture.")

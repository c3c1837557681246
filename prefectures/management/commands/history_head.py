from django.core.management.base import BaseCommand

from prefectures.sealing.sealing import head


class Command(BaseCommand):
    help = (
        "Affiche, sur une ligne, la tête de l’historique : l’empreinte du dernier sceau, à garder "
        "ailleurs que sur cette machine."
    )

    def handle(self, **options):
        found = head()
        self.stdout.write(str(found) if found else "Rien n’est encore scellé.")

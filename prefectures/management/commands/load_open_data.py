from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from prefectures.importexport.open_data.loading import SiteIsNotEmptyError, load_open_data
from prefectures.management.progress import Progress
from prefectures.models import User
from prefectures.territories.files import FileFault


class Command(BaseCommand):
    help = (
        "Charge les données ouvertes (les fichiers JSON de /donnees/) dans un site qui n’a encore "
        "aucune fiche : ses pages publiques sont alors les mêmes. Il faut d’abord load_territories."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="le dossier de fiches.json et des autres")
        parser.add_argument("--reason", required=True, help="raison, pour l’équipe")
        parser.add_argument("--author", help="nom du compte de qui le fait ; personne, sinon")

    def handle(self, *, folder, reason, author, **options):
        user = None
        if author:
            user = User.objects.filter(username=author).first()
            if user is None:
                raise CommandError(f"Aucun compte ne s’appelle « {author} ».")
        try:
            counts = load_open_data(
                folder, reason=reason, author=user, on_progress=Progress(self.stdout)
            )
        except SiteIsNotEmptyError:
            raise CommandError(
                "Ce site a, ou a eu, des fiches : les données ouvertes se chargent dans un site "
                "vide. Rien n’a été chargé."
            ) from None
        except FileFault as fault:
            raise CommandError(f"{fault}\nRien n’a été chargé.") from fault
        told = ", ".join(f"{name} {count}" for name, count in counts.items())
        self.stdout.write(f"Données ouvertes de {folder.name} : {told}.")

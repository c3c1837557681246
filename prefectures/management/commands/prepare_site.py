from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from prefectures.storage.gone import remember


class Command(BaseCommand):
    help = (
        "Prépare le site : base de données à jour, territoire, fiches du document du Gisti, "
        "lieux d’aide, mots du site, premier compte. Relancée, elle ne change rien."
    )
    # Checks need tables that migrate has yet to make.
    requires_system_checks = ()

    def handle(self, **options):
        output = {"stdout": self.stdout, "stderr": self.stderr}
        call_command("migrate", interactive=False, verbosity=0, **output)
        call_command("load_territories", **output)
        call_command("load_sheets", settings.BASE_DIR / "fixtures" / "occitanie.json", **output)
        call_command("load_help_places", **output)
        call_command("load_words", **output)
        call_command("create_first_admin", **output)
        self.check(tags=["database"], databases=["default"])
        try:
            remember(connection)
        except OSError as error:
            raise CommandError(
                f"Le site est prêt, mais {settings.DATABASE_MARKER} ne peut pas être écrit "
                f"({error.strerror}) : sans ce fichier, le site ne verrait pas que sa base a "
                "disparu. Donnez le droit d’écrire dans ce dossier, ou faites-y de la place, puis "
                "relancez cette commande."
            ) from error

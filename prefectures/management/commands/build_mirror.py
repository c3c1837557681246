from contextlib import suppress
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import Error
from django.utils.formats import localize

from prefectures.mirror import building
from prefectures.mirror.faults import MirrorError
from prefectures.mirror.manifest import checked

from ..progress import Progress


class Command(BaseCommand):
    help = (
        "Écrit tout le site en fichiers, que n’importe quel serveur ou une clé USB peut montrer "
        "sans lui ; relancée, elle ne refait que ce qui a changé. Avec --check, vérifie une copie."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DOSSIER", type=Path, help="où est le miroir")
        parser.add_argument(
            "--check",
            action="store_true",
            help="n’écrit rien : vérifie que tous les fichiers de cette copie sont là, intacts",
        )
        parser.add_argument(
            "--follow",
            action="store_true",
            help="reste, et met le miroir à jour à chaque changement du site",
        )
        parser.add_argument(
            "--processes",
            metavar="N",
            type=int,
            help="combien de processus font les pages ; par défaut, un par processeur",
        )

    def handle(self, *, folder, check, follow, processes, **options):
        if processes is not None and processes < 1:
            raise CommandError("--processes : il en faut au moins un.")
        if check and follow:
            raise CommandError("--check et --follow ne vont pas ensemble.")
        progress = Progress(self.stdout)
        try:
            if check:
                self._check(folder, progress)
            elif follow:
                self._follow(folder, progress, processes)
            else:
                self._build(folder, progress, processes)
        except MirrorError as error:
            raise CommandError(str(error)) from error
        except Error as error:
            raise CommandError(
                "La base de données n’a pas répondu. L’ancien miroir, s’il y en a un, reste."
            ) from error

    def _build(self, folder, progress, processes):
        built = building.build(folder, progress, processes)
        if not built.made:
            self.stdout.write(f"Rien n’a changé : {built.pages} pages.")
            return
        self._tell(built)

    def _follow(self, folder, progress, processes):
        with suppress(KeyboardInterrupt):
            building.follow(folder, progress, processes, self._tell)

    def _tell(self, built):
        seconds = localize(round(built.seconds, 1))
        self.stdout.write(
            f"Miroir fait : {built.pages} pages, {built.files} fichiers ; pages refaites : "
            f"{built.made}, dont inchangées : {built.kept} ; en {seconds} s."
        )

    def _check(self, folder, progress):
        manifest, faults = checked(folder, progress)
        if faults:
            raise CommandError("Cette copie n’est pas intacte.\n" + "\n".join(faults))
        self.stdout.write(
            f"Copie intacte : {len(manifest.files)} fichiers, du {manifest.made_on}, "
            f"contenu {manifest.content}."
        )

import re

from django.core.management.base import BaseCommand, CommandError

from prefectures.management.progress import Progress
from prefectures.sealing.verifying import Verifier

DIGEST = re.compile(r"[0-9a-f]{64}")


class Command(BaseCommand):
    help = (
        "Vérifie que personne n’a touché à l’historique : recalcule tous les sceaux, et nomme la "
        "première ligne modifiée, supprimée, ajoutée ou déplacée."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--head",
            metavar="EMPREINTE",
            help="l’empreinte d’un sceau, gardée ailleurs : dit si la fin a été coupée, ou toute "
            "la chaîne refaite",
        )

    def handle(self, *, head, **options):
        if head is not None:
            head = "".join(head.split()).lower()
            if not DIGEST.fullmatch(head):
                raise CommandError(
                    "L’empreinte donnée à --head n’en est pas une : il en faut une de 64 signes, "
                    "chiffres et lettres de a à f, telle que l’affiche « manage.py history_head »."
                )
        verifier = Verifier(head, on_progress=Progress(self.stdout))
        first, count = None, 0
        for fault in verifier.faults():
            # In words at once: while it is looked for, somebody may put it right.
            first = first or str(fault)
            count += 1
        if first:
            more = f"\nEn tout : {count} anomalies." if count > 1 else ""
            raise CommandError(f"L’historique a été touché.\n{first}{more}")
        self._refuse_another_head(verifier)
        self._tell(verifier)

    def _refuse_another_head(self, verifier):
        if verifier.head is None:
            return
        if verifier.head_at is None:
            raise CommandError(
                "L’historique a été touché : aucun sceau n’a l’empreinte donnée. Ceux qui sont là "
                "se suivent, donc la fin a été coupée, ou toute la chaîne refaite."
            )
        since = [sealed for sealed in verifier.rewritten if sealed.number > verifier.head_at]
        if since:
            raise CommandError(
                "Depuis le sceau dont vous donnez l’empreinte, une mise à jour du site dit avoir "
                f"réécrit une partie de l’historique.\n{_rewritten(since[0])}\nSi c’est bien une "
                "mise à jour que vous avez faite, gardez la nouvelle tête : « manage.py "
                "history_head »."
            )

    def _tell(self, verifier):
        if verifier.last is None:
            self.stdout.write("Rien n’est encore scellé : l’historique est vide.")
            return
        self.stdout.write(
            f"L’historique est intact : {verifier.seals} sceaux, {verifier.rows} lignes."
        )
        if verifier.from_before:
            self.stdout.write(
                f"Dont {verifier.from_before} modifications d’avant les sceaux, scellées après "
                "coup : rien ne prouve ce qu’elles étaient avant de l’être."
            )
        for sealed in verifier.rewritten:
            self.stdout.write(_rewritten(sealed))
        for name, count in sorted(verifier.no_longer_there.items()):
            self.stdout.write(
                f"{name} n’existe plus dans cette version du site : {count} lignes scellées avec "
                "ne se recalculent plus."
            )
        if verifier.head_at is not None:
            since = verifier.last.number - verifier.head_at
            others = "qu’un autre a suivi." if since == 1 else f"que {since} autres ont suivi."
            self.stdout.write(
                f"L’empreinte donnée est celle du sceau n° {verifier.head_at}, "
                + (others if since else "le dernier.")
            )
        self.stdout.write(f"Tête : {verifier.last}")


def _rewritten(sealed):
    tables = ", ".join(sorted(sealed.rows))
    return f"Sceau n° {sealed.number} : réécriture de {tables}, « {sealed.rewritten} »."

import signal

from django.core.management.base import BaseCommand, CommandError

from prefectures.backups.refusing import RefusedError
from prefectures.monitoring import run

from ..progress import Progress


class Command(BaseCommand):
    help = (
        "Visite les adresses que donnent les fiches publiées : les liens morts et les pages qui "
        "ont changé. Relancée, elle continue où elle en était."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--most",
            type=int,
            default=run.MOST,
            metavar="N",
            help=f"adresses au plus, les plus anciennement visitées d’abord ({run.MOST})",
        )
        parser.add_argument(
            "--hosts",
            type=int,
            default=run.HOSTS_AT_ONCE,
            metavar="N",
            help=f"sites visités à la fois, chacun une page à la fois ({run.HOSTS_AT_ONCE})",
        )
        parser.add_argument(
            "--pause",
            type=float,
            default=run.PAUSE,
            metavar="S",
            help=f"secondes entre deux pages d’un même site ({run.PAUSE:g})",
        )
        parser.add_argument(
            "--minutes",
            type=float,
            default=run.MINUTES,
            metavar="M",
            help=f"plus aucune page n’est commencée après ce temps ({run.MINUTES})",
        )

    def handle(self, *, most, hosts, pause, minutes, **options):
        if most < 1 or hosts < 1 or pause < 0 or minutes <= 0:
            raise CommandError("Donnez des nombres plus grands que zéro (--pause peut être 0).")
        watch = run.Watch(
            most=most,
            hosts_at_once=hosts,
            pause=pause,
            minutes=minutes,
            on_progress=Progress(self.stdout),
        )
        usual = signal.signal(signal.SIGTERM, lambda *_: watch.stop())
        try:
            done = watch.run()
        except RefusedError as error:
            raise CommandError(str(error)) from error
        finally:
            signal.signal(signal.SIGTERM, usual)
        self.stdout.write(f"Adresses visitées : {done.checked} sur {done.due} à visiter.")
        if done.fault:
            raise CommandError(done.fault)

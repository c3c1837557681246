from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.encoding import iri_to_uri

from prefectures.brochure.typesetting import typeset
from prefectures.brochure.weight import is_too_heavy
from prefectures.management.progress import Progress
from prefectures.models import Region
from prefectures.public.printed.region import booklet_of_region


class Command(BaseCommand):
    help = "Écrit dans un dossier la brochure PDF de chaque région, à imprimer ou à envoyer."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, metavar="DOSSIER")
        parser.add_argument(
            "--address",
            default=settings.PUBLIC_ADDRESS,
            help="adresse du site, écrite sur chaque page (sinon : PUBLIC_ADDRESS)",
        )

    def handle(self, *, folder, address, **options):
        if not address:
            raise CommandError(
                "L’adresse du site manque : réglez PUBLIC_ADDRESS, ou donnez --address."
            )
        slugs = Region.objects.order_by("slug").values_list("slug", flat=True)
        progress = Progress(self.stdout)
        too_long = []
        for done, slug in enumerate(slugs, start=1):
            booklet = booklet_of_region(slug, lambda path: f"{address}{iri_to_uri(path)}")
            if is_too_heavy(booklet):
                too_long.append(slug)
            else:
                _write(folder / f"gisti-aes-{slug}.pdf", typeset(booklet))
            progress(slug, done, len(slugs))
        self.stdout.write(f"{folder} : {len(slugs) - len(too_long)} brochures.")
        if too_long:
            raise CommandError(
                f"Trop longues pour être imprimées : {', '.join(too_long)}. "
                "Un texte d’une de leurs fiches est démesuré."
            )


def _write(path, content):
    """Write ``content`` so that nobody finds half of it."""
    beside = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as error:
        raise CommandError(f"{path} ne peut pas être écrit ({error.strerror}).") from None

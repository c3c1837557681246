from django.core.management.base import BaseCommand, CommandError

from prefectures.brochure.coverage import FONTS
from prefectures.management import npm_package
from prefectures.management.progress import Progress


class Command(BaseCommand):
    help = "Prépare les polices de la brochure à partir des paquets npm @expo-google-fonts."
    requires_system_checks = []

    def handle(self, **options):
        try:
            from prefectures.brochure import build_fonts
        except ImportError:
            raise CommandError(
                "fontTools manque : pip install --require-hashes -r requirements-dev.txt"
            ) from None
        FONTS.mkdir(exist_ok=True)
        characters = set()
        progress, total = Progress(self.stdout), len(build_fonts.PUBLISHED)
        for done, (name, published) in enumerate(build_fonts.PUBLISHED.items(), start=1):
            members = [*build_fonts.members(name).values(), "LICENSE_FONT"]
            full_name = f"@expo-google-fonts/{name}"
            with npm_package.unpacked(full_name, published.version, None, members) as package:
                characters |= build_fonts.build(name, package, characters)
                build_fonts.write_licence(package)
            progress(name, done, total)
        build_fonts.write_coverage(characters)
        self.stdout.write(f"{FONTS} : {total} paquets, {len(characters)} caractères.")

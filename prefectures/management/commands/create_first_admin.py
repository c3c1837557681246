import secrets

from django.core.management.base import BaseCommand

from prefectures.models import User, changeset

USERNAME = "admin"


class Command(BaseCommand):
    help = (
        "Crée le premier compte d’administration s’il n’y en a aucun, et montre son mot de passe."
    )

    def handle(self, **options):
        if User.objects.filter(is_superuser=True, is_active=True).exists():
            return
        username, number = USERNAME, 2
        while User.objects.filter(username=username).exists():
            username, number = f"{USERNAME}{number}", number + 1
        password = secrets.token_urlsafe(12)
        with changeset("Création du premier compte d’administration"):
            User.objects.create_superuser(username, password=password)
        self.stdout.write(
            "Premier compte d’administration (ce mot de passe ne sera plus montré) :\n"
            f"    nom d’utilisateur : {username}\n"
            f"    mot de passe      : {password}"
        )

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class PrefecturesConfig(AppConfig):
    name = "prefectures"
    verbose_name = "Guide des préfectures"

    def ready(self):
        from .gate.linking import note_links
        from .published import keeping  # noqa: F401  what an ending one does for readers
        from .roles import keep_groups
        from .sealing import checks, guarding, sealing  # noqa: F401  each changeset gets its seal
        from .sheets import closing  # noqa: F401  what a closing changeset asks of sheets
        from .storage.gone import refuse_empty

        connection_created.connect(refuse_empty, dispatch_uid="prefectures.refuse_empty")
        note_links()
        post_migrate.connect(guarding.install, sender=self, dispatch_uid="prefectures.guarding")
        post_migrate.connect(keep_groups, sender=self, dispatch_uid="prefectures.keep_groups")


class GuidanceAdminConfig(AdminConfig):
    default_site = "prefectures.admin_site.GuidanceAdminSite"

"""A check of Django's: every table of the history refuses to be changed."""

from django.core.checks import Error, Tags, register
from django.db import connections

from ..gate.migrated import is_behind
from .guarding import missing


@register(Tags.database)
def history_is_guarded(app_configs=None, databases=None, **kwargs):
    """Name each table of the history that lets itself be changed.

    Nothing is said before the migrations that are waiting: they end by putting the triggers there.
    """
    return [
        error
        for using in databases or ()
        if not is_behind(connections[using])
        for error in _errors(connections[using])
    ]


def _errors(connection):
    tables = sorted({trigger.table for trigger in missing(connection)})
    return [
        Error(
            f"La table {table} se laisse modifier : il lui manque un déclencheur qui garde "
            "l’historique.",
            hint="Lancez « manage.py migrate », qui le remet ; puis « manage.py verify_history », "
            "qui dit si quelque chose a été changé entre-temps.",
            id="prefectures.E001",
        )
        for table in tables
    ]

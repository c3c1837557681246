"""Whether the tables are those of the models, or a migration is to come."""

from django.db.migrations.executor import MigrationExecutor


def is_behind(connection):
    """Whether some table is not yet, or no longer, what the models say."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes("prefectures")))

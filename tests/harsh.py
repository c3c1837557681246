"""Where production forgives and tests do not: what nobody defined, locks that reach too far."""

import sys

from django.conf import settings
from django.db.models.functions import Random
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.query import Query
from django.template import engines
from django.template.base import UNKNOWN_SOURCE, FilterExpression, Node

OUR_TEMPLATES = str(settings.BASE_DIR / "templates")


class UndefinedVariable(str):
    """What Django shows for a variable that does not exist; in a template of ours, an error.

    Django's own templates print variables that are not there. Ours would leave a hole in a page.
    """

    def __bool__(self):
        # Django asks before it shows; ``{% if %}`` asks too, and may.
        frame = sys._getframe(1)
        is_shown = frame.f_code is FilterExpression.resolve.__code__
        while is_shown and not isinstance(frame.f_locals.get("self"), Node):
            frame = frame.f_back
        if is_shown and is_ours(node := frame.f_locals["self"]):
            raise AssertionError(f"Undefined variable in {node.origin}: {node.token.contents}")
        return False


def is_ours(node):
    """Tell whether ``node`` stands in our templates, or in one that a test wrote."""
    return node.origin.name == UNKNOWN_SOURCE or node.origin.name.startswith(OUR_TEMPLATES)


def refuse_undefined_variables(patch):
    patch.setattr(engines["django"].engine, "string_if_invalid", UndefinedVariable())


def shuffle_unordered_queries(patch):
    """Give rows in another order each time, where nothing says in which they are to come."""
    ordered = SQLCompiler._order_by_pairs

    def pairs(compiler):
        given = list(ordered(compiler))
        if not given and may_be_shuffled(compiler):
            given = [(Random().asc(), False)]
        return given

    patch.setattr(SQLCompiler, "_order_by_pairs", pairs)
    combined = SQLCompiler.get_combinator_sql

    def get_combinator_sql(compiler, *args):
        # SQLite takes no order inside a union.
        for query in compiler.query.combined_queries:
            query.is_combined = True
        return combined(compiler, *args)

    patch.setattr(SQLCompiler, "get_combinator_sql", get_combinator_sql)


def may_be_shuffled(compiler):
    query = compiler.query
    return (
        type(query) is Query
        and not query.subquery
        and not query.combinator
        and not getattr(query, "is_combined", False)
        # To be sorted by, a column must be shown, and would make all rows distinct.
        and not query.distinct
    )


def refuse_locks_of_joined_tables(patch):
    """A lock without ``of=`` locks the rows of every table that the query joins."""
    tables_of = SQLCompiler.get_from_clause

    def get_from_clause(compiler):
        tables, params = tables_of(compiler)
        if compiler.query.select_for_update and not compiler.query.select_for_update_of:
            assert len(tables) < 2, f"This lock reaches too far: {' '.join(tables)}"
        return tables, params

    patch.setattr(SQLCompiler, "get_from_clause", get_from_clause)

"""A database that refuses, as the drivers say it: by a number, or a state of five signs."""

import sqlite3

import psycopg
from django.db import InternalError, OperationalError


def refusing(name):
    """Return the error that SQLite raises for ``name``, one of its constants."""
    cause = sqlite3.OperationalError(name)
    cause.sqlite_errorcode = getattr(sqlite3, name)
    return caused_by(OperationalError(name), cause)


def refusing_as_postgresql(state):
    """Return the error that PostgreSQL raises with the SQLSTATE ``state``; "" where it is away."""
    cause = psycopg.errors.lookup(state)(state) if state else psycopg.OperationalError("away")
    is_operational = isinstance(cause, psycopg.OperationalError)
    return caused_by((OperationalError if is_operational else InternalError)(state), cause)


def caused_by(error, cause):
    error.__cause__ = cause
    return error

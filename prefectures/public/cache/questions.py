"""What a page asked the database while it was made: asked again once the content has moved.

A page that is kept is made of its address, the day and what the database answers, and of nothing
else (``kept.py``). Where each question still has the answer that it had, the page would be made the
same, word for word; so it need not be made. Builders of programs call that a verifying trace.
"""

from contextlib import contextmanager
from hashlib import blake2b
from sys import intern

from django.db import Error, connection


class Questions:
    """The questions of one page, in their order."""

    def __init__(self):
        self._asked = []
        self._only_reads = True

    @property
    def weight(self):
        """How many bytes of memory they take, about."""
        return sum(question.weight for question in self._asked)

    @contextmanager
    def noted(self):
        """Note what this thread asks the database within."""
        with connection.execute_wrapper(self._note):
            yield

    def _note(self, execute, sql, params, many, context):
        # PostgreSQL is asked for a union between brackets.
        if many or not sql.lstrip("(").startswith("SELECT"):
            self._only_reads = False
        question = _Question(sql, params)
        self._asked.append(question)
        # Django's cursor stands around that of the database, whose rows pass to whoever asks.
        cursor = context["cursor"]
        cursor.cursor = _NotingCursor(cursor.cursor, question)
        return execute(sql, params, many, context)

    @property
    def answered(self):
        """Return (query, values, digest of the answer) of each; None where one was no question."""
        return [question.answered for question in self._asked] if self._only_reads else None

    def have_the_same_answers(self):
        """Whether the database answers each as it did when the page was made."""
        if not self._only_reads:
            return False
        try:
            with connection.cursor() as cursor:
                return all(question.has_the_same_answer(cursor) for question in self._asked)
        except Error:
            # Whoever makes the page will say what is wrong.
            return False


class _Question:
    """A query with its values, and a digest of the rows that it was answered."""

    def __init__(self, sql, params):
        # Pages of a kind ask the same.
        self._sql, self._params = intern(sql), params
        self._answer = b""

    @property
    def weight(self):
        return len(self._sql) + len(repr(self._params))

    @property
    def answered(self):
        return self._sql, self._params, self._answer

    def note(self, rows):
        self._answer = _digest(rows, after=self._answer)

    def has_the_same_answer(self, cursor):
        return answer_now(cursor, self._sql, self._params) == self._answer


def answer_now(cursor, sql, params):
    """Return the digest of what the database answers a question now."""
    cursor.execute(sql, params)
    return _digest(cursor.fetchall())


def _digest(rows, after=b""):
    """Return a digest of ``rows``, that follow those of the digest ``after``."""
    # What has no fixed way to be written down makes two answers look different, never alike.
    for row in rows:
        after = blake2b(after + repr(row).encode(), digest_size=16).digest()
    return after


class _NotingCursor:
    """A cursor of the database that tells a question which rows it gives."""

    def __init__(self, cursor, question):
        self._cursor, self._question = cursor, question

    def __getattr__(self, name):
        return getattr(self._cursor, name)

    def __iter__(self):
        for row in self._cursor:
            self._question.note([row])
            yield row

    def fetchone(self):
        row = self._cursor.fetchone()
        if row is not None:
            self._question.note([row])
        return row

    def fetchmany(self, *size):
        rows = self._cursor.fetchmany(*size)
        self._question.note(rows)
        return rows

    def fetchall(self):
        rows = self._cursor.fetchall()
        self._question.note(rows)
        return rows

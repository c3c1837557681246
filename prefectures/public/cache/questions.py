"""What a page asked the database while it was made: asked again once the content has moved.

A page that is kept is made of its address, the day and what the database answers, and of nothing
else (``kept.py``). Where each question still has the answer that it had, the page would be made the
same, word for word; so it need not be made. Builders of programs call that a verifying trace.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from hashlib import blake2b
from sys import intern

from django.core.exceptions import ImproperlyConfigured
from django.db import Error, connection

_being_noted = ContextVar("questions_being_noted", default=None)

# {name: function} of all that a page may conclude.
CONCLUSIONS = {}


def conclusion(function):
    """Mark a function as a question of its own: whoever calls it asked that, and nothing more.

    It makes less of what the database answers, which stays the same where that does not: the page
    is made anew only where the function has another answer. Its values are those of an address,
    and its answer is plain: rows, texts, numbers.
    """
    if function.__name__ in CONCLUSIONS:
        raise ImproperlyConfigured(f"There is a conclusion {function.__name__} already.")
    CONCLUSIONS[function.__name__] = function

    @wraps(function)
    def concluded(*values):
        questions = _being_noted.get()
        return function(*values) if questions is None else questions.conclude(function, values)

    return concluded


class Questions:
    """The questions of one page, in their order."""

    def __init__(self):
        self._asked = []
        self._only_reads = True
        self._is_concluding = False

    @property
    def weight(self):
        """How many bytes of memory they take, about."""
        return sum(question.weight for question in self._asked)

    @contextmanager
    def noted(self):
        """Note what this thread asks the database within."""
        token = _being_noted.set(self)
        try:
            with connection.execute_wrapper(self._note):
                yield
        finally:
            _being_noted.reset(token)

    def conclude(self, function, values):
        """Return what ``function`` concludes, and note that in place of what it asks."""
        self._is_concluding = True
        try:
            answer = function(*values)
        finally:
            self._is_concluding = False
        question = _Question(function.__name__, values)
        question.note([answer])
        self._asked.append(question)
        return answer

    def _note(self, execute, sql, params, many, context):
        # PostgreSQL is asked for a union between brackets.
        if many or not sql.lstrip("(").startswith("SELECT"):
            self._only_reads = False
        if self._is_concluding:
            return execute(sql, params, many, context)
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
    """A query, or the name of a conclusion, with its values, and a digest of the answer."""

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
    """Return the digest of what the database answers a question now, or of what is concluded."""
    if sql in CONCLUSIONS:
        return _digest([CONCLUSIONS[sql](*params)])
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

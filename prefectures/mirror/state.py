"""What the next run knows of the last mirror, kept beside it and never served.

For each page, the questions that it asked the database, with a digest of their answers: those that
many pages asked are kept, and asked again, once. Where each still has its answer the page would be
made the same, word for word (``public/cache/questions.py``).
"""

import json
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from ..public.cache.questions import answer_now

FORMAT = 1


@dataclass
class Traces:
    """``pages`` is {file: numbers of ``questions``, or None where nothing tells}.

    ``leading`` is {file: addresses of sheets to which it leads}; ``static`` are the static files.
    """

    questions: list
    pages: dict
    leading: dict
    static: list

    @classmethod
    def of(cls, before, kept, made):
        """Return those of a mirror: of ``kept`` files as they were, of what was ``made`` anew."""
        traces, static = cls([], {}, {}, []), set(before.static) if kept else set()
        added, moved = {}, {}

        def number_of(question):
            key = json.dumps(question)
            if key not in added:
                added[key] = len(traces.questions)
                traces.questions.append(question)
            return added[key]

        def as_before(number):
            if number not in moved:
                moved[number] = number_of(before.questions[number])
            return moved[number]

        for file in kept:
            known = before.pages[file]
            traces.pages[file] = known and [*map(as_before, known)]
            if file in before.leading:
                traces.leading[file] = before.leading[file]
        for page in made:
            questions = _told(page.questions)
            traces.pages[page.file] = questions and [*map(number_of, questions)]
            if page.leading:
                traces.leading[page.file] = sorted(page.leading)
            static |= page.static
        traces.static = sorted(static)
        return traces

    def changed(self):
        """Return the files of pages of which a question has another answer now."""
        with connection.cursor() as cursor:
            same = [
                answer_now(cursor, sql, _values(values)).hex() == answer
                for sql, values, answer in self.questions
            ]
        return {
            file
            for file, numbers in self.pages.items()
            if numbers is None or not all(same[number] for number in numbers)
        }


@dataclass
class State:
    """The ``moment`` of the last mirror, all of its addresses, and its ``Traces``."""

    moment: dict
    addresses: dict
    traces: Traces

    def save(self, path):
        # The moment alone, which is all that is read where nothing changed, then the rest.
        first = {"format": FORMAT, "moment": self.moment, "pages": len(self.traces.pages)}
        rest = {"addresses": self.addresses, "traces": vars(self.traces)}
        path.touch(mode=0o600)
        lines = [json.dumps(each, ensure_ascii=False) for each in (first, rest)]
        path.write_text("\n".join(lines), encoding="utf-8")


def read(path):
    """Return the ``State`` that was saved; None where there is none that can be read."""
    try:
        first, rest = map(json.loads, path.read_text(encoding="utf-8").split("\n"))
        if first["format"] != FORMAT:
            return None
        return State(first["moment"], rest["addresses"], Traces(**rest["traces"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def pages_at(path, moment):
    """Return how many pages the mirror has if it is that of ``moment``, None if it is not."""
    try:
        with path.open(encoding="utf-8") as file:
            first = json.loads(file.readline())
        return first["pages"] if (first["format"], first["moment"]) == (FORMAT, moment) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _told(questions):
    """Return questions as JSON has them; None where one has values that it has not."""
    try:
        return questions and [
            [sql, [*map(_as_json, values or ())], answer.hex()] for sql, values, answer in questions
        ]
    except TypeError:
        return None


def _as_json(value):
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise TypeError


READ = {"moment": datetime.fromisoformat, "day": date.fromisoformat}


def _values(values):
    return [
        READ[next(iter(value))](*value.values()) if isinstance(value, dict) else value
        for value in values
    ]

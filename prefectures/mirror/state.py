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

    ``leading`` is {file: addresses of sheets to which it leads}, ``static`` {file: static files}.
    """

    questions: list
    pages: dict
    leading: dict
    static: dict

    @classmethod
    def of(cls, before, kept, made):
        """Return those of a mirror: of ``kept`` files as they were, of what was ``made`` anew."""
        traces, numbers = cls([], {}, {}, {}), {}

        def number_of(question):
            key = json.dumps(question)
            if key not in numbers:
                numbers[key] = len(traces.questions)
                traces.questions.append(question)
            return numbers[key]

        for file in kept:
            known = before.pages[file]
            traces.pages[file] = known and [number_of(before.questions[n]) for n in known]
            traces.leading[file], traces.static[file] = before.leading[file], before.static[file]
        for page in made:
            questions = _told(page.questions)
            traces.pages[page.file] = questions and [*map(number_of, questions)]
            traces.leading[page.file] = sorted(page.leading)
            traces.static[page.file] = sorted(page.static)
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
        content = {
            "format": FORMAT,
            "moment": self.moment,
            "addresses": self.addresses,
            "traces": vars(self.traces),
        }
        path.touch(mode=0o600)
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def read(path):
    """Return the ``State`` that was saved; None where there is none that can be read."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["format"] != FORMAT:
            return None
        return State(content["moment"], content["addresses"], Traces(**content["traces"]))
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

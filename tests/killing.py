"""Editors at work on a server that is about to be killed; what has to be there afterwards.

Each editor notes what the server has confirmed, and what was only sent: the one has to be there,
the other may be, and whole. No connection to the database is open here meanwhile, so that whoever
opens the next one finds what the kill has left.
"""

import re
from itertools import count
from threading import Thread

from django.db import connection
from django.urls import reverse

from prefectures.models import Changeset, Procedure, Revision
from prefectures.published.gathering import documents_now
from prefectures.published.keeping import newest
from prefectures.sealing.verifying import Verifier
from prefectures.sheets.reading import sheets_at, sheets_now

from .admin.forms import posted
from .served import TOKEN

LIST = reverse("admin:prefectures_procedure_changelist")
IMPORT = reverse("admin:prefectures_procedure_import")
RECORD = re.compile(r"/changeset/(\d+)/")
# Nothing else is to be found under this.
words = map("Phrase {}.".format, count(1))


class Editor(Thread):
    """Works until the server is gone. ``confirmed`` and ``sent`` are lists of what was meant."""

    def __init__(self, server, session, **kwargs):
        super().__init__()
        self.server, self.session = server, session
        self.confirmed, self.sent, self.fault = [], [], None
        self.prepare(**kwargs)

    def run(self):
        try:
            while True:
                self.work()
        except (OSError, IndexError):
            # Nobody listens any more, or the answer was cut.
            pass
        except BaseException as error:
            self.fault = error

    def do(self, meant, address, data):
        """Send ``data``; note ``meant`` as sent, then as confirmed; return where that leads."""
        self.sent.append(meant)
        answer = self.server.post(address, data, self.session)
        assert answer.status == 302, (meant, answer.status, answer.body.decode()[:3000])
        self.confirmed.append(meant)
        return answer.headers["location"]


class Writer(Editor):
    """Saves the form of one sheet again and again."""

    def prepare(self, client, sheet):
        self.address = reverse("admin:prefectures_procedure_change", args=[sheet.pk])
        self.data, self.version = posted(client.get(self.address)), sheet.version

    def work(self):
        said = next(words)
        changed = {"headline": said, "reason": said, "seen_version": self.version}
        self.do(("edit", said), self.address, self.data | changed)
        self.version += 1


class Publisher(Editor):
    """Withdraws a sheet and publishes it again."""

    def prepare(self, sheet):
        self.sheet, self.version = sheet.pk, sheet.version
        self.is_published = sheet.publication == "published"

    def work(self):
        said = next(words)
        data = {
            "action": "withdraw" if self.is_published else "publish",
            "_selected_action": self.sheet,
            "confirmed": "yes",
            f"version-{self.sheet}": self.version,
            "reason": said,
        }
        self.do((data["action"], said), LIST, data)
        self.is_published = not self.is_published
        self.version += 1


class Importer(Editor):
    """Imports a table of several sheets, and undoes every other import."""

    def prepare(self, sheets):
        self.keys = [sheet.key for sheet in sheets]

    def work(self):
        self.load()
        there = self.load()
        record = int(RECORD.search(there)[1])
        undoing = reverse("admin:prefectures_changeset_undo", args=[record])
        self.do(("undo", record), undoing, {})

    def load(self):
        said = next(words)
        rows = "".join(f"{key};{said}\n" for key in self.keys)
        preview = self.upload(said, f"fiche;phrase d’annonce\n{rows}")
        return self.do(("import", said), preview, {})

    def upload(self, name, text):
        fields = {
            'name="csrfmiddlewaretoken"': TOKEN,
            f'name="file"; filename="{name}csv"\r\nContent-Type: text/csv': text,
        }
        body = "".join(
            f"--b\r\nContent-Disposition: form-data; {field}\r\n\r\n{value}\r\n"
            for field, value in fields.items()
        )
        answer = self.server.ask(
            f"POST {IMPORT} HTTP/1.1",
            "Host: guide.example",
            f"Cookie: sessionid={self.session}; csrftoken={TOKEN}",
            "Content-Type: multipart/form-data; boundary=b",
            f"Content-Length: {len(body.encode()) + 5}",
            body=f"{body}--b--".encode(),
        )
        return answer.headers["location"]


# --- What has to be there ---------------------------------------------------------------------


def record_of(meant):
    """Return the changeset that did what was ``meant``, or None."""
    kind, what = meant
    if kind == "undo":
        return Changeset.objects.filter(undoes=what).first()
    name = f"{what}csv"
    found = {"reason": what} if kind != "import" else {"file_name": name}
    return Changeset.objects.filter(**found).first()


def lost_or_halved(editors, sheets_imported):
    """Return what was confirmed and is not there, and what is there by half."""
    wrong = []
    for editor in editors:
        for meant in editor.sent:
            record = record_of(meant)
            if record is None:
                if meant in editor.confirmed:
                    wrong.append(("lost", meant))
                continue
            touched = Revision.objects.filter(changeset=record).count()
            expected = sheets_imported if meant[0] in ("import", "undo") else 1
            if touched != expected:
                wrong.append(("half", meant, touched))
    return wrong


def inner_faults():
    """Return what does not agree with itself: the file, seals, sheets, what readers see."""
    found = [str(fault) for fault in Verifier().faults()]
    pks = list(Procedure.objects.values_list("pk", flat=True))
    now, last = sheets_now(pks), sheets_at(Revision.last_numbers(pks))
    found += [f"sheet {pk} is not its last version" for pk in pks if now[pk] != last[pk]]
    published = list(Procedure.objects.published().values_list("pk", flat=True))
    shown = {pk: document.sha256 for pk, (_, document) in documents_now(published).items()}
    if {pk: row.sha256 for pk, row in newest(published).items()} != shown:
        found.append("what readers see is not what the tables say")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            found += [said for (said,) in cursor.fetchall() if said != "ok"]
    return found

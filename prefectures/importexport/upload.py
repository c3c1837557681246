"""A file that somebody sends: kept in memory, never on disk, and no longer than it may be."""

from io import BytesIO

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers

from .files.limits import MEGABYTE, MOST_BYTES


class BoundedUploadHandler(FileUploadHandler):
    """Keeps what is sent up to the bound; lets the rest go by and says so (``is_too_big``).

    The bound is that of all the files of one request: anybody may send a hundred to any address.
    """

    sent = 0

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.chunks, self.size = [], 0
        raise StopFutureHandlers

    def receive_data_chunk(self, raw_data, start):
        self.size += len(raw_data)
        self.sent += len(raw_data)
        if self.sent > MOST_BYTES:
            self.chunks.clear()
        else:
            self.chunks.append(raw_data)

    def file_complete(self, file_size):
        found = _file(b"".join(self.chunks), self)
        found.is_too_big = self.sent > MOST_BYTES
        # What was really sent: an empty file is another fault than one that was let go by.
        found.size = self.size
        self.chunks = []
        return found


def _file(content, handler):
    return InMemoryUploadedFile(
        BytesIO(content),
        handler.field_name,
        handler.file_name,
        handler.content_type,
        len(content),
        handler.charset,
        handler.content_type_extra,
    )


class SpreadsheetField(forms.FileField):
    """A file of at most ``MOST_BYTES``."""

    default_error_messages = {
        "required": "Choisissez un fichier.",
        "empty": "Ce fichier est vide.",
        "invalid": "Aucun fichier n’est arrivé : envoyez-le à nouveau.",
    }

    def to_python(self, data):
        sent = super().to_python(data)
        if sent is not None and getattr(sent, "is_too_big", False):
            raise ValidationError(
                f"Ce fichier pèse plus de {MOST_BYTES // MEGABYTE} Mo : découpez-le, et "
                "importez-le en plusieurs fois.",
                code="too_big",
            )
        return sent

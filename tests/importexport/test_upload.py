"""What is sent stays in memory, within a bound, whoever sends it wherever."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import StopFutureHandlers
from django.urls import reverse

from prefectures.importexport.files.limits import MEGABYTE, MOST_BYTES
from prefectures.importexport.upload import BoundedUploadHandler


def received(*sizes):
    """Return what the handler makes of files of these sizes, sent in one request."""
    handler, files = BoundedUploadHandler(), []
    for size in sizes:
        with pytest.raises(StopFutureHandlers):
            handler.new_file("file", "a.csv", "text/csv", size)
        for start in range(0, size, MEGABYTE):
            handler.receive_data_chunk(b"x" * min(MEGABYTE, size - start), start)
        files.append(handler.file_complete(size))
    return files


def test_a_file_within_the_bound_is_all_there():
    (file,) = received(3 * MEGABYTE)
    assert (len(file.read()), file.is_too_big) == (3 * MEGABYTE, False)


def test_of_a_file_beyond_it_nothing_is_kept():
    (file,) = received(60 * MEGABYTE)
    assert (file.read(), file.is_too_big, file.size) == (b"", True, 60 * MEGABYTE)


def test_many_files_share_one_bound():
    kept = sum(len(file.read()) for file in received(*[4 * MEGABYTE] * 20))
    assert kept <= MOST_BYTES


@pytest.mark.django_db
def test_a_stranger_who_sends_files_is_answered_as_ever(client):
    files = {f"f{n}": SimpleUploadedFile("a", b"x" * MEGABYTE) for n in range(15)}
    assert client.post(reverse("admin:login"), files).status_code == 200

import os
import subprocess
import sys
from pathlib import Path

import pytest

from prefectures.monitoring.comparing import difference
from prefectures.monitoring.page_state import PageState
from prefectures.monitoring.reading import Read, Reader, reader
from tests.monitoring.page_pairs import planted
from tests.monitoring.page_pairs.content import URL, Page
from tests.monitoring.page_pairs.looks import LOOKS, html_of
from tests.monitoring.reading.documents import pdf_of

SAID = "La demande est envoyée par courrier à la préfecture de X"
UNREADABLE = Read(PageState.UNREADABLE, "", "")
# What a process does that is given the documents in the place of ours.
NEVER_ANSWERS = "import sys; sys.stdin.buffer.read()"
NEVER_READS = "import time; time.sleep(600)"
DIES = "import os; os.abort()"


@pytest.fixture
def read():
    with Reader() as reading:
        yield reading.read


def own_process(monkeypatch, tmp_path, program):
    """Have the reader begin ``program`` in the place of its process."""
    (tmp_path / "own.py").write_text(program)
    monkeypatch.setattr(reader, "ROOT", tmp_path)
    monkeypatch.setattr(reader, "PROCESS", "own")


def test_one_process_reads_one_document_after_another():
    with Reader() as reading:
        assert reading.read(f"<p>{SAID}".encode(), "text/html").text == SAID
        first = reading._process.pid
        assert reading.read(pdf_of([SAID]), "application/pdf").text == SAID
        assert reading.read(b"", "text/html") == Read(PageState.EMPTY, "", "")
        assert reading._process.pid == first
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)


@pytest.mark.parametrize("look", LOOKS)
def test_a_change_is_told_between_two_documents_that_were_read(read, look):
    page = Page()
    planted.CHANGES["street_number"](page)
    texts = [
        read(html_of(look, each).encode(), "text/html", "", URL).text for each in (Page(), page)
    ]
    found = difference(*texts)
    assert [found.removed, found.added] == [["12 rue des Lilas"], ["14 rue des Lilas"]]


def test_a_damaged_document_is_unreadable_and_the_next_one_is_read(read):
    assert read(b"%PDF-1.7 and then nothing", "application/pdf") == UNREADABLE
    assert read(f"<p>{SAID}".encode(), "text/html").text == SAID


HOSTILE = {
    "deep boxes": b"<div>" * 20_000 + SAID.encode(),
    "deep tables": b"<table><tr><td>" * 2_000 + SAID.encode(),
    "a tag that never ends": b"<a " + b"x=y " * 20_000,
    "attributes": b"<p " + b"".join(b"a%d=1 " % n for n in range(5_000)) + b">" + SAID.encode(),
    "references": b"&#x41;" * 20_000 + b"&" * 10_000,
    "zeros": b"<html>" + b"\0" * 1_000_000,
    "no text at all": bytes(range(256)) * 200,
    "a comment": b"<html><!--" + b"-" * 1_000_000,
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_page_that_wants_to_harm_is_answered(read, case):
    assert read(HOSTILE[case], "text/html").state in PageState
    assert read(f"<p>{SAID}".encode(), "text/html").text == SAID


@pytest.mark.parametrize("program", [NEVER_ANSWERS, NEVER_READS, DIES])
def test_a_process_that_dies_or_does_not_answer_is_begun_again(monkeypatch, tmp_path, program):
    own_process(monkeypatch, tmp_path, program)
    with Reader(most_seconds=0.5) as reading:
        # More than a pipe holds: the writing waits as well as the reading.
        assert reading.read(b"x" * 1_000_000, "text/html") == UNREADABLE
        monkeypatch.undo()
        reading._most_seconds = 20
        assert reading.read(f"<p>{SAID}".encode(), "text/html").text == SAID


ANSWERS = {
    "nothing": b"",
    "less than it says": b"\0\0\0\xff{}",
    "more than there may be": b"\xff\0\0\0{}",
    "no list": b"\0\0\0\x02{}",
    "no JSON": b"\0\0\0\x03abc",
    "null": b"\0\0\0\x04null",
    "no state": b'\0\0\0\x0c["a","b","c"]',
    "no text": b'\0\0\0\x0d["text","",1]',
}


@pytest.mark.parametrize("case", ANSWERS)
def test_an_answer_that_is_none_is_no_document(monkeypatch, tmp_path, case):
    said = f"import sys; sys.stdout.buffer.write({ANSWERS[case]!r}); sys.stdout.flush()"
    own_process(monkeypatch, tmp_path, said)
    with Reader(most_seconds=5) as reading:
        assert reading.read(b"<p>a", "text/html") == UNREADABLE


def test_what_is_no_letter_is_left_out(monkeypatch, tmp_path):
    answer = rb'["text", "\ud800T", "a\u0000\nb\udfff"]'
    said = len(answer).to_bytes(4, "big") + answer
    own_process(monkeypatch, tmp_path, f"import sys; sys.stdout.buffer.write({said!r})")
    with Reader(most_seconds=5) as reading:
        assert reading.read(b"<p>a", "text/html") == Read(PageState.TEXT, "T", "a\nb")


BOUNDS = """
import resource
from prefectures.monitoring.reading import process
process._bound()
def tried(what):
    try:
        what()
    except (OSError, MemoryError) as error:
        return type(error).__name__
def write():
    import signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with open("written", "w") as file:
        file.write("a")
print(tried(lambda: bytearray(2 << 30)), tried(write), resource.getrlimit(resource.RLIMIT_CORE))
"""


def test_the_process_has_little_memory_and_writes_no_file(tmp_path):
    root = Path(reader.__file__).resolve().parents[3]
    done = subprocess.run(
        [sys.executable, "-c", BOUNDS],
        cwd=tmp_path, env={"PYTHONPATH": str(root)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split() == ["MemoryError", "OSError", "(0,", "0)"]


def test_the_process_is_told_nothing_of_the_site(monkeypatch, tmp_path):
    own_process(
        monkeypatch,
        tmp_path,
        "import json, os, sys, struct\n"
        "said = json.dumps(['text', '', ' '.join(sorted(os.environ))]).encode()\n"
        "sys.stdout.buffer.write(struct.pack('>I', len(said)) + said)\n",
    )
    monkeypatch.setenv("SECRET_KEY", "secret")
    with Reader() as reading:
        assert "SECRET_KEY" not in reading.read(b"<p>a", "text/html").text

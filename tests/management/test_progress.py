"""The progress bar: for a person at a terminal, not for a log."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import OutputWrapper

from prefectures.management.progress import Progress


class Terminal(StringIO):
    def isatty(self):
        return True


def drawn(stream, *steps):
    progress = Progress(OutputWrapper(stream))
    for step in steps:
        progress(*step)
    return stream.getvalue()


def test_a_terminal_sees_the_bar_grow_on_one_line():
    text = drawn(Terminal(), ("communes", 5, 10), ("communes", 10, 10))
    half, whole = text.split("\r")[1:]
    assert half.count("█") == 15
    assert half.endswith("5/10")
    assert whole.count("█") == 30
    assert whole.endswith("10/10\n")
    assert text.count("\n") == 1


def test_a_log_sees_no_bar():
    assert drawn(StringIO(), ("communes", 5, 10), ("communes", 10, 10)) == ""


def test_nothing_to_do_is_no_division_by_zero():
    assert "0/0" in drawn(Terminal(), ("communes", 0, 0))


@pytest.mark.django_db
@pytest.mark.parametrize(("stream", "is_drawn"), [(Terminal, True), (StringIO, False)])
def test_load_territories_draws_on_a_terminal_only(
    empty_site,
    edition,
    stream,
    is_drawn,
):
    output = stream()
    call_command("load_territories", edition.folder, stdout=output)
    assert ("█" in output.getvalue()) is is_drawn
    assert "communes : 7\n" in output.getvalue()

"""What is written down of an error: enough to mend it, nothing of who asked."""

import json
import logging

import pytest
from django.db import OperationalError
from django.test import RequestFactory

from aes_cms.log_lines import JsonLines


def line_of(error=None, message="Internal Server Error: %s", **extra):
    try:
        if error:
            raise error
    except Exception as raised:
        caught = (type(raised), raised, raised.__traceback__)
    else:
        caught = None
    record = logging.getLogger("django.request").makeRecord(
        "django.request", logging.ERROR, __file__, 1, message, ("/a/",), caught, extra=extra
    )
    written = JsonLines().format(record)
    assert "\n" not in written
    return json.loads(written), written


def test_a_line_says_when_and_what():
    line, _ = line_of()
    assert line["at"].endswith("+00:00")
    assert (line["level"], line["logger"]) == ("ERROR", "django.request")
    assert line["message"] == "Internal Server Error: /a/"
    assert "errors" not in line


def test_an_error_says_where_it_happened():
    line, _ = line_of(KeyError("a"))
    [error] = line["errors"]
    assert error["error"] == "builtins.KeyError"
    assert f"{__file__}:" in error["places"][-1]
    assert error["places"][-1].endswith("line_of")


def test_of_a_request_neither_the_query_nor_what_the_error_says_is_written():
    asked = RequestFactory().get("/recherche/?q=secret", REMOTE_ADDR="192.0.2.7")
    line, written = line_of(ValueError("secret of somebody"), request=asked)
    assert line["errors"][0]["says"] is None
    assert "secret" not in written
    assert "192.0.2.7" not in written


@pytest.mark.parametrize(
    "error", [OperationalError("disk I/O error"), PermissionError(13, "disk I/O error")], ids=str
)
def test_what_the_machine_says_is_written(error):
    line, _ = line_of(error, request=RequestFactory().get("/"))
    assert "disk I/O error" in line["errors"][0]["says"]


def test_what_an_error_came_of_is_written_too():
    cause = OSError(28, "No space left on device")
    error = RuntimeError("of a command")
    error.__cause__ = cause
    cause.__context__ = error
    line, _ = line_of(error)
    assert [told["says"] for told in line["errors"]] == ["of a command", str(cause)]

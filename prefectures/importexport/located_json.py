"""JSON that remembers on which line each value stands, so that a fault can be shown to a person."""

import json
import re
from bisect import bisect_left
from collections import Counter
from json.decoder import JSONObject
from json.scanner import py_make_scanner


class Located(dict):
    """A JSON object with ``line`` (where it opens) and ``lines`` (where each value begins)."""

    line = 1
    lines = {}

    def line_of(self, field):
        return self.lines.get(field, self.line)


class _Decoder(json.JSONDecoder):
    def __init__(self, text):
        super().__init__()
        self.line_ends = [found.start() for found in re.finditer("\n", text)]
        self.parse_object = self._located
        # The scanner in C calls the object parser in C whatever we set.
        self.scan_once = py_make_scanner(self)

    def _located(self, text_and_start, strict, scan_once, hook, pairs_hook, memo):
        _, start = text_and_start
        starts = []

        def noting(string, index):
            starts.append(index)
            return scan_once(string, index)

        pairs, end = JSONObject(text_and_start, strict, noting, None, list, memo)
        found = Located(pairs)
        found.line = self._line(start)
        keys = [key for key, _ in pairs]
        found.lines = {key: self._line(index) for key, index in zip(keys, starts, strict=True)}
        found.repeated = sorted(key for key, count in Counter(keys).items() if count > 1)
        return found, end

    def _line(self, index):
        return bisect_left(self.line_ends, index) + 1


def loads(text):
    """Return the value of ``text`` with ``Located`` objects. Raises json.JSONDecodeError."""
    return _Decoder(text).decode(text)

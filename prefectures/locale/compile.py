"""Make of each .po file here, which people write, the .mo that Django reads beside it.

``python -m prefectures.locale.compile``; with ``--check``, only tell which are not up to date. What
is made of a text is always the same, byte for byte, and msgfmt, which not every machine has, would
read the same in it.
"""

import ast
import re
import struct
import sys
from pathlib import Path

HERE = Path(__file__).parent
LINE = re.compile(r'(?:(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) )?(".*")')
MAGIC = 0x950412DE
HEADER_BYTES, PLACE_BYTES = 28, 8


def entries(text):
    """Yield {keyword: string} of each entry of a .po file that is translated and not doubtful.

    Raises ValueError, with the number of the line, for what is no line of such a file.
    """
    entry, keyword, is_doubtful = {}, None, False
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.startswith("#"):
            is_doubtful |= line.startswith("#,") and "fuzzy" in line
        elif line.strip():
            found = LINE.fullmatch(line)
            if not found or not (found[1] or keyword):
                raise ValueError(f"{number} : {line}")
            keyword = found[1] or keyword
            entry[keyword] = entry.get(keyword, "") + ast.literal_eval(found[2])
        else:
            if entry and not is_doubtful and all(strings_of(entry)):
                yield entry
            entry, keyword, is_doubtful = {}, None, False


def strings_of(entry):
    """Return the translations of ``entry``: one, or one for each number that words agree with."""
    return [entry[keyword] for keyword in sorted(entry) if keyword.startswith("msgstr")]


def key_of(entry):
    """Return what gettext looks ``entry`` up by."""
    context = f"{entry['msgctxt']}\4" if "msgctxt" in entry else ""
    plural = f"\0{entry['msgid_plural']}" if "msgid_plural" in entry else ""
    return context + entry["msgid"] + plural


def compiled(text):
    """Return the bytes of the .mo file of a .po file (gettext manual, "The Format of MO Files")."""
    words = {
        key_of(entry).encode(): "\0".join(strings_of(entry)).encode() for entry in entries(text)
    }
    keys = sorted(words)
    texts = [*keys, *(words[key] for key in keys)]
    tables = HEADER_BYTES, HEADER_BYTES + PLACE_BYTES * len(keys)
    start = HEADER_BYTES + PLACE_BYTES * len(texts)
    places = []
    for each in texts:
        places += [len(each), start]
        start += len(each) + 1
    header = struct.pack("<7I", MAGIC, 0, len(keys), *tables, 0, start)
    return header + struct.pack(f"<{len(places)}I", *places) + b"".join(t + b"\0" for t in texts)


def stale():
    """Yield (path of the .mo, its bytes) of each .po file that is not compiled as it stands."""
    for source in sorted(HERE.rglob("*.po")):
        made, path = compiled(source.read_text(encoding="utf-8")), source.with_suffix(".mo")
        if not path.exists() or path.read_bytes() != made:
            yield path, made


if __name__ == "__main__":
    is_check = "--check" in sys.argv
    found = list(stale())
    for path, made in found:
        print(path.relative_to(HERE))
        if not is_check:
            path.write_bytes(made)
    sys.exit(bool(is_check and found))

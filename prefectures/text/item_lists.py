"""Rich text as a list of items, and such a list as lines of text."""

import re
from html import unescape

from .plain_text import BULLET, as_rich_text
from .rich_text import clean_rich_text, is_plain

TAG = re.compile(r"<(/?)([a-z0-9]+)[^>]*>")
LIST = re.compile(r"<ul>(.*)</ul>", re.DOTALL)
ITEM = re.compile(r"<li>([^<]*)</li>")
PARAGRAPH = re.compile(r"<p>([^<]*)</p>")
INTRODUCES = re.compile(r":\s*(?:</[a-z]+>\s*)*$")


def as_item_list(html):
    """Return clean ``html`` with its paragraphs as items of lists; the same when asked again.

    A line is an item, without the dash that was typed before it. Titles, lists, quotations and
    paragraphs that end in ":" stay as they are.
    """
    blocks = []
    for name, source in _blocks(html):
        if name in ("p", "") and not INTRODUCES.search(_inside(source)):
            items = "".join(f"<li>{line}</li>" for line in _lines(_inside(source)))
            name, source = "ul", f"<ul>{items}</ul>" if items else ""
        elif not name:
            name, source = "p", f"<p>{source}</p>"
        if not source:
            continue
        if name == "ul" and blocks and blocks[-1][0] == "ul":
            source = f"<ul>{_items(blocks.pop()[1])}{_items(source)}</ul>"
        blocks.append((name, source))
    return "".join(source for _, source in blocks)


def as_lines(html):
    """Return such a list as lines, "- passeport", that read back the same; else as it is."""
    lines = []
    for name, source in _blocks(html):
        items = ITEM.findall(source) if name == "ul" else []
        if items and "".join(f"<li>{item}</li>" for item in items) == _items(source):
            lines += [f"- {unescape(item)}" for item in items]
        elif paragraph := PARAGRAPH.fullmatch(source):
            lines += [unescape(paragraph[1])]
        else:
            return html
    text = "\n".join(lines)
    return text if as_item_list(clean_rich_text(as_rich_text(text))) == html else html


def _blocks(html):
    """Yield (name, source) of what stands side by side in ``html``; "" is the name of bare text."""
    depth = start = 0
    for tag in TAG.finditer(html):
        is_end, name = tag.groups()
        if name == "br":
            continue
        if not is_end:
            if depth == 0:
                if bare := html[start : tag.start()].strip():
                    yield "", bare
                start = tag.start()
            depth += 1
            continue
        depth -= 1
        if depth == 0:
            yield name, html[start : tag.end()]
            start = tag.end()
    if bare := html[start:].strip():
        yield "", bare


def _inside(source):
    return source[3:-4] if source.startswith("<p>") else source


def _items(source):
    return LIST.fullmatch(source)[1]


def _lines(inside):
    lines = [BULLET.sub("", line.strip(), count=1) for line in inside.split("<br>")]
    # "<strong>a<br>b</strong>": a line that is no whole by itself is left with its neighbours.
    if not all(is_plain(line) for line in lines):
        lines = [inside.strip()]
    return [line for line in lines if line]

"""The blocks that ``pasted.py`` reads, written as HTML of the closed set."""

import re
from html import escape
from itertools import groupby
from typing import NamedTuple

# Word fills up with non-breaking spaces; a single one is French typography ("14 h").
PADDING = re.compile("[ \xa0]{2,}")
AROUND_BREAK = re.compile("[ \xa0]?\n[ \xa0]?")


class Level(NamedTuple):
    """A list or a quotation around a block; neighbours of one ``key`` lie in the same."""

    tag: str
    key: object = None
    item: int = 0


class Look(NamedTuple):
    """What the elements around a text say of it. ``kind`` is the block's tag: p, h3 or h4."""

    is_bold: bool = False
    is_italic: bool = False
    href: str = ""
    kind: str = "p"
    path: tuple[Level, ...] = ()
    is_pre: bool = False


class Piece(NamedTuple):
    """Text of one look; "\\n" is a line break."""

    text: str
    look: Look


class Block(NamedTuple):
    pieces: list[Piece]
    is_row: bool = False

    @property
    def look(self):
        return self.pieces[0].look


def tidied(pieces):
    """Return ``pieces`` with single spaces, nothing blank at either end; [] if nothing is left."""
    kept = []
    for look, group in groupby(pieces, key=lambda piece: piece.look):
        text = PADDING.sub(" ", "".join(piece.text for piece in group))
        text = re.sub("\n{3,}", "\n\n", AROUND_BREAK.sub("\n", text))
        if not kept:
            text = text.lstrip(" \n\xa0")
        elif kept[-1].text.endswith((" ", "\n")):
            text = text.lstrip(" ")
        if text:
            kept.append(Piece(text, look))
    while kept:
        last = kept.pop()
        text = last.text.rstrip(" \n\xa0")
        if text:
            return [*kept, Piece(text, last.look)]
    return []


def without_start(pieces, length):
    """Return ``pieces`` without their first ``length`` characters."""
    kept = []
    for text, look in pieces:
        kept.append(Piece(text[length:], look))
        length = max(0, length - len(text))
    return tidied(kept)


def written(blocks, depth=0):
    """Return the HTML of ``blocks``, in the lists and quotations of their paths."""
    html = ""
    for level, group in groupby(blocks, key=lambda block: _level(block, depth)[:2]):
        inside = list(group)
        tag = level[0] if level else ""
        if tag in ("ul", "ol"):
            items = groupby(inside, key=lambda block: block.look.path[depth].item)
            html += f"<{tag}>{''.join(_item(list(item), depth + 1) for _, item in items)}</{tag}>"
        elif tag:
            html += f"<{tag}>{written(inside, depth + 1)}</{tag}>"
        else:
            html += "".join(
                f"<{block.look.kind}>{_inline(block)}</{block.look.kind}>" for block in inside
            )
    return html


def _level(block, depth):
    path = block.look.path
    return path[depth] if len(path) > depth else ()


def _item(blocks, depth):
    if len(blocks) == 1 and not _level(blocks[0], depth):
        return f"<li>{_inline(blocks[0])}</li>"
    return f"<li>{written(blocks, depth)}</li>"


def _inline(block):
    html = ""
    for href, group in groupby(block.pieces, key=lambda piece: piece.look.href):
        inner = "".join(map(_marked_up, group))
        before, linked, after = _ends(inner)
        if href and linked.replace("<br>", "").strip():
            html += f'{before}<a href="{escape(href)}">{linked}</a>{after}'
        else:
            html += inner
    return html


def _ends(text):
    """Return ``text`` in three: the spaces and line breaks before it, itself, those after it."""
    before = len(text) - len(text.lstrip(" \n"))
    inner = text.strip(" \n")
    return text[:before], inner, text[before + len(inner) :]


def _marked_up(piece):
    before, text, after = _ends(piece.text)
    html = escape(text, quote=False)
    if html and piece.look.is_italic:
        html = f"<em>{html}</em>"
    # A title is bold already.
    if html and piece.look.is_bold and piece.look.kind == "p":
        html = f"<strong>{html}</strong>"
    return f"{before}{html}{after}".replace("\n", "<br>")

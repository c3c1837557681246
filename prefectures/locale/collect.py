"""Bring the catalogues of the translations up to date with what the public pages say.

``python -m prefectures.locale.collect``; with ``--check``, only tell which are not. A sentence that
is new waits for its words, one that is no longer said goes, the others stay as they are. How one
translates: docs/traduire.md.
"""

import csv
import json
import os
import re
import sys
from io import BytesIO
from operator import itemgetter
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SPEAKING = ["public", "templatetags", "models", "finder"]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "noop": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
IN_AN_ARGUMENT = re.compile(r'\b_\("([^"]+)"\)')
# What is said in French whatever the language: the team's screens, and what only they see.
OF_THE_TEAM = {"admin", "resend.html"}
GLOSSARY, GROUNDS = "glossaire", "motif"
LONGEST_LINE = 100


def catalogues():
    """Return the path of the catalogue of each language but French, whose words are the source."""
    return sorted(path for path in HERE.glob("*/LC_MESSAGES/django.po") if path.parts[-3] != "fr")


def collected():
    """Return a Babel ``Catalog`` of all that the public pages say, in the order of the files."""
    catalog = Catalog()
    for said in (_of_python, _of_templates, _of_choices, _of_data):
        for where, msgid, context in said():
            catalog.add(msgid, context=context, locations=[(where, 0)])
    return catalog


def _of_python():
    for folder in SPEAKING:
        for path in sorted((HERE.parent / folder).rglob("*.py")):
            with path.open("rb") as file:
                for _line, msgid, _comments, context in extract("python", file, KEYWORDS):
                    yield _where(path), msgid, context


def _of_templates():
    from django.template import engines
    from django.templatetags.i18n import BlockTranslateNode

    from prefectures.templatetags.language import Sentence, Words

    engine = engines["django"].engine
    for path in sorted((ROOT / "templates").rglob("*.html")):
        name = path.relative_to(ROOT / "templates")
        if name.parts[0] in OF_THE_TEAM:
            continue
        source = path.read_text(encoding="utf-8")
        nodes = engine.get_template(str(name)).nodelist
        found = [
            (node.token.lineno, *_message(node))
            for node in nodes.get_nodes_by_type((Words, Sentence, BlockTranslateNode))
        ]
        for _line, msgid, context in sorted(found, key=itemgetter(0)):
            yield _where(path), msgid, context
        for words in IN_AN_ARGUMENT.findall(source):
            yield _where(path), words, None


def _message(node):
    """Return (msgid, context): of what agrees with a number, the msgid is (singular, plural)."""
    if hasattr(node, "msgid"):
        return node.msgid, node.context
    singular, _names = node.render_token_list(node.singular)
    plural, _names = node.render_token_list(node.plural)
    context = node.message_context.resolve({}) if node.message_context else None
    return (singular, plural) if plural else singular, context


def _of_choices():
    """Yield the words that readers are told of what is chosen from a list, and of what is named."""
    from prefectures.models import HelpPlace, Link, Procedure
    from prefectures.public.comparing.said import words_of_models
    from prefectures.public.wording.ways import AGE_SIGNS, WAY_SIGNS

    for choices in (Procedure.Situation, Link.Kind, Link.Publisher, HelpPlace.Kind):
        for label in choices.labels:
            yield f"{choices.__module__.replace('.', '/')}.py", str(label), None
    for sign in filter(str.isalpha, [*WAY_SIGNS.values(), *AGE_SIGNS.values()]):
        yield "prefectures/public/wording/ways.py", sign, "signe"
    for words in words_of_models():
        yield "prefectures/public/comparing/said.py", words, None


def _of_data():
    """Yield the first words of the site that are translated where nobody has changed them."""
    words = json.loads((ROOT / "fixtures/words.json").read_text(encoding="utf-8"))
    for term in words["terms"]:
        yield "fixtures/words.json", term["term"], GLOSSARY
    with (ROOT / "fixtures/territories/grounds.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield "fixtures/territories/grounds.csv", row["motif"], GROUNDS
            yield "fixtures/territories/grounds.csv", row["explication"], GROUNDS


def _where(path):
    return path.relative_to(ROOT).as_posix()


def updated(text, catalog):
    """Return the ``text`` of a .po file brought up to date with ``catalog``; its head stays."""
    head, _, _ = text.partition("\n\n")
    known = read_po(BytesIO(text.encode()), abort_invalid=True)
    known.update(catalog, no_fuzzy_matching=True)
    file = BytesIO()
    write_po(
        file,
        known,
        omit_header=True,
        ignore_obsolete=True,
        include_lineno=False,
        width=LONGEST_LINE,
    )
    return f"{head.strip()}\n\n{file.getvalue().decode().strip()}\n"


def stale():
    """Yield (path, its text) of each catalogue that is not what the pages say."""
    catalog = collected()
    for path in catalogues():
        text = path.read_text(encoding="utf-8")
        new = updated(text, catalog)
        if new != text:
            yield path, new


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aes_cms.settings")
    django.setup()
    is_check = "--check" in sys.argv
    found = list(stale())
    for path, text in found:
        print(path.relative_to(HERE))
        if not is_check:
            path.write_text(text, encoding="utf-8")
    sys.exit(bool(is_check and found))

"""What is wrong with a catalogue, each in a line; ``tests/locale`` holds that nothing is."""

import re

from babel.messages.pofile import read_po

TAG = re.compile(r"<(/?\w+)[^>]*>")
PLACE = re.compile(r"%\((\w+)\)s")
ADDRESS = re.compile(r'href="([^"]*)"')
# Words that people will see at the counter stay as they are; the glossary translates them beside.
KEPT = ("sous-préfecture", "préfecture", "récépissé", "admission exceptionnelle au séjour")
# The context of those translations.
GLOSSARY = "glossaire"
FRENCH_SIGNS = re.compile(r"[«»]|\u00a0[:;?!]")


def faults(path):
    """Yield what is wrong with the catalogue at ``path``, one entry at a time."""
    with path.open("rb") as file:
        catalog = read_po(file, abort_invalid=True)
    for message in catalog:
        if not message.id:
            continue
        for said in _of(message, catalog):
            yield f"{_known_by(message)} : {said}"


def _known_by(message):
    return message.id[0] if message.pluralizable else message.id


def _of(message, catalog):
    forms = message.string if message.pluralizable else (message.string,)
    if not all(forms):
        yield "not translated"
        return
    if message.fuzzy:
        yield "doubtful"
    if message.pluralizable and len(forms) != catalog.num_plurals:
        yield f"{len(forms)} forms for {catalog.num_plurals}"
    sources = message.id if message.pluralizable else (message.id,)
    for form in forms:
        yield from _of_form(sources[-1], form, is_counted=message.pluralizable)
        if message.context != GLOSSARY:
            yield from _not_kept(sources[-1], form)


def _of_form(source, form, *, is_counted):
    places, asked = sorted(PLACE.findall(form)), sorted(PLACE.findall(source))
    # "One other" needs no figure; no place is made up.
    if not set(places) <= set(asked) or (not is_counted and set(places) != set(asked)):
        yield f"places {places} for {asked}"
    if sorted(TAG.findall(form)) != sorted(TAG.findall(source)):
        yield f"tags {TAG.findall(form)}"
    if sorted(ADDRESS.findall(form)) != sorted(ADDRESS.findall(source)):
        yield f"addresses {ADDRESS.findall(form)}"
    if asked and "%" in PLACE.sub("", form).replace("%%", ""):
        yield "a sign of percent by itself"
    if (source[:1].isspace(), source[-1:].isspace()) != (form[:1].isspace(), form[-1:].isspace()):
        yield "space at its ends"
    if '"' in TAG.sub("", form):
        yield "straight quotes, which end an attribute"
    if FRENCH_SIGNS.search(form):
        yield "French signs"


def _not_kept(source, form):
    for term in KEPT:
        if term in source.lower() and term not in form.lower():
            yield f"« {term} » is not kept"

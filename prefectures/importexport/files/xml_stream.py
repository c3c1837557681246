"""XML of a spreadsheet, read as it comes: nothing is kept that the reader did not ask for."""

from xml.parsers import expat

from .limits import refuse

CHUNK = 64 * 1024
BROKEN = "Ce classeur est abîmé : ouvrez-le dans votre tableur et enregistrez-le à nouveau."


class BrokenXMLError(Exception):
    """Not the XML that a spreadsheet writes."""


def local_name(name):
    return name[name.rfind("}") + 1 :]


def parse(stream, reader, bounds):
    """Feed ``reader`` (``start(name, attributes)``, ``end(name)``, ``text(data)``), in steps.

    Yields after each step, so that what was read can be used and let go. Names come without their
    namespace. Raises BrokenXMLError; a DOCTYPE, which alone can define entities, is one.
    """
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: reader.start(
        local_name(name), {local_name(key): value for key, value in attributes.items()}
    )
    parser.EndElementHandler = lambda name: reader.end(local_name(name))
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        while chunk := stream.read(CHUNK):
            bounds.look_at_the_clock()
            parser.Parse(chunk, False)
            yield
        parser.Parse(b"", True)
    # An encoding that nobody knows is a LookupError.
    except (expat.ExpatError, LookupError) as error:
        raise BrokenXMLError from error
    yield


def read_all(stream, reader, bounds):
    """Feed ``reader`` to the end; return it."""
    for _ in parse(stream, reader, bounds):
        pass
    return reader


def _refuse_doctype(*args):
    refuse(BROKEN)

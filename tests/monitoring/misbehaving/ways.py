"""How a way to misbehave is noted under its name, and answers."""

from dataclasses import dataclass

WAYS = {}
# For what comes at once, on a busy machine or not. What is slow never ends: it has less.
IN_TIME = 20
SOON = 0.3


@dataclass(frozen=True)
class Way:
    """``url`` is what is asked for, where it is not the way's own path at http://site.test.

    {port} in it speaks HTTP and TLS, {plain} no TLS, {mute} nothing, {closed} is nobody's.
    ``was`` is the kind that was known; ``seconds`` are the limit.
    """

    name: str
    answer: object = None
    url: str = ""
    was: str = "html"
    seconds: float = IN_TIME

    def address(self, **ports):
        return (self.url or f"http://site.test:{{port}}/{self.name}").format(**ports)


def way(**told):
    """Note a function that takes an ``Exchange`` as the way of its name."""

    def noted(answer):
        name = answer.__name__
        WAYS[name] = Way(name, answer, **told)
        return answer

    return noted


def address(name, url, **told):
    """Note an address that misbehaves by itself."""
    WAYS[name] = Way(name, url=url, **told)


def answer(exchange):
    """Answer as the first part of the path says; else, as a site that works."""
    name = exchange.path.split("/")[1].partition(".")[0]
    found = WAYS.get(name)
    if found and found.answer:
        found.answer(exchange)
    else:
        exchange.say(PAGE)


PAGE = (
    "<!doctype html><html lang=fr><title>Titre de séjour</title><h1>Admission exceptionnelle</h1>"
    "<p>Déposez votre dossier en ligne, puis attendez la convocation.</p></html>"
)


def page_of(text):
    return f"<!doctype html><html lang=fr><title>{text}</title><p>{text}</p></html>"

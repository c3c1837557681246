"""Pages that come whole, with 200, and are not the page, or not as it was."""

from ..reading.documents import pdf_of
from .ways import PAGE, page_of, way

PDF = pdf_of(["La demande se fait par courrier, avec le formulaire rempli."])
OTHER_PDF = pdf_of(["La demande se fait en ligne, sans formulaire."])


@way()
def soft_not_found(exchange):
    exchange.say(page_of("Page introuvable"))


@way()
def captcha(exchange):
    exchange.say(page_of("Confirmez que vous n’êtes pas un robot"))


@way()
def captcha_with_503(exchange):
    exchange.say(page_of("Confirmez que vous n’êtes pas un robot"), "503 Service Unavailable")


@way()
def maintenance(exchange):
    exchange.say(page_of("Site en maintenance"))


@way()
def login(exchange):
    exchange.say("<!doctype html><form><input type=password name=p></form>")


@way()
def empty(exchange):
    exchange.say("")


@way()
def wrong_charset(exchange):
    exchange.say(PAGE.encode("latin-1"), kind="text/html; charset=utf-8")


@way()
def unknown_charset(exchange):
    exchange.say(PAGE, kind='text/html; charset="klingon"')


@way()
def no_type(exchange):
    exchange.send(b"HTTP/1.0 200 OK\r\n\r\n" + PAGE.encode())


@way(was="pdf")
def pdf_works(exchange):
    exchange.say(PDF, kind="application/pdf")


@way(was="pdf")
def pdf_declared_as_html(exchange):
    exchange.say(PDF)


@way(was="pdf")
def pdf_became_html(exchange):
    exchange.say(PAGE)


@way(was="pdf")
def pdf_became_html_declared_as_pdf(exchange):
    exchange.say(PAGE, kind="application/pdf")


@way(url="http://site.test:{port}/pdf_that_is_none.pdf?version=2", was="")
def pdf_that_is_none(exchange):
    exchange.say(PAGE)


@way(was="pdf")
def pdf_became_an_archive(exchange):
    exchange.say(b"PK\x03\x04", kind="application/zip")


@way()
def html_became_pdf(exchange):
    exchange.say(PDF, kind="application/pdf")


# --- Changed between two visits: it works, what changed is told elsewhere ---------------------


@way()
def changed_timestamp(exchange):
    exchange.say(PAGE.replace("</html>", f"<p>Page vue {exchange.visit} fois.</p></html>"))


@way()
def changed_address(exchange):
    number = exchange.visit
    exchange.say(PAGE.replace("</html>", f"<p>{number}, place de la République</p></html>"))


@way()
def moved_menu(exchange):
    menu = "<nav><a href=/>Accueil</a> <a href=/plan>Plan</a></nav>"
    before, after = (menu, "") if exchange.visit % 2 else ("", menu)
    exchange.say(PAGE.replace("<h1>", f"{before}<h1>").replace("</html>", f"{after}</html>"))


@way(was="pdf")
def pdf_changed(exchange):
    exchange.say([PDF, OTHER_PDF][exchange.visit % 2], kind="application/pdf")

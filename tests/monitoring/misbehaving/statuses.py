"""Servers that answer at once, with a status that says it all, or seems to."""

from email.utils import formatdate
from time import time

from .ways import PAGE, SOON, page_of, way


@way()
def works(exchange):
    exchange.say(PAGE)


@way()
def head_refused(exchange):
    if exchange.method == "GET":
        exchange.say(PAGE)
    else:
        exchange.say("", "405 Method Not Allowed")


@way()
def bad_request(exchange):
    exchange.say("", "400 Bad Request")


@way()
def not_found(exchange):
    exchange.say(page_of("Page introuvable"), "404 Not Found")


@way()
def not_found_and_broken(exchange):
    exchange.begin("404 Not Found", "Content-Length: 5000")
    exchange.send(b"<p>Page")


@way()
def deleted(exchange):
    exchange.say("", "410 Gone")


@way()
def forbidden_to_robots(exchange):
    allowed = exchange.headers["User-Agent"].startswith("Mozilla")
    exchange.say(PAGE if allowed else "", "200 OK" if allowed else "403 Forbidden")


@way()
def unauthorized(exchange):
    exchange.say("", "401 Unauthorized", 'WWW-Authenticate: Basic realm="intranet"')


@way()
def refused_by_a_number(exchange):
    exchange.say("", "999 Request denied")


@way()
def too_many_requests(exchange):
    exchange.say("", "429 Too Many Requests", "Retry-After: 120")


@way()
def too_many_requests_until_a_day(exchange):
    date = formatdate(time() + 3600, usegmt=True)
    exchange.say("", "429 Too Many Requests", f"Retry-After: {date}")


@way()
def closed_until_a_day_of_no_zone(exchange):
    date = formatdate(time() + 3600).removesuffix(" -0000")
    exchange.say("", "503 Service Unavailable", f"Retry-After: {date}")


@way()
def closed_until_later(exchange):
    exchange.say(page_of("En travaux"), "503 Service Unavailable", "Retry-After: 99999999999")


@way()
def closed_for_nobody_knows(exchange):
    exchange.say("", "503 Service Unavailable", "Retry-After: bientôt")


@way()
def closed_since_long(exchange):
    exchange.say("", "503 Service Unavailable", "Retry-After: Thu, 01 Jan 1970 00:00:00 GMT")


@way()
def server_error(exchange):
    exchange.say("", "500 Internal Server Error")


@way()
def no_content(exchange):
    exchange.begin("204 No Content")


@way()
def not_modified_unasked(exchange):
    exchange.begin("304 Not Modified")


@way()
def continue_first(exchange):
    exchange.begin("100 Continue")
    exchange.say(PAGE)


@way(seconds=SOON)
def continue_for_ever(exchange):
    exchange.go_on(b"HTTP/1.1 100 Continue\r\n\r\n")


@way()
def malformed_status(exchange):
    exchange.send(b"HTTP/1.1 DEUX CENTS\r\n\r\n")


@way()
def no_http_at_all(exchange):
    exchange.send(b"<p>Il n'y a que du texte ici</p>\r\n")


@way()
def closes_at_once(exchange):
    """Says nothing."""


@way(seconds=SOON)
def never_answers(exchange):
    exchange.wait()


@way(seconds=SOON)
def slow_headers(exchange):
    exchange.send(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    exchange.go_on(b"x", every=0.01)


@way()
def endless_headers(exchange):
    exchange.send(b"HTTP/1.1 200 OK\r\n")
    exchange.go_on(b"X-Endless: yes\r\n")


@way()
def endless_header_line(exchange):
    exchange.send(b"HTTP/1.1 200 OK\r\nX-Endless: ")
    exchange.go_on(b"x" * 1000)


@way()
def two_lengths(exchange):
    exchange.begin("200 OK", "Content-Length: 5", "Content-Length: 9")
    exchange.send(b"hello")


@way()
def senseless_headers(exchange):
    exchange.begin("200 OK", "Content-Length: ²", "Content-Type: ;;;=", "Set-Cookie: \x01=\x02")
    exchange.send(PAGE.encode())

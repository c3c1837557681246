"""Bodies that never end, that end too early, that are not what their headers say."""

import gzip
import zlib
from functools import cache

import brotli

from .ways import PAGE, SOON, way

SENT = PAGE.encode()
CHUNKED = "Transfer-Encoding: chunked"
# Unpacked; a thousandth of it is sent.
BOMB = 2**26


@way(seconds=SOON)
def slow_body(exchange):
    exchange.begin("200 OK", "Content-Type: text/html")
    exchange.go_on(b"x", every=0.01)


@way(seconds=SOON)
def slow_chunks(exchange):
    exchange.begin("200 OK", CHUNKED)
    exchange.go_on(b"1\r\nx\r\n", every=0.01)


@way()
def endless_body(exchange):
    exchange.begin("200 OK", "Content-Type: text/html")
    exchange.send(SENT)
    exchange.go_on(b"<p>encore</p>" * 1000)


@way()
def endless_chunks(exchange):
    exchange.begin("200 OK", CHUNKED)
    exchange.go_on(b"1\r\nx\r\n" + b"400\r\n%b\r\n" % bytes(1024))


@way()
def endless_chunk_size(exchange):
    exchange.begin("200 OK", CHUNKED)
    exchange.go_on(b"0" * 1000)


@way()
def endless_trailers(exchange):
    exchange.begin("200 OK", CHUNKED)
    exchange.send(b"%x\r\n%b\r\n0\r\n" % (len(SENT), SENT))
    exchange.go_on(b"X-Endless: yes\r\n" * 100)


@way()
def chunk_of_less_than_nothing(exchange):
    exchange.begin("200 OK", CHUNKED)
    exchange.send(b"-1\r\n")
    exchange.go_on(b"x" * 1000)


@way()
def malformed_chunk(exchange):
    exchange.begin("200 OK", CHUNKED)
    exchange.send(b"%x\r\n%b\r\nzz\r\n" % (len(SENT), SENT))
    exchange.go_on(b"x", every=0.01)


@way()
def truncated_chunks(exchange):
    exchange.begin("200 OK", CHUNKED)
    exchange.send(b"%x\r\n%b" % (len(SENT) + 100, SENT))


@way()
def truncated(exchange):
    exchange.begin("200 OK", f"Content-Length: {len(SENT) + 100}")
    exchange.send(SENT)


@way()
def truncated_before_it_began(exchange):
    exchange.begin("200 OK", "Content-Length: 100")


@way()
def reset_in_the_middle(exchange):
    exchange.begin("200 OK", f"Content-Length: {len(SENT) + 100}")
    exchange.send(SENT)
    exchange.reset()


def packed(exchange, encoding, sent):
    exchange.say(sent, "200 OK", f"Content-Encoding: {encoding}")


@way()
def packed_as_asked(exchange):
    packed(exchange, "gzip", gzip.compress(SENT))


@way()
def packed_unasked(exchange):
    packed(exchange, "br", brotli.compress(SENT))


@way()
def deflated_bare(exchange):
    packed(exchange, "deflate", zlib.compress(SENT, wbits=-15))


@way()
def wrong_gzip(exchange):
    packed(exchange, "gzip", SENT)


@way()
def damaged_gzip(exchange):
    sent = gzip.compress(SENT)
    packed(exchange, "gzip", sent[:40] + b"\0\0\0\0" + sent[44:])


@cache
def bomb(pack, **how):
    return pack(bytes(BOMB), **how)


@way()
def gzip_bomb(exchange):
    packed(exchange, "gzip", bomb(gzip.compress, compresslevel=3))


@way()
def gzip_bomb_in_a_gzip(exchange):
    packed(exchange, "gzip, gzip", gzip.compress(bomb(gzip.compress, compresslevel=3)))


@way()
def brotli_bomb(exchange):
    packed(exchange, "br", bomb(brotli.compress, quality=3))


@way()
def packed_many_times(exchange):
    packed(exchange, ", ".join(["gzip"] * 50), gzip.compress(SENT))


@way()
def endless_empty_gzip(exchange):
    exchange.begin("200 OK", "Content-Encoding: gzip")
    exchange.go_on(gzip.compress(b"") * 50)

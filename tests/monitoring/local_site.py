"""A site of this machine, whose pages a test writes: {path: (status, headers, body)}."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

HTML = "text/html; charset=utf-8"


class LocalSite:
    """``asked`` are the requests in order, as (host, path); ``address`` is that of a page."""

    def __init__(self):
        self.pages, self.asked = {}, []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                site.asked.append((self.headers["Host"].rpartition(":")[0], self.path))
                status, headers, body = site.pages.get(self.path, (404, {}, b""))
                self.send_response(status)
                for name, value in {"Content-Type": HTML, **headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *told):
                pass

        # Of all addresses of this machine: 127.0.0.2 is another site.
        self.server = ThreadingHTTPServer(("0.0.0.0", 0), Handler)
        self.server.daemon_threads = True

    def address(self, path, host="127.0.0.1"):
        return f"http://{host}:{self.server.server_port}{path}"

    def says(self, path, text, **headers):
        """Have the page ``path`` say ``text``, a paragraph a line."""
        paragraphs = "".join(f"<p>{line}</p>" for line in text.splitlines())
        body = f"<!doctype html><title>Préfecture</title><main>{paragraphs}</main>"
        self.pages[path] = (200, headers, body.encode())

    def answers(self, path, status, **headers):
        self.pages[path] = (status, headers, b"")

    def __enter__(self):
        Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *error):
        self.server.shutdown()
        self.server.server_close()

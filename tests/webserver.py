"""A web server on this machine that misbehaves in every way seen in the wild."""

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PDF = b"%PDF-1.4\n" + b"% a treaty of our own\n" * 60 + b"%%EOF\n"
PAGE = b"<!DOCTYPE html><html><head><title>Page not\n found</title></head><body>Sorry.</body></html>"
ETAG, DATE = '"v1"', "Mon, 01 Mar 2094 00:00:00 GMT"


@dataclass
class Site:
    """What the server was asked, by path, and where it is."""

    base: str = ""
    asked: list[str] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    """What is served besides, by path, with its hash as ETag."""
    moves: dict[str, str] = field(default_factory=dict)
    """Where we are sent on to, by path."""
    now: set[int] = field(default_factory=set)
    most: int = 0
    """How many requests for /slowly were being answered at the same time, at most."""

    def url(self, path: str) -> str:
        return f"{self.base}/{path}"

    def times(self, path: str) -> int:
        return self.asked.count("/" + path)


class Misbehaving(BaseHTTPRequestHandler):
    site: Site

    def log_message(self, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        self.site.asked.append(self.path)
        if self.path.strip("/") in self.site.files:
            return self.file(self.site.files[self.path.strip("/")])
        if self.path.strip("/") in self.site.moves:
            return self.answer(302, Location=self.site.moves[self.path.strip("/")])
        getattr(self, "on_" + self.path.strip("/").split(".")[0].replace("-", "_"))()

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in ({"Content_Length": str(len(body))} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def file(self, data: bytes) -> None:
        mark = f'"{sha256(data).hexdigest()}"'
        self.answer(304) if self.headers.get("If-None-Match") == mark else self.answer(200, data, ETag=mark)

    def on_good(self) -> None:
        if self.headers.get("If-None-Match") == ETAG:
            self.answer(304, ETag=ETAG)
        else:
            self.answer(200, PDF, ETag=ETAG, Last_Modified=DATE)

    def on_dated(self) -> None:
        unchanged = self.headers.get("If-Modified-Since") == DATE
        self.answer(304) if unchanged else self.answer(200, PDF, Last_Modified=DATE)

    def on_plain(self) -> None:
        self.answer(200, PDF)

    def on_page(self) -> None:
        self.answer(200, PAGE, Content_Type="text/html")

    def on_gone(self) -> None:
        self.answer(404, PAGE)

    def on_soft404(self) -> None:
        self.answer(200, PAGE, Content_Type="application/pdf")

    def on_accepted(self) -> None:
        self.answer(202)

    def on_unasked304(self) -> None:
        self.answer(304)

    def on_empty(self) -> None:
        self.answer(200)

    def on_text(self) -> None:
        self.answer(200, b"Article 1", Content_Type="application/pdf")

    def on_truncated(self) -> None:
        self.answer(200, PDF[:700])

    def on_busy(self) -> None:
        self.answer(503) if self.site.times("busy") < 3 else self.answer(200, PDF)

    def on_alwaysbusy(self) -> None:
        self.answer(503)

    def on_ratelimited(self) -> None:
        self.answer(429, Retry_After="0") if self.site.times("ratelimited") < 2 else self.answer(200, PDF)

    def on_comebacktomorrow(self) -> None:
        self.answer(429, Retry_After="86400")

    def on_comebackin2094(self) -> None:
        self.answer(503, Retry_After=DATE)

    def on_cutoff(self) -> None:
        self.answer(200, PDF[:300], Content_Length=str(len(PDF)))

    def on_cutoffonce(self) -> None:
        self.on_cutoff() if self.site.times("cutoffonce") < 2 else self.answer(200, PDF)

    def on_shortlength(self) -> None:
        self.answer(200, PDF, Content_Length="500")

    def on_garbage(self) -> None:
        self.wfile.write(b"this is no HTTP\r\n\r\n")

    def on_loop(self) -> None:
        self.answer(302, Location="/loop")

    def on_moved(self) -> None:
        self.answer(301, Location="/good")

    def on_elsewhere(self) -> None:
        self.answer(302, Location="http://elsewhere.example/x.pdf")

    def on_otherdeclared(self) -> None:
        self.answer(302, Location=self.site.base.replace("127.0.0.1", "localhost") + "/plain")

    def on_tofile(self) -> None:
        self.answer(302, Location="file:///etc/hostname")

    def on_nowhere(self) -> None:
        self.answer(302)

    def on_silent(self) -> None:
        time.sleep(1.0)

    def on_slowly(self) -> None:
        """Any number of files that take a moment each: slowly.1.pdf, slowly.2.pdf, …"""
        mine = threading.get_ident()
        self.site.now.add(mine)
        self.site.most = max(self.site.most, len(self.site.now))
        time.sleep(0.1)
        self.site.now.discard(mine)
        self.answer(200, PDF)

    def on_drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        for byte in PDF[:30]:
            self.wfile.write(bytes([byte]))
            time.sleep(0.05)

    def on_endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        while True:
            self.wfile.write(b"%PDF-1.4 " * 1000)

    def on_large(self) -> None:
        self.answer(200, PDF * 20)

    def on_zipped(self) -> None:
        self.answer(200, gzip.compress(PDF), Content_Encoding="gzip")

    def on_bomb(self) -> None:
        self.answer(200, gzip.compress(b"%PDF-1.4" + bytes(30_000_000)), Content_Encoding="gzip")

    def on_nestedbomb(self) -> None:
        self.answer(200, gzip.compress(gzip.compress(bytes(30_000_000))), Content_Encoding="gzip, gzip")

    def on_notzipped(self) -> None:
        self.answer(200, PDF, Content_Encoding="gzip")

    def on_brotli(self) -> None:
        self.answer(200, PDF, Content_Encoding="br")


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *args: Any) -> None:
        """A client that hangs up on an endless answer is what the tests are about."""


@contextmanager
def serving() -> Iterator[Site]:
    """A server on this machine, for as long as it is wanted."""
    site = Site()
    server = Server(("127.0.0.1", 0), type("Handler", (Misbehaving,), {"site": site}))
    site.base = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield site
    server.shutdown()
    server.server_close()

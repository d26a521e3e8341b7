"""A web server on this machine that misbehaves in every way seen in the wild."""

import gzip
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import formatdate
from functools import cache
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

PDF = b"%PDF-1.4\n" + b"% a treaty of our own\n" * 60 + b"%%EOF\n"
PAGE = b"<!DOCTYPE html><html><head><title>Page not\n found</title></head><body>Sorry.</body></html>"
LOGIN = b'<html><head><title>Lamp Library</title></head><body><form><input type="password"></form></body></html>'
RIDDLE = b'<html><head><title>Lamps</title></head><body><div class="g-recaptcha"></div></body></html>'
TREATY_PAGE = (
    b"<!DOCTYPE html><html><head><title>Convention on Lamps</title></head><body>"
    + b"<p>Article 1</p><p>Each Party keeps its lamps lit.</p>" * 20
    + b"</body></html>"
)


@cache
def bomb(times: int) -> bytes:
    """30 MB of a PDF that is none, packed so many times; made once, as making it takes longer than some wait."""
    data = b"%PDF-1.4" + bytes(30_000_000)
    for _ in range(times):
        data = gzip.compress(data)
    return data


ETAG, DATE = '"v1"', "Mon, 01 Mar 2094 00:00:00 GMT"


@dataclass
class Site:
    """What the server was asked, by path, and where it is."""

    base: str = ""
    asked: list[str] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    """What is served besides, by path, with its hash as ETag."""
    marks: dict[str, str] = field(default_factory=dict)
    """Other ETags of these files, by path."""
    faults: dict[str, str] = field(default_factory=dict)
    """Files that misbehave as another path does, by path: `{"a-1.pdf": "soft404"}`."""
    raw: dict[str, bytes] = field(default_factory=dict)
    """Whole answers, headers and all, as they go over the wire, by path."""
    sent: list[dict[str, str]] = field(default_factory=list)
    """The headers of each request."""
    moves: dict[str, str] = field(default_factory=dict)
    """Where we are sent on to, by path."""
    now: set[int] = field(default_factory=set)
    most: int = 0
    """How many requests for /slowly were being answered at the same time, at most."""
    crowd: int = 1
    """How many of them are waited for, for half a minute, before the first is answered."""

    def url(self, path: str) -> str:
        return f"{self.base}/{path}"

    def times(self, path: str) -> int:
        return self.asked.count("/" + path)


class Misbehaving(BaseHTTPRequestHandler):
    site: Site

    def log_message(self, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        path = self.path.partition("?")[0].strip("/")
        self.site.asked.append("/" + path)
        self.site.sent.append(dict(self.headers))
        if path in self.site.raw:
            self.close_connection = True
            self.wfile.write(self.site.raw[path])
            return None
        if path in self.site.faults:
            return getattr(self, "on_" + self.site.faults[path])()
        if path in self.site.files:
            return self.file(self.site.files[path], self.site.marks.get(path, ""))
        if path in self.site.moves:
            return self.answer(302, Location=self.site.moves[path])
        getattr(self, "on_" + path.split(".")[0].replace("-", "_"))()

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in ({"Content_Length": str(len(body))} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def file(self, data: bytes, mark: str) -> None:
        mark = mark or f'"{sha256(data).hexdigest()}"'
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

    def on_remarked(self) -> None:
        """The same bytes, under another mark each time."""
        self.answer(200, PDF, ETag=f'"v{self.site.times("remarked") + 1}"')

    def on_comebackinasecond(self) -> None:
        self.answer(429, Retry_After="1") if self.site.times("comebackinasecond") < 2 else self.answer(200, PDF)

    def on_comebackatadate(self) -> None:
        when = formatdate(time.time() + 1, usegmt=True)
        self.answer(503, Retry_After=when) if self.site.times("comebackatadate") < 2 else self.answer(200, PDF)

    def on_removed(self) -> None:
        self.answer(410)

    def on_forbidden(self) -> None:
        self.answer(403, PAGE)

    def on_broken(self) -> None:
        self.answer(500)

    def on_overloaded(self) -> None:
        self.answer(200, b"<html><head><title>503 Service Unavailable</title></head><body>Later.</body></html>")

    def on_login(self) -> None:
        self.answer(200, LOGIN, Content_Type="text/html")

    def on_riddle(self) -> None:
        self.answer(200, RIDDLE, Content_Type="text/html")

    def on_otherpage(self) -> None:
        self.answer(200, TREATY_PAGE, Content_Type="text/html")

    def on_unendingpage(self) -> None:
        """No length is stated, and the page stops in the middle."""
        self.send_response(200)
        self.end_headers()
        self.wfile.write(TREATY_PAGE[:300])

    def on_unendingpdf(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(PDF[:700])

    def on_round(self) -> None:
        self.answer(302, Location="/roundagain")

    def on_roundagain(self) -> None:
        self.answer(302, Location="/round")

    def on_toplain(self) -> None:
        self.answer(302, Location=self.site.base.replace("https:", "http:") + "/plain")

    def on_silent(self) -> None:
        self.connection.recv(1)  # until the other side has had enough

    def on_slowly(self) -> None:
        """Any number of files that take a moment each: slowly.1.pdf, slowly.2.pdf, …"""
        mine = threading.get_ident()
        self.site.now.add(mine)
        self.site.most = max(self.site.most, len(self.site.now))
        began = time.monotonic()
        while self.site.most < self.site.crowd and time.monotonic() < began + 30:
            time.sleep(0.01)
        time.sleep(0.1)
        self.site.now.discard(mine)
        self.answer(200, PDF)

    def on_drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        while True:  # until the other side has had enough
            self.wfile.write(b"%")
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
        self.answer(200, bomb(1), Content_Encoding="gzip")

    def on_nestedbomb(self) -> None:
        self.answer(200, bomb(2), Content_Encoding="gzip, gzip")

    def on_notzipped(self) -> None:
        self.answer(200, PDF, Content_Encoding="gzip")

    def on_brotli(self) -> None:
        self.answer(200, PDF, Content_Encoding="br")


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *args: Any) -> None:
        """A client that hangs up on an endless answer is what the tests are about."""


@contextmanager
def serving(certificate: Path | None = None) -> Iterator[Site]:
    """A server on this machine, for as long as it is wanted; with a certificate it speaks https."""
    site = Site()
    server = Server(("127.0.0.1", 0), type("Handler", (Misbehaving,), {"site": site}))
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    site.base = f"http{'s' if certificate else ''}://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield site
    server.shutdown()
    server.server_close()


def certificate(folder: Path) -> Path:
    """A key and a certificate of this machine, signed by itself, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.oid.NameOID.COMMON_NAME, "127.0.0.1")])
    today = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "cert.pem"
    path.write_bytes(secret + signed.public_bytes(serialization.Encoding.PEM))
    return path

"""What goes over the wire as bytes: marks that come back as they came, packed answers to their end, redirects."""

import gzip
import zlib
from collections.abc import Iterator

import pytest

from support.network_attacks import LIMITS, REFRESH, answer, attacks, sent_on, treaty, verdicts
from support.webserver import PDF, Site, serving
from treatynlp.reading.fetch import Address, Fetched, Network, fetch, hosts
from treatynlp.reading.fetch_types import Refused
from treatynlp.reading.http_encoding import unpacking
from treatynlp.reading.media import fault


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


def ask(site: Site, raw: bytes, **more: object) -> Fetched:
    site.raw["lamps.html"] = raw
    network = Network(hosts([site.url("")]), LIMITS)
    return fetch("a-1", [Address(site.url("lamps.html"), "html")], network, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("mark", [b'"\xe9t\xe9"', '"夏"'.encode(), b'"\x80\xff"', b'W/"plain"'])
def test_marks_come_back_to_the_server_as_the_bytes_they_were(site: Site, mark: bytes) -> None:
    first = ask(site, answer(treaty(), b"ETag: " + mark, b"Last-Modified: " + mark))
    again = ask(site, answer(b"", status=b"304 Not Modified"), known=first.copy)
    assert (first.status, again.status, again.code) == ("new", "unchanged", "source-not-modified")
    sent = site.sent[-1]
    assert [sent[name].encode("latin-1") for name in ("If-None-Match", "If-Modified-Since")] == [mark, mark]


WHOLE = b"lamps " * 500
PACKED = gzip.compress(WHOLE, mtime=0)
BARE = zlib.compress(WHOLE)[2:-4]


@pytest.mark.parametrize("step", [1, 7, 10_000])
@pytest.mark.parametrize(
    ("encoding", "data", "code"),
    [
        ("gzip", PACKED, ""),
        ("gzip", PACKED + PACKED, ""),  # a second member is part of it
        ("gzip", PACKED + bytes(40), ""),  # noughts fill the last block of a tape, and are nothing
        ("deflate", zlib.compress(WHOLE), ""),
        ("deflate", BARE, ""),  # as many servers send it, against the standard
        ("gzip", PACKED[:-1], "source-truncated"),
        ("gzip", PACKED[:-8], "source-truncated"),  # all words, but not the check of them
        ("gzip", PACKED + PACKED[:30], "source-truncated"),
        ("gzip", b"", "source-truncated"),
        ("deflate", BARE[:-3], "source-truncated"),
        ("gzip", PACKED + b"rubbish", "source-encoding"),
        ("gzip", WHOLE, "source-encoding"),
        ("deflate", zlib.compress(WHOLE) + b"rubbish", "source-encoding"),
    ],
)
def test_what_was_packed_is_unpacked_to_its_very_end(encoding: str, data: bytes, code: str, step: int) -> None:
    got, met = b"", ""
    try:
        unpacker = unpacking(encoding)
        for start in range(0, len(data), step):
            got += unpacker.unpack(data[start : start + step], 10**6)
        unpacker.finish()
    except Refused as refused:
        met = refused.code
    assert met == code
    assert code or got in (WHOLE, WHOLE * 2)


@pytest.mark.parametrize(
    ("to", "code"),
    [
        (b"/right.html", ""),
        (b"\\right.html", ""),  # a slash, says the URL standard
        (b" /right.html\t", ""),
        (b"\\\\elsewhere.example\\x", "source-redirect-host"),
        (b"/\\elsewhere.example/x", "source-redirect-host"),
        (b"http:\\\\elsewhere.example\\x", "source-redirect-host"),
        (b"http://127.0.0.1:9/x", "source-redirect-host"),  # another port, of whom?
        (b"http://127.0.0.1/x", "source-redirect-host"),
        (b"http://%s@elsewhere.example/", "source-redirect-host"),
        (b"http://[::1", "source-"),
        (b"file:///etc/hostname", "source-scheme"),
    ],
)
def test_redirects_are_read_as_browsers_read_them(site: Site, to: bytes, code: str) -> None:
    site.raw["right.html"] = answer(treaty())
    got = ask(site, sent_on(to))
    assert got.status == ("failed" if code else "new"), got.issues
    assert (got.issues[0].code if got.issues else "").startswith(code)


def test_no_name_password_or_cookie_travels_with_a_redirect(site: Site) -> None:
    site.raw |= {"right.html": answer(treaty())}
    to = site.url("right.html").replace("//", "//me:secret@").encode()
    site.raw["lamps.html"] = sent_on(to, b"Set-Cookie: key=secret; Path=/")
    declared = site.url("lamps.html").replace("//", "//you:hidden@")
    got = fetch("a-1", [Address(declared, "html")], Network(hosts([declared]), LIMITS))
    assert got.status == "new"
    assert not {"Authorization", "Cookie"} & set(site.sent[-1])


@pytest.mark.parametrize("after", [b"\xb2", b"9" * 400, b"", b"soon", b"-1", b"Thu, 99 Foo 2091"])
def test_whatever_a_server_says_of_later_is_a_row(site: Site, after: bytes) -> None:
    got = ask(site, answer(b"", b"Retry-After: " + after, status=b"503 Busy"))
    assert [row.code for row in got.issues] == ["source-busy"]


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Page introuvable", "source-error-page"),
        ("Erreur 404 - page non trouvée", "source-error-page"),
        ("Seite nicht gefunden", "source-error-page"),
        ("Wartungsarbeiten", "source-error-page"),
        ("Página no encontrada", "source-error-page"),
        ("الصفحة غير موجودة", "source-error-page"),
        ("Страница не найдена", "source-error-page"),
        ("页面不存在", "source-error-page"),
        ("Request Rejected", "source-robot-check"),
        ("Anmeldung", "source-login-page"),
        ("Convention on the Lighting of Quays", ""),
        ("Vertrag über Seiten und Dokumente", ""),
        ("Convention relative aux pages", ""),
    ],
)
def test_pages_that_are_no_treaty_are_known_in_several_languages(title: str, code: str) -> None:
    for body in ("Short.", "A long page. " * 800):
        page = f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode()
        found = fault(page, "html")
        assert (found.code if found else "") == code


def test_a_page_that_sends_us_on_is_no_text() -> None:
    found = fault(REFRESH, "html")
    assert found
    assert found.code == "source-refresh-page"


def test_a_page_that_breaks_off_is_refused_whatever_length_it_states(site: Site) -> None:
    assert ask(site, answer(treaty()[:-20])).issues[0].code == "source-truncated"
    assert ask(site, answer(PDF)).issues[0].code == "source-pdf-instead"


FAST = (
    "404, 9 kB, German", "404, title says nothing; no count declared", "404 that names the treaty", "another treaty",
    "a protocol to it; no count declared", "an excerpt of it; no count declared", "gzip without its end",
    "gzip in two members", "ETag of UTF-8", "a redirect to another port", "UTF-16 without mark",
)  # fmt: skip


def test_what_comes_in_a_treaty_s_place_is_told_and_the_good_copy_stays() -> None:
    """A few of the attacks, whole; `benchmarks/faults.py` tries all."""
    chosen = [one for one in attacks() if one.name in FAST]
    assert len(chosen) == len(FAST)
    found = [(one.name, scene, verdict) for one, scene, verdict in verdicts(chosen)]
    assert [row for row in found if row[2] in ("silent", "lost")] == []
    assert {row[0] for row in found if row[2] == "held"} == {one.name for one in chosen if one.right}

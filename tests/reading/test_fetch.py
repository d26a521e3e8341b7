"""Fetching against a real server on this machine that misbehaves in every way seen in the wild."""

import time
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from support.webserver import DATE, ETAG, LOGIN, PAGE, PDF, RIDDLE, TREATY_PAGE, Site, certificate, serving
from treatynlp.reading.fetch import Address, Fetched, Known, Limits, Network, fetch, hosts, take
from treatynlp.reading.media import fault, sniff

LIMITS = Limits(seconds=60, connect=60, size=20_000, attempts=3, pause=0.01, patience=0.2, redirects=3)
"""Time enough for a machine that does ten other things; what must run out of time is given little, below."""
NO_TIME = replace(LIMITS, seconds=0.4)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def network(site: Site) -> Network:
    return near(site)


def near(site: Site, limits: Limits = LIMITS) -> Network:
    """Both names of this machine, at the server's port."""
    return Network(hosts([site.url(""), site.url("").replace("127.0.0.1", "localhost")]), limits)


def known(url: str, data: bytes = PDF, **more: str) -> Known:
    return Known(url, sha256(data).hexdigest(), len(data), "pdf", **more)


def ask(site: Site, network: Network, *paths: str, **more: Any) -> Fetched:
    return fetch("atlantia-2031", [Address(site.url(path)) for path in paths], network, **more)


@pytest.mark.parametrize(
    ("path", "times"),
    [
        ("good", 1),
        ("busy", 3),  # 503 twice, then the treaty
        ("ratelimited", 2),  # 429 with Retry-After
        ("cutoffonce", 2),  # the connection broke once
        ("moved", 1),  # a redirect on the same host
        ("zipped", 1),  # compressed on the way
    ],
)
def test_what_a_patient_reader_gets(site: Site, network: Network, path: str, times: int) -> None:
    got = ask(site, network, path)
    assert (got.status, got.data, got.origin) == ("new", PDF, "official")
    assert got.copy
    assert (got.copy.sha256, got.copy.size) == (sha256(PDF).hexdigest(), len(PDF))
    assert got.issues == ()
    assert site.times(path) == times


@pytest.mark.parametrize(
    ("path", "code", "said", "times"),
    [
        ("gone", "source-gone", "404 Not Found", 1),
        ("soft404", "source-error-page", 'calls itself "Page not found"', 1),  # 200, and says it is a PDF
        ("removed", "source-gone", "410", 1),
        ("forbidden", "source-forbidden", "403", 1),
        ("broken", "source-server-error", "500", 3),
        ("overloaded", "source-error-page", 'calls itself "503 Service', 1),  # 200, and says 503 to people
        ("login", "source-login-page", 'calls itself "Lamp Library"', 1),  # it asks for a password
        ("riddle", "source-robot-check", "a check for robots", 1),
        ("otherpage", "source-html-instead", 'calls itself "Convention on Lamps"', 1),  # a text, but no PDF
        ("unendingpdf", "source-truncated", "breaks off", 1),  # no length is stated
        ("accepted", "source-http-status", "202", 1),  # a robot check: accepted, nothing in it
        ("unasked304", "source-http-status", "304", 1),  # "unchanged", though we have nothing
        ("alwaysbusy", "source-busy", "503", 3),
        ("comebacktomorrow", "source-busy", "429", 1),  # a day is more than we wait
        ("comebackin2094", "source-busy", "503", 1),  # the same, as a date
        ("empty", "source-empty", "no bytes", 1),
        ("text", "source-wrong-type", "plain text where a PDF", 1),
        ("truncated", "source-truncated", "breaks off", 1),
        ("shortlength", "source-truncated", "breaks off", 1),  # the length it states is too short
        ("cutoff", "source-cut-off", "broke off", 3),
        ("garbage", "source-cut-off", "broke off", 3),
        ("loop", "source-redirect-loop", "more than 3 times", 4),
        ("round", "source-redirect-loop", "more than 3 times", 2),  # two addresses that send us to each other
        ("elsewhere", "source-redirect-host", "undeclared host, elsewhere.example", 1),
        ("tofile", "source-", "", 1),  # a redirect to a file of this machine
        ("nowhere", "source-http-status", "302", 1),
        ("endless", "source-too-large", "20,000 bytes", 1),
        ("large", "source-too-large", "20,000 bytes", 1),
        ("bomb", "source-too-large", "20,000 bytes", 1),  # 30 kB that unpack to 30 MB
        ("nestedbomb", "source-encoding", "gzip, gzip", 1),
        ("notzipped", "source-encoding", "cannot be unpacked", 1),
        ("brotli", "source-encoding", "(br)", 1),
    ],
)
def test_each_fault_gives_one_row_and_keeps_the_last_copy(
    site: Site, network: Network, path: str, code: str, said: str, times: int
) -> None:
    last = known("http://elsewhere.example/last.pdf")
    got = ask(site, network, path, known=last)
    assert (got.status, got.data, got.copy, len(got.issues)) == ("failed", b"", None, 1)
    row = got.issues[0]
    assert (row.level, row.where) == ("error", "atlantia-2031")
    assert row.code.startswith(code)
    assert said in row.message
    assert site.url(path) in row.message
    assert f"last good copy ({last.sha256[:12]}…) is kept" in row.message
    assert site.times(path) == times


@pytest.mark.parametrize("path", ["silent", "drip"])  # of drip each byte comes in time, the whole does not
def test_what_takes_too_long_gives_one_row_and_keeps_the_last_copy(site: Site, path: str) -> None:
    network = near(site, NO_TIME)
    got = ask(site, network, path, known=known("http://elsewhere.example/last.pdf"))
    assert (got.status, got.data, [row.code for row in got.issues]) == ("failed", b"", ["source-timeout"])
    assert "in time" in got.issues[0].message
    assert site.times(path) <= 3  # on a machine that has no time at all, not even asked


def test_nothing_but_the_web_and_declared_hosts_is_asked(network: Network) -> None:
    table = [
        ("file:///etc/hostname", "source-scheme"),
        ("ftp://127.0.0.1/x.pdf", "source-scheme"),
        ("/etc/hostname", "source-scheme"),
        ("http://127.0.0.1:port/x.pdf", "source-scheme"),
        ("http://elsewhere.example/x.pdf", "source-host"),
        ("http://127.0.0.1@elsewhere.example/x.pdf", "source-host"),  # a user name that looks like the host
    ]
    for url, code in table:
        got = fetch("atlantia-2031", [Address(url)], network)
        assert [row.code for row in got.issues] == [code], url


def test_a_host_that_is_not_there_is_asked_once_a_run() -> None:
    network = Network(frozenset({"127.0.0.1:1"}), LIMITS)
    first, second = (fetch(ident, [Address("http://127.0.0.1:1/x.pdf")], network) for ident in ("a-1", "b-2"))
    assert "cannot be reached" in first.issues[0].message
    assert first.issues[0].code == second.issues[0].code == "source-unreachable"
    assert second.issues[0] == replace(first.issues[0], where="b-2")
    assert set(network.down) == {"127.0.0.1:1"}


def test_an_instrument_without_address_says_so(network: Network) -> None:
    assert fetch("atlantia-2031", [], network).issues[0].code == "source-undeclared"


@pytest.mark.parametrize(
    ("path", "conditions", "code"),
    [
        ("good", {"etag": ETAG}, "source-not-modified"),  # 304 by its ETag
        ("dated", {"last_modified": DATE}, "source-not-modified"),  # 304 by its date
        ("plain", {}, "source-same-bytes"),  # a server without marks: told by the hash
        ("remarked", {"etag": '"v1"'}, "source-remarked"),  # another ETag, the same bytes
        ("good", {"etag": '"v0"'}, "source-remarked"),
        ("dated", {"last_modified": "Sun, 28 Feb 2094 00:00:00 GMT"}, "source-remarked"),
    ],
)
def test_unchanged_is_told_apart_from_new(
    site: Site, network: Network, path: str, conditions: dict[str, str], code: str
) -> None:
    got = ask(site, network, path, known=known(site.url(path), **conditions))
    assert (got.status, got.code, got.data, got.issues) == ("unchanged", code, b"", ())
    changed = ask(site, network, path, known=known(site.url(path), b"an older text", etag='"v-1"'))
    assert (changed.status, changed.code, changed.data) == ("new", "source-changed", PDF)
    assert ask(site, network, path).code == "source-new"


def test_conditions_are_not_sent_to_another_address(site: Site, network: Network) -> None:
    got = ask(site, network, "good", known=known("http://elsewhere.example/good", b"old", etag=ETAG))
    assert got.status == "new"


def test_addresses_are_tried_in_order_and_the_failures_told(site: Site, network: Network) -> None:
    got = ask(site, network, "gone", "soft404", "good")
    assert (got.status, got.copy and got.copy.url) == ("new", site.url("good"))
    assert [(row.level, row.code) for row in got.issues] == [
        ("warning", "source-gone"), ("warning", "source-error-page"),
    ]  # fmt: skip
    lost = ask(site, network, "gone", "empty")
    assert [row.code for row in lost.issues] == ["source-gone"]
    assert site.url("gone") in lost.issues[0].message
    assert site.url("empty") in lost.issues[0].message
    assert "no earlier copy" in lost.issues[0].message


def test_a_move_to_another_declared_host_is_followed_and_told(site: Site, network: Network) -> None:
    got = ask(site, network, "otherdeclared")
    assert (got.status, [row.code for row in got.issues]) == ("new", ["source-moved"])


def test_a_lock_accepts_only_its_bytes(site: Site, network: Network) -> None:
    right, wrong = (sha256(data).hexdigest() for data in (PDF, b"another text"))
    assert fetch("a-1", [Address(site.url("good"), sha256=right)], network).status == "new"
    got = fetch("a-1", [Address(site.url("good"), sha256=wrong)], network)
    assert (got.status, got.issues[0].code) == ("failed", "source-checksum")
    again = fetch("a-1", [Address(site.url("good"), sha256=wrong)], network, known(site.url("good"), etag=ETAG))
    assert (again.status, again.issues[0].code) == ("failed", "source-checksum")  # also when the server says 304


def test_a_much_smaller_file_is_not_believed_unless_locked(site: Site, network: Network) -> None:
    last = known(site.url("plain"), PDF * 3)
    assert ask(site, network, "plain", known=last).issues[0].code == "source-shrunk"
    locked = Address(site.url("plain"), sha256=sha256(PDF).hexdigest())
    assert fetch("a-1", [locked], network, last).status == "new"


def test_a_web_page_is_a_source_where_one_is_declared(site: Site, network: Network) -> None:
    table = [
        ("otherpage", ""),
        ("plain", "source-pdf-instead"),
        ("page", "source-error-page"),
        ("login", "source-login-page"),
        ("riddle", "source-robot-check"),
        ("unendingpage", "source-truncated"),
    ]
    for path, code in table:
        got = fetch("a-1", [Address(site.url(path), "html")], network)
        assert [row.code for row in got.issues] == ([code] if code else []), path


@pytest.mark.parametrize("path", ["comebackinasecond", "comebackatadate"])
def test_a_server_that_names_a_time_is_asked_again_then(site: Site, path: str) -> None:
    patient = near(site, replace(LIMITS, patience=3.0, seconds=5.0))
    began = time.monotonic()
    assert ask(site, patient, path).status == "new"
    assert time.monotonic() - began > (0.9 if path == "comebackinasecond" else 0.0)  # a date has no parts of a second
    assert site.times(path) == 2


def test_from_https_we_are_not_sent_to_plain_http(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(certificate(tmp_path)) as site:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
        network = near(site)
        assert ask(site, network, "good").status == "new"
        assert [row.code for row in ask(site, network, "toplain").issues] == ["source-redirect-insecure"]
        assert site.times("plain") == 0


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a-1.pdf", PDF, ""),
        ("a-1.html", TREATY_PAGE, ""),
        ("a-1.xhtml", b"<?xml version='1.0'?>\n<!-- c -->\n<html xmlns='x'>", ""),
        ("other.pdf", PDF, "source-not-in-mirror"),
        ("a-1.pdf", b"", "source-empty"),
        ("a-1.pdf", PDF[:200], "source-truncated"),
        ("a-1.pdf", PAGE, "source-error-page"),
        ("a-1.html", PAGE, "source-error-page"),
        ("a-1.html", LOGIN, "source-login-page"),
        ("a-1.html", RIDDLE, "source-robot-check"),
        ("a-1.pdf", TREATY_PAGE, "source-html-instead"),
        ("a-1.html", PDF, "source-pdf-instead"),
        ("a-1.pdf", b"PK\x03\x04 a word processor's file", "source-wrong-type"),
        ("a-1.pdf", PDF * 20, "source-too-large"),
    ],
)
def test_a_folder_stands_in_for_the_network(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(data)
    got = take("a-1", tmp_path, "mirror", limits=LIMITS)
    assert [row.code for row in got.issues] == ([code] if code else [])
    assert (got.status, got.data, got.origin) == (("failed", b"") if code else ("new", data)) + ("mirror",)
    assert not got.copy or got.copy.url == f"mirror:{name}"  # no path of this machine
    assert str(tmp_path) not in str(got.issues)


def test_a_folder_in_the_place_of_a_file_is_one_row(tmp_path: Path) -> None:
    (tmp_path / "a-1.pdf").mkdir()
    assert take("a-1", tmp_path, "mirror").issues[0].code == "source-unreadable"


def test_hosts_and_kinds() -> None:
    assert hosts(["https://A.example/1", "http://b.example:8080/", "x"]) == {"a.example", "b.example:8080"}
    assert [sniff(data) for data in (b"\xef\xbb\xbf <HTML>", b"junk\n%PDF-1.7", b"{}")] == ["html", "pdf", "other"]
    assert fault(PDF, "pdf") is None

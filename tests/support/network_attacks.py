"""What a server can give in a treaty's place, tried one by one: is what is taken that instrument, whole, or told?

Each attack is tried twice on a real server of this machine: on a first fetch, and once a good copy is there. `held`:
the right text was taken, though it came in an odd way; `told`: nothing wrong was taken, or a row says what is in doubt;
`silent`: something else was taken and no row says so; `lost`: it broke down, or the good copy does not come back.

The treaty is our own: forty articles on lamps, as a web page.
"""

import gzip
import tempfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from support.webserver import Site, serving
from support.workspace_fixture import original, pair
from treatynlp import pipeline
from treatynlp.corpus import Corpus
from treatynlp.pipeline import Supply
from treatynlp.pipeline.runs.fetching import Came, fetch_one
from treatynlp.reading.fetch import Limits
from treatynlp.registry import Dates, Expect, Source

Verdict = Literal["held", "told", "silent", "lost"]
LIMITS = Limits(seconds=60.0, connect=10.0, size=80_000_000, attempts=2, pause=0.01, patience=0.2, redirects=4)
TITLE, BODY, DONE = "Convention on the Lighting of Quays", "League of Harbours", "Done at Wick, 3 April 2091."


def treaty(articles: int = 40, title: str = TITLE, done: str = DONE) -> bytes:
    """A web page that holds a treaty of so many articles."""
    duties = "".join(
        f"<p><b>Article {n}</b></p><p>Each Party shall see to it that the lamps of quay {n} are lit before the ferry "
        f"leaves, that {n + 2} wardens look after them, and that nobody puts them out at night.</p>"
        for n in range(1, articles + 1)
    )
    return _page(title, f"<h1>{title}</h1><p>{BODY}</p><p>The Parties have agreed as follows:</p>{duties}<p>{done}</p>")


def _page(title: str, body: str) -> bytes:
    head = f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title></head>"
    return f"{head}<body>{body}</body></html>".encode()


def answer(body: bytes, *headers: bytes, status: bytes = b"200 OK", length: int | None = None) -> bytes:
    """An answer as it goes over the wire."""
    stated = b"Content-Length: %d" % (len(body) if length is None else length)
    return b"\r\n".join((b"HTTP/1.1 " + status, *headers, stated, b"Connection: close", b"", body))


def sent_on(to: bytes, *headers: bytes) -> bytes:
    return answer(b"", b"Location: " + to, *headers, status=b"302 Found")


@dataclass(frozen=True, slots=True)
class Attack:
    """What is served at the declared address. `right`: it is the treaty after all; `articles`: what the registry
    expects (None: nothing); `first`: tried on a first fetch, too."""

    area: str
    name: str
    raw: Callable[[Site], bytes]
    right: bool = False
    articles: int | None = 40
    first: bool = True


FILLER = "The lamps of this service are looked after by the harbour office and its staff, who thank you for coming. "
PAGES = {
    "404, English": ("Page not found", "Sorry."),
    "404, French": ("Page introuvable", "La page demandée n'existe pas ou n'existe plus sur ce serveur."),
    "404, German": ("Seite nicht gefunden", "Die angeforderte Seite existiert nicht. Bitte prüfen Sie die Adresse."),
    "404, Arabic": ("الصفحة غير موجودة", "عذرا، الصفحة التي تبحث عنها غير موجودة على هذا الخادم."),
    "404, Spanish": ("Página no encontrada", "Lo sentimos, la página solicitada no existe."),
    "404, Russian": ("Страница не найдена", "Запрошенная страница не существует."),
    "404, Chinese": ("页面不存在", "您访问的页面不存在。"),
    "404, 9 kB": ("Page not found", FILLER * 90),
    "404, 9 kB, French": ("Page introuvable", "La page que vous cherchez n'est plus sur ce site. " * 190),
    "404, 9 kB, German": ("Seite nicht gefunden", "Die Seite, die Sie suchen, liegt nicht mehr hier. " * 190),
    "404, 9 kB, Arabic": ("الصفحة غير موجودة", "الصفحة التي تبحث عنها لم تعد هنا على هذا الموقع. " * 190),
    "404, title says nothing": ("League of Harbours", "We could not find what you asked for. " + FILLER * 60),
    "404 that names the treaty": (TITLE, f"{TITLE}: {BODY}, 3 April 2091. This text is no longer here. " + FILLER * 60),
    "log-in": ("Harbour Library", "<form><input type='password'></form>"),
    "log-in, long": ("Harbour Library", FILLER * 60 + "<form><input type='password'></form>"),
    "log-in, German": ("Anmeldung", "<form><input name=u></form> Bitte melden Sie sich an, um fortzufahren."),
    "maintenance": ("Scheduled maintenance", "We will be back soon."),
    "maintenance, French": ("Site en maintenance", "Le site est en cours de maintenance. Merci de revenir plus tard."),
    "maintenance, long": ("League of Harbours", "Our site is being looked after this weekend. " + FILLER * 60),
    "firewall": ("Request Rejected", "The requested URL was rejected. Your support ID is: 18273645"),
    "firewall, long": (
        "Notice",
        "The request was stopped by the guard of this site; it has been noted. " + FILLER * 60,
    ),
    "a list of treaties": ("Treaties", f"<ul><li>{TITLE}, {BODY}, 3 April 2091</li></ul>" + FILLER * 40),
    "news about the treaty": ("News", f"<h1>Ministers sign the {TITLE}</h1><p>{BODY}</p>" + FILLER * 60),
}
REFRESH = (
    b"<html><head><meta http-equiv='refresh' content='0; url=/elsewhere.html'></head><body>One moment.</body></html>"
)
RAW = zlib.compressobj(wbits=-15)
DEFLATED = RAW.compress(treaty()) + RAW.flush()
PACKED = gzip.compress(treaty())
HALF = len(treaty()) // 2
TWO = gzip.compress(treaty()[:HALF]) + gzip.compress(treaty()[HALF:])
GZIP, DEFLATE = b"Content-Encoding: gzip", b"Content-Encoding: deflate"
OTHER = "Convention on the Breeding of Pigeons"


def _always(data: bytes) -> Callable[[Site], bytes]:
    return lambda site: data


def _wrong_texts() -> Iterator[Attack]:
    area = "another text at the address"
    for name, (title, body) in PAGES.items():
        yield Attack("a page that is no treaty", name, _always(answer(_page(title, f"<p>{body}</p>"))))
        yield Attack(
            "a page that is no treaty",
            f"{name}; no count declared",
            _always(answer(_page(title, f"<p>{body}</p>"))),
            articles=None,
        )
    yield Attack("a page that is no treaty", "a refresh to another page", _always(answer(REFRESH)))
    texts = {
        "another treaty": treaty(40, OTHER), "another treaty, more articles": treaty(55, OTHER),
        "another treaty of another day": treaty(40, OTHER, "Done at Mull, 9 May 2077."),
        "a protocol to it": treaty(40, f"Protocol to the {TITLE}"),
        "an explanatory report": treaty(40, f"Explanatory Report to the {TITLE}"),
        "a resolution about it": treaty(40, f"Resolution on the {TITLE}"),
    }  # fmt: skip
    for name, data in texts.items():
        yield Attack(area, name, _always(answer(data)))
        yield Attack(area, f"{name}; no count declared", _always(answer(data)), articles=None)
    yield Attack(area, "an excerpt of it", _always(answer(treaty(28))))
    yield Attack(area, "an excerpt of it; no count declared", _always(answer(treaty(28))), articles=None)
    yield Attack(area, "a PDF of another treaty", _always(answer(original(pair().instruments[0].id))))


def _cut() -> Iterator[Attack]:
    whole, area = treaty(), "cut off on the way"
    cut = whole[: whole.index(b"<p><b>Article 29")]
    yield Attack(area, "a stated length that ends early", _always(answer(cut, length=len(whole))))
    for articles in (40, None):
        told = "" if articles else "; no count declared"
        yield Attack(area, f"cut, its length right{told}", _always(answer(cut)), articles=articles)
        yield Attack(area, f"cut, no length{told}", _always(b"HTTP/1.0 200 OK\r\n\r\n" + cut), articles=articles)
        yield Attack(area, f"gzip without its end{told}", _always(answer(PACKED[:-8], GZIP)), articles=articles)
        yield Attack(
            area,
            f"gzip cut in the middle{told}",
            _always(answer(PACKED[: len(PACKED) * 2 // 3], GZIP)),
            articles=articles,
        )
        yield Attack(
            area, f"deflate cut{told}", _always(answer(DEFLATED[: len(DEFLATED) * 2 // 3], DEFLATE)), articles=articles
        )
    yield Attack(area, "gzip, second member lost", _always(answer(gzip.compress(whole[:HALF]), GZIP)), articles=None)
    yield Attack(area, "gzip, rubbish behind its end", _always(answer(PACKED + b"rubbish", GZIP)))
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n%x\r\n%s\r\n" % (
        len(cut),
        cut,
    )
    yield Attack(area, "chunks without the last", _always(chunked))
    yield Attack(area, "gzip in two members", _always(answer(TWO, GZIP)), right=True)
    yield Attack(area, "gzip, noughts behind", _always(answer(PACKED + bytes(64), GZIP)), right=True)
    yield Attack(area, "deflate, raw", _always(answer(DEFLATED, DEFLATE)), right=True)
    yield Attack(area, "deflate, wrapped", _always(answer(zlib.compress(whole), DEFLATE)), right=True)


def _headers() -> Iterator[Attack]:
    area, whole = "headers and redirects", treaty()
    marks = {
        "ETag of Latin letters": b'ETag: "\xe9t\xe9"',
        "ETag of UTF-8": 'ETag: "夏"'.encode(),
        "ETag of any bytes": b'ETag: "\x80\xff"',
        "date of Latin letters": b"Last-Modified: lundi 3 f\xe9vrier 2091",
    }
    for name, mark in marks.items():
        yield Attack(area, name, _always(answer(whole, mark)), right=True)
    for name, after in {
        "²": b"\xb2",
        "a long number": b"9" * 400,
        "nothing": b"",
        "a word": b"soon",
        "-1": b"-1",
    }.items():
        busy = answer(b"", b"Retry-After: " + after, status=b"503 Busy")
        yield Attack(area, f"Retry-After: {name}", _always(busy))
    yield Attack(area, "an encoding of strange letters", _always(answer(whole, b"Content-Encoding: \xe9")))
    yield Attack(area, "a redirect with a backslash", _always(sent_on(b"\\right.html")), right=True)
    yield Attack(area, "a redirect with a backslash, elsewhere", _always(sent_on(b"\\\\elsewhere.example\\x.html")))
    yield Attack(area, "a redirect of strange letters", _always(sent_on("/tr\xe9".encode())))
    yield Attack(area, "a redirect to another port", lambda site: sent_on(site.moves["other port"].encode()))
    yield Attack(area, "a redirect to another host", _always(sent_on(b"http://elsewhere.example/x.html")))
    yield Attack(
        area,
        "a redirect with a name and a password",
        lambda site: sent_on(site.url("right.html").replace("//", "//me:secret@").encode()),
        right=True,
    )


def _codings() -> Iterator[Attack]:
    area, page = "codings and sizes", treaty().decode().replace("utf-8", "utf-16")
    wide = {
        "UTF-16": page.encode("utf-16"),
        "UTF-16, other end first": b"\xfe\xff" + page.encode("utf-16-be"),
        "UTF-16 without mark": page.encode("utf-16-le"),
    }
    for name, data in wide.items():
        yield Attack(area, name, _always(answer(data)), right=True)
    padded = treaty().replace(b"</body>", b"<p>" + b"lamp " * 10_000_000 + b"</p></body>")
    yield Attack(area, "a page of 50 MB", _always(answer(padded)))


def attacks() -> list[Attack]:
    """Every attack, in order of areas."""
    return [*_wrong_texts(), *_cut(), *_headers(), *_codings()]


def corpus(site: Site, articles: int | None) -> Corpus:
    """One instrument, published as a web page on the server."""
    source = Source.model_construct(url=site.url("lamps.html"), media_type="html", language="en", official=True)
    facts = {"title": TITLE, "short_title": "Quays Convention", "body": BODY, "dates": Dates(adopted="2091-04-03")}
    facts |= {"sources": (source,), "expect": Expect(articles=articles), "kind": "treaty"}
    return replace(pair(), instruments=(pair().instruments[0].model_copy(update=facts),))


def tried(attack: Attack, site: Site, later: bool) -> Verdict:
    """How one attack ended; `later`: with a good copy there."""
    with tempfile.TemporaryDirectory() as folder:
        one = corpus(site, attack.articles)
        try:
            if later:
                site.raw["lamps.html"] = answer(treaty())
                fetched(one, Path(folder))
            site.raw |= {"lamps.html": attack.raw(site), "right.html": answer(treaty())}
            came = fetched(one, Path(folder))
            verdict = _verdict(attack, came)
            site.raw["lamps.html"] = answer(treaty())
            after = fetched(one, Path(folder))
        except Exception:  # whatever it is, it must not have come this far
            return "lost"
    return verdict if after.status in ("new", "unchanged") else "lost"


def fetched(one: Corpus, folder: Path) -> Came:
    with pipeline.started(one, folder / "ws", Supply(limits=LIMITS)) as run:
        return fetch_one(run, run.corpus.instruments[0])


def _verdict(attack: Attack, came: Came) -> Verdict:
    told = [row for row in (*came.issues, *came.notices) if row.level in ("error", "warning")]
    taken = came.status in ("new", "unchanged")
    if attack.right and taken:
        return "held"
    return "told" if told else "silent"


def verdicts(chosen: list[Attack]) -> Iterator[tuple[Attack, str, Verdict]]:
    """Each attack on a first fetch and with a good copy there."""
    with serving() as site, serving() as other:
        other.raw["x.html"] = answer(treaty())
        site.moves["other port"] = other.url("x.html")
        for attack in chosen:
            for scene in ("first", "later"):
                yield attack, scene, tried(attack, site, scene == "later")

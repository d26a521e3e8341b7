"""How fast, and in how much memory, documents are read and split: each figure beside another tool's on the same pages.

    python benchmarks/reading.py

Times are processor time of one core in one run, so the ratios hold on any machine. Measured: read + split against
pdfplumber's extract_text (at least 20 times as fast) and PDFium's bare text (at least a quarter of its speed), the
growth from 10 to 1,000 pages, the memory of 500 pages (under 500 MB) and of one and of forty documents in turn.
Exit status 1 when a target is missed.
"""

import io
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import pdfplumber
import pypdfium2 as pdfium

from treatynlp.reading import read
from treatynlp.structure import split

ROOT = Path(__file__).parents[1]
PAGES = 120
"""So many pages the tools are compared on: pdfplumber takes a minute for 400."""
TIMES_PDFPLUMBER, SHARE_OF_PDFIUM, MEGABYTES, GROWTH = 20.0, 0.25, 500.0, 1.5


def main() -> int:
    if sys.argv[1:2] == ["--child"]:
        return child([Path(name) for name in sys.argv[2:]])
    missed = [*speed(), *growth(), *memory()]
    for target in missed:
        say(f"MISSED: {target}")
    return bool(missed)


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def sources() -> list[Path]:
    """The specimens, and where they are there the mirror's and the scale's PDFs; shuffled by their names' hashes."""
    shared = ROOT.parent / "shared" / "corpus"
    found = [*(ROOT / "corpus" / "specimens").glob("*.pdf"), *shared.glob("mirror/*.pdf"), *shared.glob("scale/*.pdf")]
    return sorted(found, key=lambda path: sha256(path.name.encode()).digest())


def first_pages(wanted: int) -> list[bytes]:
    """Whole documents with `wanted` pages together, or a few more."""
    chosen, pages = [], 0
    for path in sources():
        data = path.read_bytes()
        if pages < wanted and (count := pages_of(data)) <= wanted:
            chosen.append(data)
            pages += count
    return chosen


def pages_of(data: bytes) -> int:
    document = pdfium.PdfDocument(data)
    try:
        return len(document)
    finally:
        document.close()


# ---- speed ------------------------------------------------------------------------------------------------------


def ours(data: bytes) -> int:
    document = read(data, "benchmark.pdf")
    split(document, "benchmark")
    return document.pages


def only_read(data: bytes) -> int:
    return read(data, "benchmark.pdf").pages


def bare_pdfium(data: bytes) -> int:
    document = pdfium.PdfDocument(data)
    for page in document:
        text = page.get_textpage()
        text.get_text_range()
        text.close()
        page.close()
    count = len(document)
    document.close()
    return count


def by_pdfplumber(data: bytes) -> int:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.close()
        return len(pdf.pages)


Tool = Callable[[bytes], int]


def per_page(tool: Tool, documents: Sequence[bytes], rounds: int) -> float:
    """Milliseconds of processor time a page."""
    return in_turn([tool], documents, rounds)[0]


def in_turn(tools: Sequence[Tool], documents: Sequence[bytes], rounds: int) -> list[float]:
    """Milliseconds of processor time a page for each tool. Each document, of a few pages, is taken by one tool after
    the other and that some rounds long, so that what else goes on in the machine meets all of them; of its rounds the
    best counts, for what disturbs only adds."""
    sums = [0.0 for _ in tools]
    for data in documents:
        best = [min(found) for found in zip(*(_each(tools, data) for _ in range(rounds)), strict=True)]
        sums = [whole + one for whole, one in zip(sums, best, strict=True)]
    return [1000 * whole / sum(map(pages_of, documents)) for whole in sums]


def _each(tools: Sequence[Tool], data: bytes) -> list[float]:
    """The seconds each tool takes for a document."""
    took = []
    for tool in tools:
        begin = time.process_time()
        tool(data)
        took.append(time.process_time() - begin)
    return took


def speed() -> Iterator[str]:
    documents = first_pages(PAGES)
    say(f"{len(documents)} documents, {sum(map(pages_of, documents))} pages, milliseconds a page:")
    per_page(ours, documents, 1)
    own, reading, bare = in_turn([ours, only_read, bare_pdfium], documents, 5)
    plumber = per_page(by_pdfplumber, documents, 1)
    say(f"  read + split         {own:8.2f}   (read {reading:.2f})")
    say(f"  PDFium's bare text   {bare:8.2f}   {bare / own:.2f} of its speed, target {SHARE_OF_PDFIUM}")
    say(f"  pdfplumber           {plumber:8.2f}   {plumber / own:.1f} times as fast, target {TIMES_PDFPLUMBER:.0f}")
    if plumber / own < TIMES_PDFPLUMBER:
        yield f"{plumber / own:.1f} times pdfplumber"
    if bare / own < SHARE_OF_PDFIUM:
        yield f"{bare / own:.2f} of PDFium"


# ---- growth -----------------------------------------------------------------------------------------------------


def bound(pages: int) -> bytes:
    """One PDF of so many pages, made of the sources one after the other."""
    target, files = pdfium.PdfDocument.new(), sources()
    at = 0
    while len(target) < pages:
        source = pdfium.PdfDocument(files[at % len(files)].read_bytes())
        target.import_pages(source, list(range(min(len(source), pages - len(target)))))
        source.close()
        at += 1
    out = io.BytesIO()
    target.save(out)
    target.close()
    return out.getvalue()


def growth() -> Iterator[str]:
    say("growth, milliseconds a page:")
    figures = {}
    for pages in (10, 100, 1000):
        figures[pages] = per_page(ours, [bound(pages)], 2)
        say(f"  {pages:5} pages          {figures[pages]:8.2f}")
    if figures[1000] > GROWTH * figures[100]:
        yield f"a page of 1,000 takes {figures[1000] / figures[100]:.1f} times a page of 100"


# ---- memory -----------------------------------------------------------------------------------------------------


def child(paths: Sequence[Path]) -> int:
    """Read and split the files one after the other; say the most memory it ever took, in megabytes."""
    for path in paths:
        ours(path.read_bytes())
    say(f"{most_memory():.1f}")
    return 0


def most_memory() -> float:
    """Megabytes at most; where there is one, from the process's own account: rusage hands the parent's peak down."""
    account = Path("/proc/self/status")
    if account.exists():
        line = next(line for line in account.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def peak(paths: Sequence[Path]) -> float:
    command = [sys.executable, __file__, "--child", *map(str, paths)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True, timeout=600).stdout)


def memory() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        long = Path(folder) / "500.pdf"
        long.write_bytes(bound(500))
        files = [path for path in sources() if path.stat().st_size < 300_000][:40]
        nothing, one, forty, book = peak([]), peak(files[:1]), peak(files), peak([long])
        again = peak([*files, *files, *files])
    say("most memory, megabytes:")
    say(f"  nothing {nothing:.0f}, one document {one:.0f}, {len(files)} documents {forty:.0f}, thrice {again:.0f}")
    say(f"  500 pages {book:.0f}, target {MEGABYTES:.0f}")
    if book > MEGABYTES:
        yield f"500 pages take {book:.0f} MB"
    if again > forty * 1.1:
        yield f"memory grows with the number of documents: {forty:.0f} to {again:.0f} MB"


if __name__ == "__main__":
    sys.exit(main())

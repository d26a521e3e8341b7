"""Laws of reading and splitting, on the specimens, on real instruments, and on articles made up by chance."""

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.sources import SPECIMENS, mirror
from support.sources import document as document_of
from support.sources import treaty as treaty_of
from treatynlp.errors import DataError
from treatynlp.reading import Document, read, rows
from treatynlp.structure import Provision, Treaty, split
from treatynlp.structure.address import cited
from treatynlp.text import Line, Span

WIDTH, STEP = 460.0, 14.0


# ---- what must hold of every treaty ---------------------------------------------------------------------------------


def own_spans(provision: Provision) -> Iterator[Span]:
    """What is the provision's own: its span without its children's."""
    at = provision.span.start
    for child in provision.children:
        yield Span(at, child.span.start)
        at = child.span.end
    yield Span(at, provision.span.end)


def owners(treaty: Treaty) -> Counter[int]:
    """For each character, how many provisions own it."""
    return Counter(at for one in treaty.walk() for span in own_spans(one) for at in range(span.start, span.end))


def broken_laws(treaty: Treaty) -> list[str]:
    """The laws the treaty breaks, with the first place."""
    return [fault for law in (tiling, nesting, addresses, origins) for fault in law(treaty)][:5]


def tiling(treaty: Treaty) -> Iterator[str]:
    owned = owners(treaty)
    bad = [at for at, char in enumerate(treaty.text.value) if not char.isspace() and owned[at] != 1]
    if bad:
        yield f"{len(bad)} characters have not one owner, first at {bad[0]}: {treaty.text.value[bad[0] :][:40]!r}"


def nesting(treaty: Treaty) -> Iterator[str]:
    for provision in treaty.walk():
        inner = [provision.body, *(child.span for child in provision.children)]
        if not all(span.within(provision.span) for span in inner):
            yield f"{provision.eid}: body or a child lies outside"
        starts = [child.span.start for child in provision.children]
        if starts != sorted(starts):
            yield f"{provision.eid}: children out of order"


def addresses(treaty: Treaty) -> Iterator[str]:
    eids = [provision.eid for provision in treaty.walk()]
    yield from (f"{eid} stands for {count} provisions" for eid, count in Counter(eids).items() if count > 1)
    by_citation = Counter(cited(eid) for eid in eids if eid.startswith("art_") and eid.count("__") == 0)
    yield from (f"{citation} cites {count} articles" for citation, count in by_citation.items() if count > 1)
    found = dict(zip(eids, treaty.walk(), strict=True))
    for provision in treaty.walk():
        for child in provision.children:
            if child.eid.startswith(f"{provision.eid}__") and found[child.eid] is not child:
                yield f"{child.eid} does not lead back to its provision"


def origins(treaty: Treaty) -> Iterator[str]:
    """Runs in order, without overlap; what stands between them are blanks, or a hyphen kept at a line's end."""
    at = 0
    for run in treaty.text.origins:
        if run.start < at or run.end <= run.start:
            yield f"run {run.start}-{run.end} overlaps the one before it"
        if treaty.text.value[at : run.start].strip():
            yield f"{treaty.text.value[at : run.start]!r} stands nowhere in the source"
        at = run.end
    if treaty.text.value[at:].strip():
        yield f"{treaty.text.value[at:]!r} stands nowhere in the source"


def lost(document: Document, treaty: Treaty) -> set[tuple[int, int]]:
    """The lines of the document, by page and place, of which the treaty holds no character."""
    held = {(run.page, run.index) for run in treaty.text.origins}
    lines = (row.line for row in (*document.rows, *document.notes))
    runs = {(line.page, run[2]) for line in lines for run in (line.runs or ((0, 1, line.index),))}
    return runs - held


@pytest.mark.parametrize("path", SPECIMENS, ids=lambda path: path.stem)
def test_laws_hold_for_specimens(path: Path) -> None:
    assert broken_laws(treaty_of(path)) == []
    assert lost(document_of(path), treaty_of(path)) == set()


def test_laws_hold_for_real_instruments(shared: Path) -> None:
    found = {path.stem: broken_laws(treaty_of(path)) for path in mirror(shared)}
    assert found == {stem: [] for stem in found}


def test_no_line_of_a_real_instrument_is_lost(shared: Path) -> None:
    found = {path.stem: lost(document_of(path), treaty_of(path)) for path in mirror(shared)}
    assert found == {stem: set() for stem in found}


@pytest.mark.parametrize("path", SPECIMENS, ids=lambda path: path.stem)
def test_the_same_bytes_give_the_same_treaty(path: Path) -> None:
    again = read(path.read_bytes(), path.name)
    assert again == document_of(path)
    assert split(again, path.stem) == treaty_of(path)


# ---- treaties by chance ---------------------------------------------------------------------------------------------

SENTENCE = "the Party shall keep its lamps lit and no vessel may be refused shelter unless this Article so provides"
MARKERS = ("1.", "2.", "3.", "(a)", "(b)", "(c)", "(i)", "(ii)", "a)", "b)", "–", "1.1", "2 bis.", "Article 9", "§", "")
HEADS = ("Article 1", "Article 2", "ARTICLE III", "Chapter II – Lamps", "Section 1", "ANNEX I", "Preamble", "PART TWO",
         "Article 4 – Shelter", "Art. 5.", "Article 2 bis", "Done at Port Meridian", "Contents", "12", "")  # fmt: skip


@st.composite
def printed_lines(draw: st.DrawFn) -> list[tuple[str, float, float, bool]]:
    """Lines as a printer might set them: words, indent, space above, bold; headings and markers where they will."""
    chance = random.Random(draw(st.integers(0, 2**32)))
    lines = []
    for _ in range(chance.randint(0, 60)):
        if chance.random() < 0.2:
            lines.append(
                (chance.choice(HEADS), chance.choice((0.0, 150.0)), chance.choice((1.0, 2.0)), chance.random() < 0.5)
            )
        else:
            body = " ".join(chance.choices(SENTENCE.split(), k=chance.randint(1, 12))) + chance.choice(
                ("", ".", ";", ":", ",", "-", "\u00ad")
            )
            words = f"{chance.choice(MARKERS)} {body}".strip() if chance.random() < 0.4 else body
            lines.append((words, chance.choice((0.0, 20.0, 40.0)), chance.choice((1.0, 1.0, 1.6)), False))
    return [line for line in lines if line[0]]


def laid_out(lines: list[tuple[str, float, float, bool]]) -> Document:
    printed, top, page, index = [], 72.0, 1, 0
    for words, indent, space, bold in lines:
        top += STEP * space
        if top > 760:
            top, page, index = 72.0, page + 1, 0
        right = min(72 + WIDTH, 72 + indent + 5.2 * len(words))
        printed.append(Line(words, page, (72 + indent, top, right, top + 12), index, 12.0, bold))
        index += len(words) + 2
    return Document("chance.pdf", "0" * 64, "application/pdf", page, rows.printed_rows(printed))


@settings(max_examples=600, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(printed_lines())
def test_laws_hold_whatever_is_printed(lines: list[tuple[str, float, float, bool]]) -> None:
    document = laid_out(lines)
    treaty = split(document, "chance")
    assert broken_laws(treaty) == []
    assert lost(document, treaty) == set()
    assert split(document, "chance") == treaty


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.binary(max_size=400))
def test_bytes_that_are_no_pdf_are_refused_and_never_crash(data: bytes) -> None:
    for start in (b"", b"%PDF-1.7\n"):
        assert read_or_refused(start + data) == []


def read_or_refused(data: bytes) -> list[str]:
    """The laws broken by what is read from the bytes; none when they are refused with a reason."""
    try:
        return broken_laws(split(read(data, "chance.pdf"), "chance"))
    except DataError as error:
        return [] if error.issues else ["refused without a reason"]

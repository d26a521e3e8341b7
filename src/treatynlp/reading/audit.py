"""A second, independent reading of some pages, so that a fault of the first does not go unseen.

pdfplumber decodes fonts and places characters by code of its own. Where its words and ours differ on a page beyond
a stated measure, one of the two is wrong and a person must look: `treatynlp show --page` draws the page as read.
Both believe what the file says its letters mean. Pages on which that is in doubt are looked at as pictures.
"""

import io
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

import pdfplumber

from treatynlp.errors import Issue, issue
from treatynlp.reading.document import Document
from treatynlp.reading.seen import look_at_doubted, spread_by_hash

SAMPLE = 8
"""Pages of a document that are read twice: pdfplumber takes about a seventh of a second for each."""
LETTERS_APART = 0.02
"""Share of letters and digits not in common above which a reading has lost, added or misread text."""
WORDS_APART = 0.10
"""Share of words not in common above which words are glued together or torn apart."""
FEW_WORDS = 20
"""So many words must differ before words that are torn otherwise are worth a look: covers are letter-spaced."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Disagreement:
    """How far two readings of a page are apart: each the share of all letters (words) of both that the other lacks,
    0.0 for the same, 1.0 for nothing in common."""

    page: int
    letters: float
    words: float
    differing: int

    @property
    def beyond(self) -> bool:
        """Whether a person must look."""
        return self.letters > LETTERS_APART or (self.words > WORDS_APART and self.differing >= FEW_WORDS)


def audit(
    data: bytes,
    document: Document,
    pages: Collection[int] | None = None,
    scanning: Callable[[int], None] = lambda pages: None,
) -> tuple[Issue, ...]:
    """One warning for each page on which the second reading differs beyond the measure, with the figures; and for each
    page on which the file may give other words than it shows, and does (`look_at_doubted`).

    Without `pages`, a sample that depends on nothing but the file's hash is read (`sampled`). Only the text layer of
    a PDF can be read twice: documents read by OCR or from HTML give no rows. `scanning` is told how many pages OCR is
    going to read, which takes seconds for each.
    """
    if document.media_type != "application/pdf":
        return ()
    wanted = sampled(document) if pages is None else sorted(pages)
    twice = _judged(document, data, wanted) if document.fidelity == "text" else ()
    return (*twice, *look_at_doubted(data, document, scanning))


def sampled(document: Document, size: int = SAMPLE) -> list[int]:
    """Up to `size` page numbers, spread by hash: the same file gives the same pages, on every machine."""
    return spread_by_hash(document.sha256, range(1, document.pages + 1), size)


def compare_readings(page: int, first: str, second: str) -> Disagreement:
    """How far two readings of a page are apart, whatever order they have its words in.

    >>> compare_readings(1, "Article 1 Scope", "Scope Article 1").beyond
    False
    >>> compare_readings(1, "Article 1", "Article 7")
    Disagreement(page=1, letters=0.125, words=0.5, differing=2)
    """
    # As bags: two readers take columns, heads and notes in another order, and neither order is wrong by itself.
    words = _words(first), _words(second)
    letters = _letters(words[0]), _letters(words[1])
    return Disagreement(page, _apart(*letters), _apart(*words), _differing(*words))


def _judged(document: Document, data: bytes, wanted: Collection[int]) -> Iterator[Issue]:
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            for number in wanted:
                page = pdf.pages[number - 1]
                found = compare_readings(number, _read(document, number), page.extract_text() or "")
                page.close()
                if found.beyond:
                    yield _issue(document, found)
    except Exception as error:  # whatever a damaged file does to the second reader, the first reading stands
        yield issue("audit-impossible.damaged", document.name, reason=type(error).__name__)


def _read(document: Document, page: int) -> str:
    # What was set aside is counted, too: the second reader knows no heads and no notes, and would seem to have more.
    every = (*document.lines, *document.aside)
    return "\n".join(line.text for line in every if line.page == page)


def _issue(document: Document, found: Disagreement) -> Issue:
    most = {"letters_apart": LETTERS_APART, "words_apart": WORDS_APART}
    where = f"{document.name} p. {found.page}"
    return issue("readings-differ", where, letters=found.letters, words=found.words, **most)


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(unicodedata.normalize("NFKC", text).lower()))


def _letters(words: Counter[str]) -> Counter[str]:
    letters: Counter[str] = Counter()
    for word, times in words.items():
        for letter in word:
            letters[letter] += times
    return letters


def _differing(first: Counter[str], second: Counter[str]) -> int:
    return (first - second).total() + (second - first).total()


def _apart(first: Counter[str], second: Counter[str]) -> float:
    every = first.total() + second.total()
    return _differing(first, second) / every if every else 0.0

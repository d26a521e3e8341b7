"""Text reuse: which passages instruments share word for word, and how much of each is found elsewhere.

A passage counts from SHINGLE words on, compared without case, punctuation and numbering. Sequences found in more than
COMMON provisions are formulas of the trade: they count as found elsewhere, but link no two provisions or instruments.
Nothing is compared with everything: sequences are sorted and only equal neighbours meet, so that the work grows with
the words.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from treatynlp.comparison.records import Record, places
from treatynlp.text import Span

SHINGLE = 8
"""Words that must stand side by side in both."""
COMMON = 40
"""Provisions beyond which a sequence of words is a formula."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ProvisionTokens:
    """A provision's words, in lower case, and where each stands in its instrument's text."""

    instrument: str
    eid: str
    words: tuple[str, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Reused:
    """The longest passage two provisions share: `words` long, at `left_span` and `right_span` of the two texts.
    `shared` counts all sequences of SHINGLE words they have in common."""

    left: str
    left_eid: str
    right: str
    right_eid: str
    words: int
    shared: int
    left_span: Span
    right_span: Span


@dataclass(frozen=True, slots=True)
class Share:
    """How many of an instrument's words stand in passages that are also in the other (formulas left out), or, where
    `other` is "", in any other."""

    instrument: str
    other: str
    words: int
    found: int

    @property
    def share(self) -> float:
        return self.found / self.words if self.words else 0.0


@dataclass(frozen=True, slots=True)
class Reuse:
    """All reuse in a corpus: pairs of provisions, longest passage first, and shares of words found elsewhere."""

    pairs: tuple[Reused, ...]
    shares: tuple[Share, ...]
    provisions: tuple[tuple[str, str, float], ...]


def words_of(records: Iterable[Record]) -> tuple[ProvisionTokens, ...]:
    """The words of every article of every instrument that has a text; of a text without articles, of its parts."""
    return tuple(found for record in records if record.treaty for found in _words(record))


def _words(record: Record) -> Iterable[ProvisionTokens]:
    operative = [place for place in places(record.treaty).values() if place.operative]
    articles = [place.provision for place in operative if place.provision.kind == "article"]
    # By article, as passages are borrowed across paragraphs; a declaration has none, and is taken by its paragraphs.
    for one in articles or [place.provision for place in operative if not place.provision.children]:
        text = record.treaty.words(one.span) if record.treaty else ""
        met = list(_WORD.finditer(text))
        spans = tuple(Span(one.span.start + m.start(), one.span.start + m.end()) for m in met)
        yield ProvisionTokens(record.id, one.eid, tuple(m[0].lower().replace("’", "'") for m in met), spans)


@dataclass(frozen=True, slots=True)
class _Table:
    """Every sequence of SHINGLE words, equal ones side by side: which one it is (`group`), how many of these there are
    (`size`), its number among them (`rank`), in which provision and instrument it stands, where it begins there."""

    group: Ints
    size: Ints
    rank: Ints
    provision: Ints
    owner: Ints
    at: Ints


def reuse(texts: Sequence[ProvisionTokens]) -> Reuse:
    """What the texts share, between different instruments only."""
    names = list(dict.fromkeys(text.instrument for text in texts))
    number = {name: n for n, name in enumerate(names)}
    owner = np.array([number[text.instrument] for text in texts], dtype=np.int64)
    lengths = np.array([len(text.words) for text in texts], dtype=np.int64)
    table = _table(texts, owner)
    meeting = _meeting(table)
    found = _in_order(table, np.flatnonzero(_in_others(table, len(names))))
    everywhere = np.bincount(table.provision[found], _new_words(table, found), len(texts)).astype(int)
    counts = np.c_[np.bincount(owner, everywhere, len(names)), _counts(table, meeting, len(names))].astype(int)
    words = np.bincount(owner, lengths, len(names)).astype(int).tolist()
    shares = (Share(names[n], other, words[n], int(counts[n, m])) for n in range(len(names))
              for m, other in enumerate(["", *names]) if other != names[n])  # fmt: skip
    each = zip(texts, everywhere.tolist(), lengths.tolist(), strict=True)
    provisions = tuple((text.instrument, text.eid, found / length if length else 0.0) for text, found, length in each)
    return Reuse(_pairs(texts, table, meeting), tuple(sorted(shares, key=_by_names)), provisions)


def _by_names(share: Share) -> tuple[str, str]:
    return share.instrument, share.other


def _counts(table: _Table, meeting: tuple[Ints, Ints], count: int) -> Ints:
    """How many words of each instrument (down) stand in sequences that meet one of each other (across)."""
    rows, others = np.concatenate(meeting), table.owner[np.concatenate(meeting[::-1])]
    both = np.unique(others * max(1, len(table.at)) + rows)
    others, rows = both // max(1, len(table.at)), both % max(1, len(table.at))
    order = np.lexsort((table.at[rows], table.provision[rows], others))
    rows, others = rows[order], others[order]
    pairs, words = table.owner[rows] * count + others, _new_words(table, rows, others)
    return np.asarray(np.bincount(pairs, words, count * count).reshape(count, count), dtype=np.int64)


def _in_order(table: _Table, rows: Ints) -> Ints:
    """Rows of the table by provision and place."""
    return rows[np.lexsort((table.at[rows], table.provision[rows]))]


def _new_words(table: _Table, rows: Ints, others: Ints | None = None) -> Ints:
    """How many words each sequence adds to those of the sequence before it in the same provision (and for the same
    other instrument), so that their sum counts each word once. The rows are in that order."""
    if not len(rows):
        return np.zeros(0, dtype=np.int64)
    provision, at = table.provision[rows], table.at[rows]
    same = provision[1:] == provision[:-1]
    if others is not None:
        same &= others[1:] == others[:-1]
    # Sequences overlap: one that begins three words after the last adds three, not eight.
    return np.concatenate([[SHINGLE], np.where(same, np.minimum(np.diff(at), SHINGLE), SHINGLE)])


def _in_others(table: _Table, count: int) -> npt.NDArray[np.bool_]:
    """The sequences that stand in more than one instrument."""
    there = np.unique(table.group * max(1, count) + table.owner) // max(1, count)
    return np.asarray(np.bincount(there, minlength=1)[table.group] > 1)


def _table(texts: Sequence[ProvisionTokens], owner: Ints) -> _Table:
    vocabulary: dict[str, int] = {}
    parts = [_hashes(np.array([vocabulary.setdefault(w, len(vocabulary) + 1) for w in text.words], dtype=np.uint64))
             for text in texts]  # fmt: skip
    provision = _joined([np.full(len(part), n) for n, part in enumerate(parts)])
    at = _joined([np.arange(len(part)) for part in parts])
    hashes = np.concatenate(parts) if parts else np.zeros(0, dtype=np.uint64)
    # Stable, so that equal sequences keep the order of the instruments: the same bytes on every machine.
    order = np.argsort(hashes, kind="stable")
    _, begins, sizes = np.unique(hashes[order], return_index=True, return_counts=True)
    group = np.repeat(np.arange(len(sizes)), sizes)
    rank, size = np.arange(len(hashes)) - begins[group], sizes[group]
    return _Table(
        group=group, size=size, rank=rank, provision=provision[order], owner=owner[provision[order]], at=at[order]
    )


def _joined(parts: list[Ints]) -> Ints:
    return np.concatenate(parts).astype(np.int64) if parts else np.zeros(0, dtype=np.int64)


# Odd numbers with their bits well spread (the first is 2^64 over the golden ratio), and half the bits of a word, by
# which the high ones, where multiplying gathers what differs, come down to the low ones.
_FACTOR, _MIXED_IN, _HALF = 0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93, 32


def _hashes(ids: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """The hash of every SHINGLE words that stand side by side (a polynomial over 64 bits, overflow meant)."""
    count = len(ids) - SHINGLE + 1
    if count <= 0:
        return np.zeros(0, dtype=np.uint64)
    found = np.zeros(count, dtype=np.uint64)
    for n in range(SHINGLE):
        found = found * np.uint64(_FACTOR) + (ids[n : n + count] ^ np.uint64(_MIXED_IN))
        found ^= found >> np.uint64(_HALF)
    return found


def _pairs(texts: Sequence[ProvisionTokens], table: _Table, meeting: tuple[Ints, Ints]) -> tuple[Reused, ...]:
    """Pairs of provisions of different instruments with the longest passage they share."""
    left, right = meeting
    one, other = table.provision[left], table.provision[right]
    shift = table.at[left] - table.at[right]
    order = np.lexsort((table.at[left], shift, other, one))
    one, other, shift, at = one[order], other[order], shift[order], table.at[left][order]
    # One passage goes on while it lies equally far on in both: a word put in on one side begins another.
    follows = (one[1:] == one[:-1]) & (other[1:] == other[:-1]) & (shift[1:] == shift[:-1]) & (at[1:] == at[:-1] + 1)
    heads = np.flatnonzero(np.r_[True, ~follows]) if len(one) else np.zeros(0, dtype=np.int64)
    lengths = np.diff(np.r_[heads, len(one)])
    best: dict[tuple[int, int], tuple[int, int, int]] = {}
    shared: dict[tuple[int, int], int] = {}
    for head, length in zip(heads.tolist(), lengths.tolist(), strict=True):
        key = int(one[head]), int(other[head])
        shared[key] = shared.get(key, 0) + length
        if key not in best or length > best[key][0]:
            best[key] = length, int(at[head]), int(at[head] - shift[head])
    rows = (_reused(texts, key, *found, shared[key]) for key, found in best.items())
    return tuple(sorted(rows, key=lambda r: (-r.words, r.left, r.left_eid, r.right, r.right_eid)))


def _reused(texts: Sequence[ProvisionTokens], key: tuple[int, int], length: int, a: int, b: int, shared: int) -> Reused:
    left, right, words = texts[key[0]], texts[key[1]], length + SHINGLE - 1
    spans = [Span(t.spans[n].start, t.spans[n + words - 1].end) for t, n in ((left, a), (right, b))]
    return Reused(
        left=left.instrument,
        left_eid=left.eid,
        right=right.instrument,
        right_eid=right.eid,
        words=words,
        shared=shared,
        left_span=spans[0],
        right_span=spans[1],
    )


def _meeting(table: _Table) -> tuple[Ints, Ints]:
    """The places (rows of the table) of equal sequences in different instruments, each two once."""
    left, right = [], []
    # Formulas are left out here and nowhere else: they would link every two treaties, and cost the square of their
    # number.
    usable = np.flatnonzero((table.size <= COMMON) & (table.size > 1))
    for apart in range(1, COMMON):
        rows = usable[table.rank[usable] + apart < table.size[usable]]
        rows = rows[table.owner[rows] != table.owner[rows + apart]]
        left.append(rows)
        right.append(rows + apart)
    # A pair stands the same way round wherever the sort put its sequences.
    a, b = _joined(left), _joined(right)
    turned = table.provision[a] > table.provision[b]
    return np.where(turned, b, a), np.where(turned, a, b)

"""What people declare, loaded and checked: registry, codebook, gold labels, reviewers' decisions.

A corpus folder holds `codebook.yml`, `instruments/<id>.yml`, `annotations/<id>.topics.csv`,
`<id>.attributes.csv`, `<id>.elements.csv`, `overrides/<id>.csv`. All faults of all files come at once.

>>> corpus = load()
>>> corpus.instrument("budapest-2001").citation
'ETS No. 185'
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import partial
from itertools import chain
from pathlib import Path
from unicodedata import normalize

from treatynlp.codebook import AttributeRule, Codebook, Topic
from treatynlp.corpus_files import load_codebook, read_instrument, read_rows, strangers, typed_files
from treatynlp.errors import DataError, Issue, failed, issue
from treatynlp.hashes import fingerprint
from treatynlp.home import home
from treatynlp.registry import (
    Coders,
    Dates,
    Expect,
    GoldAttribute,
    GoldElement,
    GoldTopic,
    Instrument,
    Override,
    Source,
    Version,
)
from treatynlp.strict_files import gather

__all__ = [
    "AttributeRule", "Codebook", "Coders", "Corpus", "Dates", "Expect", "GoldAttribute", "GoldElement", "GoldTopic",
    "Instrument", "Override", "Source", "Topic", "Version", "examine", "home", "load", "load_codebook", "text_hash",
]  # fmt: skip

AnyRow = GoldTopic | GoldAttribute | GoldElement | Override


@dataclass(frozen=True, slots=True)
class Corpus:
    """All that is declared, valid and consistent. `issues` are warnings that do not stop anyone."""

    root: Path
    instruments: tuple[Instrument, ...]
    codebook: Codebook
    topics: tuple[GoldTopic, ...] = ()
    attributes: tuple[GoldAttribute, ...] = ()
    overrides: tuple[Override, ...] = ()
    coders: tuple[Coders, ...] = ()
    elements: tuple[GoldElement, ...] = ()
    issues: tuple[Issue, ...] = ()

    @property
    def rules_folder(self) -> Path:
        """The folder whose comparison.yml holds: its own, else the one that comes with treatynlp."""
        return self.root if (self.root / "comparison.yml").exists() else home() / "corpus"

    def instrument(self, id: str) -> Instrument:
        """The instrument of that id. KeyError names the ids there are."""
        found = next((one for one in self.instruments if one.id == id), None)
        if found is None:
            raise KeyError(f"no instrument {id!r}; there are: {', '.join(one.id for one in self.instruments)}")
        return found


def text_hash(text: str) -> str:
    """Sixteen hexadecimal digits that change when the words change.

    Only letters and digits count, so that line ends, hyphens, quotation marks and the like, which differ from one
    edition and one reader of PDFs to the next, do not make a decision stale.

    >>> text_hash("Each Party\\nshall co-\\noperate.") == text_hash("Each Party shall cooperate.")
    True
    """
    # NFKC, since one reader gives a ligature ("ﬁ") where the other gives two letters.
    letters = "".join(filter(str.isalnum, normalize("NFKC", text).casefold()))
    return fingerprint(letters)


def load(root: Path | None = None) -> Corpus:
    """The corpus in a folder (without one: the corpus that comes with treatynlp).

    A folder without codebook.yml uses the one that comes with treatynlp. Raises DataError with one row for every
    fault of every file: `where` is file and key, the message says the line, what is wrong and what to do.
    """
    corpus = examine(root)
    if failed(corpus.issues):
        raise DataError(*corpus.issues)
    return corpus


def examine(root: Path | None = None) -> Corpus:
    """The sound part of a corpus folder: a faulty file is left out, and its faults are errors among the `issues`, so
    that one slip in one file does not stop the work on all others. DataError where nothing can be used.
    """
    folder = root or home() / "corpus"
    if not (folder / "instruments").is_dir():
        raise DataError(issue("corpus-missing", folder))
    books, issues = gather(load_codebook, [folder])
    instruments, faults = gather(partial(read_instrument, folder), typed_files(folder / "instruments", ".yml", ".yaml"))
    written = read_rows(folder)
    issues += [*faults, *written.issues, *strangers(folder)]
    made = [
        Corpus(
            root=folder,
            instruments=tuple(instruments),
            codebook=book,
            topics=written.topics,
            attributes=written.attributes,
            overrides=written.overrides,
            coders=written.coders,
            elements=written.elements,
        )
        for book in books
    ]
    issues += chain.from_iterable(map(_inconsistent, made))
    if not instruments and not issues:
        issues.append(issue("corpus-empty", "instruments"))
    # Without a codebook no label means anything, and without one instrument there is nothing to do: all else goes on.
    if not books or not instruments:
        raise DataError(*issues)
    return replace(made[0], issues=tuple(issues))


def _inconsistent(corpus: Corpus) -> Iterator[Issue]:
    """What is wrong between files that are right each by itself."""
    # By the names of files: an instrument whose file is faulty is still one that others may name.
    ids = {file.stem for file in typed_files(corpus.root / "instruments", ".yml", ".yaml")}
    for instrument in corpus.instruments:
        yield from _instrument_faults(instrument, ids)
    yield from _same_sources(corpus.instruments)
    for gold, ending in (
        (corpus.topics, ".topics.csv"),
        (corpus.attributes, ".attributes.csv"),
        (corpus.elements, ".elements.csv"),
    ):
        for row in gold:
            yield from _row_faults(row, f"annotations/{row.instrument}{ending}", corpus.codebook, ids)
    for coders in corpus.coders:
        if coders.instrument not in ids:
            where, guess = f"annotations/coders.csv: {coders.instrument}", _close(coders.instrument, ids)
            yield issue("corpus-unknown-instrument.coders", where, named=coders.instrument, guess=guess)
    for override in corpus.overrides:
        yield from _row_faults(override, f"overrides/{override.instrument}.csv", corpus.codebook, ids)


def _instrument_faults(instrument: Instrument, ids: set[str]) -> Iterator[Issue]:
    where = f"instruments/{instrument.id}.yml"
    for key, other in instrument.related:
        if other == instrument.id:
            yield issue("corpus-unknown-instrument.self", f"{where}: {key}", named=other)
        elif other not in ids:
            yield issue("corpus-unknown-instrument.related", f"{where}: {key}", named=other, guess=_close(other, ids))
    # With a note of what is to be done it is no oversight.
    if not instrument.sources and not instrument.todo:
        yield issue("corpus-no-source", f"{where}: sources")


def _same_sources(instruments: Iterable[Instrument]) -> Iterator[Issue]:
    """Two instruments read from the same words: one of the two would be the other under a false name."""
    seen: dict[tuple[str, str], str] = {}
    for instrument in instruments:
        for number, source in enumerate(instrument.sources):
            other = seen.setdefault((source.url, source.within), instrument.id)
            if other != instrument.id:
                where = f"instruments/{instrument.id}.yml: sources.{number}.url"
                yield issue("corpus-same-source", where, other=other)


def _row_faults(row: AnyRow, where: str, book: Codebook, ids: set[str]) -> Iterator[Issue]:
    place = row.eid if isinstance(row, Override) else f"Art. {row.article} {row.paragraph}".rstrip()
    at = f"{where}: {place}"
    if row.instrument not in ids:
        guess = _close(row.instrument, ids)
        yield issue("corpus-unknown-instrument.row", at, named=row.instrument, guess=guess)
    if isinstance(row, GoldElement):
        yield from _element_faults(row, at, book)
    elif isinstance(row, GoldAttribute) or (isinstance(row, Override) and row.attribute):
        rule = book.attributes.get(row.attribute)
        if rule is None:
            guess = _close(row.attribute, book.attributes)
            yield issue("corpus-unknown-attribute", at, named=row.attribute, guess=guess)
        else:
            yield from rule.faults(f"{at}: {row.attribute}", row.value, row.unit, row.case)
    elif row.topic not in book.topics:
        yield issue("corpus-unknown-topic", at, named=row.topic, guess=_close(row.topic, book.topics))


def _element_faults(row: GoldElement, at: str, book: Codebook) -> Iterator[Issue]:
    rule = book.elements.get(row.element)
    if rule is None:
        yield issue("corpus-unknown-element", at, named=row.element, guess=_close(row.element, book.elements))
        return
    yield from rule.faults(f"{at}: {row.element}", row.value, "", row.case)


def _close(word: str, words: Iterable[str]) -> str:
    """` (did you mean 'x'?)`, or nothing."""
    found = get_close_matches(word, sorted(words), n=1)
    return f" (did you mean '{found[0]}'?)" if found else ""

"""A treaty of one's own: looked at for what it says of itself, declared, made, and kept in the workspace.

The registry and the repository are not touched. What comes of it can be shown, compared and released like any other
instrument; its origin is `own`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from treatynlp import log, store
from treatynlp.corpus import Corpus, Instrument
from treatynlp.dates import year_of
from treatynlp.errors import DataError, Issue, issue
from treatynlp.pipeline.ask.one_file import SplitFile, read_file
from treatynlp.pipeline.runs.current import current, forget_current, remember_current
from treatynlp.pipeline.runs.prepare_instrument import Job, Prepared, prepare
from treatynlp.pipeline.runs.refresh import coder_digest
from treatynlp.pipeline.runs.sources import Supply, network_for, remember_good, supplied
from treatynlp.pipeline.runs.user_treaties import copy_of, forget_own, keep_own, own
from treatynlp.pipeline.steps.people import People
from treatynlp.pipeline.workspace import history
from treatynlp.reading.formats import ENDINGS, format_of
from treatynlp.store import Workspace
from treatynlp.strict_files import YamlNode, validate
from treatynlp.structure.title_guess import BINDING, Naming, guess_title, naming

WITHOUT_ARTICLES = ("declaration", "resolution", "report")
"""Kinds of instruments that need not be divided into articles."""
DAYS = ("adopted", "opened", "signed", "published", "in_force", "applies")
_UNKNOWN = "not stated"
_SHORT = 60
"""Letters of a short title."""
_LONGEST_ID, _TELLING = 48, 3
"""Letters of an id, and words of a title in it."""
_COMMON_TO_FORMS = 6
"""Letters that tell the families apart and are common to the forms of a word (protection, protecting, protected)."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A value for a registry field that nobody gave, and where it comes from, in words."""

    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file looked at before it is added: what was read in it, and what its registry entry might say."""

    path: Path
    piece: SplitFile
    guesses: Mapping[str, Guess]


@dataclass(frozen=True, slots=True)
class Added:
    """A treaty that was added: as it is declared, as it was made; with the rows to tell."""

    instrument: Instrument
    prepared: Prepared
    issues: tuple[Issue, ...] = ()


def looked_at(path: Path, corpus: Corpus) -> Candidate:
    """A file read and split, with guesses for what the registry would say of it. DataError when it cannot be used."""
    piece = read_file(path)
    guesses = dict(_guesses(path, piece, corpus))
    if piece.treaty.articles:
        guesses["articles"] = Guess(str(len(piece.treaty.articles)), "the text as it was split")
    return Candidate(path, piece, guesses)


def _guesses(path: Path, piece: SplitFile, corpus: Corpus) -> Iterator[tuple[str, Guess]]:
    found = guess_title(piece.document, piece.treaty)
    first, name = "the first page", "the file's name"
    title = Guess(found.title, first) if found.title else Guess(" ".join(re.split(r"[\W_]+", path.stem)).strip(), name)
    year = re.search(r"(?<!\d)(1[6-9]\d\d|2\d\d\d)(?!\d)", path.stem)
    date = Guess(found.date, first) if found.date else Guess(year[0], name) if year else None
    yield (
        "id",
        Guess(
            _ident(path, title.value, year_of(date.value) if date else "", naming(piece.document.language)),
            "the file's name and title",
        ),
    )
    yield "title", title
    yield "short_title", Guess(_shortened(title.value), "the title")
    yield "body", Guess(_UNKNOWN, "nobody")
    yield "kind", Guess(found.kind or "other", "the title")
    yield "binding", Guess("true" if found.binding else "false", "the kind")
    yield "family", Guess(_family(title.value, corpus), "the title and the families of the registry")
    if date:
        yield "adopted", date


def remaining_guesses(candidate: Candidate, said: Mapping[str, Any]) -> dict[str, Guess]:
    """The guesses for what a person did not say. Whether it binds goes by the kind they named; any date is enough."""
    found = {name: guess for name, guess in candidate.guesses.items() if name not in said}
    if "binding" in found and "kind" in said:
        found["binding"] = Guess(str(said["kind"] in BINDING).lower(), "the kind")
    if any(said.get(day) for day in DAYS):
        found.pop("adopted", None)
    return found


def _ident(path: Path, title: str, year: str, known: Naming) -> str:
    """An id: the file's name where it has the form of one, else the first telling words of the title, and the year."""
    # Who names a file like an id means it; a longer one is a title with hyphens.
    if re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)+", path.stem) and len(path.stem) <= _LONGEST_ID:
        return path.stem
    plain = {*known.small.words, *(word for names in known.kinds.words.values() for word in names)}
    words = [word for word in re.findall(r"[a-z0-9]+", title.lower()) if word not in plain and len(word) > 2]
    return "-".join([*words[:_TELLING], *([year] if year else [])]) or "treaty"


def _shortened(title: str) -> str:
    if len(title) <= _SHORT:
        return title
    return title[:_SHORT].rsplit(" ", 1)[0].rstrip(" ,;:-") + " …"


def _family(title: str, corpus: Corpus) -> str:
    """A family of the registry whose words stand in the title, if in other forms (protect for protection)."""
    families = sorted({family for one in corpus.instruments for family in one.family})
    words = re.findall(r"\w+", title.lower())
    named = (
        all(any(word.startswith(part[:_COMMON_TO_FORMS]) for word in words) for part in one.split("_"))
        for one in families
    )
    return next((family for family, there in zip(families, named, strict=True) if there), "other")


def registry_entry(candidate: Candidate, facts: Mapping[str, Any], guessed: Mapping[str, Guess]) -> Instrument:
    """The registry's entry of a file: `facts` that a person gave, and guesses. DataError with every fault of it."""
    said: dict[str, Any] = {**{name: guess.value for name, guess in guessed.items()}, **facts}
    if isinstance(said["family"], str):
        said["family"] = [said["family"]]
    dates = {name: said.pop(name) for name in DAYS if said.get(name)}
    language, articles = said.pop("language", "en"), said.pop("articles", "")
    url, official = said.pop("url", ""), said.pop("official", "false")
    said |= {"dates": dates, "languages": [language]}
    said.setdefault("scope", "regional" if said.get("region") else "global")
    if url:
        media = ENDINGS[_ending(candidate)]
        said["sources"] = [{"url": url, "media_type": media, "language": language, "official": official}]
    if articles:
        said["expect"] = {"articles": articles}
    if guessed:
        # It stands in the file for good: a guess nobody looked at must not pass for a fact a year later.
        said["todo"] = [f"guessed by the machine, to be checked: {', '.join(sorted(guessed))}"]
    return validate(Instrument, YamlNode(said), candidate.path.name)


def _ending(candidate: Candidate) -> str:
    found = format_of(candidate.path.read_bytes())
    return found.endings[0] if found else ".pdf"


def add(root: store.Root, corpus: Corpus, candidate: Candidate, instrument: Instrument, again: bool = False) -> Added:
    """Keep a treaty in the workspace, and make it: read, split, coded, linked.

    `again`: in the place of one that was added under the same id. DataError when the id is taken, or the file is no
    treaty; then nothing is kept.
    """
    _refuse(candidate, instrument)
    with store.open_workspace(root) as workspace:
        _see_that_it_is_free(workspace, corpus, instrument.id, again)
        ran = history.started_now("add")
        with history.under_way(workspace, "own", ran):
            before = _kept_before(workspace, instrument.id)
            # Kept first and taken back if it cannot be made: making reads it from where later runs will.
            keep_own(workspace, instrument, _ending(candidate), candidate.path.read_bytes())
            added = _made(workspace, corpus, instrument)
            # An earlier treaty of that id is put back: a failed try must not cost what was there.
            if not added.prepared.coding:
                _undo(workspace, instrument.id, before)
                raise DataError(*added.issues)
            history.record_run(workspace, "own", replace(ran, status="complete"), filter(None, [added.prepared.change]))
    return added


UNREADABLE = frozenset({"language-unknown", "language-unsupported", "text-garbled", "text-mangled", "text-missing"})
"""What is said of a text whose words cannot be relied on: nothing in it is coded rightly, and its cells would say so
of an instrument whose text is elsewhere as it should be."""


def _refuse(candidate: Candidate, instrument: Instrument) -> None:
    if any(row.code in UNREADABLE for row in _faults(candidate)):
        raise DataError(*_faults(candidate), issue("not-kept", candidate.path.name))
    if not candidate.piece.treaty.articles and instrument.kind not in WITHOUT_ARTICLES:
        kinds = " or ".join(WITHOUT_ARTICLES[:2])
        row = issue("not-a-treaty", candidate.path.name, kind=instrument.kind, kinds=kinds)
        raise DataError(*_faults(candidate), row)


def _faults(candidate: Candidate) -> list[Issue]:
    return [row for row in candidate.piece.issues if row.level == "error"]


def _see_that_it_is_free(workspace: Workspace, corpus: Corpus, ident: str, again: bool) -> None:
    mine = {one.id for one in own(workspace)[0]}
    if ident in {one.id for one in corpus.instruments} | set(current(workspace)) - mine:
        raise DataError(issue("id-taken.registry", ident))
    if ident in mine and not again:
        raise DataError(issue("id-taken.own", ident))


def _kept_before(workspace: Workspace, ident: str) -> tuple[Instrument, str, bytes] | None:
    """What was added under an id before, to be put back when the new one fails."""
    instrument = next((one for one in own(workspace)[0] if one.id == ident), None)
    copy = copy_of(workspace, ident)
    return (instrument, Path(copy[0]).suffix, copy[1]) if instrument and copy else None


def _undo(workspace: Workspace, ident: str, before: tuple[Instrument, str, bytes] | None) -> None:
    forget_own(workspace, ident)
    if before:
        keep_own(workspace, *before)


def _made(workspace: Workspace, corpus: Corpus, instrument: Instrument) -> Added:
    supply = Supply("own", own=(instrument.id,))
    came = supplied(instrument, workspace, supply, network_for(corpus, supply), {})
    families = corpus.codebook.family_of
    registry = tuple(sorted((*corpus.instruments, instrument), key=lambda one: one.id))
    made = prepare(
        workspace,
        Job(
            instrument=instrument,
            supplied=came,
            coder=coder_digest(corpus.root),
            people=People(),
            registry=registry,
            families=families,
        ),
    )
    if made.coding and made.source:
        remember_good(workspace, supply, [(instrument.id, made.source)])
        remember_current(workspace, [made])
    return Added(instrument, made, (*came.issues, *made.issues))


def remove(root: store.Root, ident: str) -> None:
    """Take a treaty of one's own out of the workspace again. DataError when there is none of that id."""
    with store.open_workspace(root) as workspace, log.about(instrument=ident):
        forget_own(workspace, ident)
        forget_current(workspace, ident)
        history.forget_instrument(workspace, ident)

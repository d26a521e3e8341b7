"""The last stage: what was prepared of every instrument is compared and laid out as the files of a release."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from treatynlp import store
from treatynlp.corpus import Corpus, Instrument
from treatynlp.errors import Issue, issue
from treatynlp.hashes import fingerprint
from treatynlp.home import home
from treatynlp.pipeline.runs.kept_pairs import KeptPairs
from treatynlp.pipeline.runs.prepare_instrument import Prepared
from treatynlp.pipeline.sandbox.serialisation import codings, treaties, understood
from treatynlp.pipeline.workspace.artefacts import load_artefact, load_document
from treatynlp.pipeline.workspace.stages import (
    CODE,
    LINK,
    PUBLISH,
    READ,
    SPLIT,
    Made,
    code_version,
    folder_digest,
    once,
    stage_key,
)
from treatynlp.store import Workspace

if TYPE_CHECKING:
    from treatynlp.comparison.records import Record

Files = dict[str, bytes]

_RULES = "comparison.yml"
_SNAPSHOT = ("manifest.json", "cells.csv")


@dataclass(frozen=True, slots=True)
class Batch:
    """All that a release is made of. `series` names the releases it follows: its changelog compares it with the last
    of them that was made from something else. `coder` is the hash of codebook, lexicon and model."""

    corpus: Corpus
    prepared: Sequence[Prepared]
    issues: tuple[Issue, ...]
    coder: str
    series: str
    with_text: bool = True


@dataclass(frozen=True, slots=True)
class Released:
    """The last release of a series: what it was made from, the hash of its files, of those of the one before, and the
    name of the piece of work; and the names of the records of its pairs."""

    inputs: str
    output: str
    previous: str = ""
    work: str = ""
    pairs: tuple[str, ...] = ()


RELEASED = TypeAdapter(Released)
SERIES, SNAPSHOT = "released", "snapshot"


@dataclass(frozen=True, slots=True)
class Packed:
    """A release ready to be put in its place, and what is to be remembered of it once it is."""

    files: Files
    made: Made
    released: Released


def compose_release(workspace: Workspace, batch: Batch) -> Packed:
    """The files of the release, recalled where nothing has changed since it was made."""
    inputs, last = _inputs(batch), understood(RELEASED, store.recall_record(workspace, SERIES, batch.series))
    # The same inputs again keep the release before: compared with itself, the changelog would be empty the second time,
    # and the bytes of the release others than the first time.
    previous = "" if last is None else last.previous if last.inputs == inputs else last.output
    kept = kept_pairs(workspace, batch)
    made = once(workspace, PUBLISH, [inputs, previous], lambda: (pack(_files(kept, batch, previous)), ()))
    lost = made.fresh and _incomparable(workspace, batch.series, last, previous)
    notices = (*made.notices, _unknown(batch.series)) if lost else made.notices
    files = unpack(store.get(workspace, made.output) or b"")
    released = Released(inputs=inputs, output=made.output, previous=previous, work=made.work, pairs=kept.names)
    return Packed(files, replace(made, notices=notices), released)


def remember_released(workspace: Workspace, series: str, packed: Packed) -> None:
    """Keep which release stands, and apart from it what it says of every cell: the next changelog rests on that."""
    kept = pack({name: packed.files[name] for name in _SNAPSHOT if name in packed.files})
    if store.recall_record(workspace, SNAPSHOT, packed.made.output) != kept:
        store.remember(workspace, SNAPSHOT, packed.made.output, kept)
    store.entrust(workspace, SERIES, series, RELEASED.dump_json(packed.released))


def _unknown(series: str) -> Issue:
    return issue("changes-unknown", series)


def _incomparable(workspace: Workspace, series: str, last: Released | None, previous: str) -> bool:
    """Whether there was a release before this one of which the disk has lost what it said."""
    if last is None:
        return store.forgotten(workspace, SERIES, series)
    return bool(previous) and _snapshot(workspace, previous) is None


def _inputs(batch: Batch) -> str:
    """The hash of all that the release is made from. Where a copy was had counts; when it came does not."""
    declared = (instrument.model_dump_json() for instrument in batch.corpus.instruments)
    made = (
        f"{one.id} {one.source.url} {one.source.sha256} {one.source.origin} {one.document} {one.treaty} {one.coding}"
        if one.source
        else ""
        for one in batch.prepared
    )
    models, beside = home() / "models", home() / "corpus" / "drafting_families.yml"
    measured = models / "alignment" / "weights.json", models / "topics" / "metrics.json"
    rules = folder_digest(batch.corpus.rules_folder / _RULES, *measured, beside)
    codebook = batch.corpus.codebook.model_dump_json()
    # The manifest names these even where nothing else comes of them: the reason of a decision, a splitter
    # that splits all as before.
    named = (*(row.model_dump_json() for row in (*batch.corpus.topics, *batch.corpus.overrides)), _program())
    given = (*declared, *made, *map(repr, batch.issues), *named, rules, codebook, batch.coder, str(batch.with_text))
    return stage_key(PUBLISH, given)


def kept_pairs(workspace: Workspace, batch: Batch) -> KeptPairs:
    """What earlier runs found of the pairs of these instruments."""
    terms = folder_digest(batch.corpus.rules_folder / _RULES), batch.corpus.codebook.model_dump_json()
    prepared = {one.id: one for one in batch.prepared}
    made = ((one, prepared[one.id]) for one in batch.corpus.instruments if one.id in prepared)
    return KeptPairs.of(workspace, made, terms)


def _files(kept: KeptPairs, batch: Batch, previous: str) -> Files:
    # Late: comparing and publishing bring pandas, scikit-learn and the workbook, and a run after which nothing has
    # changed has no use for them.
    from treatynlp.pipeline.runs.cell_inputs import cell_inputs
    from treatynlp.pipeline.steps.publishing import ReleaseInputs, compare_records, lay_out

    prepared = {one.id: one for one in batch.prepared}
    records = [_record(kept.workspace, one, prepared.get(one.id)) for one in batch.corpus.instruments]
    terms = ReleaseInputs(
        batch.corpus.codebook,
        rules=batch.corpus.rules_folder,
        issues=batch.issues,
        model=fingerprint(f"{batch.coder} {code_version(CODE)}"),
        inputs=cell_inputs(batch.corpus, batch.corpus.rules_folder / _RULES, _program()),
        previous=_snapshot(kept.workspace, previous),
        with_text=batch.with_text,
    )
    known = kept.recalled(records)
    overview = compare_records(records, terms, known)
    kept.keep(overview.alignments, known)
    return lay_out(overview, terms)


def _program() -> str:
    """The version of the code that splits, codes and compares."""
    versions = (code_version(stage) for stage in (READ, SPLIT, CODE, LINK, PUBLISH))
    return fingerprint(" ".join(versions))


def _record(workspace: Workspace, instrument: Instrument, prepared: Prepared | None) -> "Record":
    """The instrument as far as it came; nothing of it was found where no copy could be split."""
    from treatynlp.comparison.records import Provenance, Record  # late, as above

    if prepared is None or prepared.source is None or not prepared.document:
        return Record(instrument)
    read = load_document(workspace, prepared.document, prepared.source.sha256)
    source = Provenance.of(read, prepared.source.url, prepared.source.origin, prepared.source.retrieved)
    treaty = load_artefact(workspace, treaties(), prepared.treaty) if prepared.treaty else None
    coding = load_artefact(workspace, codings(), prepared.coding) if prepared.coding else None
    return Record(instrument, source, treaty, coding)


def _snapshot(workspace: Workspace, previous: str) -> Mapping[str, bytes] | None:
    """What the earlier release said of every cell; None when there is none, or the disk has lost all of it."""
    kept = (store.get(workspace, previous) or store.recall_record(workspace, SNAPSHOT, previous)) if previous else None
    files = unpack(kept or b"")
    return files if all(name in files for name in _SNAPSHOT) else None


def pack(files: Mapping[str, bytes]) -> bytes:
    """Files as one sequence of bytes, the same for the same files.

    >>> unpack(pack({"a.csv": b"1", "akn/b.xml": b"<b/>"}))
    {'a.csv': b'1', 'akn/b.xml': b'<b/>'}
    """
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name), files[name])
    return whole.getvalue()


def unpack(data: bytes) -> Files:
    """The files that were packed; none where there is nothing."""
    if not data:
        return {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}

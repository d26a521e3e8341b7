"""The texts of a release held against the workspace it was made in, and against the sources that are kept there."""

from collections.abc import Iterator
from hashlib import sha256

from treatynlp import store
from treatynlp.corpus import Instrument
from treatynlp.errors import DataError, Issue, issue
from treatynlp.pipeline.runs.current import current
from treatynlp.pipeline.runs.prepare_instrument import Prepared
from treatynlp.pipeline.sandbox import read, take_apart
from treatynlp.pipeline.sandbox.serialisation import treaties
from treatynlp.pipeline.workspace.artefacts import load_artefact
from treatynlp.pipeline.workspace.declarations import declared_last
from treatynlp.pipeline.workspace.history import histories
from treatynlp.pipeline.workspace.released_files import json_of
from treatynlp.registry import Source
from treatynlp.store import MANIFEST, Root, Workspace


def beside_workspace(release: Root, workspace: Workspace, again: bool = False) -> tuple[int, tuple[Issue, ...]]:
    """How many texts of a release are made of a source that the workspace has, too, and where the two differ.

    `again`: the source is read and split once more, which takes seconds each; else what was made of it last counts.
    """
    said = (json_of(release, MANIFEST) or {}).get("instruments", {})
    made = current(workspace)
    same = [one for one in sorted(set(said) & set(made)) if _of_one_source(made[one], said[one])]
    return len(same), tuple(row for one in same for row in _unlike(workspace, made[one], said[one], again))


def _of_one_source(prepared: Prepared, said: dict[str, str]) -> bool:
    return prepared.source is not None and prepared.source.sha256 == said.get("source_sha256")


def _unlike(workspace: Workspace, prepared: Prepared, said: dict[str, str], again: bool) -> Iterator[Issue]:
    name = f"texts/{prepared.id}.txt"
    try:
        text = (
            _read_again(workspace, prepared)
            if again
            else load_artefact(workspace, treaties(), prepared.treaty).text.value
        )
    except DataError as error:
        yield from error.issues
        return
    # By the hash in the manifest: a release without words can be held against its sources, too.
    if sha256(text.encode()).hexdigest() != said.get("text_sha256"):
        yield issue("release-disagrees.text", name, other="its source, read again," if again else "the workspace")


def _read_again(workspace: Workspace, prepared: Prepared) -> str:
    """The text that reading and splitting the kept source gives now."""
    source = prepared.source
    assert source is not None
    instrument = declared_last(workspace, histories(workspace), prepared.id)
    data = store.get(workspace, source.sha256)
    if data is None or instrument is None:
        raise DataError(issue("artefact-damaged.lost", prepared.id, "error"))
    return _split(data, instrument, source.declared(instrument))


def _split(data: bytes, instrument: Instrument, declared: Source) -> str:
    document = read(data, instrument.id, declared.language)
    treaty, _ = take_apart(document.parcel, instrument.id, declared.within)
    return treaty.value.text.value

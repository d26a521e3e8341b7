"""Treaties of one's own: what `treatynlp add` put into a workspace, beside the registry and never in it.

`own/instruments/<id>.yml` and `own/<id>.pdf` (or .html) in the workspace, as files that a person may correct. Runs in
that workspace include them, with the origin `own`.
"""

import yaml

from treatynlp.corpus import Instrument
from treatynlp.errors import DataError, Issue, issue
from treatynlp.reading.formats import ENDINGS
from treatynlp.store import Workspace
from treatynlp.strict_files import gather, parse_yaml, validate

_FOLDER = "own"
_HEAD = "# A treaty of one's own, added by `treatynlp add`. Correct what is wrong; the next run goes by it.\n"


def own(workspace: Workspace) -> tuple[tuple[Instrument, ...], list[Issue]]:
    """The treaties added to a workspace, by id; and the faults of the files that cannot be used."""
    names = (name for name in workspace.place.sizes(f"{_FOLDER}/instruments") if name.endswith(".yml"))
    found, issues = gather(lambda name: _declared(workspace, name), names)
    return tuple(sorted(found, key=lambda one: one.id)), issues


def _declared(workspace: Workspace, name: str) -> Instrument:
    instrument = validate(Instrument, parse_yaml(workspace.place.read(name) or b"", name), name)
    # A file that was copied to begin another treaty with, and kept its id, would be taken for the first one.
    if name != _declaration(instrument.id):
        raise DataError(issue("corpus-id.file", f"{name}: id", found=instrument.id))
    return instrument


def _declaration(ident: str) -> str:
    return f"{_FOLDER}/instruments/{ident}.yml"


def copy_of(workspace: Workspace, ident: str) -> tuple[str, bytes] | None:
    """The file that was added for an id, by its name, with its bytes; None when it is not there."""
    for ending in ENDINGS:
        data = workspace.place.read(f"{_FOLDER}/{ident}{ending}")
        if data is not None:
            return f"{_FOLDER}:{ident}{ending}", data
    return None


def keep_own(workspace: Workspace, instrument: Instrument, ending: str, data: bytes) -> None:
    """Keep a treaty of one's own: its bytes first, so that what is declared is always there."""
    remove_copies(workspace, instrument.id)
    workspace.place.write(f"{_FOLDER}/{instrument.id}{ending}", data)
    said = instrument.model_dump(mode="json", exclude_defaults=True)
    # Without what is default, so that a person who opens the file sees what was said of the treaty and nothing else.
    body = _HEAD + yaml.safe_dump(said, sort_keys=False, allow_unicode=True)
    workspace.place.write(_declaration(instrument.id), body.encode())


def forget_own(workspace: Workspace, ident: str) -> None:
    """Take a treaty of one's own out again. DataError when there is none of that id."""
    if workspace.place.read(_declaration(ident)) is None:
        raise DataError(issue("own-unknown", ident))
    workspace.place.remove(_declaration(ident))
    remove_copies(workspace, ident)


def remove_copies(workspace: Workspace, ident: str) -> None:
    """Remove the files of an id."""
    for ending in ENDINGS:
        if workspace.place.read(f"{_FOLDER}/{ident}{ending}") is not None:
            workspace.place.remove(f"{_FOLDER}/{ident}{ending}")

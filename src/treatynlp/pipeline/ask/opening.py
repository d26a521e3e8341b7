"""Opening a release for reading: the one that was named, or the nearest there is."""

import json
import os
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from treatynlp.errors import DataError, issue
from treatynlp.home import home
from treatynlp.publishing import measured as measured_tables
from treatynlp.publishing.release_frames import Release, read_release
from treatynlp.store import Root, Workspace, default_root, file_of, last_release, rooted

if TYPE_CHECKING:
    import pandas as pd


def release(place: Root | None = None) -> Release:
    """A release's tables, as data frames.

    `place` is a release's folder or URL. Without one: the one that `TREATYNLP_RELEASE` names, else the workspace's last
    one, else the newest that lies in the checkout (corpus/releases), else one of the fictional specimens, which is made
    on the spot in the workspace. DataError where the place named holds no release.
    """
    named = place or os.environ.get("TREATYNLP_RELEASE")
    if named:
        return open_release(rooted(named))
    return open_release(next(_nearest()))


def open_release(place: Root) -> Release:
    """The release in this place. DataError where there is none."""
    return read_release(partial(file_of, place), str(place))


def measured() -> "dict[str, pd.DataFrame]":
    """How often the classifier that comes with treatynlp errs, as tables (see `publishing.measured.tables_of`)."""
    found = _metrics()
    if found is None:
        raise DataError(issue("model-not-measured", home() / "models" / "topics"))
    return measured_tables.tables_of(found)


def model_errors() -> dict[str, str]:
    """How often that classifier errs about each topic, in a sentence; {} where it was not measured."""
    found = _metrics()
    return measured_tables.blind_errors(found) if found else {}


def _metrics() -> dict[str, Any] | None:
    found = file_of(home() / "models" / "topics", "metrics.json")
    return json.loads(found) if found else None


def _nearest() -> Iterator[Root]:
    if last := last_release(Workspace(default_root())):
        yield last
    # Their names are dates: the last by name is the newest.
    releases = sorted((home() / "corpus" / "releases").glob("*/"), reverse=True)
    yield from (folder for folder in releases if (folder / "datapackage.json").is_file())
    yield _specimens()


def _specimens() -> Root:
    # The whole way is imported only where there is nothing to open.
    from treatynlp.pipeline.runs.refresh import run
    from treatynlp.pipeline.runs.sources import specimens

    corpus, supply = specimens()
    outcome = run(corpus, default_root(), supply)
    if outcome.release is None:
        raise DataError(*outcome.issues)
    return outcome.release

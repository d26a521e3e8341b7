"""A release and its workspace looked over: whether each file is what was released, whether what people declared and
what the workspace keeps still stands, and which instruments nobody has looked at for long."""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from treatynlp import store
from treatynlp.dates import day_of
from treatynlp.errors import DataError, Issue, brief_of, issue
from treatynlp.hashes import abridged
from treatynlp.pipeline.ask.checking import faults
from treatynlp.pipeline.ask.release_texts import beside_workspace
from treatynlp.pipeline.ask.signing import signature_faults
from treatynlp.pipeline.runs.outcome import Outcome, Status, number_of
from treatynlp.pipeline.workspace.history import histories
from treatynlp.pipeline.workspace.released_files import changed_files, json_of
from treatynlp.publishing.package import release_number
from treatynlp.publishing.proof.consistency import FAULTS, contradictions
from treatynlp.publishing.proof.files import Reader
from treatynlp.store import MANIFEST, Root, Workspace

PACKAGE = "datapackage.json"


def look_over(root: Root, release: Root | None = None, folder: Path | None = None, days: int = 30) -> Outcome:
    """Look over a release (without one: the workspace's last), its workspace and what is declared in `folder`.

    `failed`: the release is missing or is no longer what was released; `degraded`: it is whole, but something declared
    or kept is faulty, or a source has not been reached for more than `days` days; `complete`: all is well.
    """
    workspace = Workspace(root)
    place = release or store.release_of(workspace)
    if place is None:
        return Outcome("failed", f"Nothing to look over: {_missing(root).message}", (_missing(root),))
    broken = released_faults(place)
    others = (*_declared(folder, root), *grown_old(workspace, days))
    status, reason = _verdict(broken, others, days)
    return Outcome(status, reason, (*broken, *others), release=place)


def _verdict(broken: tuple[Issue, ...], others: tuple[Issue, ...], days: int) -> tuple[Status, str]:
    if broken:
        return "failed", f"{number_of(len(broken), 'fault')} in the release; make it again before it is used."
    old = sum(row.code == "source-old" for row in others)
    wrong = sum(row.level == "error" for row in others)
    if not old and not wrong:
        return "complete", f"Every file is what was released, and no source has been out of reach for {days} days."
    found = [number_of(wrong, "fault") + " in what is declared or kept"] if wrong else []
    found += [number_of(old, "source") + f" not reached for more than {days} days"] if old else []
    return "degraded", f"Every file is what was released, but there are problems: {'; '.join(found)}."


def _missing(where: Root) -> Issue:
    return issue("release-missing.any", where)


def released_faults(release: Root) -> tuple[Issue, ...]:
    """What is wrong with the files of a release: each held against its manifest, the manifest against itself, and what
    they say against what the tables say (see `publishing.proof`)."""
    manifest = json_of(release, MANIFEST)
    if manifest is None or not isinstance(manifest.get("files"), dict):
        return (_missing(release),)
    package = json_of(release, PACKAGE) or {}
    changed = changed_files(release)
    # A file that is told as changed is not read for the other proofs: what it says contradicts the rest by necessity.
    known = frozenset(row.where for row in changed)

    @cache  # several proofs read the same tables, and a release may be at a URL
    def read(name: str) -> bytes | None:
        return None if name in known else store.file_of(release, name)

    try:
        agreed = (*_numbered(read, manifest), *_tables(read, package), *contradictions(read, package, manifest))
    except FAULTS as error:
        agreed = (issue("release-unreadable.package", PACKAGE, reason=brief_of(error)),)
    return (*changed, *dict.fromkeys(agreed))


def proven(release: Root, root: Root, again: bool = False, key: Path | None = None) -> tuple[tuple[Issue, ...], str]:
    """What is wrong with a release, and a sentence on what was compared: its files with its manifest and one another,
    its texts with those of the workspace `root` (`again`: with the sources kept there, read once more), and its
    signature with a public key."""
    found = released_faults(release)
    manifest = json_of(release, MANIFEST)
    if manifest is None:
        return found, "nothing was compared"
    kept, beside = beside_workspace(release, Workspace(root), again)
    signed = signature_faults(release, key) if key else ()
    number, files = abridged(str(manifest.get("release"))), len(manifest.get("files") or ())
    against = "the sources kept in the workspace" if again else "the workspace"
    said = f"release {number}: {files} files held against its manifest and one another, {kept} texts against {against}"
    return (*found, *beside, *signed), said + (f", signed by {key}" if key and not signed else "")


def _numbered(read: Reader, manifest: Mapping[str, Any]) -> Iterator[Issue]:
    """Whether the number the release is cited by is that of its tables; it cannot be told while one is lost."""
    tables = {name: read(name) for name in manifest["files"] if name.endswith(".csv")}
    whole = {name: data for name, data in tables.items() if data is not None}
    # With a table lost the number must differ, and saying so would be a second row for one fault.
    if len(whole) == len(tables) and manifest.get("release") != release_number(whole):
        yield issue("release-disagrees.number", MANIFEST)


def _tables(read: Reader, package: Mapping[str, Any]) -> Iterator[Issue]:
    """The tables that are not as the data package describes them."""
    for described in package.get("resources", []):
        name = described["path"]
        if (data := read(name)) is None:
            continue
        columns = [field["name"] for field in described["schema"]["fields"]]
        if (len(data), f"sha256:{sha256(data).hexdigest()}") != (described["bytes"], described["hash"]):
            yield issue("release-table-undescribed.bytes", name)
        elif _header(data) != columns:
            yield issue("release-table-undescribed.columns", name)


def _header(data: bytes) -> list[str]:
    return next(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")), [])


def _declared(folder: Path | None, root: Root) -> tuple[Issue, ...]:
    try:
        return faults(folder, root)[0]
    except DataError as error:
        return error.issues


def grown_old(workspace: Workspace, days: int) -> tuple[Issue, ...]:
    """The instruments whose source was reached once, and then for more than so many days no more. Those that were never
    reached are told by the release's own issues."""
    since = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")
    reached: dict[str, str] = {}
    for of_series in histories(workspace).values():
        for ident, attempt in of_series.attempts.items():
            reached[ident] = max(reached.get(ident, ""), attempt.reached)
    return tuple(
        issue("source-old", ident, day=day_of(last)) for ident, last in sorted(reached.items()) if last and last < since
    )

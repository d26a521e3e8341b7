"""A release and its workspace looked over: whether each file is what was released, whether what people declared and
what the workspace keeps still stands, and which instruments nobody has looked at for long."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from treatynlp import store
from treatynlp.errors import DataError, Issue, issue
from treatynlp.pipeline.ask.checking import faults
from treatynlp.pipeline.runs.outcome import Outcome, Status
from treatynlp.pipeline.workspace.history import histories
from treatynlp.store import Root, Workspace

MANIFEST, PACKAGE = "manifest.json", "datapackage.json"


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
        return "failed", f"{_counted(len(broken), 'fault')} in the release; make it again before it is used."
    old = sum(row.code == "source-old" for row in others)
    wrong = sum(row.level == "error" for row in others)
    if not old and not wrong:
        return "complete", f"Every file is what was released, and no source has been out of reach for {days} days."
    found = [_counted(wrong, "fault") + " in what is declared or kept"] if wrong else []
    found += [_counted(old, "source") + f" not reached for more than {days} days"] if old else []
    return "degraded", f"Every file is what was released, but there are problems: {'; '.join(found)}."


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _missing(where: Root) -> Issue:
    return issue("release-missing.any", where)


def released_faults(release: Root) -> tuple[Issue, ...]:
    """What is wrong with the files of a release, each held against its manifest and its data package."""
    manifest = _json(release, MANIFEST)
    if manifest is None:
        return (_missing(release),)
    named = {name: (said.get("bytes"), said.get("sha256")) for name, said in manifest.get("files", {}).items()}
    found = dict.fromkeys(row for name in sorted(named) for row in _unlike(release, name, named[name]))
    return (*found, *_tables(release, frozenset(row.where for row in found)))


def _unlike(release: Root, name: str, said: tuple[Any, Any]) -> Iterator[Issue]:
    data = store.file_of(release, name)
    if data is None:
        yield issue("release-file-missing", name)
    elif (len(data), sha256(data).hexdigest()) != said:
        yield issue("release-file-changed", name, bytes=len(data))


def _tables(release: Root, known: frozenset[str]) -> Iterator[Issue]:
    """The tables that are not as the data package describes them; those in `known` have been told."""
    package = _json(release, PACKAGE)
    for described in package.get("resources", []) if package else []:
        name = described["path"]
        data = store.file_of(release, name)
        if name in known or data is None:
            continue
        columns = [field["name"] for field in described["schema"]["fields"]]
        if (len(data), f"sha256:{sha256(data).hexdigest()}") != (described["bytes"], described["hash"]):
            yield issue("release-table-undescribed.bytes", name)
        elif _header(data) != columns:
            yield issue("release-table-undescribed.columns", name)


def _header(data: bytes) -> list[str]:
    return next(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")), [])


def _json(release: Root, name: str) -> Mapping[str, Any] | None:
    try:
        found = json.loads(store.file_of(release, name) or b"")
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


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
        issue("source-old", ident, day=last[:10]) for ident, last in sorted(reached.items()) if last and last < since
    )

"""The release folder: every file by name, the same bytes for the same input."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from treatynlp.comparison.changes import Inputs, Snapshot, changes, keyed
from treatynlp.comparison.overview import Overview
from treatynlp.comparison.records import Record, places
from treatynlp.corpus import Instrument, text_hash
from treatynlp.errors import Issue
from treatynlp.hashes import abridged, fingerprint
from treatynlp.publishing.akn import akn
from treatynlp.publishing.csv_format import from_csv, to_csv, to_schema
from treatynlp.publishing.database import database
from treatynlp.publishing.explorer import About, explorer
from treatynlp.publishing.material import Material, text_sha256
from treatynlp.publishing.proof.seal import sealed, to_json
from treatynlp.publishing.table import Table
from treatynlp.publishing.tables import release_tables
from treatynlp.publishing.tables.cells import cells_table
from treatynlp.publishing.workbook import workbook

Files = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class MadeBy:
    """What made the codings of a release (`{"model": "linear 3f2a…"}`), and by topic a sentence on how it errs."""

    versions: Mapping[str, str] = field(default_factory=dict)
    errs: Mapping[str, str] = field(default_factory=dict)


def release_files(
    overview: Overview,
    *,
    issues: Iterable[Issue] = (),
    made_by: MadeBy | None = None,
    inputs: Inputs | None = None,
    previous: Mapping[str, bytes] | None = None,
    with_text: bool = True,
) -> Files:
    """Every file of the release folder by name.

    `made_by` names what made the codings, and how often it errs; `inputs` hashes what cells rest on; `previous`
    holds the earlier release's manifest.json and cells.csv, against which changes.csv is written; without `with_text`
    no table holds words of a treaty (terms, headings and numbers stay), so that the folder may be published. Offsets
    count the characters of `texts/<id>.txt`.
    """
    now, made_by = snapshot(overview, inputs or Inputs()), made_by or MadeBy()
    # Sorted, as every mapping of a release is: the same input gives the same bytes, whoever filled it in what order.
    named = dict(sorted(made_by.versions.items()))
    changed = changes(read_snapshot(previous), now) if previous else ()
    found = release_tables(overview, issues, changed)
    found = found if with_text else [table.without_words() for table in found]
    files = {f"{table.name}.csv": to_csv(table) for table in found}
    files["datapackage.json"] = to_json(datapackage(found, files))
    if with_text:
        files |= {f"texts/{one.id}.txt": one.treaty.text.value.encode() for one in overview.records if one.treaty}
        written = [one for one in overview.records if one.treaty]
        # A link leads only to what is in the folder: other instruments are named, not linked.
        there = {one.id: {provision.eid for provision in one.treaty.walk()} for one in written if one.treaty}
        files |= {f"akn/{one.id}.xml": akn(one.treaty, one.instrument, there) for one in written if one.treaty}
    # Taken before workbook and explorer are made, as both print it.
    number = release_number(files)
    # Made of the tables without words too, where there are none: no file may say more than the folder is meant to.
    files["workbook.xlsx"] = workbook(found, f"release {abridged(number)}")
    files["release.sqlite"] = database(found)
    files |= explorer(overview, found, _about(overview, made_by, number, found, with_text))
    # Last: it holds the hash of every other file, and its own seal.
    files["manifest.json"] = sealed({"release": number} | manifest(overview, now, named, files, with_text))
    return dict(sorted(files.items()))


HISTORY = ("changes.csv", "issues.csv")
"""Tables that tell how a release came about: an earlier release, a download that failed and was made good."""


def release_number(files: Mapping[str, bytes]) -> str:
    """What a release is cited by: the hash of its tables, but for those that tell its history.

    Two workspaces that made the same tables give the same number, whatever they went through before.
    """
    # Of CSV alone: the other files are made of it, and another version of a library may write them in other bytes.
    kept = {name: _hash(data) for name, data in sorted(files.items()) if name.endswith(".csv") and name not in HISTORY}
    return _hash(json.dumps(kept).encode())


def _about(overview: Overview, made_by: MadeBy, number: str, found: Sequence[Table], with_text: bool) -> About:
    """What the explorer says of the release."""
    names, made = tuple((table.name, table.means) for table in found), tuple(sorted(made_by.versions.items()))
    return About(
        treatynlp=_version(),
        codebook=_codebook(overview),
        versions=made,
        hash=number,
        tables=names,
        with_text=with_text,
        errs=made_by.errs,
    )


def _codebook(overview: Overview) -> str:
    return fingerprint(overview.codebook.model_dump_json())


def datapackage(found: Sequence[Table], files: Mapping[str, bytes]) -> dict[str, Any]:
    """The data package that describes every table: path, size, hash, and the meaning of each column."""
    return {
        "name": "treatynlp-release",
        "title": "Treaties compared: provisions, labels, matrices and harmonisation",
        "profile": "tabular-data-package",
        "resources": [_resource(table, files[f"{table.name}.csv"]) for table in found],
    }


def _resource(table: Table, data: bytes) -> dict[str, Any]:
    return {
        "name": table.name, "path": f"{table.name}.csv", "description": table.means,
        "profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8-sig",
        # The byte order mark is part of the encoding's name here: `frictionless` would else read it into the first
        # heading.
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "bytes": len(data), "hash": f"sha256:{sha256(data).hexdigest()}", "schema": to_schema(table),
        **_on_sheet(table),
    }  # fmt: skip


def _on_sheet(table: Table) -> dict[str, Any]:
    """Which rows the table's sheet in the workbook holds, where it holds not all: {"sheet": {"match": ["matched"]}}."""
    return {"sheet": {table.sheet.only[0]: list(table.sheet.only[1])}} if table.sheet.only else {}


def manifest(
    overview: Overview, now: Snapshot, versions: Mapping[str, str], files: Mapping[str, bytes], with_text: bool
) -> dict[str, Any]:
    """What the release was made from and consists of; `inputs` are the hashes its changelog goes by, `versions` those
    of what made the codings."""
    known = {"texts": now.texts, "registry": now.registry, "codebook": now.codebook, **asdict(now.inputs)}
    return {
        "treatynlp": _version(),
        "with_text": with_text,
        "codebook": _codebook(overview),
        "versions": versions,
        "pairs": {"of_instruments": len(overview.similarities), "compared": len(overview.alignments)},
        "instruments": {record.id: _made_from(record, now) for record in overview.records},
        "inputs": known,
        "files": {name: {"bytes": len(data), "sha256": _hash(data)} for name, data in sorted(files.items())},
    }


def _made_from(record: Record, now: Snapshot) -> dict[str, Any]:
    source = record.source
    return {
        "source_sha256": source.sha256 if source else None, "origin": source.origin if source else None,
        "text_sha256": text_sha256(record), "registry": now.registry.get(record.id),
    }  # fmt: skip


def _hash(data: bytes) -> str:
    return sha256(data).hexdigest()


def _version() -> str:
    try:
        return version("treatynlp")
    except PackageNotFoundError:
        return "unknown"


def snapshot(overview: Overview, inputs: Inputs) -> Snapshot:
    """What a later release compares itself with."""
    declared = {record.id: fingerprint(_asked(record.instrument)) for record in overview.records}
    codebook = {name: fingerprint(topic.model_dump_json()) for name, topic in overview.codebook.topics.items()}
    # Through CSV, as the earlier release is known by its file only: else rounding and empty cells would pass for
    # changes.
    rows = from_csv(to_csv(cells_table(Material.of(overview))))
    texts = {record.id: _texts(record) for record in overview.records if record.treaty}
    return Snapshot(cells=keyed(rows), texts=texts, registry=declared, codebook=codebook, inputs=inputs)


def _asked(instrument: Instrument) -> str:
    """What of an instrument's entry in the registry can change a cell: its title cannot."""
    return repr((instrument.kind, instrument.expect.articles, instrument.parent, instrument.within))


def _texts(record: Record) -> dict[str, str]:
    """The hashes of an instrument's articles, and of what stands beside them, by address."""
    treaty, where = record.treaty, places(record.treaty)
    homes = dict.fromkeys(place.article for place in where.values())
    return {eid: text_hash(treaty.words(where[eid].provision.span)) for eid in homes} if treaty else {}


def read_snapshot(files: Mapping[str, bytes]) -> Snapshot:
    """The snapshot of an earlier release, from its manifest.json and cells.csv; KeyError when one is missing."""
    made = json.loads(files["manifest.json"])
    known = made.get("inputs")
    rows = keyed(from_csv(files["cells.csv"]))
    # A release made before the hashes were kept is still compared cell by cell; only causes cannot be told.
    if known is None:
        return Snapshot(rows, {}, {}, {}, recorded=False)
    rest = Inputs(**{one.name: known[one.name] for one in fields(Inputs)})
    return Snapshot(
        cells=rows, texts=known["texts"], registry=known["registry"], codebook=known["codebook"], inputs=rest
    )

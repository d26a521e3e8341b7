"""The model as a file: skops (never pickle), checked against its checksum, the same bytes for the same data."""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import skops.io
from scipy import sparse

from treatynlp.coding.classifier import Coder
from treatynlp.coding.lexicon import Lexicon, load_lexicon
from treatynlp.coding.model import Decider, TopicModel
from treatynlp.coding.pattern_record import Trust
from treatynlp.coding.words import TermWeights, WordModel
from treatynlp.errors import DataError, issue
from treatynlp.home import home

FILE, LOCK = "topics.skops", "lock.json"
TRUSTED: tuple[str, ...] = ()
"""Types a model file may hold beyond what skops itself trusts: none, it holds arrays, texts and numbers."""
MOST = 100_000_000
"""Bytes a model file may unpack to; ours unpacks to a fifth of it at most."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


def load_coder(folder: Path | None = None, lexicon: Lexicon | None = None) -> Coder:
    """The coder of a model's folder (without one: the one that comes with treatynlp).

    DataError when the file is missing, is not what its lock says, or holds what a model has no need of.
    """
    folder = folder or home() / "models" / "topics"
    return Coder(lexicon or load_lexicon(), read_model(folder))


def read_model(folder: Path) -> TopicModel:
    """The model in a folder, after its checksum has been compared with the lock's."""
    try:
        data, lock = (folder / FILE).read_bytes(), json.loads((folder / LOCK).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(issue("model-missing", folder, reason=error)) from None
    if hashlib.sha256(data).hexdigest() != lock.get("sha256"):
        raise DataError(issue("model-checksum", folder, file=FILE, lock=LOCK))
    return from_bytes(data, str(folder))


def to_bytes(model: TopicModel) -> bytes:
    """The model as a skops file, without times and memory addresses in it."""
    return _settled(skops.io.dumps(_plain(model)))


def from_bytes(data: bytes, where: str = FILE) -> TopicModel:
    """The model of a skops file. DataError when it holds other things than arrays, texts and numbers."""
    _see_that_it_is_bounded(data, where)
    strange = skops.io.get_untrusted_types(data=data)
    if set(strange) - set(TRUSTED):
        raise DataError(issue("model-untrusted", where, strange=", ".join(strange)))
    return _model(skops.io.loads(data, trusted=list(TRUSTED)))


def _see_that_it_is_bounded(data: bytes, where: str) -> None:
    """A model is an archive of arrays that unpacks to a few megabytes. What it says of itself is held to: members are
    read no further than the size their entry states."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile:
        called = "a pickle, which may run code when it is opened," if data[:1] == b"\x80" else "no archive of arrays"
        raise DataError(issue("model-no-archive", where, called=called)) from None
    if unpacked > MOST:
        raise DataError(issue("model-too-large", where, unpacked=unpacked, most=MOST))


def _plain(model: TopicModel) -> dict[str, Any]:
    words = model.words
    return {
        "topics": "\n".join(model.topics),
        "familiar": model.familiar,
        "record": "\n".join(model.trust.counts),
        "counts": np.array(list(model.trust.counts.values()), dtype=np.float32).reshape(-1, 2),
        "accept": model.accept,
        "doubt": model.doubt,
        "first": _weights(model.first),
        "decider": _weights(model.decider),
        # Half precision: these weights are most of the file, and are only ever summed.
        "weights": words.weights.astype(np.float16),
        "base": words.base,
        "topics_of": words.topics_of.astype(np.int8),
        "examples": words.examples.data.astype(np.float32),
        "columns": words.examples.indices.astype(np.int32),
        "rows": words.examples.indptr.astype(np.int32),
        "terms": {one.block: "\n".join(one.terms) for one in words.vocabularies},
        "idf": {one.block: one.idf.astype(np.float32) for one in words.vocabularies},
    }


def _weights(decider: Decider) -> dict[str, Any]:
    return {one.name: getattr(decider, one.name) for one in fields(decider)}


def _model(plain: Mapping[str, Any]) -> TopicModel:
    idf = plain["idf"]
    vocabularies = tuple(
        TermWeights(block, tuple(terms.split("\n")), idf[block].astype(np.float64))
        for block, terms in plain["terms"].items()
    )
    weights, base, topics_of = plain["weights"].astype(np.float64), plain["base"], plain["topics_of"].astype(np.float64)
    parts = (plain["examples"].astype(np.float64), plain["columns"], plain["rows"])
    examples = sparse.csr_matrix(parts, shape=(len(topics_of), len(weights)))
    words = WordModel(vocabularies, weights, base, examples, topics_of)
    first, decider = Decider(**plain["first"]), Decider(**plain["decider"])
    pairs = zip(plain["record"].split("\n"), plain["counts"].tolist(), strict=True)
    trust = Trust({key: (right, seen) for key, (right, seen) in pairs})
    topics = tuple(plain["topics"].split("\n"))
    return TopicModel(
        topics=topics,
        words=words,
        trust=trust,
        first=first,
        decider=decider,
        familiar=plain["familiar"],
        accept=plain["accept"],
        doubt=plain["doubt"],
    )


def _settled(data: bytes) -> bytes:
    """The archive with members numbered in the order they are named, and without the time it was written."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    schema = members.pop("schema.json").decode("utf-8")
    numbers = {found: str(at) for at, found in enumerate(dict.fromkeys(re.findall(r'"__id__": (\d+)', schema)), 1)}
    # skops numbers members by their place in memory, which is another in every process.
    schema = re.sub(r'("__id__": )(\d+)', lambda m: m[1] + numbers[m[2]], schema)
    schema = re.sub(r'"(\d+)(\.np[yz])"', lambda m: f'"{numbers[m[1]]}{m[2]}"', schema)
    renamed = {_renamed(name, numbers): content for name, content in members.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted({**renamed, "schema.json": schema.encode()}.items()):
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _renamed(name: str, numbers: Mapping[str, str]) -> str:
    stem, _, ending = name.partition(".")
    return f"{numbers.get(stem, stem)}.{ending}"

"""A skops file of plain things (dictionaries, texts, numbers, arrays), read without skops.

When skops is imported it looks through all of scikit-learn for types to trust: two seconds of each process, longer than
coding most treaties. Plain things need no such list. Whatever else a file holds is left to skops, which refuses it.
"""

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

import numpy as np


class _Other(Exception):
    """The file holds something that is not plain."""


def plain_content(data: bytes) -> dict[str, Any] | None:
    """What the file holds; None where it is not plain, or not as skops writes it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = _content(json.loads(archive.read("schema.json")), archive)
    except (_Other, ValueError, KeyError, TypeError, AttributeError):
        return None
    return found if isinstance(found, dict) else None


def _content(node: Mapping[str, Any], archive: zipfile.ZipFile) -> Any:
    """The value a node of the schema stands for."""
    match node["__loader__"], node["__module__"], node["__class__"]:
        case "DictNode", "builtins", "dict" if _keyed_by_text(node["key_types"]):
            return {key: _content(value, archive) for key, value in node["content"].items()}
        case "JsonNode", "builtins", _:
            return json.loads(node["content"])
        case "NdArrayNode", "numpy", "ndarray" if node["type"] == "numpy":
            return np.load(io.BytesIO(archive.read(node["file"])), allow_pickle=False)
    raise _Other


def _keyed_by_text(kinds: Mapping[str, Any]) -> bool:
    return all((one["__module__"], one["__class__"]) == ("builtins", "str") for one in kinds["content"])

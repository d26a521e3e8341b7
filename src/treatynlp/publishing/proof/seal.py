"""The manifest's own hash, so that a change of the file that vouches for all others is noticed, too."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

SEAL = "seal"
"""The last key of a manifest: the SHA-256 of the same JSON without this key."""


def to_json(value: Any) -> bytes:
    """JSON as people can read it, ending in a line end."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def sealed(manifest: Mapping[str, Any]) -> bytes:
    """The manifest as a file that holds its own hash.

    >>> broken(sealed({"files": {}})), broken(sealed({"files": {}}).replace(b"files", b"filEs"))
    (False, True)
    """
    return to_json({**manifest, SEAL: sha256(to_json(manifest)).hexdigest()})


def broken(data: bytes) -> bool | None:
    """Whether a manifest is another than was sealed, to the last blank; None where it has no seal, as those of releases
    made before December 2026."""
    try:
        said = json.loads(data)
        seal = said.pop(SEAL, None)
    except (ValueError, AttributeError):
        return True
    return None if seal is None else sealed(said) != data

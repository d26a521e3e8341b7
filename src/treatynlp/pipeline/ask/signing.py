"""A release signed by whoever publishes it, so that others can tell that it is theirs and whole.

The signature is Ed25519 (RFC 8032) over the bytes of manifest.json, which holds the hash of every other file. It stands
beside it as 64 bytes, and can be checked without treatynlp:

    openssl pkeyutl -verify -pubin -inkey league.pub.pem -rawin -in manifest.json -sigfile manifest.json.sig
"""

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from treatynlp import store
from treatynlp.errors import DataError, Issue, issue
from treatynlp.pipeline.workspace.released_files import changed_files
from treatynlp.store import MANIFEST, Root, Workspace

_REASON = 120
"""Letters of a library's words that a message repeats."""

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


def sign(release: Root, key: Path, passphrase: bytes | None = None) -> None:
    """Put a signature beside the manifest of a release, made with the private key in this file (PEM, PKCS #8).

    DataError where the release is not what was released, or the file holds no such key.
    """
    _ready()
    private, manifest = _private(key, passphrase), store.file_of(release, MANIFEST)
    if manifest is None:
        raise DataError(issue("release-missing.any", release))
    # A signature vouches for every file through the manifest: none is put under what nobody released.
    if changed := changed_files(release):
        raise DataError(*changed)
    Workspace(release).place.write(store.SIGNATURE, private.sign(manifest))


def signature_faults(release: Root, key: Path) -> tuple[Issue, ...]:
    """Why a release does not bear the signature of this public key (PEM); () where it does."""
    _ready()
    from cryptography.exceptions import InvalidSignature

    public = _public(key)
    signature, manifest = (store.file_of(release, name) for name in (store.SIGNATURE, MANIFEST))
    if signature is None:
        return (issue("release-signature.missing", store.SIGNATURE),)
    try:
        public.verify(signature, manifest or b"")
    except InvalidSignature:
        return (issue("release-signature.wrong", store.SIGNATURE, key=key),)
    return ()


def encrypted(key: Path) -> bool:
    """Whether a private key asks for a passphrase."""
    return b"ENCRYPTED" in _bytes(key)


# The library is imported in the functions below: it comes with an extra, and releases are checked without it, too.


def _ready() -> None:
    """See that the library is there: it comes with the extra `sign`."""
    if find_spec("cryptography") is None:
        raise DataError(issue("release-signature.library", store.SIGNATURE))


def _private(key: Path, passphrase: bytes | None) -> "Ed25519PrivateKey":
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    found = _loaded("load_pem_private_key", key, passphrase)
    if not isinstance(found, Ed25519PrivateKey):
        raise DataError(issue("release-signature.key", key, reason="it holds a key of another kind"))
    return found


def _public(key: Path) -> "Ed25519PublicKey":
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    found = _loaded("load_pem_public_key", key)
    if not isinstance(found, Ed25519PublicKey):
        raise DataError(issue("release-signature.key", key, reason="it holds a key of another kind"))
    return found


def _loaded(loader: str, key: Path, *passphrase: bytes | None) -> Any:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization

    try:
        return getattr(serialization, loader)(_bytes(key), *passphrase)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise DataError(issue("release-signature.key", key, reason=str(error)[:_REASON])) from error


def _bytes(key: Path) -> bytes:
    try:
        return key.read_bytes()
    except OSError as error:
        raise DataError(issue("release-signature.key", key, reason=error.strerror)) from error

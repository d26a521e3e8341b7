"""An object store on this machine, spoken to over real HTTP; and a drive that knows no exclusive creation."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import fsspec
import httpx
from fsspec.implementations.local import LocalFileSystem

BUCKET = "treaties"


@contextmanager
def object_store() -> Iterator[str]:
    """The URL of a bucket of a store that speaks S3 (moto), reached by s3fs as any other is: by environment."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    known = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}", "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b",
        "AWS_DEFAULT_REGION": "us-east-1",
    }  # fmt: skip
    try:
        with patch.dict(os.environ, known):
            _forget_stores()
            httpx.post(f"http://{host}:{port}/moto-api/reset").raise_for_status()  # what an earlier server kept
            fsspec.filesystem("s3").mkdir(BUCKET)
            yield f"s3://{BUCKET}"
    finally:
        _forget_stores()
        server.stop()


def _forget_stores() -> None:
    """fsspec keeps a store by what it was called with, and the environment it was made in is no part of that."""
    fsspec.get_filesystem_class("s3").clear_instance_cache()


class Drive(LocalFileSystem):  # type: ignore[misc]
    """A drive as sftp or smb give it: files are moved in, and to create one is to look first and write then."""

    protocol = "drive"

    @classmethod
    def _strip_protocol(cls, path: Any) -> Any:
        return super()._strip_protocol(str(path).removeprefix("drive://"))

    def pipe_file(self, path: str, value: bytes, mode: str = "overwrite", **kwargs: Any) -> None:
        if mode == "create" and self.exists(path):
            raise FileExistsError(path)
        super().pipe_file(path, value)


def drives() -> None:
    """Make `drive:///folder` an address that fsspec knows."""
    fsspec.register_implementation("drive", Drive, clobber=True)

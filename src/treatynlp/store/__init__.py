"""Where results are kept: bytes by hash, records by name, releases as whole folders. The only package that writes.

A power cut at any point leaves either the old or the new, never a half: every file is written beside its place,
forced to the disk and then moved in; a release folder is exchanged for the next one in a single step. What is read
back is compared with its hash, so what a disk has lost is noticed and made again.

>>> import pathlib, tempfile
>>> with tempfile.TemporaryDirectory() as folder, opened(pathlib.Path(folder)) as workspace:
...     digest = put(workspace, b"Each Party shall ...")
...     get(workspace, digest), get(workspace, "0" * 64)
(b'Each Party shall ...', None)
"""

from treatynlp.store.release import holds, shelve
from treatynlp.store.workspace import (
    Workspace,
    default_root,
    get,
    intact,
    names,
    opened,
    put,
    recall,
    remember,
    unsound,
    write,
)

__all__ = [
    "Workspace", "default_root", "get", "holds", "intact", "names", "opened", "put", "recall",
    "remember", "shelve", "unsound", "write",
]  # fmt: skip

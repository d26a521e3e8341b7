"""Where results are kept: bytes by hash, records by name, releases as whole folders. The only package that writes.

A workspace is a folder, or a URL that fsspec knows (`s3://bucket/treaties`, `sftp://…`): `Workspace(root)` with the
same verbs for both. Of a folder, its release is the folder `release` in it; of a URL, the files that its
`release.json` points to (`release_of`, `file_of`; how that stays whole: `published`). What can be made again is
kept by `remember`, what cannot by `entrust`.

A power cut at any point leaves either the old or the new, never a half: every file is written beside its place,
forced to the disk and then moved in; a release folder is exchanged for the next one in a single step. What is read
back is compared with its hash, so what a disk has lost is noticed and made again.

>>> import pathlib, tempfile
>>> with tempfile.TemporaryDirectory() as folder, open_workspace(pathlib.Path(folder)) as workspace:
...     digest = put(workspace, b"Each Party shall ...")
...     get(workspace, digest), get(workspace, "0" * 64)
(b'Each Party shall ...', None)
"""

from treatynlp.store.disk import write
from treatynlp.store.published import file_of, last_release, outdated, place_release, present, release_of
from treatynlp.store.release import MANIFEST, SIGNATURE, holds_files, shelve
from treatynlp.store.workspace import (
    Root,
    Workspace,
    artefact,
    confirm,
    default_root,
    delete_record,
    entrust,
    forgotten,
    get,
    intact,
    kinds,
    open_workspace,
    put,
    recall_record,
    record,
    record_names,
    remember,
    rooted,
    unsound,
)

__all__ = [
    "MANIFEST", "SIGNATURE", "Root", "Workspace", "artefact", "confirm", "default_root", "delete_record", "entrust",
    "file_of", "forgotten", "get", "holds_files", "intact", "kinds", "last_release", "open_workspace", "outdated",
    "place_release", "present", "put", "recall_record", "record", "record_names", "release_of", "remember",
    "rooted", "shelve", "unsound", "write",
]  # fmt: skip

"""False alarms: texts that are whole, and of which the split says that they may not be.

usage: python benchmarks/alarms.py [FOLDER=MOST …]     (default: ../shared/corpus/mirror=0 ../shared/corpus/scale=5)

Every file of the folders is read and split; those with a warning of the split's audit of itself are named, with what
it says, and counted. The texts are whole, so each warning is a false alarm, or a fault of the text itself that a
reader finds when he looks: each named file is to be looked at. Fails when more than MOST files of a folder are named.
300 files take two minutes of one core.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from treatynlp.errors import DataError, Issue
from treatynlp.reading import read
from treatynlp.structure import split
from treatynlp.structure.audit import audit_split

FOLDERS = ("../shared/corpus/mirror=0", "../shared/corpus/scale=5")


def warnings(file: Path) -> tuple[Issue, ...]:
    """What the audit of the file's split warns of; () for a file that is refused: it says so itself."""
    try:
        document = read(file.read_bytes(), file.name)
    except DataError:
        return ()
    return tuple(one for one in audit_split(document, split(document, file.stem)) if one.level == "warning")


def named(folder: Path) -> Iterator[tuple[Path, tuple[Issue, ...]]]:
    """The files of a folder with warnings, in order."""
    for file in sorted(folder.iterdir()):
        if file.is_file() and (found := warnings(file)):
            yield file, found


def main(folders: list[str]) -> int:
    """Counts the files with warnings of each folder; 1 when there are too many in one."""
    failed = False
    for folder, _, most in (one.partition("=") for one in folders):
        found = list(named(Path(folder)))
        for file, issues in found:
            said = "; ".join(f"[{one.code}] {one.message}" for one in issues)
            sys.stdout.write(f"{file.name}: {said}\n")
        files = sum(file.is_file() for file in Path(folder).iterdir())
        sys.stdout.write(f"{folder}: {len(found)} of {files} files bear a warning, at most {most or 0} wanted\n")
        failed |= len(found) > int(most or 0)
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:] or list(FOLDERS)))

"""What can go wrong with data, as rows people can read; and the few exceptions for what cannot go on.

>>> print(Issue("error", "source-empty", "atlantia-2031.pdf", "The file has no bytes; fetch it again."))
error [source-empty] atlantia-2031.pdf: The file has no bytes; fetch it again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True, order=True)
class Issue:
    """One thing a reader of the results must know: what is wrong, where, and what to do about it.

    `where` is as exact as is known: a file, `file: key`, `id p. 7` or `id art_3__para_1`.
    An `error` makes the command's exit status say so; a `warning` does not.
    """

    level: Level
    code: str
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.level} [{self.code}] {self.where}: {self.message}"


class DataError(Exception):
    """A file or document that cannot be used, with every fault found in it.

    Raised where a stage has no value to return; the pipeline turns it into rows and goes on with the others.

    >>> raise DataError(Issue("error", "source-empty", "x.pdf", "The file has no bytes."))
    Traceback (most recent call last):
    treatynlp.errors.DataError: error [source-empty] x.pdf: The file has no bytes.
    """

    def __init__(self, *issues: Issue) -> None:
        self.issues: tuple[Issue, ...] = issues
        super().__init__("\n".join(map(str, issues)))


def failed(issues: Iterable[Issue]) -> bool:
    """Whether any of the rows is an error, so that the exit status must say so."""
    return any(issue.level == "error" for issue in issues)

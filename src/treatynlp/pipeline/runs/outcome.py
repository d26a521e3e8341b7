"""How a run ended, in one word, one sentence, and rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from treatynlp.errors import DataError, Issue, failed
from treatynlp.pipeline.runs.prepare_instrument import Prepared
from treatynlp.pipeline.runs.source_changes import NOT_IN_FOLDER, change_counts
from treatynlp.pipeline.workspace.source_change import SourceChange
from treatynlp.store import Root

Status = Literal["complete", "degraded", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended.

    `complete`: every instrument is in the release, without an error; `degraded`: the release was made, and something
    is wrong; `failed`: nothing could be had or written, the last good release stays. `issues` stand in the release
    too; `notices` are of this run only (what has changed, what was damaged and mended). `remade` counts the pieces of
    work that were done: 0 means that nothing had to be made again. `changes` says what became of each source: one that
    was not had is never among the unchanged. `run` is the name of the run in the records of it (see `log`).
    """

    status: Status
    reason: str
    issues: tuple[Issue, ...] = ()
    notices: tuple[Issue, ...] = ()
    release: Root | None = None
    remade: int = 0
    changes: tuple[SourceChange, ...] = ()
    run: str = ""

    @property
    def told(self) -> str:
        """How it ended, where the release is, and what to open of it: a line each."""
        ended = f"{self.status}: {self.reason}"
        if self.release is None:
            return ended
        where = self.release.absolute().as_posix() if isinstance(self.release, Path) else self.release
        begin = f"{where}/explorer/index.html (in a browser) or {where}/workbook.xlsx (in a spreadsheet)"
        return f"{ended}\nrelease: {self.release}\nopen: {begin}"


def refused_run(error: DataError) -> Outcome:
    """The outcome of a run that could not be finished."""
    first = error.issues[0].message if error.issues else str(error)
    return Outcome("failed", f"No release was made: {first}", error.issues)


def summed_up(made: Sequence[Prepared], issues: tuple[Issue, ...], remade: int) -> Outcome:
    """The outcome of a run that came to its end; `failed` when no instrument could be had."""
    there = sum(bool(one.treaty) for one in made)
    changes = tuple(one.change for one in made if one.change)
    reason = f"{there} of {number_of(len(made), 'instrument')} in the release; {_what_changed(changes, remade)}"
    # Told apart from "degraded" since the earlier release then stays (see `refresh`).
    if made and not there:
        return Outcome("failed", f"{reason}; no instrument could be had.", issues, remade=remade, changes=changes)
    # Said in the sentence itself: it is no error, and who reads only how the run ended would take every text for whole.
    if unproven := sum(issue.code == "source-unproven" for issue in issues):
        reason = f"{reason}; {unproven} not proven to be whole, see issues.csv"
    if not failed(issues):
        return Outcome("complete", f"{reason}.", issues, remade=remade, changes=changes)
    # Texts that a folder does not hold are counted among the sources already; as errors they would hide the others.
    wrong = sum(issue.level == "error" and issue.code != NOT_IN_FOLDER for issue in issues)
    reason = f"{reason}; {number_of(wrong, 'error')}, see issues.csv." if wrong else f"{reason}; no other error."
    return Outcome("degraded", reason, issues, remade=remade, changes=changes)


def _what_changed(changes: Sequence[SourceChange], remade: int) -> str:
    """The sources' changes and the work they made, in words; "nothing had changed" only where that is known of all."""
    done = f"{number_of(remade, 'piece')} of work done" if remade else "nothing was done"
    # Only where both are known: work not done because a source failed is no sign that nothing has changed.
    if not remade and all(one.kind == "unchanged" for one in changes):
        return f"nothing had changed, {done}"
    return ", ".join(filter(None, (change_counts(changes), done)))


def number_of(number: int, noun: str) -> str:
    """So many of a thing, as one says it.

    >>> number_of(1, "fault"), number_of(3, "fault")
    ('1 fault', '3 faults')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

"""What became of an instrument's source in a run: the same, other bytes with the same words, other words, or not had.

A source that could not be had is never counted among those that have not changed: nobody knows that.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from treatynlp.errors import Issue, issue_said, sentence
from treatynlp.hashes import abridged
from treatynlp.pipeline.runs.sources import SourceCopy, Supplied
from treatynlp.pipeline.workspace.source_change import Kind, SourceChange

if TYPE_CHECKING:
    from treatynlp.structure.tree import Treaty

_WORDS: dict[Kind, str] = {
    "first": "new", "text": "changed", "metadata": "changed in form only", "unchanged": "unchanged",
    "failed": "not reached", "unusable": "not usable",
}  # fmt: skip
NOT_IN_FOLDER, NOT_THERE = "source-not-in-mirror", "not in the folder"


def change_before_reading(came: Supplied) -> SourceChange:
    """What is known before anything is read: all but whether new bytes hold new words."""
    if came.status == "failed" or came.newest is None:
        row = next((row for row in came.issues if row.level == "error"), None)
        return SourceChange(came.id, "failed", row.code if row else "source-not-had", row.message if row else "")
    if came.status == "unchanged":
        return SourceChange(came.id, "unchanged", came.code or "source-same-bytes")
    return SourceChange(came.id, "first", "source-new")


def unusable(row: Issue) -> SourceChange:
    """A copy that came and was refused once it was read."""
    return SourceChange(row.where.split()[0], "unusable", row.code, row.message)


def compare_copies(last: SourceCopy, newest: SourceCopy, before: "Treaty", after: "Treaty") -> SourceChange:
    """What a new copy changes, its words laid beside those of the last good one."""
    old, new = _articles(before), _articles(after)
    hashes = f"its SHA-256 was {abridged(last.sha256)}… and is {abridged(newest.sha256)}…"
    # By words, not by bytes: publishers re-save PDFs, and a page is laid out anew without a word being changed.
    if before.text.value.split() == after.text.value.split():
        said = sentence("source-changed-metadata", hashes=hashes)
        return SourceChange(after.id, "metadata", "source-changed-metadata", said)
    articles = sum(old.get(eid) != new.get(eid) for eid in old.keys() | new.keys())
    counted = {0: "words outside its articles are other", 1: "1 article is other"}
    words = counted.get(articles, f"{articles} articles are other")
    said = sentence("source-changed-text", articles=words, hashes=hashes)
    return SourceChange(id=after.id, kind="text", code="source-changed-text", said=said, articles=articles)


def _articles(treaty: "Treaty") -> dict[str, str]:
    """The words of each article by its address, however the lines were broken."""
    return {one.eid: " ".join(treaty.words(one.span).split()) for one in treaty.articles}


def notices(change: SourceChange) -> tuple[Issue, ...]:
    """What a reader of this run must be told of a change: that there was one."""
    return (issue_said(change.code, change.id, change.said, "info"),) if change.kind in ("metadata", "text") else ()


def change_counts(changes: Iterable[SourceChange]) -> str:
    """The changes of a run in words.

    >>> change_counts([SourceChange("a", "unchanged", ""), SourceChange("b", "text", "")])
    '1 changed, 1 unchanged'
    >>> change_counts([SourceChange("a", "first", ""), SourceChange("b", "failed", NOT_IN_FOLDER)])
    '1 new, 1 not in the folder'
    """
    # A folder that holds some of the registry's texts is no accident, and "not reached" would sound like one.
    said = [NOT_THERE if one.code == NOT_IN_FOLDER else _WORDS[one.kind] for one in changes]
    return ", ".join(f"{said.count(word)} {word}" for word in (*_WORDS.values(), NOT_THERE) if word in said)

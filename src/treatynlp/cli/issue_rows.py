"""Faults and warnings as people read them: rows on stderr, many alike gathered into one."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace

from tqdm import tqdm

from treatynlp.cli.console import terminal_text
from treatynlp.errors import Issue


def print_issues(issues: Iterable[Issue]) -> None:
    """Rows to stderr, beside a progress bar if one is being drawn."""
    for issue in issues:
        # A message of several lines is one row here, so that a row can be counted and searched for.
        tqdm.write(terminal_text(" ".join(str(issue).split())), file=sys.stderr)


def worth_telling(issues: Iterable[Issue]) -> Iterator[Issue]:
    """Errors and warnings; what is only for information stands in the answer."""
    return (issue for issue in issues if issue.level != "info")


REPEATED = 3
"""Rows of one code that are told one by one; more are gathered into one line."""
GATHERED = ("source-not-in-mirror",)
"""Errors that are gathered too: a folder that holds some of the registry's texts is no accident."""


def gathered(issues: Iterable[Issue]) -> Iterator[Issue]:
    """The rows, where many say the same of many places one for all of them; errors are told one by one."""
    groups: dict[tuple[str, str], list[Issue]] = {}
    for issue in issues:
        # In the order in which each code came first, so that what went wrong first is told first.
        groups.setdefault((issue.level, issue.code), []).append(issue)
    for (level, code), rows in groups.items():
        if len(rows) > REPEATED and (level != "error" or code in GATHERED):
            places = ", ".join(dict.fromkeys(row.where.split()[0] for row in rows[:REPEATED]))
            what = "texts that are not in the folder" if code in GATHERED else "places"
            said = f"Such as {places}; issues.csv says what of each, and so does --every."
            yield replace(rows[0], where=f"{len(rows)} {what}", message=said)
        else:
            yield from rows

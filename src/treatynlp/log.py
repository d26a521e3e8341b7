"""What a run does, as structured records: which run, instrument and stage, what came of it, in how many seconds.

Nothing is shown unless somebody listens: a file (`treatynlp run --log FILE`), or whoever listens to Python's logger
`treatynlp` (Prefect, a notebook). A record holds ids, codes, hosts and numbers; never a treaty's words, never an
address's user name or query.

>>> import io
>>> with write_records(io.StringIO()) as lines, about(instrument="atlantia-2031", stage="read"):
...     tell("recalled", seconds=0.25)
>>> json.loads(lines.getvalue())["event"], json.loads(lines.getvalue())["instrument"]
('recalled', 'atlantia-2031')
"""

import json
import logging
import secrets
from collections.abc import Iterable, Iterator, MutableMapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any, TextIO

import structlog
from structlog.contextvars import bound_contextvars, merge_contextvars
from structlog.processors import KeyValueRenderer

from treatynlp.errors import DataError, Issue, issue

__all__ = ["about", "listening", "new_run", "since", "tell", "tell_issues", "write_records"]

NAME = "treatynlp"
_LEVELS = {"error": logging.ERROR, "warning": logging.WARNING, "info": logging.INFO}
_ORDER = ["event", "instrument", "stage"]

_logger = logging.getLogger(NAME)
_logger.addHandler(logging.NullHandler())  # quiet where nobody listens
_in_words = KeyValueRenderer(key_order=_ORDER, drop_missing=True)

about = bound_contextvars
"""`with about(instrument=…, stage=…):` the records told inside are about these; each thread has its own."""


BY_LOT, PLACES = 3, 4
"""Bytes by which two runs of one second are told apart, and decimals of seconds in the records."""


def new_run() -> str:
    """A name for a run, new each time. It is for the records alone and never enters a release."""
    # The time first, so that names sort as runs followed each other.
    return f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(BY_LOT)}"


def tell(event: str, level: str = "info", **facts: Any) -> None:
    """One record: `done`, `recalled`, `failed`, `retry` and the like, with what is known of it."""
    _records.log(_LEVELS[level], event, **facts)


def tell_issues(issues: Iterable[Issue]) -> None:
    """A record for each row: its code and place. What it says stays in the row, since it may quote a treaty."""
    for one in issues:
        tell("issue", one.level, code=one.code, where=one.where)


def since(began: float) -> float:
    """Seconds since `perf_counter()` said `began`, as records hold them."""
    return round(perf_counter() - began, PLACES)


def _as_logged(_: Any, __: str, facts: MutableMapping[str, Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """The record in words for those who read Python's logs, and the facts beside them for those who parse."""
    return (_in_words(None, "", dict(facts)),), {"extra": {"facts": dict(facts)}}


_records = structlog.wrap_logger(
    _logger,
    processors=[structlog.stdlib.filter_by_level, merge_contextvars, _as_logged],
    wrapper_class=structlog.stdlib.BoundLogger,
)


class _JsonLines(logging.Formatter):
    """A record as one line of JSON, in ASCII: what stands in a name cannot break the line or the terminal."""

    def format(self, record: logging.LogRecord) -> str:
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        facts = getattr(record, "facts", None) or {"event": record.getMessage()}
        return json.dumps({"time": when, "level": record.levelname.lower(), **facts}, default=str)


@contextmanager
def write_records(stream: TextIO) -> Iterator[TextIO]:
    """Write the records told meanwhile to a stream, one line of JSON each."""
    with _heard(logging.StreamHandler(stream)):
        yield stream


@contextmanager
def listening(to: str) -> Iterator[None]:
    """Write the records told meanwhile to the end of a file, or to stderr for `-`; nothing for "".

    Raises DataError when the file cannot be written.
    """
    if not to:
        yield
        return
    handler = logging.StreamHandler() if to == "-" else _file(Path(to))
    with _heard(handler):
        yield


def _file(path: Path) -> logging.Handler:
    try:
        return logging.FileHandler(path, encoding="utf-8")
    except OSError as error:
        raise DataError(issue("not-writable.log", path, reason=error.strerror)) from error


@contextmanager
def _heard(handler: logging.Handler) -> Iterator[None]:
    before = _logger.level
    handler.setFormatter(_JsonLines())
    _logger.addHandler(handler)
    # Only while somebody listens: a library that sets levels for good decides for the program it is part of.
    _logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        # The level before the handler: a record told by another thread in between must not go to Python's last resort.
        _logger.setLevel(before)
        _logger.removeHandler(handler)
        handler.close()

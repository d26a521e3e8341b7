"""The forms a single typed value may have: ids, names, dates, addresses, each refused with a sentence for people."""

import re
from datetime import date
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator

from treatynlp.text import TURNING

REPEATED = 80
"""Letters of what was typed that a message repeats: it is a sentence, whatever was typed."""
AS_KNOWN = tuple(map(len, ("2001", "2001-11", "2001-11-23")))
"""How long a date is that is known to the year, the month, the day."""
LONGEST_NAME = 64
"""Letters of an id: it becomes part of a path, which Windows bounds in all."""


def shortened(value: str) -> str:
    """The value in quotation marks, cut where it is longer than a message repeats."""
    return f"'{value}'" if len(value) <= REPEATED else f"'{value[:REPEATED]}...'"


def formed(pattern: str, meaning: str) -> AfterValidator:
    """A check that a value has a form, with a sentence for people instead of the pattern.

    >>> formed("[a-z]+", "is no name; write small letters").func("Atlantis")
    Traceback (most recent call last):
    ValueError: 'Atlantis' is no name; write small letters
    """
    form = re.compile(pattern)

    def check(value: str) -> str:
        if not form.fullmatch(value):
            raise ValueError(f"{shortened(value)} {meaning}" if value else "is empty; fill it in")
        return value

    return AfterValidator(check)


def checked_url(url: str) -> str:
    """The address, when it is an absolute http(s) address of a named host without a user name in it."""
    try:
        parts = urlsplit(url)
        # A point in the host: `http://localhost/` or `http://intranet/` in a registry would ask a machine of whoever
        # runs it.
        named = parts.scheme in ("http", "https") and "." in (parts.hostname or "") and parts.port != 0
    except ValueError:
        named = False
    if not named:
        raise ValueError(
            f"{shortened(url)} is no web address; it must begin with https:// (or http://) and name a host"
        )
    if parts.username or not url.isprintable() or " " in url:
        raise ValueError(f"{shortened(url)} holds blanks, a user name or characters no URL has; percent-encode them")
    return url


def checked_date(day: str) -> str:
    """The date, when it is one: `2001-11-23`, or as much of it as is known, `2001-11`, `2001`."""
    try:
        # What is not said is filled up, so that Python's calendar judges the rest: 2001-02-30 is refused, 2001-02 is
        # not.
        date.fromisoformat(day + "0001-01-01"[len(day) :] if len(day) in AS_KNOWN else "")
    except ValueError:
        raise ValueError(f"{shortened(day)} is no date; write 2001-11-23, or as much of it as is known") from None
    return day


RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})


def _safe_name(name: str) -> str:
    # Everywhere, not on Windows alone: a registry made on Linux is cloned there, too.
    if name in RESERVED or len(name) > LONGEST_NAME:
        raise ValueError(f"{shortened(name)} cannot be a file name on Windows; choose another (shorter) id")
    return name


def _whole_day(day: str) -> str:
    if len(day) < max(AS_KNOWN):
        raise ValueError(f"'{day}' is no whole date; write 2001-11-23")
    return day


Media = Literal["pdf", "html", "docx", "xml", "text"]
"""The formats a source may come in: PDF, web page, Word, Akoma Ntoso or Formex, plain text or Markdown."""
Id = Annotated[
    str,
    formed(r"[a-z0-9]+(-[a-z0-9]+)*", "is no id; write small letters, digits and single hyphens, as in atlantis-2091"),
    AfterValidator(_safe_name),
]
"""An instrument's id; file names are made of it."""
Name = Annotated[str, formed(r"[a-z][a-z0-9_]{0,63}", "is no name; write small letters, digits and low lines")]
Words = Annotated[
    str,
    formed(rf"[^\x00-\x1f\x7f-\x9f{TURNING}]{{1,2000}}", "is too long or holds line ends or control characters"),
]
Url = Annotated[str, AfterValidator(checked_url)]
Date = Annotated[str, AfterValidator(checked_date)]
"""An ISO date as exact as is known: `2001-11-23`, `2002-10` or `2002`."""
Day = Annotated[str, AfterValidator(checked_date), AfterValidator(_whole_day)]
Language = Annotated[str, formed("[a-z]{2,3}", "is no language code; write en, fr, ar, ...")]
Address = Annotated[
    str,
    formed(r"[a-z]+(_[^\s_;,]+)?(__[a-z]+(_[^\s_;,]+)?)*", "is no address; write one as in art_29__para_3__point_a"),
]
"""A provision's eId: `art_29__para_3__point_a`, `preamble`."""
Hash = Annotated[str, formed("[0-9a-f]{16}", "is no text hash; it has sixteen hexadecimal digits")]
NoHash = Annotated[
    str, formed("([0-9a-f]{16})?", "is no text hash; it has sixteen hexadecimal digits, or is left empty")
]
"""A hash that is filled in later, or "" until then."""

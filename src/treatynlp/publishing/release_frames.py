"""A release opened again: its tables as pandas data frames, with the types that its data package declares.

>>> from treatynlp.publishing.release_frames import Release                     # doctest: +SKIP
>>> release = treatynlp.release("out")                                  # doctest: +SKIP
>>> cells = release["cells"]                                            # doctest: +SKIP
>>> cells[cells.topic == "illegal_access"][["instrument", "state", "articles"]]   # doctest: +SKIP
"""

import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

import pandas as pd

from treatynlp.errors import DataError, issue
from treatynlp.hashes import abridged
from treatynlp.publishing.csv_format import unguarded

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler

Reader = Callable[[str], bytes | None]
"""Gives a file of a release by its name; None where there is none (`{"cells.csv": …}.get` is one)."""

TYPES = {"string": str, "integer": "Int64", "number": "float64", "boolean": "boolean"}
"""How each type of the data package arrives in pandas; an empty cell is a missing value in all of them."""


@dataclass(frozen=True, slots=True)
class Release(Mapping[str, pd.DataFrame]):
    """The tables of a release by name, each read when it is asked for.

    `read` gives the release's files by name, `described` holds what the data package says of each table, `made` is the
    manifest, `where` says where it lies. Cells that hold several values (articles, differences) are tuples.
    """

    read: Reader
    described: Mapping[str, Mapping[str, Any]]
    made: Mapping[str, Any]
    where: str = ""

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self.described:
            raise KeyError(f"no table {name!r}; there are: {', '.join(self.described)}")
        resource = self.described[name]
        try:
            return typed(_file(self.read, resource["path"]), resource["schema"]["fields"])
        except (ValueError, KeyError, UnicodeDecodeError) as error:
            _unreadable(f"{self.where}/{resource['path']}", error)

    def __iter__(self) -> Iterator[str]:
        return iter(self.described)

    def __len__(self) -> int:
        return len(self.described)

    def __repr__(self) -> str:
        instruments = self["instruments"]
        coded = int((instruments.status == "coded").sum())
        words = "with" if self.made.get("with_text") else "without"
        return f"A release of {len(instruments)} instruments, {coded} of them coded, {words} their words: {self.where}"

    @property
    def number(self) -> str:
        """What the release is cited by: `release 1a2b3c4d5e6f`."""
        return f"release {abridged(str(self.made.get('release', 'without a number')))}"

    @property
    def names(self) -> "pd.Series[str]":
        """The instruments' names in common use, by id."""
        return self["instruments"].set_index("id").short_title

    @property
    def coded(self) -> tuple[str, ...]:
        """The ids of the instruments whose text was there and coded, in order of time."""
        instruments = self["instruments"]
        return tuple(in_time(instruments[instruments.status == "coded"]).id)

    def show(self, frame: pd.DataFrame) -> "Styler":
        """A table made of this release's, as people read it in a notebook (see `publishing.styled_frames`)."""
        from treatynlp.publishing.styled_frames import styled  # late: it takes what only notebooks need

        return styled(frame, dict(zip(self.names.index, self.names, strict=True)))

    def columns(self, name: str) -> pd.DataFrame:
        """What each column of a table means."""
        fields = self.described[name]["schema"]["fields"]
        return pd.DataFrame([{"column": f["name"], "type": f["type"], "means": f["description"]} for f in fields])


def read_release(read: Reader, where: str = "") -> Release:
    """The release whose files `read` gives. DataError where there is none, or where it cannot be read."""
    if read("datapackage.json") is None:
        raise DataError(issue("release-missing.package", where))
    try:
        resources = json.loads(_file(read, "datapackage.json"))["resources"]
        made = json.loads(_file(read, "manifest.json"))
        return Release(read, {one["name"]: one for one in resources}, made, where)
    except (ValueError, KeyError, TypeError) as error:
        _unreadable(where, error)


def _file(read: Reader, name: str) -> bytes:
    data = read(name)
    if data is None:
        raise KeyError(f"{name} is not there")
    return data


def _unreadable(where: str, error: Exception) -> NoReturn:
    reason = " ".join(str(error).split())
    raise DataError(issue("release-unreadable.package", where, reason=reason)) from error


def typed(data: bytes, fields: list[dict[str, Any]]) -> pd.DataFrame:
    """The rows of a CSV file with the types its schema names: whole numbers stay whole, empty is missing."""
    types: Any = {field["name"]: TYPES[field["type"]] for field in fields}
    # Only the empty cell is missing: pandas takes "NA", "null" and "None" for missing too, and "None" is a word of
    # treaties.
    frame = pd.read_csv(io.BytesIO(data), encoding="utf-8-sig", dtype=types, keep_default_na=False, na_values=[""])
    for field in fields:
        name = field["name"]
        if field["type"] == "string":
            frame[name] = frame[name].map(unguarded, na_action="ignore")
        if "separator" in field:
            frame[name] = [_several(value, field["separator"]) for value in frame[name]]
    return frame


def _several(value: Any, separator: str) -> tuple[str, ...]:
    return tuple(value.split(separator)) if isinstance(value, str) else ()


def in_time(instruments: pd.DataFrame) -> pd.DataFrame:
    """The instruments from the oldest to the newest; those without a date last."""
    order = pd.DataFrame({"date": dates(instruments), "id": instruments.id}).sort_values(["date", "id"])
    return instruments.loc[order.index]


def dates(instruments: pd.DataFrame) -> "pd.Series[str]":
    """The earliest date known of each instrument; releases made before 2026-12 do not say it in a column of its own."""
    known = [name for name in ("date", "adopted", "opened", "in_force") if name in instruments]
    # The first date that is known, in this order: texts are laid beside each other by when their words were fixed.
    return instruments[known].bfill(axis=1).iloc[:, 0]

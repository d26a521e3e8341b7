"""Files that people type: YAML and CSV, read strictly, with every fault named by file, line and key.

A YAML value is a string until the model says what it must be, so that the language `no` stays Norwegian, the citation
`108` stays a citation and a date stays as it was written. Anchors, tags and repeated keys are refused.

>>> print(parse_yaml(b"id: atlantis-2091\\nid: atlantis-2092", "instruments/atlantis-2091.yml"))
Traceback (most recent call last):
treatynlp.errors.DataError: error [declared-repeated-key] instruments/atlantis-2091.yml: id: line 2: \
the key stands twice in one mapping; keep one of the two.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from treatynlp.errors import DataError, Issue, issue
from treatynlp.field_types import REPEATED, shortened

LARGEST = 2_000_000
"""Bytes a typed file may have; a larger one is no file a person typed."""
DEEPEST = 20
"""Levels of nesting a typed YAML file may have."""

Place = tuple[str | int, ...]
Model = TypeVar("Model", bound="StrictModel")
Item = TypeVar("Item")
Value = TypeVar("Value")

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class StrictModel(BaseModel):
    """A record a person typed: no unknown keys, no changes once it is read."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


@dataclass(frozen=True, slots=True)
class YamlNode:
    """What a YAML file says (strings, lists and mappings only) and the line on which each place of it stands."""

    data: Any
    lines: Mapping[Place, int] = field(default_factory=dict)

    def line(self, place: Place) -> int:
        """The line (from 1) of a place, or of the nearest place around it."""
        return next((self.lines[place[:n]] for n in range(len(place), -1, -1) if place[:n] in self.lines), 1)


def gather(read: Callable[[Item], Value], items: Iterable[Item]) -> tuple[list[Value], list[Issue]]:
    """What could be read of the items, and the faults of all those that could not."""
    values: list[Value] = []
    issues: list[Issue] = []
    for item in items:
        try:
            values.append(read(item))
        except DataError as error:
            issues.extend(error.issues)
    return values, issues


def read_bytes(path: Path, where: str) -> bytes:
    """The bytes of a typed file. DataError when it is missing, empty, unreadable or far too large."""
    try:
        # Asked for its size before it is read: a wrong path may name a film.
        data = path.read_bytes() if path.stat().st_size <= LARGEST else None
    except OSError as error:
        raise DataError(issue("declared-unreadable", where, reason=error.strerror)) from None
    if data is None:
        raise DataError(issue("declared-too-large", where, most=LARGEST))
    if not data.strip():
        raise DataError(issue("declared-empty.file", where))
    return data


def decode(data: bytes, where: str) -> str:
    """The file's words. DataError when it is not UTF-8 (a byte order mark is allowed)."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # By bytes, since the words before the fault may be in any encoding.
        line = data.count(b"\n", 0, error.start) + 1
        raise DataError(issue("declared-not-utf8", where, line=line, byte=data[error.start])) from None


def parse_yaml(data: bytes, where: str) -> YamlNode:
    """A typed YAML file as strings, lists and mappings. DataError names the line and column of a fault."""
    text = decode(data, where)
    try:
        return _build(yaml.parse(text, Loader=_LOADER), where)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        reason = error.problem or error.context
        raise DataError(issue("declared-yaml.syntax", where, at=place, reason=reason)) from None
    except (yaml.YAMLError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise DataError(issue("declared-yaml.syntax", where, at="", reason=reason)) from None


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not been read; `key` is the mapping's key that waits for its value."""

    place: Place
    data: dict[str, Any] | list[Any]
    key: str | None = None

    @property
    def next_place(self) -> Place:
        if isinstance(self.data, list):
            return (*self.place, len(self.data))
        return self.place if self.key is None else (*self.place, self.key)

    def put(self, value: Any) -> None:
        if isinstance(self.data, list):
            self.data.append(value)
        elif self.key is None:
            self.key = value
        else:
            self.data[self.key], self.key = value, None


def _build(events: Iterator[Any], where: str) -> YamlNode:
    # Built from events with a stack of our own: composing recurses, and a file of opening brackets
    # would take the interpreter down with it.
    stack, lines, faults = [_Open((), [])], dict[Place, int](), list[Issue]()
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent) and stack[0].data:
            raise DataError(issue("declared-yaml.second", where))
        if isinstance(event, yaml.CollectionEndEvent):
            stack.pop()
        elif isinstance(event, yaml.NodeEvent):
            faults += _take(event, stack, lines, where)
    if faults:
        raise DataError(*faults)
    root = stack[0].data
    if not root or not isinstance(root, list):
        raise DataError(issue("declared-empty.document", where))
    return YamlNode(root[0], {place[1:]: line for place, line in lines.items()})


def _take(event: Any, stack: list[_Open], lines: dict[Place, int], where: str) -> Iterator[Issue]:
    """Put one value, key, list or mapping where it belongs, and name what is wrong with it."""
    top, line = stack[-1], event.start_mark.line + 1
    at = f"{where}: {dotted(top.next_place[1:])}" if top.next_place[1:] else where
    is_key = isinstance(top.data, dict) and top.key is None
    if isinstance(event, yaml.AliasEvent) or event.anchor or getattr(event, "tag", None):
        raise DataError(issue("declared-yaml.anchor", at, line=line))
    if isinstance(event, yaml.ScalarEvent):
        if is_key and event.value in top.data:
            yield issue("declared-repeated-key", f"{where}: {dotted((*top.place[1:], event.value))}", line=line)
        top.put(event.value)
        if not is_key:
            return
        lines[top.next_place] = line
        return
    if is_key:
        raise DataError(issue("declared-yaml.key", at, line=line))
    if len(stack) > DEEPEST:
        raise DataError(issue("declared-yaml.deep", at, line=line, most=DEEPEST))
    lines.setdefault(top.next_place, line)
    # Put into its parent at once, and filled there later: nothing is joined at the end.
    opened = _Open(top.next_place, {} if isinstance(event, yaml.MappingStartEvent) else [])
    top.put(opened.data)
    stack.append(opened)


NAMED = 5
"""Columns that a message names."""


def dotted(place: Place) -> str:
    """A place as people write it: `sources.0.url`."""
    return ".".join(str(part)[:REPEATED] for part in place)


def validate(model: type[Model], node: YamlNode, where: str) -> Model:
    """The record, checked against its model. DataError with one row per fault, where = `file: key.0.key`."""
    try:
        return model.model_validate(node.data)
    except ValidationError as error:
        raise DataError(*_issues(model, error.errors(include_url=False), node, where)) from None


def read_yaml(model: type[Model], path: Path, where: str) -> Model:
    """The record a YAML file holds. DataError with every fault of it."""
    return validate(model, parse_yaml(read_bytes(path, where), where), where)


_MEANT = {
    "missing": "declared-missing",
    "bool_parsing": "declared-value.bool",
    "int_parsing": "declared-value.int",
    "model_type": "declared-value.mapping",
    "dict_type": "declared-value.mapping",
    "tuple_type": "declared-value.list",
    "string_type": "declared-value.single",
}


def _issues(model: type[BaseModel], found: list[ErrorDetails], node: YamlNode, where: str) -> Iterator[Issue]:
    """A row for each fault; a misspelt key is one fault, not an unknown key and a missing one."""
    places = [one["loc"] for one in found if one["type"] == "extra_forbidden"]
    missing = [one["loc"] for one in found if one["type"] == "missing"]
    meant = {place: _meant(place, missing, model) for place in places}
    for one in found:
        place = one["loc"]
        if one["type"] == "missing" and place in meant.values():
            continue
        at, line = f"{where}: {dotted(place)}" if place else where, node.line(place)
        if place in meant:
            guess = f", did you mean '{meant[place][-1]}'" if meant[place] else ""
            yield issue("declared-unknown-key", at, line=line, guess=guess)
        elif one["type"] in _MEANT:
            yield issue(_MEANT[one["type"]], at, line=line)
        else:
            yield issue("declared-value.other", at, line=line, reason=one["msg"].removeprefix("Value error, "))


def _meant(place: Place, missing: list[Place], model: type[BaseModel]) -> Place:
    """The key that an unknown key was meant to be: one that is missing beside it, or one of the record's; else ()."""
    beside = [other[-1] for other in missing if other[:-1] == place[:-1]]
    # The record's own keys only at its top: which model a deeper place has, the error does not say.
    names = [*beside, *(model.model_fields if len(place) == 1 else ())]
    close = get_close_matches(str(place[-1]), map(str, names), n=1)
    return (*place[:-1], close[0]) if close else ()


def read_csv(model: type[Model], path: Path, where: str, extra: dict[str, str] | None = None) -> tuple[Model, ...]:
    """The records of a CSV file, one a row; `extra` holds fields that the file's name says.

    The columns are the model's fields, in any order, and optional ones may be left out. DataError with every fault of
    every row.
    """
    text = decode(read_bytes(path, where), where)
    try:
        # Rows without any word are what spreadsheets leave behind a table.
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if any(row)]
    except csv.Error as error:
        raise DataError(issue("declared-csv.syntax", where, reason=error)) from None
    header = [name.strip() for name in rows[0]] if rows else []
    _check_header(model, header, set(extra or ()), where)
    # From 2, as spreadsheets count: the row of names is the first.
    numbered = enumerate(rows[1:], start=2)
    values, issues = gather(lambda row: _row(model, header, *row, where, extra or {}), numbered)
    if issues:
        raise DataError(*issues)
    return tuple(values)


def _check_header(model: type[BaseModel], header: list[str], given: set[str], where: str) -> None:
    expected = [name for name in model.model_fields if name not in given]
    # Optional columns may be left out: tables of people who need none of them stay as they are when one is added.
    needed = {name for name in expected if model.model_fields[name].is_required()}
    wrong = [name for name in header if name not in expected or header.count(name) > 1]
    absent = sorted(needed - set(header))
    if wrong or absent:
        found = (
            f"unknown or repeated: {', '.join(map(shortened, wrong[:NAMED]))}"
            if wrong
            else f"missing: {', '.join(absent)}"
        )
        raise DataError(issue("declared-columns", where, expected=",".join(expected), found=found))


def _row(
    model: type[Model], header: list[str], number: int, cells: list[str], where: str, extra: dict[str, str]
) -> Model:
    at = f"{where}: row {number}"
    # Counted before it is judged: a comma in a reason without quotation marks would shift values into wrong columns.
    if len(cells) != len(header):
        raise DataError(issue("declared-csv.cells", at, found=len(cells), expected=len(header)))
    data = dict(zip(header, cells, strict=True)) | extra
    return validate(model, YamlNode(data, {(): number}), at)

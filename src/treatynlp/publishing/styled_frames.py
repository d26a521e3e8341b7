"""A table as people read it in a notebook: names for ids, lists in words, addresses to click."""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

import pandas as pd
from pandas.io.formats.style import Styler

IDS = ("instrument", "left", "right", "has", "lacks", "taken_from")
"""Columns and row heads that hold ids of instruments."""


def styled(frame: pd.DataFrame, names: Mapping[str, str]) -> Styler:
    """The table with names for ids, `Art. 2; Art. 3` for lists, links for addresses and blanks for what is missing.

    Whatever words the cells hold, they are shown as words and never as markup.
    """
    styler = frame.style.format({column: _form(column, names) for column in frame.columns})
    styler = styler.format_index(lambda head: _name(head, names), axis="columns")
    for level, head in enumerate(frame.index.names):
        styler = styler.format_index(_form(head, names), axis="index", level=level)
    unnamed = list(frame.index.names) == [None] and pd.api.types.is_integer_dtype(frame.index)
    return (styler.hide(axis="index") if unnamed else styler).set_table_styles(STYLES)


STYLES: Any = [
    {"selector": "td, th", "props": "text-align: left; vertical-align: top; max-width: 28em;"},
    {"selector": "thead th", "props": "vertical-align: bottom;"},
]


def _form(head: Any, names: Mapping[str, str]) -> Callable[[Any], str]:
    """How the values under a head are written."""
    if head in IDS:
        return lambda value: _name(value, names)
    return _link if str(head).endswith("url") else _plain


def _name(value: Any, names: Mapping[str, str]) -> str:
    return _plain(names.get(value, value))


def _plain(value: Any) -> str:
    if isinstance(value, tuple):
        return escape("; ".join(value))
    if pd.isna(value):
        return ""
    return f"{value:.3f}".rstrip("0").rstrip(".") if isinstance(value, float) else escape(str(value))


def _link(value: Any) -> str:
    """An address to click, named by its page; only of the web."""
    # A registry of one's own may hold any address; `javascript:` must not become something to click.
    if not isinstance(value, str) or not value.startswith(("http://", "https://")):
        return _plain(value)
    _, _, page = value.partition("#page=")
    return f'<a href="{escape(value)}" rel="noopener">{f"page {escape(page)}" if page else "source"}</a>'

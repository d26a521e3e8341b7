"""The frame of the explorer and how data get into it: nothing that was read is ever taken for markup or script."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from treatynlp.comparison.matching import MATCHED
from treatynlp.comparison.overview import Overview
from treatynlp.publishing.legend import LEGEND


@dataclass(frozen=True, slots=True)
class View:
    """A view of the explorer: its name in addresses, its script below assets/, its entry in the menu ("": none)."""

    name: str
    script: str
    menu: str = ""


VIEWS = (
    View("map", "map.js", "Overview"),
    View("matrix", "matrix.js", "Matrix"),
    View("row", "row.js"),
    View("briefing", "briefing.js", "Briefing"),
    View("compare", "compare.js", "Compare two"),
    View("treaty", "treaty.js", "Treaties"),
    View("search", "search.js", "Search"),
    View("pins", "pins.js", "Pinned"),
    View("review", "review.js", "Review"),
    View("log", "log.js", "Changes and issues"),
    View("about", "", "About"),
)
"""The views in the order of the menu, the first of which opens. To add one: its script, and a line here."""
SHARED = (
    "core.js",
    "data.js",
    "controls.js",
    "table.js",
    "cite.js",
    "pinning.js",
    "decisions.js",
    "coders.js",
    "word.js",
)
SCRIPTS = (*SHARED, *(view.script for view in VIEWS if view.script), "main.js")
"""The explorer's scripts in the order they are loaded."""
STYLES = ("style.css", "views.css")
STATE_STYLE = "states.css"
"""Made from the legend."""
ORIGINS = {
    "official": "the official address", "mirror": "a copy of it", "specimen": "a specimen", "file": "a file",
    "own": "your own file",
}  # fmt: skip
"""What a text was taken from, in words."""
_ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class About:
    """What a release says of itself: the version that made it, the codebook, what coded it, its number
    (`hash`), its tables with their meaning, whether it holds the words of treaties, and by topic how often the machine
    errs."""

    treatynlp: str
    codebook: str
    versions: tuple[tuple[str, str], ...]
    hash: str
    tables: Sequence[tuple[str, str]]
    with_text: bool
    errs: Mapping[str, str] = field(default_factory=dict)


def index(overview: Overview, about: About) -> bytes:
    """The frame of every view, with the page about the release, which needs no script."""
    book = overview.codebook
    families = [
        (family, means, [(name, topic) for name, topic in book.topics.items() if topic.family == family])
        for family, means in book.families.items()
    ]
    page = _environment().get_template("index.html.j2")
    read = [record for record in overview.records if record.treaty]
    made = page.render(about=about, book=book, families=families, records=overview.records, read=read,
                       styles=(*STYLES, STATE_STYLE), scripts=SCRIPTS, views=VIEWS, states=LEGEND,
                       origins=ORIGINS, matched=MATCHED)  # fmt: skip
    return made.encode()


@cache
def _environment() -> Environment:
    loader = PackageLoader("treatynlp.publishing.explorer", "templates")
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        keep_trailing_newline=True,
    )  # fmt: skip


def assets() -> dict[str, bytes]:
    """Style and scripts, as they lie in the package."""
    folder = files("treatynlp.publishing.explorer") / "assets"
    made = {f"assets/{name}": (folder / name).read_bytes() for name in (*STYLES, *SCRIPTS)}
    return made | {f"assets/{STATE_STYLE}": state_style()}


def state_style() -> bytes:
    """The colours of the states as a style sheet: for light screens, for dark ones, and for those who choose."""
    light = "".join(f"--{name}: {one.fill}; --{name}-ink: {one.ink}; " for name, one in LEGEND.items())
    dark = "".join(f"--{name}: {one.dark.fill}; --{name}-ink: {one.dark.ink}; " for name, one in LEGEND.items())
    rules = [f".s-{name} {{ background: var(--{name}); color: var(--{name}-ink); }}" for name in LEGEND]
    automatic = f'@media (prefers-color-scheme: dark) {{ :root:not([data-theme="light"]) {{ {dark}}} }}'
    chosen = f':root[data-theme="dark"] {{ {dark}}}'
    paper = f"@media print {{ :root, :root[data-theme] {{ {light}}} }}"
    return "\n".join([f":root {{ {light}}}", automatic, chosen, paper, *rules, ""]).encode()


def data_script(name: str, data: Any) -> bytes:
    """Data as a script a page may load from the disk: one call with JSON in it, in which nothing ends a script.

    >>> data_script("x", ["</script>"])
    b'explorer.take(...["x",["\\\\u003c/script\\\\u003e"]]);\\n'
    """
    body = json.dumps([name, data], ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)
    return f"explorer.take(...{body});\n".encode("utf-8", "replace")

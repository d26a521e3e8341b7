"""The frame of the explorer and how data get into it: nothing that was read is ever taken for markup or script."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from treatynlp.comparison.overview import Overview

SCRIPTS = ("core.js", "data.js", "controls.js", "table.js", "matrix.js", "row.js", "compare.js", "treaty.js",
           "search.js", "log.js", "main.js")  # fmt: skip
"""The explorer's scripts in the order they are loaded."""
STYLES = ("style.css", "views.css")
STATES = (
    {"name": "present", "sign": "●", "word": "present", "means": "the instrument regulates the topic"},
    {"name": "partial", "sign": "◐", "word": "partial",
     "means": "it only touches it: what was found only recommends, or stands outside the operative text"},
    {"name": "absent", "sign": "–", "word": "absent", "means": "the text was read whole and the topic was not found"},
    {"name": "inconclusive", "sign": "?", "word": "inconclusive",
     "means": "a reader must look: the machine would not commit itself, or the text is not all there"},
    {"name": "not_assessed", "sign": "·", "word": "not assessed",
     "means": "the text was not to hand, or nobody coded it; nothing is claimed"},
    {"name": "not_applicable", "sign": "×", "word": "not applicable",
     "means": "by a declared rule an instrument of this kind cannot regulate the topic"},
)  # fmt: skip
"""The six states as they are shown: told apart by a sign and a word, never by colour alone."""
ORIGINS = {
    "official": "the official address", "mirror": "a copy of it", "specimen": "a specimen", "file": "a file",
    "own": "your own file",
}  # fmt: skip
"""What a text was taken from, in words."""
_ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class About:
    """What a release says of itself: the version that made it, the codebook, what coded it, the hash of its data
    package, its tables with their meaning, and whether it holds the words of treaties."""

    treatynlp: str
    codebook: str
    versions: tuple[tuple[str, str], ...]
    hash: str
    tables: Sequence[tuple[str, str]]
    with_text: bool


def index(overview: Overview, about: About) -> bytes:
    """The frame of every view, with the page about the release, which needs no script."""
    book = overview.codebook
    families = [
        (family, means, [(name, topic) for name, topic in book.topics.items() if topic.family == family])
        for family, means in book.families.items()
    ]
    page = _environment().get_template("index.html.j2")
    read = [record for record in overview.records if record.treaty]
    shown = page.render(about=about, book=book, families=families, records=overview.records, read=read, styles=STYLES,
                        scripts=SCRIPTS, states=STATES, origins=ORIGINS)  # fmt: skip
    return shown.encode()


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
    return {f"assets/{name}": (folder / name).read_bytes() for name in (*STYLES, *SCRIPTS)}


def script(name: str, data: Any) -> bytes:
    """Data as a script a page may load from the disk: one call with JSON in it, in which nothing ends a script.

    >>> script("x", ["</script>"])
    b'explorer.take(...["x",["\\\\u003c/script\\\\u003e"]]);\\n'
    """
    body = json.dumps([name, data], ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)
    return f"explorer.take(...{body});\n".encode("utf-8", "replace")

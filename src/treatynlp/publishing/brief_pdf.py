"""A brief as a PDF, set by Typst; `brief.typ` says how each block looks."""

import json
from collections.abc import Iterable
from importlib.resources import as_file, files
from typing import Any

import typst

from treatynlp.publishing.brief import TITLE, BriefBlock, Grid
from treatynlp.publishing.legend import LEGEND


def pdf(blocks: Iterable[BriefBlock | Grid]) -> bytes:
    """The blocks of a brief as a tagged PDF: the same bytes for the same blocks.

    The fonts are those that come with Typst; words arrive as data, so that nothing in a treaty is taken for markup.
    """
    told = json.dumps([_told(block) for block in blocks], ensure_ascii=False)
    with as_file(files("treatynlp.publishing") / "brief.typ") as look:
        made: bytes = typst.compile(
            # Typst may read nothing outside of the folder of its own template, and takes no font of the machine: the
            # same bytes everywhere.
            look,
            root=look.parent,
            ignore_system_fonts=True,
            timestamp=0,
            sys_inputs={"blocks": told, "title": TITLE},
        )
    return made


def _told(block: BriefBlock | Grid) -> dict[str, Any]:
    if isinstance(block, BriefBlock):
        return {"kind": block.kind, "words": block.words, "lead": block.lead}
    colours = [{"fill": LEGEND[state].fill, "ink": LEGEND[state].ink} for state in block.states]
    return {"kind": "grid", "rows": block.rows, "colours": colours}

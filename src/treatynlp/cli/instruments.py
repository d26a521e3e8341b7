"""Commands about an instrument: show, verify."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from treatynlp.cli.completing import ids
from treatynlp.cli.console import leave, say, terminal_json
from treatynlp.cli.issue_rows import print_issues
from treatynlp.cli.options import json_option, root_of, workspace_option
from treatynlp.cli.progress import bar
from treatynlp.errors import DataError, Issue, failed, issue
from treatynlp.pipeline.ask.lookup import find, look_up, picture_of, topic_families, verified
from treatynlp.pipeline.runs.current import current
from treatynlp.pipeline.sandbox.several import map_in_order
from treatynlp.publishing.cli_json import provision_answer
from treatynlp.store import Root, Workspace, write


@click.command()
@click.argument("ident", metavar="ID", shell_complete=ids)
@click.argument("address", metavar="[ART]", required=False)
@click.option("--page", type=click.IntRange(min=1), help="Draw how this page was read (to --out, a PNG).")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Default: ID-p<page>.png, here.")
@workspace_option
@json_option
def show(
    ident: str, address: str | None, page: int | None, out: Path | None, workspace: Root | None, as_json: bool
) -> None:
    """Show a provision with its labels, or how a page was read.

    ID is an instrument that a run has made, or a file; ART a citation or an eId.

    \b
    Example:
      treatynlp show atlantis-cybercrime-2391 "10(1)(a)"
      treatynlp show treaty.pdf --page 3
    """
    place = Workspace(root_of(workspace))
    if page is not None:
        _draw(place, ident, page, out or Path(f"{Path(ident).stem}-p{page}.png"))
    elif address is not None:
        _tell(place, ident, address, as_json)
    else:
        raise click.UsageError("Name a provision (ART) or a page (--page).")


def _draw(place: Workspace, ident: str, page: int, out: Path) -> None:
    write(out, picture_of(place, ident, page))
    say(str(out))


def _tell(place: Workspace, ident: str, address: str, as_json: bool) -> None:
    entry = look_up(place, ident)
    provision = find(entry.piece.treaty, address)
    if provision is None:
        raise DataError(issue("provision-unknown", f"{ident} {address}"))
    answer = provision_answer(entry.piece.treaty, entry.coding, topic_families(), provision)
    say(terminal_json(answer) if as_json else "\n".join(_shown(answer, entry.source)))


def _shown(answer: dict[str, Any], source: str) -> Iterator[str]:
    yield f"{answer['citation']} {answer['heading']}".strip()
    yield f"{source}, page {answer['page']}" if answer["page"] else source
    yield ""
    yield answer["text"]
    yield ""
    # Shown so that a decision can be written by hand: it must name the words it was made on.
    yield f"text_hash {answer['text_hash']} (for corpus/overrides)"
    yield from _labels(answer)


def _labels(node: dict[str, Any]) -> Iterator[str]:
    where = node["citation"]
    if node["modality"]:
        yield f"{where}: {node['modality']}"
    for label in node["labels"]:
        yield f"{where}: {label['topic']} ({label['score']:.2f}, {label['by']})"
    for label in node["inconclusive"]:
        yield f"{where}: {label['topic']}? inconclusive ({label['score']:.2f}, {label['by']})"
    for one in node["attributes"]:
        yield f"{where}: {one['attribute']} = {one['value']} {one['unit']} {one['case']}".rstrip()
    for child in node["children"]:
        yield from _labels(child)


@click.command()
@click.argument("idents", nargs=-1, metavar="[ID]…", shell_complete=ids)
@click.option("--seen", is_flag=True, help="Read the pictures of all pages that cells cite, by OCR: seconds a page.")
@workspace_option
def verify(idents: tuple[str, ...], seen: bool, workspace: Root | None) -> None:
    """Look every stored character up again in its source, and say which differ.

    The pages themselves are asked, too: whether each word leaves ink on its page, and, where tesseract is installed,
    whether the picture of one page of each instrument shows the words that were read from it (--seen: of all pages that
    cells cite). Without ID: all instruments that a run has made.

    \b
    Example:
      treatynlp verify atlantis-cybercrime-2391 --seen
    """
    place = Workspace(root_of(workspace))
    # All that runs have made, not all of the registry: what was never read has no words to look up.
    asked, issues = idents or tuple(current(place)), list[Issue]()
    every = bar(map_in_order(lambda ident: verified(place, ident, seen), asked), "verify", len(asked))
    for ident, found in zip(asked, every, strict=True):
        print_issues(found)
        issues += found
        say(f"{ident}: {'differs' if failed(found) else 'as in the source'}")
    leave(issues)

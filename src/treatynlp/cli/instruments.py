"""Commands about one or two instruments: compare, show."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from treatynlp.cli.completing import ids
from treatynlp.cli.console import (
    bar,
    gathered,
    json_option,
    leave,
    print_issues,
    root_of,
    say,
    terminal_json,
    workspace_option,
    worth_telling,
)
from treatynlp.errors import DataError, Issue, failed, issue

if TYPE_CHECKING:
    from treatynlp.store import Root, Workspace


@click.command()
@click.argument("left", metavar="A", shell_complete=ids)
@click.argument("right", metavar="B", shell_complete=ids)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--redline", is_flag=True, help="Below each pair B's words against A's: [-gone-] {+new+}.")
@workspace_option
def compare(left: str, right: str, form: str, redline: bool, workspace: "Root | None") -> None:
    """Lay two instruments side by side: what answers what, and what only one of them has.

    A and B are ids of instruments that a run has made, or files. JSON always holds the redlines.

    \b
    Example:
      treatynlp compare atlantis-cybercrime-2391 avalon-cyberact-2377 --redline
    """
    from treatynlp.pipeline.ask.lookup import compare_instruments
    from treatynlp.publishing.pairings import compare_answer
    from treatynlp.store import Workspace

    aligned, proven, issues = compare_instruments(Workspace(root_of(workspace)), left, right)
    print_issues(gathered(worth_telling(issues)))
    answer = compare_answer(aligned, proven)
    say(terminal_json(answer) if form == "json" else "\n".join(_table(answer, redline)))
    leave(issues)


@click.command()
@click.argument("name", metavar="ID", shell_complete=ids)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--language", required=True, help="The language of FILE, by its code: fr.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@workspace_option
def versions(name: str, file: Path, language: str, form: str, workspace: "Root | None") -> None:
    """Lay an instrument beside its text in another language: where the two differ in what can be counted.

    ID is an instrument that a run has made, or a file. JSON also holds every address that both have, with its topics.

    \b
    Example:
      treatynlp versions atlantis-cybercrime-2391 atlantis.fr.html --language fr
    """
    from treatynlp.pipeline.ask import language_versions
    from treatynlp.publishing.cli_json import versions_answer
    from treatynlp.store import Workspace

    found = language_versions.compare_versions(Workspace(root_of(workspace)), name, file, language)
    print_issues(worth_telling(found.issues))
    answer = versions_answer(found.entry.piece.treaty, found.other.treaty, found.beside, found.differences)
    say(terminal_json(answer) if form == "json" else "\n".join(_differences(answer)))
    leave(found.issues)


def _differences(answer: dict[str, Any]) -> Iterator[str]:
    yield f"{len(answer['beside'])} provisions stand in both, {len(answer['differences'])} differences:"
    for one in answer["differences"]:
        yield _difference(answer, one)
    if unknown := answer["not_compared"]:
        yield f"{len(unknown)} not compared, as the words were not surely read:"
    for one in unknown:
        yield f"{_difference(answer, one)}  ({one['not_compared']})"


def _difference(answer: dict[str, Any], one: dict[str, Any]) -> str:
    sides = [", ".join(one[side]) or "-" for side in ("left", "right")]
    return f"  {one['citation']:24}{one['kind']:11}{answer['left']}: {sides[0]}  {answer['right']}: {sides[1]}"


def _table(answer: dict[str, Any], redline: bool) -> Iterator[str]:
    yield f"{answer['left']['id']} – {answer['right']['id']}"
    if not answer["proven"]["relations"]:
        yield "  relations of substance are not proven: look at the words yourself (--redline)"
    for pair in answer["pairs"]:
        names = f"{pair['left_citation']} {pair['left_heading']} – {pair['right_citation']} {pair['right_heading']}"
        yield f"  {pair['score']:.2f}  {pair['relation']:15} {names}"
        if redline:
            yield "        " + " ".join(_marked(**piece) for piece in pair["redline"]) + "\n"
    for side in ("left", "right"):
        only = answer[f"only_{side}"]
        yield f"only in {answer[side]['id']} ({len(only)}): {', '.join(only) or '–'}"


def _marked(kind: str, words: str) -> str:
    return {"left": f"[-{words}-]", "right": f"{{+{words}+}}"}.get(kind, words)


@click.command()
@click.argument("words", required=False, default="")
@click.option("--topic", default="", help="Only provisions labelled with this topic.")
@click.option("--in", "ident", default="", metavar="ID", shell_complete=ids, help="Only this instrument.")
@click.option("--release", type=click.Path(path_type=Path, file_okay=False), help="Default: the last run's.")
@workspace_option
@json_option
def search(words: str, topic: str, ident: str, release: Path | None, workspace: "Root | None", as_json: bool) -> None:
    """Find provisions by their words, their topic, or both; the most relevant first.

    A word is found in all its forms, words in double quotes side by side; words that name a topic ("hacking") find its
    provisions too.

    \b
    Example:
      treatynlp search '"penal offence"' --topic illegal_access
    """
    from dataclasses import asdict

    from treatynlp.pipeline.ask.lookup import searched
    from treatynlp.store import Workspace, last_release

    if not words.strip() and not topic:
        raise click.UsageError("Name words, or a topic with --topic.")
    found = searched(release or last_release(Workspace(root_of(workspace))), words, topic, ident)
    if as_json:
        say(terminal_json([asdict(hit) for hit in found]))
        return
    for hit in found:
        say(f"{hit.instrument}  {hit.citation}  {hit.heading}  {hit.url or ''}\n    {' '.join(hit.snippet.split())}")


@click.command()
@click.argument("ident", metavar="ID", shell_complete=ids)
@click.argument("address", metavar="[ART]", required=False)
@click.option("--page", type=click.IntRange(min=1), help="Draw how this page was read (to --out, a PNG).")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Default: ID-p<page>.png, here.")
@workspace_option
@json_option
def show(
    ident: str, address: str | None, page: int | None, out: Path | None, workspace: "Root | None", as_json: bool
) -> None:
    """Show a provision with its labels, or how a page was read.

    ID is an instrument that a run has made, or a file; ART a citation or an eId.

    \b
    Example:
      treatynlp show atlantis-cybercrime-2391 "10(1)(a)"
      treatynlp show treaty.pdf --page 3
    """
    from treatynlp.store import Workspace

    place = Workspace(root_of(workspace))
    if page is not None:
        _draw(place, ident, page, out or Path(f"{Path(ident).stem}-p{page}.png"))
    elif address is not None:
        _tell(place, ident, address, as_json)
    else:
        raise click.UsageError("Name a provision (ART) or a page (--page).")


def _draw(place: "Workspace", ident: str, page: int, out: Path) -> None:
    from treatynlp.pipeline.ask.lookup import picture_of
    from treatynlp.store import write

    write(out, picture_of(place, ident, page))
    say(str(out))


def _tell(place: "Workspace", ident: str, address: str, as_json: bool) -> None:
    from treatynlp.pipeline.ask.lookup import find, look_up, topic_families
    from treatynlp.publishing.cli_json import provision_answer

    entry = look_up(place, ident)
    provision = find(entry.piece.treaty, address)
    if provision is None:
        raise DataError(issue("provision-unknown", f"{ident} {address}"))
    answer = provision_answer(entry.piece.treaty, entry.coding, topic_families(), provision)
    say(terminal_json(answer) if as_json else "\n".join(_shown(answer, entry.source)))


@click.command()
@click.argument("ident", metavar="ID", shell_complete=ids)
@click.argument("address", metavar="ART")
@click.argument("topic")
@click.option("--numbers", is_flag=True, help="What each pattern, sign and word adds, as numbers.")
@workspace_option
@json_option
def explain(ident: str, address: str, topic: str, numbers: bool, workspace: "Root | None", as_json: bool) -> None:
    """Say in sentences why the machine gives a provision a topic, or does not.

    \b
    Example:
      treatynlp explain atlantis-cybercrime-2391 1 definitions
    """
    from dataclasses import asdict

    from treatynlp.pipeline.ask.lookup import reasons
    from treatynlp.store import Workspace

    found = reasons(Workspace(root_of(workspace)), ident, address, topic)
    if as_json:
        say(terminal_json([asdict(reason) for reason in found]))
        return
    if numbers:
        for reason in found:
            say(f"{reason.kind:12} {reason.amount:+7.3f}  {reason.what}")
        return
    from treatynlp.coding.reason_sentences import reason_sentences

    say("\n".join(reason_sentences(found)))


def _shown(answer: dict[str, Any], source: str) -> Iterator[str]:
    yield f"{answer['citation']} {answer['heading']}".strip()
    yield f"{source}, page {answer['page']}" if answer["page"] else source
    yield ""
    yield answer["text"]
    yield ""
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
def verify(idents: tuple[str, ...], seen: bool, workspace: "Root | None") -> None:
    """Look every stored character up again in its source, and say which differ.

    The pages themselves are asked, too: whether each word leaves ink on its page, and, where tesseract is installed,
    whether the picture of one page of each instrument shows the words that were read from it (--seen: of all pages that
    cells cite). Without ID: all instruments that a run has made.

    \b
    Example:
      treatynlp verify atlantis-cybercrime-2391 --seen
    """
    from treatynlp.pipeline.ask.lookup import verified
    from treatynlp.pipeline.runs.current import current
    from treatynlp.pipeline.sandbox.several import map_in_order
    from treatynlp.store import Workspace

    place = Workspace(root_of(workspace))
    asked, issues = idents or tuple(current(place)), list[Issue]()
    every = bar(map_in_order(lambda ident: verified(place, ident, seen), asked), "verify", len(asked))
    for ident, found in zip(asked, every, strict=True):
        print_issues(found)
        issues += found
        say(f"{ident}: {'differs' if failed(found) else 'as in the source'}")
    leave(issues)


COMMANDS = (compare, versions, explain, search, show, verify)

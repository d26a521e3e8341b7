"""The command that makes something to take along: brief."""

from collections.abc import Callable, Iterable
from pathlib import Path

import click

from treatynlp.cli.console import say
from treatynlp.cli.options import release_or_last, workspace_option
from treatynlp.corpus import load
from treatynlp.pipeline.ask.opening import model_errors, open_release
from treatynlp.publishing.brief import TABLES, BriefBlock, Choice, Grid, write_brief
from treatynlp.publishing.citations import FORMS as CITED
from treatynlp.publishing.provision_citations import citations
from treatynlp.publishing.release_frames import Release
from treatynlp.publishing.selection import chosen_instruments, known_names
from treatynlp.publishing.titles import Titles
from treatynlp.store import Root, write

FORMS = (".docx", ".pdf", ".bib", ".ris", ".json")


def _words(_: click.Context, __: click.Parameter, given: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in given.split(",") if word.strip())


@click.command()
@click.option("--topics", required=True, metavar="NAME,…", callback=_words, help="Topics of the codebook, by name.")
@click.option("--instruments", default="", metavar="ID,…", callback=_words, help="Default: all that were read.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=Path("brief.docx"), show_default=True)
@click.option("--release", type=click.Path(path_type=Path, file_okay=False), help="Default: the last run's.")
@workspace_option
def brief(
    topics: tuple[str, ...], instruments: tuple[str, ...], out: Path, release: Path | None, workspace: Root | None
) -> None:
    """Write what some instruments say of some topics, to take along.

    A .docx or .pdf holds states, articles, the provisions with their words, values, pages and addresses, and what is
    not known; .bib, .ris and .json (CSL-JSON) hold the citations of the provisions for a reference manager.

    \b
    Example:
      treatynlp brief --topics illegal_access,dual_criminality --out brief.pdf
    """
    if out.suffix.lower() not in FORMS:
        raise click.BadParameter(f"{out.name}: end the name in {', '.join(FORMS)}.", param_hint="--out")
    write(out, _made(open_release(release_or_last(release, workspace)), topics, instruments, out.suffix.lower()))
    say(str(out))


def _made(release: Release, topics: tuple[str, ...], instruments: tuple[str, ...], form: str) -> bytes:
    asked = _choice(release, topics, instruments)
    if form in CITED:
        return CITED[form](citations(release, asked)).encode()
    # Each table is read once: a release reads its file whenever it is asked for a table.
    tables = {name: release[name] for name in TABLES if name in release}
    return _set(form)(write_brief(tables, asked))


def _set(form: str) -> Callable[[Iterable[BriefBlock | Grid]], bytes]:
    """What sets a brief in this form; the other form's library is not loaded."""
    if form == ".pdf":
        from treatynlp.publishing.brief_pdf import pdf

        return pdf
    from treatynlp.publishing.brief_word import word

    return word


def _choice(release: Release, topics: tuple[str, ...], instruments: tuple[str, ...]) -> Choice:
    book = load().codebook
    called = {name: Titles(book).attribute(name) for name in (*book.attributes, *book.elements)}
    terms = {(name, value): said for name, one in book.elements.items() for value, said in one.says.items()}
    # Before anything is written: a misspelt topic would else be a brief that says nothing of it.
    asked = known_names("topic", topics, release["topics"].topic)
    return Choice(
        topics=asked,
        instruments=chosen_instruments(release, instruments),
        release=release.number,
        called=called,
        terms=terms,
        errs=model_errors(),
    )

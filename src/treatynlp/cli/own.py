"""Commands about treaties of one's own: add, remove."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from treatynlp import pipeline
from treatynlp.cli.console import leave, say, terminal_json
from treatynlp.cli.issue_rows import print_issues, worth_telling
from treatynlp.cli.options import corpus_option, json_option, root_of, workspace_option
from treatynlp.cli.work_options import log_option
from treatynlp.corpus import load
from treatynlp.errors import Issue, issue
from treatynlp.pipeline.ask import adding
from treatynlp.pipeline.ask.adding import Added, Candidate, Guess, looked_at, registry_entry, remaining_guesses
from treatynlp.store import Root, Workspace

if TYPE_CHECKING:  # what lays treaties side by side needs scikit-learn, and help does not
    from treatynlp.pipeline.ask.beside import Beside

Command = Callable[..., None]
SHOWN = 12
"""Rows of a list that are shown to people; JSON always holds all."""

_FIELDS = (
    ("--id", "id", "Its id, of small letters, digits and hyphens: atlantis-2091."),
    ("--title", "title", "Its full title."),
    ("--short-title", "short_title", "What it is called in tables."),
    ("--citation", "citation", "How it is cited, such as a number in a treaty series."),
    ("--body", "body", "The organisation or States that made it."),
    ("--region", "region", "The region of an instrument that not every State may join (global without it)."),
    ("--adopted", "adopted", "When it was adopted: 2001-11-23, 2001-11 or 2001."),
    ("--opened", "opened", "When it was opened for signature."),
    ("--signed", "signed", "When it was signed."),
    ("--published", "published", "When it was published."),
    ("--in-force", "in_force", "When it came into force."),
    ("--applies", "applies", "Since when it applies."),
    ("--articles", "articles", "How many articles it has, to be seen at every reading."),
    ("--language", "language", "The language of the text (default: en)."),
    ("--url", "url", "Where the text is published, for links to its pages."),
)
_ASKED = ("id", "title", "short_title", "body", "kind", "binding", "region", "family", "adopted", "articles")
_OPTIONAL = ("region",)


def fact_options(command: Command) -> Command:
    """An option for each field of the registry; they arrive together as `**facts`."""
    kinds = ("treaty", "protocol", "regulation", "directive", "framework_decision", "model_law", "declaration",
             "resolution", "report", "other")  # fmt: skip
    options = [click.option(flag, name, metavar="TEXT", help=said) for flag, name, said in _FIELDS]
    options += [
        click.option("--kind", type=click.Choice(kinds)),
        click.option("--scope", type=click.Choice(("regional", "global")), help="Without it: by --region."),
        click.option("--binding/--no-binding", default=None, help="Whether it obliges States by itself."),
        click.option("--official/--copy", default=None, help="Whether --url is the publication of the body itself."),
        click.option("--family", multiple=True, help="What it is about: cybercrime, extradition, … (may be repeated)."),
    ]
    # Decorators are applied from the last to the first; reversed, the help lists them in the order above.
    for option in reversed(options):
        command = option(command)
    return command


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@fact_options
@click.option("--against", multiple=True, metavar="ID", help="Show it beside this instrument (may be repeated).")
@click.option("--replace", "again", is_flag=True, help="In the place of one added under the same id.")
@corpus_option
@workspace_option
@log_option
@json_option
def add(
    file: Path, against: tuple[str, ...], again: bool, folder: Path | None, workspace: Root | None, **facts: Any
) -> None:
    """Bring a treaty of your own: a PDF or HTML file is read, split, coded and shown beside the others.

    On a terminal you are asked for what the options do not say; in a pipe the guesses are taken, and told. It is kept
    in the workspace, where later runs include it, marked as your own; the registry is not touched.

    \b
    Example:
      treatynlp add treaty.pdf --adopted 2091-05-04
    """
    as_json, corpus, root = facts.pop("as_json"), load(folder), root_of(workspace)
    candidate = looked_at(file, corpus)
    # Nobody is asked where nobody can answer: a pipe would hang for ever on the first question.
    said, guessed = _facts(candidate, facts, ask=sys.stdin.isatty() and not as_json)
    print_issues(_guessed(file, guessed))
    done = adding.add(root, corpus, candidate, registry_entry(candidate, said, guessed), again)
    found = pipeline.beside(Workspace(root), corpus, done.instrument.id, against)
    print_issues(worth_telling(done.issues))
    say(
        terminal_json(_answer(done, found, candidate, guessed))
        if as_json
        else "\n".join(_lines(done, found, candidate))
    )
    leave(done.issues)


def _facts(candidate: Candidate, facts: dict[str, Any], ask: bool) -> tuple[dict[str, Any], dict[str, Guess]]:
    """What a person says of the treaty, by options or when asked; and what is guessed of the rest."""
    # As typed in a file: options and answers go through the same model as the registry, with the same faults.
    said = {name: _typed(value) for name, value in facts.items() if value not in (None, ())}
    if ask:
        for name in _ASKED:
            if name not in said and (answer := _asked(name, remaining_guesses(candidate, said).get(name))):
                said[name] = answer
    return said, remaining_guesses(candidate, said)


def _typed(value: Any) -> Any:
    """A value as a person would have typed it in a registry file."""
    return str(value).lower() if isinstance(value, bool) else list(value) if isinstance(value, tuple) else value


def _asked(name: str, guess: Guess | None) -> str:
    default = guess.value if guess else "" if name in _OPTIONAL else None
    # On stderr, so that the answer in JSON can go through a pipe while questions are asked.
    answer: str = click.prompt(name.replace("_", " "), default=default, show_default=bool(default), err=True)
    return answer


def _guessed(file: Path, guessed: dict[str, Guess]) -> Iterator[Issue]:
    for name, guess in guessed.items():
        option = name.replace("_", "-")
        yield issue("add-guessed", file.name, name=name, value=guess.value, source=guess.source, option=option)


def _answer(done: Added, found: "Beside", candidate: Candidate, guessed: dict[str, Guess]) -> dict[str, Any]:
    treaty, source = candidate.piece.treaty, done.prepared.source
    return {
        **asdict(found),
        "instrument": done.instrument.model_dump(mode="json", exclude_defaults=True),
        "guessed": {name: asdict(guess) for name, guess in guessed.items()},
        "source": asdict(source) if source else None,
        "articles": [{"eid": one.eid, "label": one.label, "heading": one.heading, "page": one.page}
                     for one in treaty.articles],
        "issues": [asdict(issue) for issue in done.issues],
    }  # fmt: skip


def _lines(done: Added, found: "Beside", candidate: Candidate) -> Iterator[str]:
    count = len(candidate.piece.treaty.articles)
    yield f"added {found.id}: {done.instrument.title}"
    yield f"{count} articles on {candidate.piece.document.pages} pages; {len(found.topics)} topics of the codebook"
    for family in dict.fromkeys(one.family for one in found.topics):
        yield f"\n{family}"
        for one in (one for one in found.topics if one.family == family):
            yield f"  {one.topic:32} {one.strength:14} {', '.join(one.citations)}"
    # A first treaty: three empty lists would look as if nothing were like it.
    if not found.against:
        yield "\nNo other instrument is in this workspace; `treatynlp run` brings those of the registry."
        return
    yield "\nnearest, by theme and by wording"
    for near in found.nearest[:SHOWN]:
        yield f"  {_share(near.thematic)}  {_share(near.textual)}  {near.id:28} {near.title}"
    yield f"\nregulated by others and not found here ({len(found.gaps)})"
    for lack in found.gaps[:SHOWN]:
        doubt = "" if lack.certain else " (in doubt here)"
        yield f"  {lack.topic:32} {len(lack.has)} of {len(found.against)}{doubt}"
    yield f"\nfound only here ({len(found.alone)}): {', '.join(found.alone) or '–'}"


def _share(value: float | None) -> str:
    return "   –" if value is None else f"{value:.2f}"


@click.command()
@click.argument("ident", metavar="ID")
@workspace_option
def remove(ident: str, workspace: Root | None) -> None:
    """Take a treaty that was added out of the workspace again.

    \b
    Example:
      treatynlp add treaty.pdf --id my-treaty-2091
      treatynlp remove my-treaty-2091
    """
    adding.remove(root_of(workspace), ident)
    say(f"removed {ident}; the next release is without it")

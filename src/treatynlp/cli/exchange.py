"""Commands of exchange with programs that people code in: tasks, decisions, agreement."""

import csv
import io
from datetime import date
from pathlib import Path

import click

from treatynlp.cli.console import say
from treatynlp.cli.options import release_or_last, workspace_option
from treatynlp.coding.reliability import agreement_by_topic
from treatynlp.errors import DataError, issue
from treatynlp.pipeline.ask.opening import open_release
from treatynlp.publishing import annotation_tasks
from treatynlp.publishing.annotation_tasks import FORMS, AnnotatedPassage
from treatynlp.publishing.selection import chosen_instruments
from treatynlp.registry import Override
from treatynlp.store import Root, write

form_option = click.option(
    "--form", type=click.Choice(("label-studio", "doccano")), default="label-studio", show_default=True
)
FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("idents", nargs=-1, required=True, metavar="ID…")
@form_option
@click.option("--out", type=FILE, required=True, help="The file to write.")
@click.option("--release", type=click.Path(path_type=Path, file_okay=False), help="Default: the last run's.")
@workspace_option
def tasks(idents: tuple[str, ...], form: str, out: Path, release: Path | None, workspace: Root | None) -> None:
    """Write passages as tasks for people to code in Label Studio or doccano, with what the machine gave.

    \b
    Example:
      treatynlp tasks atlantis-cybercrime-2391 --form doccano --out tasks.jsonl
    """
    opened = open_release(release_or_last(release, workspace))
    write(out, FORMS[form][0](annotation_tasks.tasks(opened, chosen_instruments(opened, idents))).encode())
    say(str(out))


@click.command()
@click.argument("file", type=FILE)
@form_option
@click.option("--reviewer", required=True, help="Who coded, where the program does not say.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="A folder of overrides.")
def decisions(file: Path, form: str, reviewer: str, out: Path) -> None:
    """Turn what people coded in Label Studio or doccano into overrides, a file for each instrument.

    \b
    Example:
      treatynlp decisions export.jsonl --form doccano --reviewer "A. Reader" --out corpus/overrides
    """
    # All read before one is written: half an export would leave some instruments decided and others not.
    rows = list(annotation_tasks.decisions(_read(file, form), reviewer, date.today().isoformat()))
    for id in sorted({row.instrument for row in rows}):
        write(out / f"{id}.csv", _csv([row for row in rows if row.instrument == id]))
        say(str(out / f"{id}.csv"))


@click.command()
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="A B…")
@form_option
def agreement(files: tuple[Path, ...], form: str) -> None:
    """How far people who coded the same passages agree, topic by topic: Krippendorff's alpha. A file a coder.

    \b
    Example:
      treatynlp agreement first.jsonl second.jsonl --form doccano
    """
    if len(files) < 2:
        raise click.UsageError("Name the files of at least two coders.")
    coders = [{(one.instrument, one.eid): one.topics for one in _read(file, form)} for file in files]
    topics = sorted({topic for coder in coders for given in coder.values() for topic in given})
    say(f"{'topic':32} {'alpha':>6}  alike")
    for one in agreement_by_topic(coders, topics):
        figure = "–" if one.alpha is None else f"{one.alpha:.2f}"
        say(f"{one.topic:32} {figure:>6}  {one.alike} of {one.passages}")


def _read(file: Path, form: str) -> list[AnnotatedPassage]:
    try:
        return list(FORMS[form][1](file.read_text("utf-8")))
    # An export of another program may be anything that is JSON; whatever its fault, it is one of the file.
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(
            issue("export-unreadable", file.name, form=form, reason=" ".join(str(error).split()))
        ) from error


def _csv(rows: list[Override]) -> bytes:
    """The rows as corpus/overrides/<id>.csv holds them: the instrument is in the file's name."""
    columns = [name for name in Override.model_fields if name != "instrument"]
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerows([columns, *([getattr(row, name) for name in columns] for row in rows)])
    return made.getvalue().encode()

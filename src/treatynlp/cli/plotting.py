"""The command that draws: plot."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from treatynlp.cli.console import say
from treatynlp.cli.options import release_or_last, workspace_option
from treatynlp.pipeline.ask.opening import open_release
from treatynlp.publishing.figures import KINDS, to_png, to_svg
from treatynlp.publishing.figures.kinds import figure, meaningless
from treatynlp.store import Root, write

FORMS = (".svg", ".png")
Command = Callable[..., None]


class Plot(click.Command):
    """A command whose help lists the figures, each in its own words."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Kinds"):
            formatter.write_dl([(name, _first_sentence(draw.__doc__ or "")) for name, draw in KINDS.items()])
        super().format_options(ctx, formatter)


def _first_sentence(text: str) -> str:
    return " ".join(text.split()).split(". ")[0].rstrip(".")


def _words(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """An option that may be repeated, and may name several with commas between."""
    return tuple(word.strip() for one in given for word in one.split(",") if word.strip())


def choosing(command: Command) -> Command:
    """The options that say what a figure is of; they arrive together as `**asked`."""
    many = {"multiple": True, "callback": _words}
    for option in (
        click.option("--by", type=click.Choice(["body", "kind"]), help="timeline: group by body (default) or kind."),
        click.option("--show", type=click.Choice(["state", "strength"]), help="heatmap: states (default) or strength."),
        click.option("--method", type=click.Choice(["average", "complete", "single"]), help="dendrogram: linkage."),
        click.option("--measure", type=click.Choice(["thematic", "textual"]), help="dendrogram: alike in what."),
        click.option("--attribute", metavar="NAME", help="parameters: which one, e.g. extradition_threshold."),
        click.option("--instruments", metavar="ID,…", help="Only these (bands: the two).", **many),  # type: ignore[arg-type]
        click.option("--family", "families", metavar="NAME,…", help="Only topics of these families.", **many),  # type: ignore[arg-type]
        click.option("--topic", "topics", metavar="NAME,…", help="Only these topics.", **many),  # type: ignore[arg-type]
    ):
        command = option(command)
    return command


@click.command(cls=Plot)
@click.argument("kind", type=click.Choice(tuple(KINDS)))
@choosing
@click.option("--release", type=click.Path(path_type=Path, file_okay=False), help="Default: the last run's.")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="A .svg or .png (default: KIND.svg, here)."
)
@workspace_option
def plot(kind: str, release: Path | None, out: Path | None, workspace: Root | None, **asked: Any) -> None:
    """Draw a figure of a release, fit for print.

    The file name's ending says whether it becomes an SVG or a PNG (300 dots an inch). The answer is the figure in
    words, to stand beside it for those who do not see it.

    \b
    Example:
      treatynlp plot heatmap --family criminalisation --out offences.svg
    """
    # SVG where nothing is said: it prints sharp at any size, and its words can be searched.
    out = out or Path(f"{kind}.svg")
    if out.suffix.lower() not in FORMS:
        raise click.BadParameter(f"{out.name}: end the name in .svg or .png.", param_hint="--out")
    _no_surplus(kind, asked)
    say(_drawn(release_or_last(release, workspace), kind, asked, out))


def _no_surplus(kind: str, asked: dict[str, Any]) -> None:
    # Refused, not ignored: a figure without the choice that was asked for would be taken for one with it.
    if surplus := meaningless(kind, asked):
        raise click.UsageError(f"A {kind} figure has no use for: {', '.join(surplus)}.")


def _drawn(place: Root, kind: str, asked: dict[str, Any], out: Path) -> str:
    """Draw, write, and say what was drawn."""
    drawn = figure(open_release(place), kind, **asked)
    write(out, to_png(drawn) if out.suffix.lower() == ".png" else to_svg(drawn))
    return f"{out}\n{drawn.alt}"

"""The command line.

Exit statuses are those of `console.EXITS`; faults of the data are rows `level [code] where: message` on stderr.
"""

import click

from treatynlp.cli.console import open_streams
from treatynlp.cli.lazy_commands import LazyCommands, Sections

STATUS = "Exit status: 0 all is well, 1 faulty data (told on stderr), 2 wrong usage."

SECTIONS: Sections = {
    "A whole corpus": {
        "run": ("corpora:run", "Make the release: fetch, read, split, code, compare, publish."),
        "fetch": (
            "corpora:fetch",
            "Get the sources, see that they can be read and split, and keep them; make no release.",
        ),
        "list": (
            "corpora:list_",
            "The instruments of the registry and your own, and how far each has come in the workspace.",
        ),
        "check": (
            "checking:check",
            "Check what is declared, the model and the workspace; with --release, that a release is what was released.",
        ),
    },
    "A file": {
        "split": ("files:split", "Split treaties into articles, paragraphs and points, each with its page."),
        "classify": (
            "files:classify",
            "Say what each provision regulates, how strictly, and on which words that rests.",
        ),
    },
    "An instrument, or two": {
        "compare": (
            "comparing:compare",
            "Lay two instruments side by side: what answers what, and what only one of them has.",
        ),
        "versions": (
            "comparing:versions",
            "Lay an instrument beside its text in another language: where the two differ in what can be counted.",
        ),
        "explain": ("explaining:explain", "Say in sentences why the machine gives a provision a topic, or does not."),
        "search": (
            "searching:search",
            "Find provisions by their words, their topic, or both; the most relevant first.",
        ),
        "show": ("instruments:show", "Show a provision with its labels, or how a page was read."),
        "verify": ("instruments:verify", "Look every stored character up again in its source, and say which differ."),
    },
    "A treaty of your own": {
        "add": (
            "own:add",
            "Bring a treaty of your own: a PDF or HTML file is read, split, coded and shown beside the others.",
        ),
        "remove": ("own:remove", "Take a treaty that was added out of the workspace again."),
    },
    "Figures": {
        "plot": ("plotting:plot", "Draw a figure of a release, fit for print."),
    },
    "To take along": {
        "brief": ("briefing:brief", "Write what some instruments say of some topics, to take along."),
    },
    "People who code": {
        "tasks": (
            "exchange:tasks",
            "Write passages as tasks for people to code in Label Studio or doccano, with what the machine gave.",
        ),
        "decisions": (
            "exchange:decisions",
            "Turn what people coded in Label Studio or doccano into overrides, a file for each instrument.",
        ),
        "agreement": (
            "exchange:agreement",
            "How far people who coded the same passages agree, topic by topic: Krippendorff's alpha.",
        ),
    },
    "A release": {
        "sign": (
            "released:sign",
            "Sign a release, so that others can check that it is yours (see `check --signed-by`).",
        ),
    },
    "What is kept between runs": {
        "status": (
            "workspace:status",
            "Say how each instrument stands: its last good source, how far it came, and why anything of it is old.",
        ),
        "prune": ("workspace:prune", "Remove from the workspace what nothing rests on any more."),
    },
    "The classifier": {
        "train": (
            "learning:train",
            "Make the model again from the gold labels in corpus/annotations: the same bytes for the same data.",
        ),
        "evaluate": (
            "learning:evaluate",
            "Measure the classifier on instruments left out of training, and write the model card.",
        ),
        "review": (
            "explaining:review",
            "The labels most worth a human look: least certain, and with most influence on the matrix.",
        ),
    },
    "The shell": {
        "completion": (
            "completing:completion",
            "Print the script with which a shell completes commands and options on the tab key.",
        ),
    },
}
"""The commands as people look for them, by what they are about: of each its module and function in this package, and
the first sentence of its help. A test holds the sentences to those of the functions."""


@click.group(
    cls=LazyCommands, sections=SECTIONS, context_settings={"help_option_names": ["-h", "--help"]}, epilog=STATUS
)
@click.version_option(package_name="treatynlp")
def cli() -> None:
    """Compare treaties: official PDFs in, harmonisation matrices out."""


def main() -> None:
    """Run the command line."""
    open_streams()
    cli()

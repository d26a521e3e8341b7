"""Training and evaluating: the instruments that people coded are had, split, and handed to coding."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from treatynlp import store
from treatynlp.coding.card import evaluated
from treatynlp.coding.training import model_files
from treatynlp.corpus import Corpus, load
from treatynlp.errors import DataError, Issue, issue
from treatynlp.home import home
from treatynlp.pipeline.runs.outcome import Outcome
from treatynlp.pipeline.runs.prepare_instrument import Job, Prepared, prepare
from treatynlp.pipeline.runs.refresh import obtain, started
from treatynlp.pipeline.runs.sources import Supply
from treatynlp.pipeline.sandbox.serialisation import treaties
from treatynlp.pipeline.sandbox.several import map_in_order
from treatynlp.pipeline.workspace.artefacts import load_artefact as load_kept
from treatynlp.store import Root
from treatynlp.structure.tree import Treaty


def train(
    supply: Supply,
    root: Root,
    folder: Path | None = None,
    without: Collection[str] = (),
    teaching: Path | None = None,
) -> dict[str, Path]:
    """Make the model again from the gold labels and put it in its folder (without one: the one that comes with
    treatynlp). The same data give the same bytes. Instruments named in `without` are
    left out, for a model that has not seen them; `teaching` holds the words of the teaching treaties. The answer is
    the files by name.

    Raises DataError when an instrument with gold cannot be had: a model of fewer instruments would be another model.
    """
    corpus = load()
    # Its labels go, not the instrument: what is trained on is what has labels.
    corpus = replace(corpus, topics=tuple(row for row in corpus.topics if row.instrument not in without))
    return _put(folder, model_files(coded_by_people(corpus, supply, root), corpus, teaching))


def train_outcome(supply: Supply, root: Root, folder: Path | None = None) -> Outcome:
    """`train`, with the way it ended as an outcome in place of an error."""
    try:
        files = train(supply, root, folder)
    except DataError as error:
        first = f"{error.issues[0].where}: {error.issues[0].message}" if error.issues else str(error)
        more = f" ({len(error.issues)} faults in all)" if len(error.issues) > 1 else ""
        return Outcome("failed", f"No model was made: {first}{more}", error.issues)
    return Outcome("complete", f"The model was made; it is in {', '.join(map(str, files.values()))}.")


def evaluate(supply: Supply, root: Root, folder: Path | None = None, teaching: Path | None = None) -> dict[str, Path]:
    """Measure the model, each instrument coded by a model of all the others, and put figures and card beside it.

    Takes minutes. Raises DataError as `train` does.
    """
    corpus = load()
    return _put(folder, evaluated(coded_by_people(corpus, supply, root), corpus, teaching))


def _put(folder: Path | None, files: dict[str, bytes]) -> dict[str, Path]:
    folder = folder or home() / "models" / "topics"
    for name, data in files.items():
        store.write(folder / name, data)
    return {name: folder / name for name in files}


def coded_by_people(corpus: Corpus, supply: Supply, root: Root) -> list[Treaty]:
    """The instruments with gold labels, split, by id. DataError names all that cannot be had."""
    wanted = {row.instrument for row in corpus.topics}
    gold = replace(corpus, instruments=tuple(one for one in corpus.instruments if one.id in wanted))
    with started(gold, root, supply) as run:
        came = {one.id: obtain(run, one) for one in gold.instruments}
        jobs = [Job(one, came[one.id], bounds=supply.bounds) for one in gold.instruments]
        made = list(map_in_order(lambda job: prepare(run.workspace, job, coded=False), jobs))
        # All that cannot be had at once: who mends one address after the other would wait for a whole run each time.
        missing = [issue for one in made if not one.treaty for issue in _reasons(one, came[one.id].issues)]
        if missing:
            raise DataError(*missing)
        return [load_kept(run.workspace, treaties(), one.treaty) for one in made]


def _reasons(made: Prepared, issues: tuple[Issue, ...]) -> Iterator[Issue]:
    found = [issue for issue in (*issues, *made.issues) if issue.level == "error"]
    yield from found or [issue("gold-missing", made.id)]

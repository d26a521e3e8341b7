"""Training: the instruments that people coded are had, split, and made into the model that comes with treatynlp."""

import json
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from treatynlp import store
from treatynlp.corpus import Corpus, home, load
from treatynlp.errors import DataError, Issue
from treatynlp.pipeline import Supply, obtain, started
from treatynlp.pipeline.kinds import load as load_kept
from treatynlp.pipeline.kinds import treaties
from treatynlp.pipeline.making import Job, Prepared, prepare

if TYPE_CHECKING:
    from treatynlp.structure.tree import Treaty

Files = dict[str, bytes]


def train(supply: Supply, root: Path, folder: Path | None = None) -> tuple[Path, str]:
    """Make the model again from the gold labels and put it in its folder (without one: the one that comes with
    treatynlp). The answer is the folder and the model's SHA-256: the same for the same data.

    Raises DataError when an instrument with gold cannot be had: a model of fewer instruments would be another model.
    """
    corpus = load()
    files = trained(corpus, coded_by_people(corpus, supply, root))
    folder = folder or home() / "models" / "topics"
    for name, data in files.items():
        store.write(folder / name, data)
    return folder, sha256(files["topics.skops"]).hexdigest()


def coded_by_people(corpus: Corpus, supply: Supply, root: Path) -> list["Treaty"]:
    """The instruments with gold labels, split, by id. DataError names all that cannot be had."""
    wanted = {row.instrument for row in corpus.topics}
    gold = replace(corpus, instruments=tuple(one for one in corpus.instruments if one.id in wanted))
    with started(gold, root, supply) as run:
        came = {one.id: obtain(run, one) for one in gold.instruments}
        made = [prepare(run.workspace, Job(one, came[one.id]), coded=False) for one in gold.instruments]
        missing = [issue for one in made if not one.treaty for issue in _reasons(one, came[one.id].issues)]
        if missing:
            raise DataError(*missing)
        return [load_kept(run.workspace, treaties(), one.treaty) for one in made]


def _reasons(made: Prepared, issues: tuple[Issue, ...]) -> Iterator[Issue]:
    found = [issue for issue in (*issues, *made.issues) if issue.level == "error"]
    yield from found or [Issue("error", "gold-missing", made.id, "Its gold labels cannot be used without its text.")]


def trained(corpus: Corpus, coded: "list[Treaty]") -> Files:
    """The files of the model of these treaties and the corpus' gold labels."""
    from treatynlp.coding.artefact import FILE, LOCK, to_bytes
    from treatynlp.coding.lexicon import load_lexicon
    from treatynlp.coding.training import coded as examples
    from treatynlp.coding.training import train as learn

    model = to_bytes(learn(examples(coded, corpus.topics, load_lexicon()), corpus.codebook.topics))
    lock = {"sha256": sha256(model).hexdigest()}
    return {FILE: model, LOCK: (json.dumps(lock, indent=1) + "\n").encode()}

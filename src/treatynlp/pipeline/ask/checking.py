"""Whether everything stands: what people declared, the model, the locks, the workspace."""

from collections.abc import Callable
from pathlib import Path

from treatynlp import store
from treatynlp.comparison.rules import load_rules
from treatynlp.corpus import Corpus, examine
from treatynlp.errors import DataError, Issue, issue
from treatynlp.model_clauses import load_model_clauses
from treatynlp.pipeline.steps.coding import coder
from treatynlp.pipeline.workspace.locks import read_locks
from treatynlp.specimens import load_specimens
from treatynlp.store import Root, Workspace
from treatynlp.teaching import load_teaching
from treatynlp.words import unfinished_languages


def faults(folder: Path | None, root: Root) -> tuple[tuple[Issue, ...], str]:
    """Every fault of a corpus folder, of what comes with treatynlp and of a workspace; and a sentence on what there is.

    DataError where the corpus folder cannot be used at all.
    """
    corpus = examine(folder)
    locks, found = read_locks(corpus.root)
    issues = [*corpus.issues, *found, *_raised(lambda: _rules(corpus)), *_raised(coder)]
    issues += [*_raised(load_specimens), *_raised(load_model_clauses), *_raised(load_teaching)]
    issues += [*unfinished_languages(), *_workspace(Workspace(root))]
    said = (
        f"{len(corpus.instruments)} instruments, {len(corpus.codebook.topics)} topics, {len(corpus.topics)} labels and "
        f"{len(corpus.attributes)} attributes of gold, {len(corpus.overrides)} overrides, {len(locks)} locks"
    )
    return tuple(issues), said


def _raised(work: Callable[[], object]) -> tuple[Issue, ...]:
    try:
        work()
    except DataError as error:
        return error.issues
    return ()


def _rules(corpus: Corpus) -> None:
    load_rules(corpus.rules_folder, corpus.codebook.topics, corpus.codebook.families)


def _workspace(workspace: Workspace) -> list[Issue]:
    where = [f"{workspace.root}/{name}" for name in store.unsound(workspace)]
    return [issue("artefact-damaged.file", name, "error") for name in where]

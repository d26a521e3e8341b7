"""What the cells of a release are made from besides text, registry and codebook, as hashes for the changelog."""

from collections.abc import Iterable
from pathlib import Path

from treatynlp.comparison.changes import SHARED, Inputs
from treatynlp.corpus import Corpus, GoldTopic, Override
from treatynlp.hashes import TOLD_APART, fingerprint
from treatynlp.home import home
from treatynlp.packaged_yaml import load_yaml
from treatynlp.pipeline.workspace.stages import folder_digest

_SHARED = ("contexts.yml", "families.yml", "modality.yml", "provisions.yml", "terms.yml")


def cell_inputs(corpus: Corpus, rules: Path, program: str) -> Inputs:
    """The inputs of the cells of a corpus; `rules` is the comparison.yml in force, `program` the code's version."""
    lexicon, models = home() / "corpus" / "lexicon", home() / "models"
    return Inputs(
        labels=_by_cell(corpus.topics),
        overrides=_by_cell(corpus.overrides),
        lexicon=_patterns(lexicon),
        model=folder_digest(models / "topics" / "topics.skops")[:TOLD_APART],
        comparison=folder_digest(rules)[:TOLD_APART],
        program=program,
    )


def _by_cell(rows: Iterable[GoldTopic] | Iterable[Override]) -> dict[str, dict[str, str]]:
    """Hashes of what people wrote, by instrument and topic."""
    said: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        said.setdefault(row.instrument, {}).setdefault(row.topic, []).append(row.model_dump_json())
    return {id: {topic: _hash(*sorted(one)) for topic, one in topics.items()} for id, topics in said.items()}


def _patterns(folder: Path) -> dict[str, str]:
    """The hash of each topic's patterns, and under "" that of what all share."""
    found = {SHARED: folder_digest(*(folder / name for name in _SHARED), folder.parent / "words")[:TOLD_APART]}
    for file in sorted(folder.glob("topics_*.yml")):
        declared = load_yaml(file.read_bytes()) or {}
        # By topic, so that one new pattern is given as the cause of changes in its topic's cells and nowhere else.
        found |= {topic: _hash(repr(patterns)) for topic, patterns in (declared.get("topics") or {}).items()}
    return found


def _hash(*parts: str) -> str:
    return fingerprint("\n".join(parts))

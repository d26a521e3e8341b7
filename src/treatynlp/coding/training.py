"""Training: coded instruments → a model.

The same treaties, gold and lexicon give the same model, byte for byte.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from treatynlp.coding.artefact import FILE, LOCK, to_bytes
from treatynlp.coding.classifier import PREAMBLE, found
from treatynlp.coding.fictional import fictional, model_clauses
from treatynlp.coding.lexicon import Lexicon, load_lexicon
from treatynlp.coding.model import Example, TopicModel, learn
from treatynlp.coding.taught import taught
from treatynlp.corpus import Corpus
from treatynlp.drafting import load_drafting
from treatynlp.hashes import fingerprint
from treatynlp.home import home
from treatynlp.model_clauses import load_model_clauses
from treatynlp.registry import GoldTopic
from treatynlp.structure.tree import Treaty
from treatynlp.teaching import NOTHING, load_teaching

LIBRARIES = ("numpy", "scikit-learn", "scipy", "skops")
"""The libraries whose version shows in the model's bytes."""


def coded(treaties: Iterable[Treaty], gold: Iterable[GoldTopic], lexicon: Lexicon) -> tuple[Example, ...]:
    """The articles that people coded, with their topics (an article's are its own and its paragraphs').

    Articles without a row of gold are left out, since nobody said that they are about nothing.
    """
    topics: Mapping[tuple[str, str], set[str]] = defaultdict(set)
    for row in gold:
        topics[row.instrument, row.article].add(row.topic)
    examples: list[Example] = []
    for treaty in treaties:
        examples += _coded(treaty, topics, lexicon)
    return tuple(examples)


def _coded(treaty: Treaty, topics: Mapping[tuple[str, str], set[str]], lexicon: Lexicon) -> Iterable[Example]:
    own = {article.eid for article in treaty.articles}
    for example in found(treaty, lexicon):
        key = (treaty.id, example.passage.provision.label)
        if example.passage.eid in own and key in topics:
            yield replace(example, topics=frozenset(topics[key] - {PREAMBLE, NOTHING}))


@dataclass(frozen=True, slots=True)
class Lessons:
    """What a model is learned from: `examples` of which everything is learned, and `teachers` that teach words and
    patterns' records, and not how to decide; `texts` are the digests of the teaching treaties, by id."""

    examples: tuple[Example, ...]
    teachers: tuple[Example, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)


def fit_model(lessons: Lessons, topics: Iterable[str]) -> TopicModel:
    """The model of all lessons, for the codebook's topics (the preamble is known by its place)."""
    return learn(lessons.examples, coder_topics(topics), load_drafting().siblings, lessons.teachers)


def coder_topics(topics: Iterable[str]) -> tuple[str, ...]:
    """The codebook's topics that words decide on: all but the preamble."""
    return tuple(topic for topic in topics if topic != PREAMBLE)


def lessons_of(treaties: Sequence[Treaty], corpus: Corpus, lexicon: Lexicon, teaching: Path | None = None) -> Lessons:
    """The coded instruments and, beside them, the fictional ones. Where a folder `teaching` holds the words of the
    teaching treaties, these and the model clauses are teachers; without it nobody is."""
    invented, labels = fictional()
    examples = coded([*treaties, *invented], [*corpus.topics, *labels], lexicon)
    if teaching is None:
        return Lessons(examples)
    (real, found), (clauses, meant) = taught(teaching), model_clauses()
    return Lessons(examples, coded([*clauses, *real], [*meant, *found], lexicon), _texts(real))


def model_files(treaties: Sequence[Treaty], corpus: Corpus, teaching: Path | None = None) -> dict[str, bytes]:
    """The files of the model of these treaties: the model itself and the lock that says what it was made from."""
    lessons = lessons_of(treaties, corpus, load_lexicon(), teaching)
    model = to_bytes(fit_model(lessons, corpus.codebook.topics))
    lock = {
        "sha256": sha256(model).hexdigest(),
        "gold": _digest(row.model_dump_json() for row in corpus.topics),
        "texts": _texts(treaties),
        "lexicon": _digest(path.read_text("utf-8") for path in _lexicon_files()),
        "specimens": [treaty.id for treaty in fictional()[0]],
        **_teachers(lessons),
        "libraries": {name: version(name) for name in LIBRARIES},
        "seed": None,
    }
    return {FILE: model, LOCK: (json.dumps(lock, indent=1) + "\n").encode()}


def _teachers(lessons: Lessons) -> dict[str, object]:
    """What the lock says of teachers: nothing where there were none."""
    if not lessons.teachers:
        return {}
    rows = (row for row in load_teaching().topics if row.instrument in lessons.texts)
    return {
        "teaching": dict(lessons.texts),
        "teaching_gold": _digest(row.model_dump_json() for row in rows),
        "model_clauses": _digest(one.model_dump_json() for one in load_model_clauses().values()),
    }


def _texts(treaties: Iterable[Treaty]) -> dict[str, str]:
    return {treaty.id: _digest([treaty.text.value]) for treaty in sorted(treaties, key=lambda one: one.id)}


def _lexicon_files() -> list[Path]:
    folder = home() / "corpus" / "lexicon"
    return sorted([*folder.glob("topics*.yml"), *(folder / f"{name}.yml" for name in ("contexts", "terms"))])


def _digest(parts: Iterable[str]) -> str:
    return fingerprint("\n".join(parts))

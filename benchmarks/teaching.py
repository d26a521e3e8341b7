"""What a model gives the treaties of corpus/teaching, beside what people found in them: those that `teach` (of a model
that was trained without them, the figure of other houses and fields that nobody tuned on), and those that only ever
`count`, which no model learns from.

    python benchmarks/teaching.py ../shared/corpus/scale            the model of treatynlp
    python benchmarks/teaching.py ../shared/corpus/scale my-model   another (`treatynlp train --model my-model`)

Each counted three times: all; those without a sibling of drafting among the instruments that are learned from; and only
the articles that have a topic, as the exam's do.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import get_args

import numpy as np

from treatynlp.coding.artefact import load_coder
from treatynlp.coding.classifier import Coder, undecided
from treatynlp.coding.figures import CodingOutcome, absence, headline
from treatynlp.coding.model import Example, truth_of
from treatynlp.coding.taught import taught
from treatynlp.coding.training import coded
from treatynlp.corpus import load
from treatynlp.drafting import load_drafting
from treatynlp.teaching import Use, load_teaching


def given(examples: Sequence[Example], coder: Coder) -> CodingOutcome:
    """What the coder gives to coded articles, instrument by instrument."""
    owners, topics = np.array([one.instrument for one in examples]), coder.model.topics
    scores, open_ = np.zeros((2, len(examples), len(topics)))
    for owner in dict.fromkeys(owners.tolist()):
        own = [one for one in examples if one.instrument == owner]
        features = coder.model.features([one.passage for one in own], [one.hits for one in own])
        scores[owners == owner] = coder.model.decider.probabilities(features)
        open_[owners == owner] = undecided(features, coder.model)
    return CodingOutcome(
        owners=owners,
        topics=topics,
        truth=truth_of(examples, topics),
        given=(scores >= coder.model.accept).astype(float),
        scores=scores,
        open=open_,
    )


def figures(name: str, outcome: CodingOutcome, family: dict[str, str]) -> Iterator[str]:
    """The lines of a count."""
    missed = absence(outcome)
    yield f"{name}: {len(outcome.truth)} articles of {len(set(outcome.owners.tolist()))} treaties"
    yield "  " + "  ".join(f"{key} {figure(outcome):.3f}" for key, figure in headline(family).items())
    yield f"  of people's cells printed absent {missed.missed:.1%}, of all cells open {missed.inconclusive:.1%}"


def main(sources: Path, model: Path | None = None) -> int:
    family, drafting, coder = load().codebook.family_of, load_drafting(), load_coder(model)
    known = {row.instrument for row in load().topics}
    for use in get_args(Use):
        outcome = given(coded(*taught(sources, use), coder.lexicon), coder)
        strange = np.array([drafting.siblings(owner).isdisjoint(known) for owner in outcome.owners.tolist()])
        parts = {use: outcome, f"{use}, no sibling coded": outcome.of(strange)}
        parts[f"{use}, articles with a topic"] = outcome.of(outcome.truth.sum(axis=1) > 0)
        for name, part in parts.items():
            sys.stdout.write("".join(f"{line}\n" for line in figures(name, part, family)))
        # To those that only count, the teaching treaties are known too.
        known |= {row.instrument for row in load_teaching().of(use).topics}
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))

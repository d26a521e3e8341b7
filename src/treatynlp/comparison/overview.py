"""The whole comparison of a corpus: every cell, parameter, index and view, made in one go from what was coded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from treatynlp.comparison.alignment import Aligned, align_all
from treatynlp.comparison.by_reference import with_references
from treatynlp.comparison.cells import Cell, assess
from treatynlp.comparison.derived_tables import First, Gap, chronology, gaps
from treatynlp.comparison.dual_criminality import Criminality, Ways, dual_criminality
from treatynlp.comparison.harmonisation import Harmony, Laid, harmonise, parameter_values
from treatynlp.comparison.likeness import Weights
from treatynlp.comparison.nearest import nearest
from treatynlp.comparison.pair_harmony import PairHarmony, harmonise_pairs
from treatynlp.comparison.parameters import Parameter, elements_by_topic, parameters
from treatynlp.comparison.records import Pair, Record, places
from treatynlp.comparison.reuse import Reuse, reuse, words_of
from treatynlp.comparison.rules import Rules
from treatynlp.comparison.safeguards import PowerCheck, safeguards
from treatynlp.comparison.similarity import Similarity, similarities
from treatynlp.comparison.strength import strengths
from treatynlp.drafting import Drafting

if TYPE_CHECKING:
    from treatynlp.corpus import Codebook


@dataclass(frozen=True, slots=True)
class Overview:
    """A corpus compared: what a release publishes. `harmony` is over the binding instruments, the rest over all;
    `strengths` holds, by instrument and eId, how strongly each provision binds; `proven` which kinds of rows were right
    nine times in ten when they were judged."""

    records: tuple[Record, ...]
    codebook: "Codebook"
    cells: tuple[Cell, ...]
    parameters: tuple[Parameter, ...]
    harmony: tuple[Harmony, ...]
    pairs: tuple[PairHarmony, ...]
    similarities: tuple[Similarity, ...]
    gaps: tuple[Gap, ...]
    criminality: tuple[Criminality, ...]
    safeguards: tuple[PowerCheck, ...]
    chronology: tuple[First, ...]
    reuse: Reuse
    alignments: tuple[Aligned, ...] = ()
    strengths: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    proven: Mapping[str, bool] = field(default_factory=dict)

    @property
    def compared(self) -> frozenset[tuple[str, str]]:
        """The pairs that were laid side by side."""
        return frozenset((one.left.id, one.right.id) for one in self.alignments)


def compare(
    records: Sequence[Record],
    codebook: "Codebook",
    rules: Rules,
    weights: Weights | None = None,
    drafting: Drafting | None = None,
    known: Mapping[Pair, Aligned] | None = None,
) -> Overview:
    """Compare all instruments of a corpus with one another; those without text stay in, as not assessed.

    With the weights of the alignment each instrument is also laid side by side with its nearest (see `nearest`),
    provision by provision; with the drafting families intervals are drawn by them, else by instrument.
    Pairs that are `known` are taken as they were found.
    """
    cells, found = (
        with_references(assess(records, codebook, rules), records, rules),
        parameters(records, rules.qualifies),
    )
    said = parameter_values(found)
    laid = Laid(said, codebook.family_of, elements_by_topic(records, codebook), drafting.first if drafting else {})
    shared = reuse(words_of(records))
    alike = similarities(records, cells, rules.boilerplate)
    chosen = nearest(records, alike, rules.nearest) if weights else frozenset()
    aligned = align_all(records, rules, weights, chosen, known) if weights else ()
    binding = {record.id for record in records if record.instrument.binding}
    return Overview(
        records=tuple(records), codebook=codebook, cells=cells, parameters=found,
        harmony=harmonise([cell for cell in cells if cell.instrument in binding], laid),
        pairs=harmonise_pairs(cells, said),
        similarities=alike,
        gaps=gaps(records, cells, codebook, chosen if weights else None, rules),
        criminality=dual_criminality(records, cells, aligned, Ways(codebook, rules, weights)) if weights else (),
        safeguards=safeguards(records, cells, rules),
        chronology=chronology(records, cells, codebook, shared.pairs),
        reuse=shared,
        alignments=aligned,
        strengths={record.id: strengths(record, places(record.treaty), rules) for record in records if record.coding},
        proven=rules.proven,
    )  # fmt: skip

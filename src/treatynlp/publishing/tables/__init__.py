"""The tables of a release, one module a table: its columns, its rows, and how its sheet stands in the workbook.

To add one: write its module, and name it in `TABLES`, in the place where it stands in the data package. `Table` asks
for a `Sheet`, so that a table the workbook leaves out has to say why.
"""

from collections.abc import Callable, Iterable

from treatynlp.comparison.changes import Change
from treatynlp.comparison.overview import Overview
from treatynlp.errors import Issue
from treatynlp.publishing.material import Material
from treatynlp.publishing.table import Table
from treatynlp.publishing.tables.alignments import alignments
from treatynlp.publishing.tables.attributes import attributes
from treatynlp.publishing.tables.cells import cells
from treatynlp.publishing.tables.changes import changes
from treatynlp.publishing.tables.chronology import chronology
from treatynlp.publishing.tables.definitions import definitions
from treatynlp.publishing.tables.differences import differences
from treatynlp.publishing.tables.documents import documents
from treatynlp.publishing.tables.dual_criminality import dual_criminality
from treatynlp.publishing.tables.elements import elements
from treatynlp.publishing.tables.gaps import gaps
from treatynlp.publishing.tables.harmonisation import harmonisation
from treatynlp.publishing.tables.harmonisation_pairs import harmonisation_pairs
from treatynlp.publishing.tables.instruments import instruments
from treatynlp.publishing.tables.issues import issues
from treatynlp.publishing.tables.labels import labels
from treatynlp.publishing.tables.matrix_parameters import matrix_parameters
from treatynlp.publishing.tables.matrix_reuse import matrix_reuse
from treatynlp.publishing.tables.matrix_similarity import matrix_similarity
from treatynlp.publishing.tables.matrix_wide import matrix_articles, matrix_presence, matrix_strength
from treatynlp.publishing.tables.parameters import parameters
from treatynlp.publishing.tables.provisions import provisions
from treatynlp.publishing.tables.references import references
from treatynlp.publishing.tables.reuse import reuse
from treatynlp.publishing.tables.safe_havens import safe_havens
from treatynlp.publishing.tables.safeguards import safeguards
from treatynlp.publishing.tables.similarity import similarity
from treatynlp.publishing.tables.topics import topics

TABLES: tuple[Callable[[Material], Table], ...] = (
    instruments, topics, documents, provisions, labels, attributes, elements, references, definitions, cells,
    matrix_presence, matrix_articles, matrix_strength, parameters, matrix_parameters, similarity,
    matrix_similarity, harmonisation, harmonisation_pairs, gaps, dual_criminality, safe_havens, safeguards, chronology,
    alignments, differences, reuse, matrix_reuse, issues, changes,
)  # fmt: skip


def release_tables(overview: Overview, issues: Iterable[Issue] = (), changed: Iterable[Change] = ()) -> list[Table]:
    """Every table of a release, in the order of the data package."""
    material = Material.of(overview, issues, changed)
    return [made(material) for made in TABLES]

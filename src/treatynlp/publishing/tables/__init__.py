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
from treatynlp.publishing.tables.alignments import alignments_table
from treatynlp.publishing.tables.attributes import attributes_table
from treatynlp.publishing.tables.cells import cells_table
from treatynlp.publishing.tables.changes import changes_table
from treatynlp.publishing.tables.chronology import chronology_table
from treatynlp.publishing.tables.definitions import definitions_table
from treatynlp.publishing.tables.differences import differences_table
from treatynlp.publishing.tables.documents import documents_table
from treatynlp.publishing.tables.dual_criminality import dual_criminality_table
from treatynlp.publishing.tables.elements import elements_table
from treatynlp.publishing.tables.gaps import gaps_table
from treatynlp.publishing.tables.harmonisation import harmonisation_table
from treatynlp.publishing.tables.harmonisation_pairs import harmonisation_pairs_table
from treatynlp.publishing.tables.instruments import instruments_table
from treatynlp.publishing.tables.issues import issues_table
from treatynlp.publishing.tables.labels import labels_table
from treatynlp.publishing.tables.matrix_parameters import matrix_parameters_table
from treatynlp.publishing.tables.matrix_reuse import matrix_reuse_table
from treatynlp.publishing.tables.matrix_similarity import matrix_similarity_table
from treatynlp.publishing.tables.matrix_wide import matrix_articles_table, matrix_presence_table, matrix_strength_table
from treatynlp.publishing.tables.parameters import parameters_table
from treatynlp.publishing.tables.provisions import provisions_table
from treatynlp.publishing.tables.references import references_table
from treatynlp.publishing.tables.reuse import reuse_table
from treatynlp.publishing.tables.safe_havens import safe_havens_table
from treatynlp.publishing.tables.safeguards import safeguards_table
from treatynlp.publishing.tables.similarity import similarity_table
from treatynlp.publishing.tables.topics import topics_table

TABLES: tuple[Callable[[Material], Table], ...] = (
    instruments_table, topics_table, documents_table, provisions_table, labels_table, attributes_table,
    elements_table, references_table, definitions_table, cells_table, matrix_presence_table, matrix_articles_table,
    matrix_strength_table, parameters_table, matrix_parameters_table, similarity_table, matrix_similarity_table,
    harmonisation_table, harmonisation_pairs_table, gaps_table, dual_criminality_table, safe_havens_table,
    safeguards_table, chronology_table, alignments_table, differences_table, reuse_table, matrix_reuse_table,
    issues_table, changes_table,
)  # fmt: skip


def release_tables(overview: Overview, issues: Iterable[Issue] = (), changed: Iterable[Change] = ()) -> list[Table]:
    """Every table of a release, in the order of the data package."""
    material = Material.of(overview, issues, changed)
    return [made(material) for made in TABLES]
